"""What the analysis is handed: rows of what was handed in, with everything it counts by and nobody's name."""

from __future__ import annotations

from datetime import date

import pandas as pd

from laveren.analysis.frames import ANSWER_COLUMNS, WORKSHOP_COLUMNS
from laveren.house import House
from laveren.workshop.frames import answer_frame, data_version, workshop_frame
from laveren.workshop.rounds import RoundPlan
from tests.meeting import CASE, METHOD, Meeting, make_meeting

HINDRANCE = "1.hindernis"


def answers(house: House) -> pd.DataFrame:
    with house.store.read() as connection:
        return answer_frame(connection, house.library)


def workshops(house: House) -> pd.DataFrame:
    with house.store.read() as connection:
        return workshop_frame(connection, house.library)


def test_the_frames_have_the_columns_the_analysis_reads(house: House) -> None:
    assert tuple(answers(house).columns) == ANSWER_COLUMNS
    assert tuple(workshops(house).columns) == WORKSHOP_COLUMNS


def test_a_row_is_an_answer_with_all_it_is_counted_by(house: House) -> None:
    meeting = make_meeting(house, region="Oost", organisation="Waterhoek", held_on=date(2026, 3, 2))
    card = meeting.someone(3, "beleid").gives(HINDRANCE, "Het loket is dicht", source="wet")
    (row,) = answers(house).to_dict("records")
    case = house.library.cases[CASE]
    assert row["date"] == pd.Timestamp(2026, 3, 2)
    assert {key: row[key] for key in (
        "id", "region", "organisation", "case", "case_title", "case_domains", "round", "prompt", "kind", "text",
        "source", "role", "group", "scope", "hidden", "demo",
    )} == {
        "id": card.id, "region": "Oost", "organisation": "Waterhoek", "case": CASE, "case_title": case.title,
        "case_domains": case.domains, "round": 1, "prompt": "hindernis", "kind": "hindernis",
        "text": "Het loket is dicht", "source": "wet", "role": "beleid", "group": 3, "scope": "person",
        "hidden": False, "demo": False,
    }  # fmt: skip


def test_drafts_what_was_taken_back_parked_and_asked_at_the_end_are_not_in_it(meeting: Meeting) -> None:
    one = meeting.someone()
    one.gives(HINDRANCE, "half", state="draft")
    back = one.gives(HINDRANCE, "weg")
    one.gives(HINDRANCE, "weg", id=back.id, revision=2, state="withdrawn")
    one.gives("1.parkeer", "Bel de bank")
    one.gives("slot.mee", "rust")
    assert answers(meeting.house).empty


def test_what_was_hidden_counts_and_says_so(meeting: Meeting) -> None:
    card = meeting.someone().gives(HINDRANCE, "naam van een collega")
    meeting.moderate("hide", card.id)
    assert list(answers(meeting.house)["hidden"]) == [True]


def test_people_are_told_apart_over_all_meetings(house: House) -> None:
    for meeting in (make_meeting(house), make_meeting(house)):
        one = meeting.someone()
        one.gives(HINDRANCE, "a")
        one.gives(HINDRANCE, "b")
    assert answers(house)["participant"].nunique() == 2


def test_a_meeting_is_a_row_with_its_people_and_its_cases(house: House) -> None:
    meeting = make_meeting(house, rounds=[RoundPlan(METHOD, (CASE,)), RoundPlan(METHOD)])
    meeting.someone()
    meeting.someone()
    meeting.writes_for_the_room(HINDRANCE, "van papier")
    (row,) = workshops(house).to_dict("records")
    assert (row["code"], row["participants"], row["cases"]) == (meeting.code, 2, [CASE])


def test_the_version_changes_with_everything_that_is_counted(meeting: Meeting) -> None:
    def version() -> tuple[int, int]:
        with meeting.house.store.read() as connection:
            return data_version(connection)

    seen = [version()]
    one = meeting.someone()
    seen.append(version())
    card = one.gives(HINDRANCE, "a")
    seen.append(version())
    meeting.moderate("hide", card.id)
    seen.append(version())
    make_meeting(meeting.house)
    seen.append(version())
    assert len(set(seen)) == len(seen)

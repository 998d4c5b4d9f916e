"""The file of answers: what was handed in, nothing that was not, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from laveren.house import House
from laveren.reports.answers import COLUMNS, answers_csv, answers_jsonl
from laveren.store import tables
from laveren.workshop.rounds import RoundPlan
from tests.meeting import CASE, Meeting, a_method, a_step, furnished, make_meeting

HINDRANCE = "1.hindernis"


def as_csv(meeting: Meeting) -> list[dict[str, str]]:
    with meeting.house.store.read() as connection:
        raw = answers_csv(connection, meeting.room)
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def as_jsonl(meeting: Meeting) -> list[dict[str, Any]]:
    with meeting.house.store.read() as connection:
        return [json.loads(line) for line in answers_jsonl(connection, meeting.room).split("\n") if line]


def test_an_answer_is_one_row_with_all_that_is_known_of_it(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    card = meeting.someone(3, "beleid").gives(HINDRANCE, "Het loket is dicht", source="wet", revision=4)
    (row,) = as_jsonl(meeting)
    assert tuple(row) == COLUMNS
    assert {key: row[key] for key in COLUMNS if key not in ("created_at", "stored_at")} == {
        "id": card.id, "prompt": HINDRANCE, "value": "Het loket is dicht", "revision": 4, "source": "wet",
        "status": None, "link": None, "domains": None, "dissent": None, "signal": False, "seat": None,
        "round": 1, "case": CASE, "step": 2, "scope": "person",
        "group": 3, "role": "beleid", "participant": 1, "late": False, "on_paper": False, "shown": "waiting",
    }  # fmt: skip
    assert row["stored_at"].endswith("+00:00")


def test_drafts_and_what_was_taken_back_are_not_in_it(meeting: Meeting) -> None:
    one = meeting.someone()
    one.gives(HINDRANCE, "half", state="draft")
    back = one.gives(HINDRANCE, "toch niet")
    one.gives(HINDRANCE, "toch niet", id=back.id, revision=2, state="withdrawn")
    one.gives(HINDRANCE, "af")
    assert [row["value"] for row in as_csv(meeting)] == ["af"]
    assert [row["value"] for row in as_jsonl(meeting)] == ["af"]


@pytest.mark.parametrize("value", ["=1+1", "+31 6", "-1", "@SUM(A1)", '=HYPERLINK("http://x","klik")'])
def test_no_cell_starts_a_formula_and_the_words_stay_readable(meeting: Meeting, value: str) -> None:
    meeting.someone().gives(HINDRANCE, value)
    assert [row["value"] for row in as_csv(meeting)] == ["'" + value]
    assert [row["value"] for row in as_jsonl(meeting)] == [value]


def test_no_other_cell_starts_a_formula_either(meeting: Meeting) -> None:
    one = meeting.someone()
    one.gives("1.ruimte", "bellen", link="=1+1")
    cells = [cell for row in as_csv(meeting) for cell in row.values()]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("value", ['een "woord", en meer; nog iets', "twee\nregels", "🙃 عربي", "<script>"])
def test_any_text_comes_out_as_it_went_in(meeting: Meeting, value: str) -> None:
    meeting.someone().gives(HINDRANCE, value)
    assert [row["value"] for row in as_csv(meeting)] == [row["value"] for row in as_jsonl(meeting)] == [value]


def test_a_spreadsheet_is_told_that_it_is_utf8(meeting: Meeting) -> None:
    with meeting.house.store.read() as connection:
        assert answers_csv(connection, meeting.room).startswith(b"\xef\xbb\xbfid,prompt,value,")


def test_domains_are_readable_in_one_cell(meeting: Meeting) -> None:
    meeting.someone().gives("1.leefgebieden", domains={"schulden": "weet", "school": "vragen"})
    assert as_csv(meeting)[0]["domains"] == "schulden: weet; school: vragen"
    assert as_jsonl(meeting)[0]["domains"] == {"schulden": "weet", "school": "vragen"}


def test_dots_name_the_cards_they_went_to(house: House) -> None:
    cards = a_step({"id": "kaart", "type": "kort"})
    dots = a_step({"id": "op", "type": "stippen", "gekoppeld": "kaart"}, scherm="stippen")
    meeting = make_meeting(furnished(house, a_method("kaarten", cards, dots)), rounds=[RoundPlan("kaarten")])
    meeting.steer("next")
    one = meeting.someone()
    card = one.gives("1.kaart", "Eerst bellen")
    meeting.moderate("show", card.id)
    meeting.steer("next")
    one.gives("1.op", {card.id: 2})
    assert [row["value"] for row in as_csv(meeting)] == ["Eerst bellen", "Eerst bellen: 2"]
    assert as_jsonl(meeting)[1]["value"] == {card.id: 2}


def test_what_is_the_rooms_what_is_late_and_what_was_on_paper_says_so(meeting: Meeting) -> None:
    meeting.go_to("ruimte")
    meeting.writes_for_the_room(HINDRANCE, "van papier", on_paper=True)
    (row,) = as_csv(meeting)
    assert (row["scope"], row["role"], row["late"], row["on_paper"], row["group"]) == (
        "room", "zaal", "true", "true", "",
    )  # fmt: skip


def test_nothing_in_it_leads_to_a_person(meeting: Meeting) -> None:
    one, other = meeting.someone(), meeting.someone()
    one.gives(HINDRANCE, "a")
    other.gives(HINDRANCE, "b")
    one.gives(HINDRANCE, "c")
    assert [row["participant"] for row in as_jsonl(meeting)] == [1, 2, 1]
    hashes = [row[key] for row in meeting.rows(tables.participant) for key in ("token_hash", "receipt_hash")]
    with meeting.house.store.read() as connection:
        text = answers_jsonl(connection, meeting.room)
    assert not [hash for hash in hashes if hash in text]


def test_another_meeting_is_not_in_it(meeting: Meeting) -> None:
    from tests.meeting import make_meeting

    make_meeting(meeting.house).someone().gives(HINDRANCE, "elders")
    assert as_csv(meeting) == []


def test_closing_answers_have_no_round_and_no_case(meeting: Meeting) -> None:
    meeting.someone().gives("slot.helpt", 4)
    (row,) = as_csv(meeting)
    assert (row["prompt"], row["value"], row["round"], row["step"], row["case"]) == ("slot.helpt", "4", "", "", "")

"""Stories from practice: only what nobody can be known by, nobody's name with it, and no flood."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import update

from laveren.content.cases import Case
from laveren.store import tables
from laveren.workshop.answering import REOPEN_SECONDS
from laveren.workshop.practice import HOUR, MOST, Story, bring_in_story, takes_stories
from laveren.workshop.refusals import Gone, NotFound, Refused, TooMany
from laveren.workshop.shelf import Origin, Pick, Save, Standing, Version, drafts, save_draft
from tests.meeting import Meeting, make_meeting

CHANGED = ("naam", "leeftijd", "de stad")


def told(title: str = "De brief") -> Case:
    return Case.model_validate(
        {
            "id": "x", "titel": title, "peildatum": "2026-02-01", "fictief": True, "situatie": "Paul krijgt een brief.",
            "personen": [{"naam": "Paul", "rol": "inwoner"}], "domeinen": ["wonen"],
        }
    )  # fmt: skip


def sends(meeting: Meeting, title: str = "De brief", **more: Any) -> Pick:
    wanted = {"code": meeting.code, "changed": CHANGED, "neighbour": "nee"} | more
    pick: Pick = meeting.house.store.writer.write(
        bring_in_story, Story(meeting.house.library, case=told(title), **wanted)
    )
    return pick


def kept(meeting: Meeting) -> list[Version]:
    with meeting.house.store.read() as connection:
        return drafts(connection)


def ages(meeting: Meeting, table: Any, **values: Any) -> None:
    with meeting.house.store.engine.begin() as connection:
        connection.execute(update(table).values(values))


def test_a_story_is_a_draft_that_says_what_was_changed_and_from_which_workshop_and_not_by_whom(
    meeting: Meeting,
) -> None:
    someone = meeting.someone()
    sends(meeting)
    (version,) = kept(meeting)
    assert (version.status, version.origin) == (Standing.DRAFT, Origin.PRACTICE)
    assert version.remarks == {"workshop": meeting.code, "changed": list(CHANGED), "neighbour": "nee"}
    assert version.content["titel"] == "De brief"
    assert version.case_id not in meeting.house.library.cases
    row = json.dumps(meeting.rows(tables.case_version), default=str)
    hashes = [person[key] for person in meeting.rows(tables.participant) for key in ("token_hash", "receipt_hash")]
    assert not [secret for secret in (someone.identity.token, someone.receipt, *hashes) if secret in row]


@pytest.mark.parametrize("neighbour", ["misschien", "ja", None, "iets"])
def test_what_the_neighbour_would_recognise_is_not_taken(meeting: Meeting, neighbour: str | None) -> None:
    with pytest.raises(Refused, match="practice_neighbour"):
        sends(meeting, neighbour=neighbour)
    assert kept(meeting) == []


@pytest.mark.parametrize("changed", [(), ("naam", "leeftijd"), ("naam", "naam", "leeftijd")])
def test_fewer_than_three_changes_are_not_enough(meeting: Meeting, changed: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        sends(meeting, changed=changed)
    assert (refused.value.key, refused.value.values) == ("practice_changed", {"least": 3})
    assert kept(meeting) == []


def test_without_a_workshop_there_is_no_story(meeting: Meeting) -> None:
    with pytest.raises(NotFound, match="code_unknown"):
        sends(meeting, code="AAAAAA")


def test_stories_are_taken_from_the_lobby_until_the_meeting_cannot_be_opened_again(meeting: Meeting) -> None:
    sends(meeting, "In de hal")
    meeting.go_to("hindernis")
    sends(meeting, "Onderweg")
    ages(meeting, tables.workshop, state="gesloten", closed_at=meeting.room.created_at - REOPEN_SECONDS + 60)
    assert takes_stories(meeting.room)
    sends(meeting, "Na afloop")
    ages(meeting, tables.workshop, closed_at=meeting.room.created_at - REOPEN_SECONDS - 60)
    assert not takes_stories(meeting.room)
    with pytest.raises(Gone, match="practice_closed"):
        sends(meeting, "Te laat")
    assert len(kept(meeting)) == 3


def test_a_workshop_sends_so_many_stories_in_an_hour_and_another_one_its_own(meeting: Meeting) -> None:
    for n in range(MOST):
        pick = sends(meeting, f"Verhaal {n}")
        if n == 0:  # what an organiser makes of a story is not another one
            meeting.house.store.writer.write(save_draft, Save(meeting.house.library, told(), pick.case_id, 1))
    with pytest.raises(TooMany) as refused:
        sends(meeting, "Eén te veel")
    assert (refused.value.key, refused.value.values) == ("practice_flood", {"most": MOST})
    sends(make_meeting(meeting.house), "Van een ander")
    assert len(kept(meeting)) == MOST + 1
    first = meeting.rows(tables.case_version)[0]
    ages(meeting, tables.case_version, at=first["at"] - HOUR)
    sends(meeting, "Een uur later")


def test_two_stories_with_one_title_are_two_cases(meeting: Meeting) -> None:
    assert [sends(meeting).case_id, sends(meeting).case_id] == ["de-brief", "de-brief-2"]

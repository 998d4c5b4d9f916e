"""Coming in: the same person as before, or somebody new, and never somebody else."""

from __future__ import annotations

from typing import Any

import pytest

from laveren.house import House
from laveren.store import tables
from laveren.workshop.joining import Arrival, Identity, Welcome, digest, join
from laveren.workshop.refusals import Gone, NotFound, Refused
from tests.meeting import Meeting, make_meeting


def comes(meeting: Meeting, identity: Identity | None = None, **more: Any) -> Welcome:
    wanted = {"role": "uitvoerder", "group": 1} | more
    arrival = Arrival(meeting.house.library, meeting.code, identity=identity or Identity(), **wanted)
    welcome: Welcome = meeting.house.store.writer.write(join, arrival)
    return welcome


def people(meeting: Meeting) -> list[tuple[int, str, int | None]]:
    return [(row["number"], row["role"], row["table_no"]) for row in meeting.rows(tables.participant)]


def test_who_comes_in_gets_a_number_a_token_and_a_receipt_and_gives_no_name(meeting: Meeting) -> None:
    first, second = comes(meeting), comes(meeting, role="beleid", group=None)
    assert people(meeting) == [(1, "uitvoerder", 1), (2, "beleid", None)]
    assert first.token != second.token
    assert first.receipt is not None
    assert [len(part) for part in first.receipt.split("-")] == [4, 4, 4]
    assert set(tables.participant.c.keys()) == {
        "id", "workshop", "number", "role", "table_no", "chair", "pen", "token_hash", "receipt_hash", "done",
    }  # fmt: skip


def test_joining_again_is_the_same_person_at_another_table_with_another_role(meeting: Meeting) -> None:
    first = comes(meeting)
    again = comes(meeting, Identity(token=first.token), role="beleid", group=2)
    assert people(meeting) == [(1, "beleid", 2)]
    assert (again.token, again.receipt) == (None, None)
    comes(meeting, Identity(token=first.token))  # the cookie still counts, in every tab
    assert people(meeting) == [(1, "uitvoerder", 1)]


def test_who_says_no_role_comes_back_as_who_they_were(meeting: Meeting) -> None:
    first = comes(meeting, role="beleid", group=3)
    comes(meeting, Identity(token=first.token), role=None, group=None)
    assert people(meeting) == [(1, "beleid", 3)]


def test_who_is_new_and_says_nothing_is_somebody_else_without_a_table(meeting: Meeting) -> None:
    comes(meeting, role=None, group=None)
    assert people(meeting) == [(1, "anders", None)]


def test_fresh_is_a_new_person_and_leaves_the_other_as_they_were(meeting: Meeting) -> None:
    first = comes(meeting)
    second = comes(meeting, Identity(token=first.token), group=2, fresh=True)
    assert people(meeting) == [(1, "uitvoerder", 1), (2, "uitvoerder", 2)]
    assert second.token not in (None, first.token)


def test_a_token_that_was_tampered_with_is_nobodys(meeting: Meeting) -> None:
    first = comes(meeting)
    assert first.token is not None
    comes(meeting, Identity(token=first.token[:-1] + "!"))
    assert len(people(meeting)) == 2


def test_the_token_of_another_meeting_is_a_stranger_here(house: House, meeting: Meeting) -> None:
    elsewhere = comes(make_meeting(house))
    comes(meeting, Identity(token=elsewhere.token))
    assert [(row["workshop"], row["number"]) for row in meeting.rows(tables.participant)] == [(2, 1), (1, 1)]


def test_after_reopening_the_receipt_makes_this_browser_the_same_person(meeting: Meeting) -> None:
    first = comes(meeting, role="beleid", group=3)
    meeting.steer("next")
    meeting.steer("close")
    meeting.steer("reopen")
    back = comes(meeting, Identity(token=first.token, receipt=first.receipt), role=None, group=None)
    assert people(meeting) == [(1, "beleid", 3)]
    assert back.token is not None
    comes(meeting, Identity(token=back.token), group=2)
    assert people(meeting) == [(1, "uitvoerder", 2)]


def test_a_receipt_counts_here_also_with_the_cookie_of_another_meeting(house: House, meeting: Meeting) -> None:
    first, elsewhere = comes(meeting), comes(make_meeting(house))
    comes(meeting, Identity(token=elsewhere.token, receipt=first.receipt), group=4)
    assert [row["table_no"] for row in meeting.rows(tables.participant) if row["workshop"] == meeting.room.id] == [4]


def test_a_receipt_in_a_second_browser_gives_that_browser_a_cookie(meeting: Meeting) -> None:
    first = comes(meeting)
    assert comes(meeting, Identity(receipt=first.receipt)).token is not None
    assert len(people(meeting)) == 1


@pytest.mark.parametrize("code", ["AAAAAA", "", "K7M4P", "0OI1lB", "K7M4PX7", "\x00\x00", "' OR 1=1", "🙃🙃🙃"])
def test_a_code_that_is_wrong_or_made_up_is_kindly_not_known(house: House, code: str) -> None:
    with pytest.raises(NotFound, match="code_unknown"):
        comes(Meeting(house, code))


def test_a_closed_meeting_takes_nobody_in(meeting: Meeting) -> None:
    meeting.steer("next")
    meeting.steer("close")
    with pytest.raises(Gone, match="closed"):
        comes(meeting)
    assert people(meeting) == []


@pytest.mark.parametrize(("wanted", "field"), [
    ({"role": "burgemeester"}, "role"),
    ({"role": "zaal"}, "role"),
    ({"group": 0}, "group"),
    ({"group": 5}, "group"),
    ({"group": -1}, "group"),
])  # fmt: skip
def test_a_role_or_table_that_is_not_there_is_refused_by_field(
    meeting: Meeting, wanted: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as caught:
        comes(meeting, **wanted)
    assert (caught.value.status, caught.value.field) == (422, field)
    assert people(meeting) == []


def test_tokens_and_receipts_are_kept_as_hashes_only(meeting: Meeting) -> None:
    welcome = comes(meeting)
    row = meeting.rows(tables.participant)[0]
    assert welcome.receipt is not None
    assert row["receipt_hash"] == digest(welcome.receipt)
    assert welcome.token not in str(row)
    assert welcome.receipt not in str(row)

"""Who may do what: every act is tried from every seat, and a key opens only what it was made for."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from laveren.house import House
from laveren.workshop.rights import Act, Keys, Seat, Visitor, read_secret, visitor
from tests.meeting import Meeting, make_meeting

ALLOWED = {
    Seat.ORGANISER: {
        "prepare", "read_together", "see_cases", "edit_cases", "publish_cases", "edit_codebook", "code", "steer",
        "moderate", "write_for_room", "export",
    },
    Seat.FACILITATOR: {"see_cases", "steer", "moderate", "write_for_room", "export"},
    Seat.HELPER: {"moderate"},
}  # fmt: skip
HOLDERS = list(ALLOWED)
PAIRS = [(act, seat) for act in Act for seat in HOLDERS]


@pytest.mark.parametrize(("act", "seat"), [(act, seat) for act, seat in PAIRS if act in ALLOWED[seat]])
def test_the_key_opens_what_its_seat_may(house: House, meeting: Meeting, act: Act, seat: Seat) -> None:
    assert house.visitor([meeting.key(seat)]).may(act, meeting.code)


@pytest.mark.parametrize(("act", "seat"), [(act, seat) for act, seat in PAIRS if act not in ALLOWED[seat]])
def test_the_key_opens_nothing_else(house: House, meeting: Meeting, act: Act, seat: Seat) -> None:
    assert not house.visitor([meeting.key(seat)]).may(act, meeting.code)


@pytest.mark.parametrize("act", Act)
def test_without_a_key_nothing_is_open(house: House, meeting: Meeting, act: Act) -> None:
    assert not house.visitor([]).may(act, meeting.code)
    assert not Visitor(((Seat.ANYONE, meeting.code),)).may(act, meeting.code)


@pytest.mark.parametrize("seat", [Seat.FACILITATOR, Seat.HELPER])
@pytest.mark.parametrize("act", Act)
def test_the_key_of_one_meeting_opens_nothing_in_another(house: House, meeting: Meeting, act: Act, seat: Seat) -> None:
    other = make_meeting(house)
    assert not house.visitor([meeting.key(seat)]).may(act, other.code)
    assert not house.visitor([meeting.key(seat)]).may(act)


@pytest.mark.parametrize("act", Act)
def test_the_organisers_key_opens_everything_everywhere(house: House, meeting: Meeting, act: Act) -> None:
    who = house.visitor([meeting.key(Seat.ORGANISER)])
    assert who.may(act)
    assert who.may(act, meeting.code)
    assert who.may(act, make_meeting(house).code)


@pytest.mark.parametrize("seat", HOLDERS)
def test_a_key_with_one_letter_changed_is_no_key(house: House, meeting: Meeting, seat: Seat) -> None:
    key = meeting.key(seat)
    for place in range(len(key)):
        other = "a" if key[place] != "a" else "b"
        changed = key[:place] + other + key[place + 1 :]
        assert house.visitor([changed]).seats == (), f"{changed} instead of {key}"
    for wrong in (key[:-1], key + "a", key.upper(), key.replace(".", "")):
        assert house.visitor([wrong]).seats == ()


def test_a_helpers_key_does_not_become_a_facilitators_by_its_letter(house: House, meeting: Meeting) -> None:
    helper = meeting.key(Seat.HELPER)
    assert house.visitor(["b" + helper[1:]]).seats == ()
    assert house.visitor(["o." + helper.rpartition(".")[2]]).seats == ()


@pytest.mark.parametrize("text", ["", ".", "b.", "b..", "o.", "x.AAAAAA.abc", "\x00", "é" * 70, "b.' OR 1=1.x", "~"])
def test_any_other_text_is_no_key(house: House, text: str) -> None:
    assert house.visitor([text]).seats == ()


def test_who_holds_several_keys_may_what_any_of_them_opens(house: House, meeting: Meeting) -> None:
    other = make_meeting(house)
    who = house.visitor([meeting.key(Seat.HELPER), "onzin", other.key(Seat.FACILITATOR)])
    assert who.codes() == [meeting.code, other.code]
    assert who.may(Act.MODERATE, meeting.code)
    assert not who.may(Act.STEER, meeting.code)
    assert who.may(Act.STEER, other.code)


def test_a_key_may_be_pasted_with_blanks_around_it(house: House, meeting: Meeting) -> None:
    assert house.visitor([f" {meeting.key(Seat.HELPER)}\n"]).may(Act.MODERATE, meeting.code)


def test_another_installation_knows_none_of_these_keys(meeting: Meeting) -> None:
    salt = meeting.room.salt
    elsewhere = Keys(b"another secret")
    assert visitor(elsewhere, [meeting.key(seat) for seat in HOLDERS], lambda _code: salt).seats == ()


def test_a_meeting_made_anew_with_the_same_code_has_other_keys(house: House, meeting: Meeting) -> None:
    old = meeting.key(Seat.FACILITATOR)
    assert house.keys.seat(old, lambda _code: "another salt") is None
    assert house.keys.seat(old, lambda _code: None) is None


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    secret = read_secret(data)
    assert len(secret) == 32
    assert read_secret(data) == secret
    assert stat.S_IMODE((data / "secret").stat().st_mode) == 0o600
    assert read_secret(tmp_path / "elsewhere") != secret


@pytest.mark.parametrize("broken", [b"", b"short"])
def test_half_a_secret_makes_no_keys(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "secret").write_bytes(broken)
    with pytest.raises(ValueError, match="not whole"):
        read_secret(tmp_path)

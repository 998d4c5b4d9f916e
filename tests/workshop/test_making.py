"""Making a workshop: a code that can be read aloud, and rounds that stay as they were."""

from __future__ import annotations

from typing import Any

import pytest

from laveren.house import House
from laveren.store import tables
from laveren.workshop.links import links
from laveren.workshop.preparing import LETTERS, MAX_GROUPS, tidy_code
from laveren.workshop.refusals import Refused
from laveren.workshop.rooms import Room, all_rooms
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.wire import public
from tests.meeting import CASE, METHOD, Meeting, make_meeting


def test_a_code_is_six_characters_none_of_which_can_be_confused(house: House) -> None:
    codes = {make_meeting(house).code for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 6 and set(code) <= set(LETTERS) for code in codes)
    assert not set(LETTERS) & set("0O1IL2Z5S8BUV")


@pytest.mark.parametrize("typed", ["k7m4px", " K7M-4PX ", "k7m 4px", "K7M.4PX", "K7M–4PX"])
def test_a_code_may_be_typed_in_any_way(typed: str) -> None:
    assert tidy_code(typed) == "K7M4PX"


def test_an_own_code_is_taken_once(house: House) -> None:
    assert make_meeting(house, code="abc-234").code == "ABC234"
    with pytest.raises(Refused, match="code_taken"):
        make_meeting(house, code="ABC234")


@pytest.mark.parametrize(("plan", "key", "field"), [
    ({"title": "  "}, "title_missing", "title"),
    ({"rounds": []}, "rounds_missing", "rounds"),
    ({"groups": 0}, "groups_out_of_range", "groups"),
    ({"groups": MAX_GROUPS + 1}, "groups_out_of_range", "groups"),
    ({"rounds": [RoundPlan(METHOD, ("bestaat-niet",))]}, "case_unknown", "case"),
    ({"rounds": [RoundPlan("bestaat-niet", (CASE,))]}, "method_unknown", "method"),
    ({"code": "KORT"}, "code_malformed", "code"),
    ({"code": "K7M4P0"}, "code_malformed", "code"),
])  # fmt: skip
def test_what_cannot_be_made_is_refused_by_field_and_leaves_nothing(
    house: House, plan: dict[str, Any], key: str, field: str
) -> None:
    with pytest.raises(Refused) as caught:
        make_meeting(house, **plan)
    assert (caught.value.key, caught.value.field) == (key, field)
    with house.store.read() as connection:
        assert all_rooms(connection, house.library) == []


def test_a_refusal_says_what_there_is(house: House) -> None:
    with pytest.raises(Refused) as caught:
        make_meeting(house, rounds=[RoundPlan(METHOD, ("bestaat-niet",))])
    assert CASE in str(caught.value.values["known"])


def test_a_long_title_is_cut_and_everything_else_is_kept(house: House) -> None:
    room = make_meeting(house, title="x" * 999, place=" Waterhoek ", organisation="Gemeente", region="Oost").room
    assert (len(room.title), room.place, room.organisation, room.region) == (200, "Waterhoek", "Gemeente", "Oost")


def test_the_case_stays_as_it_was_when_its_file_changes(house: House, meeting: Meeting) -> None:
    title = house.library.cases[CASE].title
    for row in meeting.rows(tables.round_):
        assert title in row["cases"]
    changed = house.library.cases[CASE].model_copy(update={"title": "Anders"})
    cases = {**house.library.cases, CASE: changed}
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(house.library.cases, CASE, changed)
        assert cases[CASE].title == "Anders"
        assert meeting.room.rounds[0].case is not None
        assert meeting.room.rounds[0].case.title == title


def shown(room: Room) -> dict[str, Any]:
    return public(room, here=0, now=1.0)


def test_the_room_sees_the_case_and_the_step_with_the_name_filled_in(meeting: Meeting) -> None:
    meeting.go_to("zelfbeeld")
    room = shown(meeting.room)
    name = meeting.room.rounds[0].case.resident  # type: ignore[union-attr]
    assert (room["step"]["number"], room["step"]["of"], room["round"]["number"]) == (5, 7, 1)
    assert room["step"]["title"] == {"nl": f"Hoe ziet {name} het zelf?", "en": f"How does {name} see it?"}
    assert "[naam]" not in str(room)
    assert [prompt["id"] for prompt in room["prompts"]] == ["1.zelfbeeld", "1.vraag"]
    assert room["park"]["id"] == "1.parkeer"
    known = {"title", "persons", "situation", "as_of", "twists", "rules", "perspectives"}
    assert set(room["case"]) == known, "no hints for the facilitator"
    assert [room["case"][key] for key in ("twists", "rules", "perspectives")] == [[], [], []], "not before their time"


def test_prompts_say_what_goes_with_them(meeting: Meeting) -> None:
    wire = {}
    for _ in range(7):
        wire |= {prompt["id"]: prompt for prompt in shown(meeting.steer("next"))["prompts"]}
    told = {id: [key for key in ("source", "status", "link", "domains") if prompt[key]] for id, prompt in wire.items()}
    assert told == {
        "1.hindernis": ["source"], "1.ruimte": ["status", "link"], "1.leefgebieden": ["domains"], "1.zelfbeeld": [],
        "1.vraag": [], "1.tafel_hindernis": ["source"], "1.tafel_ruimte": ["status"], "1.verdieping": [], "1.zin": [],
    }  # fmt: skip
    assert (wire["1.hindernis"]["max"], wire["1.hindernis"]["max_chars"], wire["1.ruimte"]["link"]) == (
        3, 140, "1.hindernis",
    )  # fmt: skip
    assert [wire[id]["scope"] for id in ("1.hindernis", "1.tafel_ruimte", "1.zin")] == ["person", "table", "table"]
    assert len(wire["1.leefgebieden"]["options"]) == 11


def test_a_round_without_a_case_works(house: House) -> None:
    meeting = make_meeting(house, rounds=[RoundPlan(METHOD)])
    room = shown(meeting.steer("next"))
    assert room["case"] is None
    assert meeting.someone().gives("1.hindernis", "kaart")


def test_the_newest_meeting_is_named_first(house: House) -> None:
    from datetime import date

    for day in (3, 9, 6):
        make_meeting(house, title=str(day), held_on=date(2026, 3, day))
    with house.store.read() as connection:
        assert [room.title for room in all_rooms(connection, house.library)] == ["9", "6", "3"]


def test_links_carry_a_key_only_behind_the_hash(house: House, meeting: Meeting) -> None:
    to = links(house.keys, meeting.room, "http://laveren.test")
    assert to.join == f"http://laveren.test/meedoen/{meeting.code}"
    assert to.screen == f"http://laveren.test/scherm?code={meeting.code}"
    for link in (to.facilitate, to.help):
        before, _, key = link.partition("#")
        assert before == "http://laveren.test/toegang"
        assert house.visitor([key]).codes() == [meeting.code]

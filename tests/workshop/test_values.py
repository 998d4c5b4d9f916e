"""What an answer of each type may hold: taken, or refused by key and field; a draft may be half of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from laveren.content.library import Library
from laveren.house import House, open_house
from laveren.settings import Settings
from laveren.workshop.refusals import Refused
from laveren.workshop.rooms import Room
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.values import MAX_DISSENT, MAX_DRAFT, AnswerBody, checked
from tests.meeting import Someone, a_method, a_step, furnished, make_meeting, options, together

TYPES = [
    {"id": "woord", "type": "kort", "max": 3},
    {"id": "stuk", "type": "lang"},
    {"id": "kies", "type": "keuze", "opties": options("ja", "nee")},
    {"id": "kiezen", "type": "meerkeuze", "opties": options("a", "b", "c")},
    {"id": "cijfer", "type": "schaal5"},
    {"id": "hoek", "type": "driehoek", "opties": options("wet", "kracht", "geld")},
    {"id": "oordeel", "type": "matrixrij", "rijen": options("r1", "r2", "r3"), "opties": options("past", "schuurt"),
     "max": 2},
    {"id": "cijfers", "type": "matrixrij", "rijen": options("r1", "r2")},
    {"id": "stip", "type": "stippen", "opties": options("a", "b", "c", "d")},
    {"id": "stipjes", "type": "stippen", "opties": options("a", "b"), "max": 1},
    {"id": "gebieden", "type": "meerkeuze", "domeinen": True},
]  # fmt: skip
ALL_TYPES = a_method("alles", a_step(*TYPES), a_step({"id": "samen", "type": "kort"}, who="groep"))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[Room]:
    """A room with a method that asks every type; nothing is written in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("laveren.house.read_library", lambda *_: library)
        house = furnished(open_house(Settings(data=tmp_path_factory.mktemp("data"), url=None)), ALL_TYPES)
    yield make_meeting(house, rounds=[RoundPlan("alles")]).room
    house.close()


@pytest.fixture
def one(house: House) -> Someone:
    """Somebody in such a room who writes."""
    return make_meeting(furnished(house, ALL_TYPES), rounds=[RoundPlan("alles")]).someone()


def kept(room: Room, prompt: str, value: Any = None, state: str = "submitted", **more: Any) -> dict[str, Any]:
    """What is kept of an answer to a prompt of the first round."""
    body = AnswerBody(revision=1, state=state, prompt=f"1.{prompt}", value=value, **more)  # type: ignore[arg-type]
    return checked(body, room.everything_asked()[body.prompt], room, 1)


def refusal(room: Room, *args: Any, **more: Any) -> tuple[str, str | None]:
    with pytest.raises(Refused) as caught:
        kept(room, *args, **more)
    return caught.value.key, caught.value.field


@pytest.mark.parametrize(("prompt", "value"), [
    ("woord", "x" * 140),
    ("stuk", "x" * 400),
    ("kies", "nee"),
    ("kiezen", ["c", "a"]),
    ("cijfer", 1),
    ("cijfer", 5),
    ("cijfer", "geen_zicht"),
    ("hoek", {"wet": 100, "kracht": 0, "geld": 0}),
    ("hoek", {"wet": 33, "kracht": 33, "geld": 34}),
    ("hoek", "past_niet"),
    ("oordeel", {"r2": "schuurt"}),
    ("oordeel", {"r1": "past", "r3": "past"}),
    ("cijfers", {"r1": 1, "r2": "geen_zicht"}),
    ("stip", {"a": 1}),
    ("stip", {"a": 2, "d": 1}),
    ("stip", {"a": 1, "b": 1, "c": 1}),
    ("stipjes", {"b": 1}),
])  # fmt: skip
def test_a_whole_answer_is_kept_as_it_was_given(room: Room, prompt: str, value: Any) -> None:
    assert kept(room, prompt, value)["value"] == value


def test_domains_are_kept_in_a_field_of_their_own(room: Room) -> None:
    answer = kept(room, "gebieden", ["werk"], domains={"werk": "vermoed"})
    assert (answer["value"], answer["domains"]) == (None, {"werk": "vermoed"})


EMPTY, UNKNOWN = ("empty", "value"), ("option_unknown", "value")
RANGE, SUM, SCALE = ("shares_out_of_range", "value"), ("shares_do_not_sum", "value"), ("scale_out_of_range", "value")
COUNTED, TOO_MANY, ON_ONE = ("dots_are_counted", "value"), ("dots_too_many", "value"), ("dots_on_one", "value")
LONG, TEXT = ("too_long", "value"), ("value_is_text", "value")


@pytest.mark.parametrize(("prompt", "value", "why"), [
    ("woord", "x" * 141, LONG),
    ("woord", "\n", EMPTY),
    ("woord", None, EMPTY),
    ("woord", {"a": 1}, TEXT),
    ("stuk", "x" * 401, LONG),
    ("kies", None, UNKNOWN),
    ("kies", "misschien", UNKNOWN),
    ("kies", ["ja"], UNKNOWN),
    ("kies", {"ja": 1}, UNKNOWN),
    ("kies", 1, UNKNOWN),
    ("kiezen", [], UNKNOWN),
    ("kiezen", "a", UNKNOWN),
    ("kiezen", ["a", "a"], UNKNOWN),
    ("kiezen", ["a", "z"], UNKNOWN),
    ("kiezen", {"a": 1}, UNKNOWN),
    ("cijfer", 6, SCALE),
    ("cijfer", None, SCALE),
    ("cijfer", {"r1": 1}, SCALE),
    ("hoek", None, UNKNOWN),
    ("hoek", "geen_zicht", UNKNOWN),
    ("hoek", ["wet"], UNKNOWN),
    ("hoek", {"wet": 50, "kracht": 50, "moed": 0}, UNKNOWN),
    ("hoek", {"wet": 101, "kracht": 0, "geld": -1}, RANGE),
    ("hoek", {"wet": "50", "kracht": 25, "geld": 25}, RANGE),
    ("hoek", {"wet": 50, "kracht": 30, "geld": 19}, SUM),
    ("hoek", {"wet": 50, "kracht": 30, "geld": 21}, SUM),
    ("hoek", {"wet": 60, "kracht": 40}, SUM),
    ("hoek", {}, SUM),
    ("oordeel", {}, EMPTY),
    ("oordeel", None, UNKNOWN),
    ("oordeel", "past", UNKNOWN),
    ("oordeel", {"r9": "past"}, UNKNOWN),
    ("oordeel", {"r1": "geweldig"}, ("option_unknown", "value.r1")),
    ("oordeel", {"r1": 3}, ("option_unknown", "value.r1")),
    ("oordeel", {"r1": "past", "r2": "past", "r3": "past"}, ("rows_too_many", "value")),
    ("cijfers", {"r1": 0}, SCALE),
    ("cijfers", {"r1": "past"}, SCALE),
    ("stip", {}, EMPTY),
    ("stip", None, UNKNOWN),
    ("stip", ["a"], UNKNOWN),
    ("stip", {"z": 1}, UNKNOWN),
    ("stip", {"a": 0, "b": 1}, COUNTED),
    ("stip", {"a": -1, "b": 2}, COUNTED),
    ("stip", {"a": "twee"}, COUNTED),
    ("stip", {"a": 2, "b": 2}, TOO_MANY),
    ("stip", {"a": 1, "b": 1, "c": 1, "d": 1}, TOO_MANY),
    ("stip", {"a": 3}, ON_ONE),
    ("stipjes", {"a": 1, "b": 1}, TOO_MANY),
    ("gebieden", None, ("empty", "domains")),
])  # fmt: skip
def test_what_cannot_be_an_answer_is_refused_by_what_is_wrong_with_it(
    room: Room, prompt: str, value: Any, why: tuple[str, str]
) -> None:
    assert refusal(room, prompt, value) == why


def test_a_refusal_says_the_numbers(room: Room) -> None:
    told = {}
    for prompt, value in (("hoek", {"wet": 50, "kracht": 30, "geld": 19}), ("stip", {"a": 2, "b": 2}),
                          ("stip", {"a": 3}), ("oordeel", dict.fromkeys(("r1", "r2", "r3"), "past"))):  # fmt: skip
        with pytest.raises(Refused) as caught:
            kept(room, prompt, value)
        told[caught.value.key] = caught.value.values["n"]
    assert told == {"shares_do_not_sum": 99, "dots_too_many": 3, "dots_on_one": 2, "rows_too_many": 2}


@pytest.mark.parametrize(("prompt", "value"), [
    ("woord", ""),
    ("woord", "x" * MAX_DRAFT),
    ("kies", None),
    ("kiezen", []),
    ("cijfer", None),
    ("hoek", None),
    ("hoek", {}),
    ("hoek", {"wet": 60}),
    ("hoek", {"wet": 100, "kracht": 100, "geld": 100}),
    ("oordeel", {}),
    ("oordeel", {"r1": "past", "r2": "past", "r3": "past"}),
    ("cijfers", None),
    ("stip", {}),
    ("stip", {"a": 2, "b": 2, "c": 2}),
    ("stip", {"a": 4}),
    ("gebieden", None),
])  # fmt: skip
def test_a_draft_may_be_half_or_too_much(room: Room, prompt: str, value: Any) -> None:
    assert kept(room, prompt, value, state="draft")["value"] == value


@pytest.mark.parametrize(("prompt", "value", "why"), [
    ("woord", 3, TEXT),
    ("woord", "x" * (MAX_DRAFT + 1), LONG),
    ("kies", "misschien", UNKNOWN),
    ("kiezen", ["z"], UNKNOWN),
    ("cijfer", 0, SCALE),
    ("hoek", {"wet": -1}, RANGE),
    ("hoek", "ergens", UNKNOWN),
    ("oordeel", {"r1": "geweldig"}, ("option_unknown", "value.r1")),
    ("cijfers", {"r1": 9}, SCALE),
    ("stip", {"z": 1}, UNKNOWN),
    ("stip", {"a": "veel"}, COUNTED),
])  # fmt: skip
def test_a_draft_is_of_the_right_kind_all_the_same(room: Room, prompt: str, value: Any, why: tuple[str, str]) -> None:
    assert refusal(room, prompt, value, state="draft") == why


@pytest.mark.parametrize("value", [{"wet": 33.3, "kracht": 33.3, "geld": 33.4}, 2.5, {"a": [1]}, {"a": None}, [["a"]]])
def test_a_value_of_no_kind_that_there_is_does_not_come_in(value: Any) -> None:
    with pytest.raises(ValidationError):
        AnswerBody.model_validate({"revision": 1, "state": "draft", "prompt": "1.hoek", "value": value})


# ---- what goes with words ----


def test_a_dissent_goes_with_the_words_of_a_table_only(room: Room) -> None:
    assert kept(room, "samen", "Wij bellen", dissent="  niet iedereen belt ")["dissent"] == "niet iedereen belt"
    assert kept(room, "samen", "Wij bellen", dissent="   ")["dissent"] is None
    assert kept(room, "woord", "Ik bel", dissent="niet iedereen")["dissent"] is None
    assert kept(room, "kies", "ja", dissent="niet iedereen")["dissent"] is None


def test_a_dissent_is_one_line_that_a_draft_is_cut_to(room: Room) -> None:
    long = "n" * (MAX_DISSENT + 1)
    assert kept(room, "samen", "Wij bellen", dissent=long[:-1])["dissent"] == long[:-1]
    assert refusal(room, "samen", "Wij bellen", dissent=long) == ("too_long", "dissent")
    assert kept(room, "samen", "Wij bellen", dissent=long, state="draft")["dissent"] == long[:-1]


# ---- at the desk ----


def test_a_triangle_that_does_not_sum_stays_with_its_writer_as_it_was(one: Someone) -> None:
    draft = one.gives("1.hoek", {"wet": 50}, state="draft")
    with pytest.raises(Refused, match="shares_do_not_sum"):
        one.gives("1.hoek", {"wet": 50, "kracht": 49, "geld": 0}, id=draft.id, revision=2)
    assert (one.answers[draft.id]["state"], one.answers[draft.id]["value"]) == ("draft", {"wet": 50})


def test_two_dots_too_many_by_two_quick_clicks_are_not_given(one: Someone) -> None:
    first = one.put("1.stip", {"a": 2})
    clicks = [first, one.put("1.stip", {"a": 2, "b": 1}, id=first.id, revision=2)]
    clicks += [one.put("1.stip", {"a": 2, "b": n}, id=first.id, revision=n + 1) for n in (2, 3)]
    said = together(one.meeting.house, clicks)
    assert [getattr(one, "key", "kept") for one in said] == ["kept", "kept", "dots_too_many", "dots_too_many"]
    assert one.answers[first.id]["value"] == {"a": 2, "b": 1}


def test_of_two_clicks_that_overtake_each_other_the_later_one_counts(one: Someone) -> None:
    id = str(uuid.uuid4())
    late, early = one.put("1.stip", {"b": 2, "c": 1}, id=id, revision=3), one.put("1.stip", {"a": 2}, id=id, revision=2)
    said = together(one.meeting.house, [late, early])
    assert said[1]["value"] == {"b": 2, "c": 1}
    assert one.answers[id]["value"] == {"b": 2, "c": 1}


def test_dots_given_twice_in_two_windows_count_once(one: Someone) -> None:
    said = together(one.meeting.house, [one.put("1.stip", {"a": 2, "b": 1}), one.put("1.stip", {"c": 2, "d": 1})])
    assert [getattr(one, "key", "kept") for one in said] == ["kept", "too_many_answers"]
    assert [answer["value"] for answer in one.answers.values()] == [{"a": 2, "b": 1}]


@pytest.mark.parametrize("prompt", ["stip", "hoek", "oordeel", "cijfer", "kies", "kiezen", "stuk"])
def test_of_all_but_cards_one_gives_one(one: Someone, prompt: str) -> None:
    (asked,) = [asked for asked in one.meeting.room.asked(1, 1) if asked.prompt.id == prompt]
    assert asked.prompt.answers == 1


def test_one_may_take_back_whatever_was_kept_also_when_it_could_not_be_given_now(house: House) -> None:
    """The card that got dots is off the screen since: the dots can still be taken back."""
    cards = a_method(
        "kaarten", a_step({"id": "kaart", "type": "kort"}), a_step({"id": "s", "type": "stippen", "gekoppeld": "kaart"})
    )
    meeting = make_meeting(furnished(house, cards), rounds=[RoundPlan("kaarten")], moderated=False)
    one = meeting.someone()
    card = one.gives("1.kaart", "een kaart")
    dots = one.gives("1.s", {card.id: 2})
    meeting.moderate("hide", card.id)
    one.gives("1.s", {card.id: 2}, id=dots.id, revision=2, state="withdrawn")
    assert one.answers[dots.id]["state"] == "withdrawn"

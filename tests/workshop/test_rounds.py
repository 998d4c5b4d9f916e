"""A round as it stands: which table has which case, its steps once a twist is known, and what is kept of it."""

from __future__ import annotations

from typing import Any

import pytest

from laveren.content.cases import Case
from laveren.content.fields import Text
from laveren.content.library import Library
from laveren.house import House
from laveren.store import tables
from laveren.workshop.rounds import Reveal, Round, RoundPlan, read_round, snapshot
from laveren.workshop.wire import public
from tests.meeting import a_case, a_method, a_step, furnished, make_meeting, options, twists

ANNA = a_case("anna", "Anna", wendingen=twists("Een brief", "Een buur"), perspectieven=["Anna", "loket", "beleid"])
BRAM = a_case("bram", "Bram", wendingen=twists("Een aanbod"))
CARL = a_case("carl", "Carl")
PLACES = a_method(
    "plaatsen",
    a_step({"id": "kaart", "type": "kort"}),
    a_step({"id": "plek", "type": "driehoek", "opties": options("a", "b", "c")}),
    a_step({"id": "zin", "type": "kort"}, who="groep"),
)


@pytest.fixture
def make(library: Library) -> Any:
    """`make(cases, reveals)`: a round of the method above."""

    def of(*cases: Case, reveals: tuple[Reveal, ...] = (), seats: bool = False) -> Round:
        return Round(1, cases, PLACES, seats, reveals, {}, library.fixed.twist)

    return of


def course(round_: Round) -> list[str]:
    """The steps by the first thing they ask, twists by their number."""
    found = [(round_.twist_at(n), round_.asked(n)[0].prompt.id) for n in range(1, len(round_.steps) + 1)]
    return [f"wending {n}" if n else id for n, id in found]


# ---- cases and tables ----


def test_tables_take_the_cases_in_turn_and_who_has_no_table_looks_at_the_first(make: Any) -> None:
    round_ = make(ANNA, BRAM, CARL)
    assert [round_.case_at(table).id for table in range(1, 8)] == [
        "anna", "bram", "carl", "anna", "bram", "carl", "anna",
    ]  # fmt: skip
    assert round_.case_at(None) is ANNA
    assert [round_.tables_of(case, 7) for case in round_.cases] == [[1, 4, 7], [2, 5], [3, 6]]


def test_of_one_case_every_table_has_that_and_of_none_nobody_has_any(make: Any) -> None:
    assert [make(ANNA).case_at(table) for table in (None, 1, 9)] == [ANNA] * 3
    assert [make().case_at(table) for table in (None, 1, 9)] == [None] * 3
    assert (make(ANNA).case, make(ANNA, BRAM).case, make().case) == (ANNA, None, None)


def test_a_name_is_that_of_ones_own_case_and_for_all_together_the_resident(make: Any) -> None:
    ask = Text(nl="Wat wil [naam]?", en="What does [name] want?")
    several = make(ANNA, BRAM)
    assert several.named(ask, BRAM) == {"nl": "Wat wil Bram?", "en": "What does Bram want?"}
    assert several.named(ask) == {"nl": "Wat wil de inwoner?", "en": "What does the resident want?"}
    assert make(ANNA).named(ask) == {"nl": "Wat wil Anna?", "en": "What does Anna want?"}
    assert make().named(ask) == {"nl": "Wat wil …?", "en": "What does … want?"}


# ---- twists ----


def test_a_twist_is_a_step_where_it_was_revealed_and_the_others_move_on(make: Any) -> None:
    assert course(make(ANNA)) == ["kaart", "plek", "zin"]
    assert course(make(ANNA, reveals=(Reveal(1, 2),))) == ["kaart", "plek", "wending 1", "zin"]
    assert course(make(ANNA, reveals=(Reveal(1, 3),))) == ["kaart", "plek", "zin", "wending 1"]


def test_a_later_reveal_before_an_earlier_one_leaves_both_where_they_were(make: Any) -> None:
    round_ = make(ANNA, reveals=(Reveal(1, 3), Reveal(2, 1)))
    assert course(round_) == ["kaart", "wending 2", "plek", "zin", "wending 1"]
    assert [twist.title for twist in round_.twists_of(ANNA)] == ["Een brief", "Een buur"]


def test_a_case_with_fewer_twists_has_only_its_own(make: Any) -> None:
    round_ = make(ANNA, BRAM, CARL, reveals=(Reveal(1, 1), Reveal(2, 3)))
    assert round_.most_twists == 2
    assert [[t.title for t in round_.twists_of(case)] for case in (*round_.cases, None)] == [
        ["Een brief", "Een buur"], ["Een aanbod"], [], [],
    ]  # fmt: skip


def test_a_twist_asks_the_fixed_questions_and_for_ones_place_in_the_triangle(make: Any) -> None:
    round_ = make(ANNA, reveals=(Reveal(1, 2),))
    asked = {asked.prompt.id: asked for asked in round_.asked(3)}
    assert list(asked) == ["w1.kijk", "w1.hindernis", "w1.ruimte", "w1.plek"]
    links = {id: one.prompt.linked for id, one in asked.items() if one.prompt.linked}
    assert links == {"w1.ruimte": "w1.hindernis", "w1.plek": "plek"}
    assert {(one.scope, one.open, one.step) for one in asked.values()} == {("person", True, 3)}


def test_what_a_twist_would_ask_is_known_and_closed_until_it_is_revealed(make: Any) -> None:
    told = {asked.prompt.id: (asked.open, asked.step) for asked in make(ANNA).everything_asked()}
    assert told["w1.kijk"] == told["w2.plek"] == (False, 0)
    told = {a.prompt.id: (a.open, a.step) for a in make(ANNA, reveals=(Reveal(1, 1),)).everything_asked()}
    assert (told["w1.kijk"], told["w2.kijk"], told["plek"]) == ((True, 2), (False, 0), (True, 3))


def test_a_method_without_a_triangle_asks_for_no_place(library: Library) -> None:
    cards = a_method("kaarten", a_step({"id": "kaart", "type": "kort"}))
    round_ = Round(1, (ANNA,), cards, False, (Reveal(1, 1),), {}, library.fixed.twist)
    assert [asked.prompt.id for asked in round_.asked(2)] == ["w1.kijk", "w1.hindernis", "w1.ruimte"]


# ---- seats ----


def test_seats_go_round_the_perspectives_by_chair_and_only_when_they_are_dealt_out(make: Any) -> None:
    round_ = make(ANNA, BRAM, seats=True)
    assert [round_.seat(1, chair) for chair in range(4)] == ["Anna", "loket", "beleid", "Anna"]
    assert round_.seat(2, 0) is None, "Bram's case has no perspectives"
    assert round_.seat(None, 1) == "loket"
    assert make(ANNA).seat(1, 0) is None


# ---- what is kept ----


def test_what_is_kept_of_a_round_reads_back_as_it_was(library: Library) -> None:
    row = {"position": 2, "seats": True, "twists": [{"n": 1, "after": 2}], "totals": {"closed": True, "kept": {}}}
    round_ = read_round(row | snapshot([ANNA, BRAM], PLACES), library.fixed.twist)
    assert (round_.cases, round_.method, round_.seats, round_.reveals) == ((ANNA, BRAM), PLACES, True, (Reveal(1, 2),))
    assert round_.totals == {"closed": True, "kept": {}}
    assert read_round(row | snapshot([ANNA, BRAM], PLACES), library.fixed.twist) is round_, "costs nothing"
    assert read_round(row | {"totals": None} | snapshot([ANNA], PLACES), library.fixed.twist).totals == {}


def test_a_case_that_changes_while_it_is_on_the_screen_stays_what_it_was_at_the_beginning(house: House) -> None:
    house = furnished(house, ANNA, BRAM, PLACES)
    meeting = make_meeting(house, rounds=[RoundPlan("plaatsen", ("anna", "bram"))])
    meeting.steer("next")
    ours, theirs = meeting.someone(1), meeting.someone(2)
    other = ANNA.model_copy(update={"title": "Anders", "situation": "Heel anders.", "twists": []})
    meeting.house = furnished(house, other, without=["bram"])
    assert (ours.sheet["case"]["title"], ours.sheet["case"]["situation"]) == ("De zaak van Anna", "Anna belt.")
    assert theirs.sheet["case"]["title"] == "De zaak van Bram"
    meeting.steer("reveal")
    assert [twist["title"] for twist in ours.sheet["case"]["twists"]] == ["Een brief"]
    meeting.replan([1, RoundPlan("plaatsen", ("anna",))])
    assert [round_.title for round_ in meeting.room.rounds] == ["De zaak van Anna / De zaak van Bram", "Anders"]


def test_a_method_that_changes_asks_in_its_old_rounds_what_it_asked(house: House) -> None:
    house = furnished(house, PLACES)
    meeting = make_meeting(house, rounds=[RoundPlan("plaatsen")])
    shorter = a_method("plaatsen", a_step({"id": "iets_anders", "type": "kort"}))
    meeting.house = furnished(house, shorter)
    one = meeting.someone()
    assert one.gives("1.kaart", "Het loket")
    meeting.steer("next")
    assert [prompt["id"] for prompt in one.sheet["prompts"]] == ["1.kaart"]


@pytest.mark.parametrize("reveals", [(), (Reveal(1, 1),)])
def test_the_room_never_sees_more_of_a_case_than_it_should_know(house: House, reveals: tuple[Reveal, ...]) -> None:
    meeting = make_meeting(furnished(house, ANNA, PLACES), rounds=[RoundPlan("plaatsen", ("anna",), seats=True)])
    meeting.steer("next")
    if reveals:
        meeting.steer("reveal")
    wire = str(public(meeting.room, table=1, here=0))
    assert ("Een brief" in wire) is bool(reveals)
    assert "Een buur" not in wire
    assert "loket" in wire
    assert [row["twists"] for row in meeting.rows(tables.round_)] == [[one._asdict() for one in reveals]]

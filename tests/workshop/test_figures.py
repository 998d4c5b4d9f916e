"""What is drawn of answers that are not words: counted by hand in small rooms, type by type."""

from __future__ import annotations

from typing import Any

import pytest

from laveren.house import House
from laveren.workshop.figures import Dots, Figure, Moved, Scatter, Spread, Triangle, Trust
from laveren.workshop.rounds import RoundPlan
from tests.meeting import Kept, Meeting, Someone, a_case, a_method, a_step, furnished, make_meeting, options, twists

PROMPTS = {
    "kies": {"id": "kies", "type": "keuze", "opties": options("ja", "nee")},
    "kiezen": {"id": "kiezen", "type": "meerkeuze", "opties": options("a", "b", "c")},
    "cijfer": {"id": "cijfer", "type": "schaal5"},
    "ander": {"id": "ander", "type": "schaal5"},
    "oordeel": {"id": "oordeel", "type": "matrixrij", "rijen": options("r1", "r2"), "opties": options("past", "botst")},
    "cijfers": {"id": "cijfers", "type": "matrixrij", "rijen": options("r1", "r2")},
    "nu": {"id": "nu", "type": "driehoek", "opties": options("a", "b", "c")},
    "zou": {"id": "zou", "type": "driehoek", "opties": options("a", "b", "c"), "gekoppeld": "nu"},
    "stip": {"id": "stip", "type": "stippen", "opties": options("a", "b", "c")},
    "kaart": {"id": "kaart", "type": "kort", "max": 3, "soort": "hindernis"},
    "ruimte": {"id": "ruimte", "type": "kort", "soort": "ruimte"},
    "opkaart": {"id": "opkaart", "type": "stippen", "gekoppeld": "kaart"},
    "vertrouwen": {"id": "vertrouwen", "type": "matrixrij", "rijen_uit": "rollen", "vertrouwelijk": True},
    "doorslag": {"id": "doorslag", "type": "matrixrij", "rijen_uit": "rollen", "vertrouwelijk": True,
                 "opties": options("kan", "wil")},
}  # fmt: skip
ANNA = a_case("anna", "Anna", wendingen=twists("Een brief"))


def room_of(house: House, *steps: dict[str, Any], **plan: Any) -> Meeting:
    """A meeting with a method of these steps, at the first."""
    house = furnished(house, ANNA, a_method("proef", *steps))
    meeting = make_meeting(house, **{"rounds": [RoundPlan("proef", ("anna",))], "moderated": False} | plan)
    meeting.steer("next")
    return meeting


def asking(house: House, screen: str, *ids: str, **more: Any) -> Meeting:
    """A meeting at a step that asks these and draws them so."""
    return room_of(house, a_step(*(PROMPTS[id] for id in ids), scherm=screen, **more))


def give(meeting: Meeting, prompt: str, *values: Any, role: str = "uitvoerder") -> list[Someone]:
    """A new person for each value."""
    people = []
    for value in values:
        people.append(meeting.someone(role=role))
        people[-1].gives(f"1.{prompt}", value)
    return people


def only(meeting: Meeting) -> Figure:
    (figure,) = meeting.board.figures
    return figure


def counts(figure: Figure) -> dict[str, Any]:
    assert isinstance(figure, Spread)
    return {id: counted for id, _, counted in figure.lines}


# ---- distributions ----


def test_a_choice_counts_people_per_option_and_names_those_nobody_chose(house: House) -> None:
    room = asking(house, "verdeling", "kies")
    give(room, "kies", "ja", "ja", "ja")
    spread = only(room)
    assert isinstance(spread, Spread)
    assert (counts(spread), spread.people) == ({"ja": {"ja": 3}, "nee": {"nee": 0}}, 3)


def test_of_several_choices_each_counts(house: House) -> None:
    room = asking(house, "verdeling", "kiezen")
    give(room, "kiezen", ["a", "b"], ["a"], ["c", "a"])
    spread = only(room)
    assert isinstance(spread, Spread)
    assert (counts(spread), spread.people) == ({"a": {"a": 3}, "b": {"b": 1}, "c": {"c": 1}}, 3)


def test_a_scale_counts_every_number_and_who_cannot_tell(house: House) -> None:
    room = asking(house, "verdeling", "cijfer")
    give(room, "cijfer", 5, 5, 1, "geen_zicht")
    told = {id: next(iter(counted.values())) for id, counted in counts(only(room)).items()}
    assert told == {"1": 1, "2": 0, "3": 0, "4": 0, "5": 2, "geen_zicht": 1}


@pytest.mark.parametrize(("prompt", "given", "expected"), [
    ("oordeel", [{"r1": "past"}, {"r1": "botst", "r2": "past"}], {
        "r1": {"past": 1, "botst": 1}, "r2": {"past": 1, "botst": 0},
    }),
    ("cijfers", [{"r1": 4}, {"r1": 4, "r2": "geen_zicht"}], {
        "r1": {"1": 0, "2": 0, "3": 0, "4": 2, "5": 0, "geen_zicht": 0},
        "r2": {"1": 0, "2": 0, "3": 0, "4": 0, "5": 0, "geen_zicht": 1},
    }),
])  # fmt: skip
def test_rows_count_per_row_how_often_each_option_was_said(
    house: House, prompt: str, given: list[Any], expected: dict[str, Any]
) -> None:
    room = asking(house, "verdeling", prompt)
    give(room, prompt, *given)
    assert counts(only(room)) == expected


def test_several_prompts_are_several_distributions_and_words_are_none(house: House) -> None:
    room = asking(house, "verdeling", "kies", "cijfer", "kaart")
    assert [figure.asked.prompt.id for figure in room.board.figures if isinstance(figure, Spread)] == ["kies", "cijfer"]


def test_drafts_what_was_taken_back_and_what_was_written_for_the_room_count_for_nobody(house: House) -> None:
    room = asking(house, "verdeling", "kies")
    one, other = room.people(2)
    one.gives("1.kies", "ja", state="draft")
    back = other.gives("1.kies", "nee")
    other.gives("1.kies", "nee", id=back.id, revision=2, state="withdrawn")
    room.writes_for_the_room("1.kies", "ja")
    spread = only(room)
    assert isinstance(spread, Spread)
    assert (counts(spread), spread.people) == ({"ja": {"ja": 0}, "nee": {"nee": 0}}, 0)


# ---- two scales ----


def test_two_scales_make_points_of_those_who_answered_both_with_a_number(house: House) -> None:
    room = asking(house, "spreiding", "cijfer", "ander")
    for x, y in ((1, 5), (1, 5), (4, 2), ("geen_zicht", 3), (2, None)):
        one = room.someone()
        one.gives("1.cijfer", x)
        if y is not None:
            one.gives("1.ander", y)
    figure = only(room)
    assert isinstance(figure, Scatter)
    assert (figure.points, figure.mean, figure.people) == ({(1, 5): 2, (4, 2): 1}, (2.0, 4.0), 3)


def test_one_scale_alone_is_a_distribution(house: House) -> None:
    assert isinstance(only(asking(house, "spreiding", "cijfer")), Spread)


@pytest.mark.parametrize("screen", ["spreiding", "driehoek"])
def test_of_a_table_two_answers_are_the_tables_whoever_wrote_them_down(house: House, screen: str) -> None:
    pairs = {"spreiding": {"cijfer": 4, "ander": 2}, "driehoek": {"nu": shares(100, 0, 0), "zou": shares(0, 100, 0)}}
    ids = list(pairs[screen])
    room = asking(house, screen, *ids, who="groep")
    for one, id in zip(room.people(2), ids, strict=True):
        one.gives(f"1.{id}", pairs[screen][id])
    figure = only(room)
    if isinstance(figure, Scatter):
        assert figure.points == {(4, 2): 1}
    else:
        assert isinstance(figure, Triangle)
        assert figure.moves == [((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))]


# ---- the triangle ----


def shares(a: int, b: int, c: int) -> dict[str, int]:
    return {"a": a, "b": b, "c": c}


def test_a_triangle_has_an_arrow_for_each_person_from_now_to_should(house: House) -> None:
    room = asking(house, "driehoek", "nu", "zou")
    both, early, late, nowhere = room.people(4)
    both.gives("1.nu", shares(100, 0, 0))
    both.gives("1.zou", shares(0, 50, 50))
    early.gives("1.nu", shares(0, 100, 0))
    late.gives("1.zou", shares(0, 0, 100))
    nowhere.gives("1.nu", "past_niet")
    nowhere.gives("1.zou", "past_niet")
    figure = only(room)
    assert isinstance(figure, Triangle)
    assert [corner.nl for corner in figure.corners] == ["de a", "de b", "de c"]
    expected = [((1, 0, 0), (0, 0.5, 0.5)), ((0, 1, 0), None), (None, (0, 0, 1))]
    assert sorted(figure.moves, key=str) == sorted(expected, key=str)
    assert (figure.misfits, figure.people, figure.centroids) == (1, 4, [])


def test_the_middle_of_a_role_is_there_from_five_of_it_and_the_rest_never_by_subtraction(house: House) -> None:
    room = asking(house, "driehoek", "nu")
    give(room, "nu", *[shares(100, 0, 0)] * 5)
    give(room, "nu", *[shares(0, 100, 0)] * 5, role="beleid")
    figure = only(room)
    assert isinstance(figure, Triangle)
    told = {one.role: (one.n, one.now, one.should) for one in figure.centroids}
    assert told == {"": (10, (0.5, 0.5, 0.0), None), "uitvoerder": (5, (1, 0, 0), None), "beleid": (5, (0, 1, 0), None)}
    give(room, "nu", shares(0, 0, 100), role="bestuur")
    figure = only(room)
    assert isinstance(figure, Triangle)
    assert len(figure.centroids) == 2, "everybody minus both roles would be the one board member"


def test_a_triangle_shown_from_should_to_now_draws_the_same_arrows(house: House) -> None:
    room = room_of(house, a_step(PROMPTS["nu"], PROMPTS["zou"]), a_step(scherm="driehoek", toont=["zou", "nu"]))
    one = room.someone()
    one.gives("1.nu", shares(100, 0, 0))
    one.gives("1.zou", shares(0, 100, 0))
    room.steer("next")
    figure = only(room)
    assert isinstance(figure, Triangle)
    assert figure.moves == [((1, 0, 0), (0, 1, 0))]


# ---- dots ----


def test_dots_are_counted_per_option_most_first_and_ties_are_told(house: House) -> None:
    room = asking(house, "stippen", "stip")
    give(room, "stip", {"b": 2, "a": 1}, {"b": 1, "c": 2})
    figure = only(room)
    assert isinstance(figure, Dots)
    assert [(one.option, one.dots, one.people) for one in figure.tally] == [("b", 3, 2), ("c", 2, 1), ("a", 1, 1)]
    assert (figure.tied, figure.people) == ([], 2)
    give(room, "stip", {"c": 1})
    figure = only(room)
    assert isinstance(figure, Dots)
    assert [one.option for one in figure.tied] == ["b", "c"]


@pytest.fixture
def cards(house: House) -> Meeting:
    """A meeting that writes cards, divides dots over them, and looks; words wait until they are let through."""
    steps = (a_step(PROMPTS["kaart"]), a_step(PROMPTS["opkaart"], scherm="klok"))
    return room_of(house, *steps, a_step(scherm="stippen", toont=["opkaart"], who="plenair"), moderated=True)


def three_cards(meeting: Meeting) -> list[Kept]:
    return [meeting.someone().gives("1.kaart", f"kaart {n}") for n in range(3)]


def offered(meeting: Meeting) -> list[str]:
    """The cards that a worksheet offers to put dots on."""
    (prompt,) = meeting.someone().sheet["prompts"]
    return [option["text"]["nl"] for option in prompt["options"]]


def test_dots_go_to_the_cards_that_were_let_through_and_to_no_other(cards: Meeting) -> None:
    first, second, third = three_cards(cards)
    cards.moderate("show", first.id)
    cards.moderate("show", third.id)
    cards.steer("next")
    assert offered(cards) == ["kaart 0", "kaart 2"]
    give(cards, "opkaart", {first.id: 2, third.id: 1})
    with pytest.raises(Exception, match="option_unknown"):
        give(cards, "opkaart", {second.id: 1})


def test_a_card_hidden_later_loses_its_dots_and_gets_them_back_when_it_is_shown_again(cards: Meeting) -> None:
    first, second, _ = three_cards(cards)
    cards.moderate("show_all")
    cards.steer("next")
    give(cards, "opkaart", {first.id: 2, second.id: 1})
    cards.steer("next")
    cards.moderate("hide", first.id)
    figure = only(cards)
    assert isinstance(figure, Dots)
    assert [(figure.texts[one.option].nl, one.dots) for one in figure.tally] == [("kaart 1", 1), ("kaart 2", 0)]
    cards.steer("undo")
    figure = only(cards)
    assert isinstance(figure, Dots)
    assert (figure.texts[figure.tally[0].option].nl, figure.tally[0].dots) == ("kaart 0", 2)


@pytest.mark.parametrize("action", ["show", "hide", "undo of hide"])
def test_while_dots_are_divided_the_worksheets_hear_which_cards_there_are(cards: Meeting, action: str) -> None:
    first, second, _ = three_cards(cards)
    cards.moderate("show", first.id)
    cards.steer("next")
    if action == "undo of hide":
        cards.moderate("hide", first.id)
    version = cards.room.version
    if action == "undo of hide":
        cards.steer("undo")
    else:
        cards.moderate(action, second.id if action == "show" else first.id)
    assert cards.room.version > version


# ---- the matrix ----


def test_the_matrix_is_drawn_from_what_may_be_shown_and_never_from_the_answers(house: House) -> None:
    room = room_of(
        house, a_step(PROMPTS["vertrouwen"]), a_step(scherm="matrix", toont=["vertrouwen"]), a_step(PROMPTS["kies"])
    )
    give(room, "vertrouwen", *[{"beleid": 4}] * 5)
    give(room, "vertrouwen", *[{"uitvoerder": 2}] * 5, role="beleid")
    give(room, "vertrouwen", {"uitvoerder": 5}, role="bestuur")
    room.steer("next")
    figure = only(room)
    assert isinstance(figure, Trust)
    assert figure.cells is not None
    names = list(figure.labels)
    cells = {(row, column): cell for row, line in zip(names, figure.cells, strict=True)
             for column, cell in zip(names, line, strict=True)}  # fmt: skip
    assert {pair: (cell.mean, cell.band) for pair, cell in cells.items() if cell.mean is not None} == {
        ("uitvoerder", "beleid"): (4.0, "5+"), ("beleid", "uitvoerder"): (2.0, "5+"),
    }  # fmt: skip
    assert {row for (row, _), cell in cells.items() if cell.asked} == {"uitvoerder", "beleid", "bestuur"}
    assert [(one.role, one.target, one.mean, one.back) for one in figure.asymmetries] == [
        ("uitvoerder", "beleid", 4.0, 2.0)
    ]


def test_before_the_room_moved_on_there_is_no_matrix(house: House) -> None:
    figure = only(asking(house, "matrix", "vertrouwen"))
    assert isinstance(figure, Trust)
    assert (figure.cells, figure.asymmetries) == (None, [])


@pytest.mark.parametrize(("screen", "prompt", "value"), [
    ("verdeling", "vertrouwen", {"beleid": 4}),
    ("verdeling", "doorslag", {"beleid": "kan"}),
    ("matrix", "doorslag", {"beleid": "kan"}),
    ("matrix", "oordeel", {"r1": "past"}),
])  # fmt: skip
def test_what_is_confidential_is_drawn_as_the_matrix_of_roles_or_not_at_all(
    house: House, screen: str, prompt: str, value: Any
) -> None:
    room = room_of(house, a_step(PROMPTS[prompt]), a_step(scherm=screen, toont=[prompt]))
    give(room, prompt, *[value] * 6)
    room.steer("next")
    assert room.board.figures == []


# ---- what a twist moved ----


def test_what_a_twist_moved_is_counted_of_those_who_looked_again(house: House) -> None:
    room = room_of(house, a_step(PROMPTS["kaart"], PROMPTS["ruimte"], PROMPTS["nu"]))
    again, silent = room.people(2)
    for one in (again, silent):
        one.gives("1.kaart", "wet zit dwars", source="wet")
        one.gives("1.kaart", "keten ook", source="keten")
        one.gives("1.ruimte", "mag wel", status="mag")
    again.gives("1.nu", shares(100, 0, 0))
    room.steer("reveal")
    again.gives("1.w1.kijk", "ja")
    again.gives("1.w1.hindernis", "nu twijfel ik", source="twijfel")
    again.gives("1.w1.ruimte", "doe ik", status="doe_ik")
    again.gives("1.w1.nu", shares(0, 100, 0))
    figure = only(room)
    assert isinstance(figure, Moved)
    assert figure.sources == {"twijfel": (0, 1), "keten": (1, 0), "wet": (1, 0)}
    assert figure.statuses == {"doe_ik": (0, 1), "mag": (1, 0)}
    assert (figure.looked, figure.people) == ({"nee": 0, "beetje": 0, "ja": 1}, 1)
    assert figure.triangle is not None
    assert figure.triangle.moves == [((1, 0, 0), (0, 1, 0))]


def test_two_cards_of_one_source_are_one_person(house: House) -> None:
    room = room_of(house, a_step(PROMPTS["kaart"]))
    one = room.someone()
    for n in range(2):
        one.gives("1.kaart", f"kaart {n}", source="wet")
    room.steer("reveal")
    one.gives("1.w1.kijk", "nee")
    figure = only(room)
    assert isinstance(figure, Moved)
    assert figure.sources == {"wet": (1, 0)}
    assert figure.triangle is None


def test_a_step_of_cards_or_a_clock_draws_nothing(house: House) -> None:
    assert asking(house, "kaarten", "kies", "kaart").board.figures == []
    assert asking(house, "klok", "stip").board.figures == []

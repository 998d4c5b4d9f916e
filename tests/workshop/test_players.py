"""What made-up participants answer is always taken, whatever is asked and about whichever case, and fits their role."""

from __future__ import annotations

from random import Random
from statistics import mean
from typing import Any

import pytest

from laveren.content.library import Library, read_library
from laveren.content.terms import Role
from laveren.house import House
from laveren.settings import ROOT
from laveren.workshop.joining import NOBODY
from laveren.workshop.players import LEANS, Player, Repertoire
from laveren.workshop.rooms import Room
from laveren.workshop.rounds import Asked, RoundPlan
from laveren.workshop.values import MISFIT, AnswerBody, checked
from tests.meeting import a_case, a_method, a_step, furnished, make_meeting, options

LIBRARY = read_library(ROOT)
EVERY_TYPE = a_method(
    "alles",
    a_step(
        {"id": "kort", "type": "kort", "max": 3, "soort": "hindernis"},
        {"id": "lang", "type": "lang"},
        {"id": "ruimte", "type": "kort", "soort": "ruimte", "gekoppeld": "kort"},
        {"id": "niemand_vroeg_dit", "type": "kort"},
        {"id": "wij_willen", "type": "kort"},  # elsewhere a long answer
        {"id": "keuze", "type": "keuze", "opties": options("a", "b")},
        {"id": "meer", "type": "meerkeuze", "opties": options("a", "b", "c", "d")},
        {"id": "gebieden", "type": "meerkeuze", "domeinen": "ja"},
        {"id": "schaal", "type": "schaal5"},
    ),
    a_step(
        {"id": "hoeken", "type": "driehoek", "opties": options("a", "b", "c")},
        {"id": "rijen", "type": "matrixrij", "rijen": options("x", "y", "z"), "max": 2},
        {"id": "regels", "type": "matrixrij", "rijen_uit": "regels", "opties": options("a", "b")},
        {"id": "stip", "type": "stippen", "opties": options("a", "b"), "max": 5, "per_optie": 2},
        {"id": "over", "type": "stippen", "gekoppeld": "kort"},
    ),
    a_step({"id": "samen", "type": "kort", "max": 4}, who="groep"),
)


def a_player(role: Role = Role.PRACTITIONER, table: int | None = 1) -> Player:
    return Player(1, NOBODY, role, table)


def take_all(room: Room, role: Role, chance: Random) -> dict[str, list[dict[str, Any]]]:
    """What somebody gives to everything that is asked in a room, each checked as if it came from a browser."""
    repertoire, player, said = Repertoire(room.library, chance), a_player(role, chance.choice([None, 1, 2, 3])), {}
    for asked in room.everything_asked().values():
        for _ in range(asked.prompt.answers if repertoire.can_answer(player, asked, room) else 0):
            given = repertoire.answer(player, asked, room)
            body = AnswerBody.model_validate({"revision": 1, "state": "submitted", "prompt": asked.wire, **given})
            kept = checked(body, asked, room, player.table)
            assert given.items() <= {key: value for key, value in kept.items() if value is not None}.items()
            said.setdefault(asked.prompt.id, []).append(given)
    return said


@pytest.mark.parametrize("method", LIBRARY.methods)
def test_every_answer_to_every_method_is_taken_with_every_case(method: str, house: House) -> None:
    cases = tuple(house.library.cases)
    rounds = [RoundPlan(method, cases[n : n + 3]) for n in range(0, len(cases), 3)] + [RoundPlan(method)]
    room = make_meeting(house, rounds=rounds[:12], groups=3).room
    chance = Random(method)
    for role in LEANS:
        for _ in range(4):
            take_all(room, role, chance)


@pytest.mark.parametrize("name", ["Bo", "Anne-Fleur van Oosterhout", "x" * 300])
def test_every_type_of_question_gets_an_answer_that_fits_however_long_the_name(name: str, house: House) -> None:
    house = furnished(house, EVERY_TYPE, a_case("een-zaak", name, titel="Een zaak"))
    room = make_meeting(house, rounds=[RoundPlan("alles", ("een-zaak",))]).room
    chance, seen = Random(name), {}
    for _ in range(60):
        seen |= take_all(room, Role.CHAIN, chance)
    everything = {asked.prompt.id for asked in (*room.asked(1, 1), *room.asked(1, 2), *room.asked(1, 3))}
    assert set(seen) & everything == everything - {"regels", "over"}  # a case without rules, and no card let through
    assert "[naam]" not in str(seen)


def test_a_hindrance_has_a_source_and_a_piece_of_room_a_status_and_the_card_it_belongs_to(house: House) -> None:
    house = furnished(house, EVERY_TYPE)
    room = make_meeting(house, rounds=[RoundPlan("alles")]).room
    hindrance, _, piece = room.asked(1, 1)[:3]
    repertoire, player = Repertoire(house.library, Random(1)), a_player()
    assert "link" not in repertoire.answer(player, piece, room)
    player.given = {"1.kort": ["een", "twee"]}
    said = [repertoire.answer(player, piece, room) for _ in range(30)]
    assert {one.get("link") for one in said} == {None, "een", "twee"}
    assert all(one["status"] for one in said)
    assert all(repertoire.answer(player, hindrance, room)["source"] for _ in range(9))


def test_no_line_comes_back_before_all_were_said(house: House) -> None:
    room = make_meeting(house).room
    (asked,) = room.asked(1, 2)
    repertoire, lines = Repertoire(house.library, Random(1)), house.library.lines.hindrances
    said = [repertoire.answer(a_player(), asked, room)["value"] for _ in lines]
    assert len(set(said)) == len(lines)


def test_a_question_is_answered_by_the_lines_of_its_id_and_else_by_the_general_ones(house: House) -> None:
    room = make_meeting(furnished(house, EVERY_TYPE), rounds=[RoundPlan("waar-loop-je-tegenaan"), RoundPlan("alles")])
    asked, lines = room.room.everything_asked(), house.library.lines
    repertoire = Repertoire(house.library, Random(1))

    def said(wire: str) -> set[str]:
        return {repertoire.answer(a_player(), asked[wire], room.room)["value"] for _ in range(60)}

    own = {id: set(replies.texts) for replies in lines.replies for id in replies.to}
    assert said("1.vraag") == own["vraag"]
    assert said("1.parkeer") == set(lines.parked)
    assert said("2.niemand_vroeg_dit") == set(lines.short)
    assert said("2.lang") == set(lines.long)


def test_a_table_sometimes_says_that_it_is_divided(house: House) -> None:
    room = make_meeting(house).room
    table = room.asked(1, 6)[0]
    alone = room.asked(1, 2)[0]
    repertoire = Repertoire(house.library, Random(1))

    def divided(asked: Asked) -> int:
        return sum("dissent" in repertoire.answer(a_player(), asked, room) for _ in range(60))

    assert 3 <= divided(table) <= 30
    assert not divided(alone)


def test_a_role_leans_its_own_way_in_a_triangle_and_moves_when_asked_where_it_should_be(house: House) -> None:
    room = make_meeting(house, rounds=[RoundPlan("waardendriehoek")]).room
    (now,), (should,) = room.asked(1, 1), room.asked(1, 2)
    middles = {}
    for role, leans in LEANS.items():
        repertoire, places = Repertoire(house.library, Random(role)), []
        for _ in range(80):
            player = a_player(role)
            pair = [repertoire.answer(player, asked, room)["value"] for asked in (now, should)]
            if MISFIT not in pair:
                places.append([list(place.values()) for place in pair])
        assert len(places) < 80, "somebody finds no place"
        middle = [[mean(p[which][corner] for p in places) for corner in range(3)] for which in range(2)]
        assert middle[0] == pytest.approx(leans[0], abs=4)
        assert middle[1] == pytest.approx([(a + b) / 2 for a, b in zip(*leans, strict=True)], abs=4)
        middles[role] = middle
    assert middles[Role.EXPERIENCE][0][0] > middles[Role.BOARD][0][0] + 20


def test_some_say_that_they_cannot_tell(house: House) -> None:
    room = make_meeting(house, rounds=[RoundPlan("vertrouwensmatrix")]).room
    (asked,) = room.asked(1, 1)
    repertoire = Repertoire(house.library, Random(1))
    said = [value for _ in range(40) for value in repertoire.answer(a_player(), asked, room)["value"].values()]
    assert set(said) == {1, 2, 3, 4, 5, "geen_zicht"}


@pytest.mark.parametrize(("role", "may"), [(Role.OTHER, False), (Role.EXPERIENCE, True)])
def test_who_has_no_row_leaves_a_confidential_question(role: Role, may: bool, house: House, library: Library) -> None:
    room = make_meeting(house, rounds=[RoundPlan("vertrouwensmatrix")]).room
    assert Repertoire(library, Random(1)).can_answer(a_player(role), room.asked(1, 1)[0], room) == may

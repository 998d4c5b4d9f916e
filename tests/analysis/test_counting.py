"""Recurrence in workshops, hindrances per source and without room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from laveren.analysis.counting import (
    hindrances_by_source,
    hindrances_without_room,
    lead,
    occurrences,
    theme_recurrence,
    unmatched,
    without_room,
)
from laveren.analysis.intervals import wilson

Frame = Callable[..., pd.DataFrame]


def room(workshop: int, people: int, text: str = "anders", **more: Any) -> list[dict[str, Any]]:
    """Answers of so many new people of a workshop."""
    start = more.pop("start", 0)
    return [
        {"workshop": workshop, "participant": 100 * workshop + start + n, "text": text, **more} for n in range(people)
    ]


@pytest.fixture
def recur(answers: Frame, workshops: Frame, about: Frame) -> Frame:
    def count(*rows: dict[str, Any]) -> pd.DataFrame:
        frame = answers(*rows)
        return theme_recurrence(frame, workshops(frame), about(frame)).set_index("theme")

    return count


def test_a_theme_occurs_where_three_participants_name_it_and_not_where_two_do(recur: Frame) -> None:
    found = recur(*room(1, 3, "tijd"), *room(2, 2, "tijd"), *room(2, 3, start=50), *room(3, 5, "tijd")).loc["tijd"]
    assert (found["workshops"], found["of"]) == (2, 3)
    assert found["participants"] == 8, "of the two workshops in which it occurs"
    assert tuple(found[["share", "low", "high"]]) == wilson(2, 3)


def test_one_person_who_names_it_three_times_is_one_person(recur: Frame) -> None:
    thrice = [{"workshop": 1, "participant": 1, "text": "tijd"}] * 3
    found = recur(*thrice, *room(1, 8, start=50), *room(2, 6, "tijd")).loc["tijd"]
    assert (found["workshops"], found["of"]) == (1, 2)


def test_a_table_counts_for_who_wrote_and_a_room_for_one(recur: Frame) -> None:
    tables = room(1, 5, "tijd", scope="table")
    rooms = [{"workshop": 2, "participant": n, "text": "tijd", "scope": "room"} for n in range(5)]
    found = recur(*tables, *rooms, *room(2, 5, start=50)).loc["tijd"]
    assert (found["workshops"], found["of"], found["participants"]) == (1, 2, 5)


def test_workshops_with_fewer_than_three_who_answered_are_not_counted_at_all(recur: Frame) -> None:
    found = recur(*room(1, 5, "tijd"), *room(2, 2, "tijd"), *room(3, 3)).loc["tijd"]
    assert (found["workshops"], found["of"]) == (1, 2)


def test_it_says_over_how_many_cases_regions_and_roles(recur: Frame) -> None:
    found = recur(
        *room(1, 5, "tijd"),
        *room(2, 3, "tijd", case="bus", role="beleid"),
        *room(3, 2, "tijd", case="bus", role="beleid"),
        *room(3, 4, case="yara", start=50),
        *room(4, 6, "tijd", case=""),
    ).loc["tijd"]
    assert found["workshops"] == 3
    assert (found["cases"], found["of_cases"]) == (2, 3), "a round without a case is no case"
    assert found["regions"] == 2
    assert found["roles"] == 1, "three people of policy are too few to say that policy names it"


def test_moderated_answers_count(recur: Frame) -> None:
    assert recur(*room(1, 5, "tijd", hidden=True)).loc["tijd", "workshops"] == 1


def test_the_commonest_theme_comes_first_and_hidden_ones_last_in_alphabet(recur: Frame) -> None:
    found = recur(
        *room(1, 5, "vaak soms zelden"), *room(1, 4, "bijna"), *room(2, 5, "vaak"), *room(3, 9, "vaak soms"),
        *room(3, 1, "amper"),
    )  # fmt: skip
    assert list(found.index) == ["vaak", "soms", "zelden", "amper", "bijna"]
    assert found.loc[["amper", "bijna"]].isna().all(axis=None), "four people or one look the same"


def test_a_theme_that_two_people_of_many_workshops_name_recurs_nowhere_and_shows_no_number(recur: Frame) -> None:
    spread = [row for workshop in range(1, 8) for row in room(workshop, 2, "tijd") + room(workshop, 3, start=50)]
    assert recur(*spread).loc["tijd"].isna().all()


def test_without_answers_there_are_no_themes_and_no_error(recur: Frame) -> None:
    assert recur().empty


def test_a_theme_counts_once_for_an_answer_that_names_it_in_two_words(answers: Frame) -> None:
    frame = answers(*room(1, 3))
    twice = pd.DataFrame({"answer": list(frame["id"]) * 2, "theme": "tijd", "word": "x", "rank": 1})
    assert occurrences(frame, twice).to_dict("records") == [{"theme": "tijd", "workshop": 1, "participants": 3}]


def test_all_sources_are_there_the_most_named_first(answers: Frame) -> None:
    frame = answers(
        *room(1, 6, source="keten"), *room(1, 6, source="keten"), *room(1, 8, source="wet", start=20),
        *room(1, 4, source="twijfel"),
    )  # fmt: skip
    found = hindrances_by_source(frame).set_index("source")
    assert list(found.index) == ["wet", "keten", "beleid", "gewoonte", "mandaat", "twijfel", "werkproces"]
    assert tuple(found.loc["keten"]) == (6, 14, 6 / 14, 12)
    assert found.loc["twijfel"].isna().all(), "four people are too few"


def test_only_hindrances_that_say_where_they_sit_are_counted_per_source(answers: Frame) -> None:
    frame = answers(*room(1, 5), *room(1, 7, kind="ruimte", source="wet", start=20), *room(1, 7, source=None, start=40))
    assert hindrances_by_source(frame).set_index("source").loc["wet", "participants"] == 5


def linked(answers: Frame, bare: int, with_room: int) -> pd.DataFrame:
    stuck = room(1, bare + with_room)
    ruimte = room(1, with_room, kind="ruimte", start=bare)
    for n, row in enumerate(ruimte):
        row["link"] = f"a{bare + n + 1}"
    return answers(*stuck, *ruimte, {"workshop": 1, "participant": 99, "kind": "ruimte"})


def test_a_hindrance_is_without_room_when_nobody_links_room_to_it(answers: Frame) -> None:
    found = hindrances_without_room(linked(answers, 5, 3)).set_index("source")
    assert tuple(found.loc["wet"]) == (8, 5, 5 / 8, 5)
    assert hindrances_without_room(linked(answers, 4, 9)).set_index("source").loc["wet"].isna().all()


def test_hindrances_without_room_can_be_counted_per_case(answers: Frame) -> None:
    found = hindrances_without_room(linked(answers, 6, 0), by="case").set_index("case")
    assert tuple(found.loc["erfenis"]) == (6, 6, 1.0, 6)


def test_a_round_that_never_came_to_asking_for_room_says_nothing_about_room(answers: Frame) -> None:
    asked = [*room(1, 5), {"workshop": 1, "kind": "ruimte"}]
    never = [*room(2, 9), *room(1, 9, round=2, start=50)]
    assert len(without_room(answers(*asked, *never))) == 5
    at_tables = {"workshop": 2, "kind": "ruimte", "scope": "table"}
    assert len(without_room(answers(*asked, *never, at_tables))) == 5, "the tables' line is another question"


def test_in_a_selection_everyones_answers_say_whether_room_was_asked_for(answers: Frame) -> None:
    everyone = answers(*room(1, 5, role="beleid"), {"workshop": 1, "kind": "ruimte", "role": "uitvoerder"})
    policy = everyone[everyone["role"] == "beleid"]
    assert without_room(policy).empty
    assert len(without_room(policy, everyone)) == 5


def test_answers_no_theme_was_found_for_are_a_queue(answers: Frame, about: Frame) -> None:
    frame = answers({"text": "tijd"}, {"text": " "}, {"text": "iets"})
    assert list(unmatched(frame, about(frame.iloc[:1]))["id"]) == ["a3"]


def test_a_lead_compares_workshops_not_people(answers: Frame) -> None:
    one_full_room = answers(*room(1, 200, source="wet"), *room(2, 4, source="keten"), *room(3, 4, source="keten"))
    found = lead(one_full_room, "source", "wet", "keten")
    assert found.value == pytest.approx(-1 / 3)
    assert not found.above_zero
    everywhere = answers(*(row for workshop in range(1, 13) for row in room(workshop, 2, source="wet")))
    assert lead(everywhere, "source", "wet", "keten").above_zero
    assert not lead(everywhere.iloc[:0], "source", "wet", "keten").above_zero

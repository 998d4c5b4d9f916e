"""Quotes behind a mark: only where it stands for five, never what was kept off the screen, fairly picked."""

from __future__ import annotations

from datetime import date

import pytest

from laveren.analysis import quoting
from laveren.analysis.counting import hindrances_by_source, themes_of, without_room
from laveren.analysis.crossing import by_domain, by_kind, by_role, by_seat, room_by_domain
from laveren.analysis.quoting import Mark, behind, quotable
from laveren.analysis.selecting import Selection
from laveren.analysis.together import together
from tests.analysis.rooms import Look, Told, numbers, room, rooms


def said(workshop: int, participant: int, **more: object) -> Told:
    return {"workshop": workshop, "participant": participant, **more}


def quoted(mark: Selection, column: str = "person") -> list[int]:
    """Whose answers are quoted, in turn; or from which workshop."""
    return [int(mark.records.at(column, place)) for place in quotable(mark)]


# ---- which answers may be quoted, and in which turn ----


def test_no_quote_where_the_mark_stands_for_four_people_however_much_they_wrote(look: Look) -> None:
    four = [said(1, n % 4) for n in range(20)]
    assert quotable(look(*four)) == []
    assert len(quotable(look(*four, said(1, 4)))) == 21


def test_what_was_kept_off_the_screen_counts_and_is_never_quoted(look: Look) -> None:
    assert quoted(look(*(said(1, n, hidden=n > 0) for n in range(5)))) == [0]


def test_what_is_not_in_words_counts_and_is_never_quoted(look: Look) -> None:
    assert quoted(look(*(said(1, n, text="tijd" if n == 2 else " ") for n in range(5)))) == [2]


def test_the_quotes_go_round_the_workshops_and_then_the_people(look: Look) -> None:
    busy = [said(1, n % 2) for n in range(40)]
    mark = look(*busy, said(2, 10), said(3, 11), said(4, 12))
    assert len(set(quoted(mark, "workshop")[:4])) == 4
    assert set(quoted(mark)[:5]) == {0, 1, 10, 11, 12}
    assert len(set(quotable(mark))) == 43, "and then again, until there are no more"


def test_the_turn_is_the_same_each_time_whatever_else_was_said(look: Look) -> None:
    told = [said(n % 3 + 1, n) for n in range(30)]
    mark = look(*told)
    assert quoted(mark) == quoted(look(*told))
    fewer = mark.where(mark["person"] % 5 > 0)
    in_one = [[who for who in quoted(some) if who % 3 == 0 and who % 5] for some in (mark, fewer)]
    assert in_one[0] == in_one[1]
    assert in_one[0] != sorted(in_one[0])


@pytest.mark.parametrize("pool", [10, 60])
def test_of_very_many_some_are_drawn_from_the_same_ones_each_time(
    look: Look, pool: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quoting, "POOL", pool)
    mark = look(*(said(n % 4 + 1, n) for n in range(40)))
    assert len(set(quotable(mark))) == min(pool, 40)
    assert quotable(mark) == quotable(mark)


# ---- what is behind a mark ----


def test_behind_a_theme_are_its_answers_of_the_workshops_it_occurs_in(look: Look) -> None:
    found = look(*room(1, 5, "tijd"), *room(1, 5, "geld", start=50), *room(2, 1, "tijd"), *room(3, 4, "tijd geld"))
    assert numbers(behind(found, Mark("tijd", there=True))) == [1, 2, 3, 4, 5, 12, 13, 14, 15]
    assert numbers(behind(found, Mark("tijd"))) == [1, 2, 3, 4, 5, 11, 12, 13, 14, 15]
    assert numbers(behind(found, Mark("taal", there=True))) == []


def test_behind_a_confirmed_theme_is_what_a_person_coded_with_it(look: Look) -> None:
    found = look(*room(1, 5, "tijd", confirmed="geld"), *room(1, 5, "geld", start=50), basis="confirmed")
    assert numbers(behind(found, Mark("geld", there=True))) == [1, 2, 3, 4, 5]
    assert numbers(behind(found, Mark("tijd"))) == []


def test_behind_two_themes_is_what_those_wrote_who_name_both_about_either(look: Look) -> None:
    found = look(
        *room(1, 1, "tijd geld"), *room(1, 1, "tijd", start=1), *room(1, 1, "wachten geld taal", start=1),
        *room(1, 1, "taal", start=1), *room(1, 5, "tijd", start=50),
    )  # fmt: skip
    assert numbers(behind(found, Mark("tijd", other="geld"))) == [1, 2, 3]


EVERYTHING = [
    *rooms("tijd geld", 1, 2, 3, people=6, role="beleid", seat="de buur", source="keten"),
    *rooms("tijd", 1, 2, people=7, case="bus", kind="ruimte", status="mag", start=20),
    *rooms("geld", 1, 3, people=8, case="bus", kind="ruimte", status="nodig", start=40),
    *rooms("taal", 4, people=9, twist=1, role="beleid"),
]


def test_behind_each_number_of_a_picture_stand_as_many_people_as_it_says(look: Look) -> None:
    found = look(*EVERYTHING)
    themes = themes_of(found)
    told: list[tuple[int, Mark]] = []
    for frame, column in ((by_domain(themes), "domain"), (by_role(themes), "role"), (by_seat(themes), "seat")):
        for row in frame.dropna().to_dict("records"):
            told.append((row["participants"], Mark(row["theme"], **{column: row[column]})))
    for row in by_kind(themes).to_dict("records"):
        told += [
            (row["hindrance"], Mark(row["theme"], kind="hindernis")),
            (row["room"], Mark(row["theme"], kind="ruimte")),
        ]
    for row in room_by_domain(found).to_dict("records"):
        told.append((row["participants"], Mark(kind="ruimte", status=row["status"], domain=row["domain"])))
    for row in hindrances_by_source(found).dropna().to_dict("records"):
        told.append((row["participants"], Mark(kind="hindernis", source=row["source"])))
    for row in together(themes).to_dict("records"):
        told.append((row["participants"], Mark(row["theme"], other=row["other"])))
    shown = [(people, mark) for people, mark in told if isinstance(people, int)]
    assert len(shown) > 20
    assert [behind(found, mark).people for _, mark in shown] == [people for people, _ in shown]


def test_behind_a_hindrance_without_room_is_only_what_is_without(look: Look) -> None:
    found = look(*room(1, 6), *room(1, 3, kind="ruimte", link="a2", start=50))
    assert numbers(behind(found, Mark(bare=True, source="wet"))) == numbers(without_room(found)) == [1, 3, 4, 5, 6]


def test_behind_a_room_a_quarter_and_a_case_are_their_own_answers(look: Look) -> None:
    found = look(*room(7, 2, date=date(2025, 3, 31)), *room(8, 2, date=date(2025, 4, 1)), *room(8, 1, case="bus"))
    assert numbers(behind(found, Mark(workshop=7))) == [1, 2]
    assert numbers(behind(found, Mark(quarter="2025-2"))) == [3, 4, 5]
    assert numbers(behind(found, Mark(workshop=8, case="bus"))) == [5]


def test_behind_after_and_before_a_twist_is_what_was_asked_then(look: Look) -> None:
    found = look(*room(1, 2), *room(1, 2, twist=1), *room(1, 1, twist=2))
    assert numbers(behind(found, Mark(after=True))) == [3, 4, 5]
    assert numbers(behind(found, Mark(after=False))) == [1, 2]


def test_behind_a_look_after_a_twist_is_what_those_wrote_who_look_so(look: Look) -> None:
    told = [
        row
        for value, first in ((1, 0), (2, 20), (3, 40))
        for row in (
            *room(1, 6, " ", start=first, twist=1, value=value, kind="overig"),
            *room(1, 6, start=first, twist=1),
        )
    ]
    answers = look(*told, *room(1, 6, start=40))
    for name, people in (("different", 6), ("same", 6), ("same little", 12)):
        found = behind(answers, Mark(after=True, look=name))
        assert (found.people, len(quotable(found))) == (people, people)
    assert set(behind(answers, Mark(after=True, look="different")).first("person")) == {1040 + n for n in range(6)}


def test_a_mark_without_a_theme_holds_what_nobody_has_coded_too(look: Look) -> None:
    found = look(*room(1, 3, "tijd", confirmed="geld"), *room(1, 3, "tijd", start=50), basis="confirmed")
    assert len(behind(found, Mark(source="wet"))) == 6

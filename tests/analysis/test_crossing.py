"""Who names what where: each cell counts people, once, and says nothing of fewer than five."""

from __future__ import annotations

from typing import Any

import pandas as pd

from laveren.analysis.counting import themes_of
from laveren.analysis.crossing import SEATS, by_domain, by_kind, by_role, by_seat, room_by_domain
from tests.analysis.rooms import Look, room, rooms


def cells(frame: pd.DataFrame, key: str, column: str) -> dict[tuple[str, str], tuple[Any, Any]]:
    """What each cell says: `participants` and `of`, None where it is hidden."""
    present = frame.astype("object").where(frame.notna(), None)
    return {(row[key], row[column]): (row["participants"], row["of"]) for row in present.to_dict("records")}


# ---- domains ----


def test_a_theme_is_named_in_every_domain_of_the_case(look: Look) -> None:
    found = by_domain(themes_of(look(*room(1, 6, "tijd"), *room(1, 3, start=50), *room(2, 7, "tijd", case="bus"))))
    assert cells(found, "theme", "domain") == {
        ("tijd", "inkomen"): (6, 9), ("tijd", "schulden"): (13, 16), ("tijd", "wonen"): (7, 7),
    }  # fmt: skip


def test_who_names_it_in_two_cases_of_a_domain_is_one_person_there(look: Look) -> None:
    twice = [*room(1, 5, "tijd"), *room(1, 5, "tijd", case="bus"), *room(1, 5, case="bus", start=50)]
    found = cells(by_domain(themes_of(look(*twice))), "theme", "domain")
    assert found["tijd", "schulden"] == (5, 10)
    assert (found["tijd", "inkomen"], found["tijd", "wonen"]) == ((5, 5), (5, 10))


def test_without_a_case_or_with_one_that_is_about_no_domain_it_is_in_none(look: Look) -> None:
    nowhere = [*room(1, 6, "tijd", case=""), *room(2, 6, "tijd", case="yara")]
    assert by_domain(themes_of(look(*nowhere))).empty
    found = cells(by_domain(themes_of(look(*nowhere, *room(3, 5, "tijd")))), "theme", "domain")
    assert found == {("tijd", "inkomen"): (5, 5), ("tijd", "schulden"): (5, 5), ("tijd", "wonen"): (None, None)}


def test_a_theme_that_nobody_names_has_no_row(look: Look) -> None:
    found = by_domain(themes_of(look(*room(1, 6, "tijd"))))
    assert set(found["theme"]) == {"tijd"}
    assert by_domain(themes_of(look())).empty


def test_four_people_or_none_look_the_same_and_so_does_a_column_of_four(look: Look) -> None:
    found = by_domain(themes_of(look(*room(1, 4, "tijd"), *room(1, 9, start=50), *room(2, 4, "geld", case="bus"))))
    assert cells(found, "theme", "domain") == {
        ("tijd", "inkomen"): (None, 13), ("tijd", "schulden"): (None, 17), ("tijd", "wonen"): (None, None),
        ("geld", "inkomen"): (None, 13), ("geld", "schulden"): (None, 17), ("geld", "wonen"): (None, None),
    }  # fmt: skip


# ---- roles and seats ----


def test_roles_stand_in_order_of_their_size_and_one_of_four_people_is_left_out(look: Look) -> None:
    found = by_role(themes_of(look(
        *room(1, 5, "tijd", role="beleid"), *room(1, 5, "tijd", role="beleid"), *room(1, 9, "tijd", start=20),
        *room(2, 4, "tijd", role="bestuur"), *room(2, 6, role="ketenpartner", start=40),
    )))  # fmt: skip
    assert list(found["role"]) == ["uitvoerder", "ketenpartner", "beleid"]
    assert cells(found, "theme", "role") == {
        ("tijd", "uitvoerder"): (9, 9), ("tijd", "ketenpartner"): (None, 6), ("tijd", "beleid"): (5, 5),
    }  # fmt: skip


def test_what_is_looked_from_two_seats_counts_for_each(look: Look) -> None:
    found = by_seat(themes_of(look(
        *room(1, 6, "tijd", seat="de buur"), *room(1, 6, "geld", seat="het loket", round=2),
        *room(1, 5, "tijd", seat="het loket", start=50), *room(1, 9, "tijd", start=70),
    )))  # fmt: skip
    assert cells(found, "theme", "seat") == {
        ("tijd", "het loket"): (5, 11), ("tijd", "de buur"): (6, 6),
        ("geld", "het loket"): (6, 11), ("geld", "de buur"): (None, 6),
    }  # fmt: skip
    assert list(found["seat"])[:2] == ["het loket", "de buur"]


def test_no_more_seats_than_fit_stand_beside_each_other_those_with_most_people(look: Look) -> None:
    rows = [row for n in range(SEATS + 3) for row in room(n + 1, 5 + n, "tijd", seat=f"stoel {n}")]
    found = by_seat(themes_of(look(*rows)))
    assert list(found["seat"]) == [f"stoel {n}" for n in range(SEATS + 2, 2, -1)]


def test_without_seats_or_roles_of_five_people_there_is_nothing_and_no_error(look: Look) -> None:
    assert by_seat(themes_of(look(*room(1, 9, "tijd")))).empty
    assert by_role(themes_of(look(*room(1, 4, "tijd")))).empty


# ---- hindrance and room ----


def test_hindrance_and_room_stand_side_by_side_the_most_named_first(look: Look) -> None:
    found = by_kind(themes_of(look(
        *room(1, 6, "tijd"), *room(1, 6, "geld"), *room(1, 7, "geld", kind="ruimte"),
        *room(1, 4, "tijd", kind="ruimte"),
        *room(2, 9, "taal", kind="overig"), *room(3, 4, "zorg"), *room(3, 1, "amper"),
    ))).set_index("theme")  # fmt: skip
    assert list(found.index) == ["geld", "tijd", "amper", "zorg"], "hidden ones in alphabet: their order tells nothing"
    assert tuple(found.loc["geld"]) == (6, 7)
    assert found.loc["tijd", "hindrance"] == 6
    assert found.loc[["amper", "zorg"]].isna().all(axis=None)
    assert pd.isna(found.loc["tijd", "room"])


def test_the_map_of_room_says_per_domain_how_many_say_what(look: Look) -> None:
    found = room_by_domain(look(
        *room(1, 6, kind="ruimte", status="mag"), *room(1, 5, kind="ruimte", status="nodig"),
        *room(1, 4, kind="ruimte", status="doe_ik", start=50), *room(1, 9, kind="ruimte", start=70),
        *room(2, 9, status="mag"),
    ))  # fmt: skip
    assert cells(found, "status", "domain") == {
        (status, domain): told
        for domain in ("inkomen", "schulden")
        for status, told in (("doe_ik", (None, 10)), ("mag", (6, 10)), ("nodig", (5, 10)))
    }
    assert list(dict.fromkeys(found["status"])) == ["doe_ik", "mag", "nodig"]
    assert room_by_domain(look(*rooms("tijd", 1))).empty


def test_of_confirmed_themes_only_what_was_coded_is_in_any_of_it(look: Look) -> None:
    coded = room(1, 6, "geld", confirmed="tijd", role="beleid", seat="de buur")
    themes = themes_of(look(*coded, *room(2, 9, "geld", seat="de buur", case="bus"), basis="confirmed"))
    for frame, column in ((by_domain(themes), "domain"), (by_role(themes), "role"), (by_seat(themes), "seat")):
        assert set(frame["theme"]) == {"tijd"}, column
        assert set(frame["of"].dropna()) == {6}, column
    assert tuple(by_kind(themes).set_index("theme")["hindrance"]) == (6,)

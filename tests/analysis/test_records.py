"""Answers as whole numbers: what a bit means, in which order rows stand, and how what changed is put in."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laveren.analysis import records as module
from laveren.analysis.records import (
    ANSWER,
    Given,
    Held,
    Names,
    Records,
    Vocabulary,
    encode,
    encode_workshop,
    names_for,
    no_records,
    splice,
)
from laveren.content.codebook import MOST_THEMES, Codebook
from tests.analysis.rooms import Answers

PLAIN = Given(
    bytes(16), 1, 1, 0, "hindernis", "person", "bus", "beleid", None, "wet", None, None, (), 0, True, False, False, (),
    None,
)  # fmt: skip


def codebook(*themes: str, **retired: list[str]) -> Codebook:
    """A codebook of living themes, and of retired ones with what they went into."""
    about = {"hoort": {"nl": "x", "en": "x"}, "voorbeeld": "x"}
    gone = [{"id": id, "nl": id, "en": id, "vervallen": True, "opgegaan_in": into} for id, into in retired.items()]
    return Codebook.model_validate(
        {"themas": [*({"id": id, "nl": id, "en": id} | about for id in themes), *(one | about for one in gone)]}
    )


@pytest.fixture
def names() -> Names:
    return names_for(codebook("geld", "tijd", wachten=["tijd"], weg=[], deel=["tijd", "geld"]), ("wonen", "werk"))


def held(number: int, names: Names) -> tuple[int, ...]:
    return encode_workshop(Held(number, date(2025, 5, 2), "Oost", "Waterhoek"), names)


# ---- what the numbers mean ----


def test_a_text_keeps_its_number_and_none_is_zero() -> None:
    words = Vocabulary(["bus"])
    assert [words.code(text) for text in ("bus", "tram", None, "", "bus", "tram")] == [1, 2, 0, 0, 1, 2]
    assert words.texts == ["", "bus", "tram"]


def test_a_merged_theme_counts_as_the_one_it_went_into_a_retired_or_split_one_not_at_all(names: Names) -> None:
    assert names.themes == ["geld", "tijd"]
    assert dict(names.bits) == {"geld": 1, "tijd": 2, "wachten": 2, "weg": 0, "deel": 0}
    given = [PLAIN._replace(suggested=["wachten", "weg"], confirmed=["deel", "geld", "van vroeger"])]
    (row,) = encode(0, given, names)
    assert (row["suggested"], row["confirmed"], row["coded"]) == (2, 1, True)


def test_as_many_themes_as_a_codebook_may_have_fit_in_the_bits() -> None:
    themes = [f"t{n}" for n in range(MOST_THEMES)]
    names = names_for(codebook(*themes), ())
    (row,) = encode(0, [PLAIN._replace(suggested=themes)], names)
    assert row["suggested"] == 2**MOST_THEMES - 1


@pytest.mark.parametrize(
    ("themes", "domains", "same"),
    [
        (codebook("geld", "tijd"), ("wonen",), True),
        (codebook("tijd", "geld"), ("wonen",), False),
        (codebook("geld", "tijd", wachten=["tijd"]), ("wonen",), False),
        (codebook("geld", "tijd"), ("wonen", "werk"), False),
    ],
)  # fmt: skip
def test_bits_are_the_same_when_themes_and_domains_mean_the_same(
    themes: Codebook, domains: tuple[str, ...], same: bool
) -> None:
    assert names_for(themes, domains).same_bits(names_for(codebook("geld", "tijd"), ("wonen",))) is same


@pytest.mark.parametrize(
    ("day", "quarter"), [((2025, 1, 1), "2025-1"), ((2025, 3, 31), "2025-1"), ((2025, 12, 31), "2025-4")]
)
def test_a_workshop_has_its_day_its_quarter_and_its_places(names: Names, day: Any, quarter: str) -> None:
    number, ordinal, code, region, organisation = encode_workshop(Held(7, date(*day), "Oost", ""), names)
    assert (number, date.fromordinal(ordinal), f"{code // 4}-{code % 4 + 1}") == (7, date(*day), quarter)
    assert (names.regions.texts[region], organisation) == ("Oost", 0)


def test_a_million_answers_take_no_more_than_sixty_five_megabytes() -> None:
    assert ANSWER.itemsize <= 65


# ---- the rows of a workshop ----


def test_rows_stand_in_the_order_of_people_and_of_their_cases(names: Names) -> None:
    told = [(3, "tram"), (1, "bus"), (3, "bus"), (2, "tram"), (1, "tram"), (3, "tram")]
    rows = encode(4, [PLAIN._replace(participant=person, case=case) for person, case in told], names)
    cases = names.cases
    assert list(zip(rows["person"].tolist(), rows["case"].tolist(), strict=True)) == sorted(
        (person, cases.code(case)) for person, case in told
    )
    assert set(rows["workshop"]) == {4}


def test_an_answer_says_in_numbers_all_that_it_is_counted_by(names: Names) -> None:
    id = UUID(int=5).bytes
    told = PLAIN._replace(
        id=id, participant=9, round=2, twist=1, kind="ruimte", scope="table", seat="de buur", source=None, status="mag",
        domains=("werk", "onbekend"), value=3, words=False, hidden=True, waiting=True,
    )  # fmt: skip
    (row,) = encode(0, [told], names)
    assert {name: row[name] for name in ("round", "twist", "person", "value")} == {
        "round": 2, "twist": 1, "person": 9, "value": 3,
    }  # fmt: skip
    assert [bool(row[name]) for name in ("words", "hidden", "waiting", "coded")] == [False, True, True, False]
    assert (names.seats.texts[row["seat"]], names.roles.texts[row["role"]]) == ("de buur", "beleid")
    assert (row["source"], row["domains"], row["id"].tobytes()) == (0, 2, id)


def test_a_hindrance_is_asked_about_room_in_a_round_in_which_somebody_gave_it(answers: Answers) -> None:
    found = answers(
        {"participant": 1, "round": 1}, {"participant": 1, "round": 2},
        {"participant": 2, "round": 1, "source": None}, {"participant": 3, "round": 3},
        {"participant": 4, "round": 1, "kind": "ruimte"},
        {"participant": 4, "round": 3, "kind": "ruimte", "scope": "table"},
    )  # fmt: skip
    told = zip(*(found.column(name) for name in ("person", "round", "asked")), strict=True)
    assert [(who, round_) for who, round_, asked in told if asked] == [(1, 1)]


def test_a_hindrance_is_bare_when_nobody_links_room_to_it(answers: Answers) -> None:
    found = answers(
        {"participant": 1}, {"participant": 2}, {"participant": 3, "kind": "ruimte", "link": "a2"},
        {"participant": 4, "round": 2, "kind": "ruimte", "link": "a9"},
    )  # fmt: skip
    assert dict(zip(found.column("person").tolist(), found.column("bare").tolist(), strict=True)) == {
        1: True, 2: False, 3: False, 4: False,
    }  # fmt: skip


# ---- putting in what changed ----


def rows_of(records: Records) -> dict[int, list[int]]:
    """The people of each workshop, by its number, in the order of the rows."""
    numbers = records.workshops["number"]
    found: dict[int, list[int]] = {int(number): [] for number in numbers}
    for place, person in zip(records.column("workshop"), records.column("person"), strict=True):
        found[int(numbers[place])].append(int(person))
    return found


def put(records: Records, place: int, number: int, *people: int) -> Records:
    """The workshop at a place has these people now."""
    rows = encode(place, [PLAIN._replace(participant=person) for person in people], records.names)
    return splice(records, {place: held(number, records.names)}, np.concatenate([np.empty(0, ANSWER), rows]))


def test_what_changed_comes_in_the_place_of_what_was_and_the_rest_stays(names: Names) -> None:
    before = put(put(put(no_records(names), 0, 10, 1, 2), 1, 20, 3, 4), 2, 30, 5)
    after = put(before, 1, 20, 4, 6, 7)
    assert rows_of(after) == {10: [1, 2], 20: [4, 6, 7], 30: [5]}
    assert rows_of(put(after, 1, 20)) == {10: [1, 2], 20: [], 30: [5]}


def test_who_still_looks_at_the_old_records_sees_them_as_they_were(names: Names) -> None:
    before = put(no_records(names), 0, 10, 1, 2)
    kept = {name: before.column(name).copy() for name in ANSWER.names or ()}
    after = put(put(before, 0, 10, 9), 1, 20, 3)
    assert all((before.column(name) == column).all() for name, column in kept.items())
    assert (len(before), len(after)) == (2, 2)


def test_what_stands_at_a_place_is_found_in_whichever_part_it_is(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PART", 2)
    records = no_records(names)
    for place, people in enumerate([[], [1, 2], [], [], [3], [4, 5]]):
        records = put(records, place, place, *people)
    assert [len(part["person"]) for part in records.parts] == [2, 0, 3]
    assert [int(records.at("person", place)) for place in range(len(records))] == [1, 2, 3, 4, 5]
    assert records.column("person").tolist() == [1, 2, 3, 4, 5]


def test_what_changes_in_one_part_leaves_the_others_where_they_are(
    names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PART", 2)
    before = put(put(put(no_records(names), 0, 10, 1), 1, 20, 2), 2, 30, 3)
    after = put(before, 1, 20, 4)
    assert after.parts[1] is before.parts[1]
    assert rows_of(after) == {10: [1], 20: [4], 30: [3]}
    assert rows_of(before) == {10: [1], 20: [2], 30: [3]}


def test_without_any_answers_there_are_empty_columns(names: Names) -> None:
    records = no_records(names)
    assert (len(records), records.column("person").tolist(), records.column("confirmed").dtype) == (0, [], "u8")
    assert len(put(records, 0, 10)) == 0


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.dictionaries(st.integers(0, 4), st.lists(st.integers(1, 3), max_size=4), min_size=1, max_size=3), max_size=6
    ),
    st.integers(1, 3),
)
def test_put_in_bit_by_bit_is_the_same_as_all_at_once(changes: list[dict[int, list[int]]], part: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PART", part)
        check_put_in(changes)


def check_put_in(changes: list[dict[int, list[int]]]) -> None:
    names = names_for(codebook("geld"), ())
    records, now, places = no_records(names), dict[int, list[int]](), list[int]()
    for change in changes:
        now |= change
        places += [number for number in change if number not in places]
        rows = [encode(places.index(number), _people(people), names) for number, people in change.items()]
        told = {places.index(number): held(number, names) for number in change}
        records = splice(records, told, np.concatenate([np.empty(0, ANSWER), *rows]))
    assert rows_of(records) == {number: sorted(people) for number, people in now.items()}
    assert np.all(np.diff(records.column("workshop")) >= 0)


def _people(people: list[int]) -> list[Given]:
    return [PLAIN._replace(participant=person) for person in people]

"""The queues of the coding desk: what waits in each, in which order it comes, and a sample for the second coder."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

import numpy as np

from laveren.analysis.queues import (
    CODING,
    SAMPLE,
    Mask,
    cases_in,
    fits,
    in_turn,
    queues,
    sample,
    used_most,
    workshops_in,
)
from laveren.analysis.records import Records
from tests.analysis.rooms import Answers, room


def a(*numbers: int) -> list[bytes]:
    """The ids of answers."""
    return [UUID(int=number).bytes for number in numbers]


def at(records: Records, places: Mask | Iterable[int]) -> list[int]:
    """Which answers stand at these places, or in this mask: 1 for a1."""
    ids = records.column("id")
    places = np.flatnonzero(places) if isinstance(places, np.ndarray) and places.dtype == bool else places
    return [int.from_bytes(ids[place].tobytes()) for place in places]


def shuffled(records: Records, seed: int = 1) -> Records:
    """The same with ids as browsers make them: by chance."""
    chance = random.Random(seed)
    parts = [{**part, "id": np.frombuffer(chance.randbytes(16 * len(part["id"])), "V16")} for part in records.parts]
    return replace(records, parts=tuple(parts))


def places_of_workshops(records: Records, places: Iterable[int]) -> list[int]:
    return [int(records.column("workshop")[place]) for place in places]


# ---- queues ----


def test_an_answer_waits_by_what_words_suggest_until_a_person_has_coded_it(answers: Answers) -> None:
    records = answers(
        {"text": "tijd"}, {"text": "anders"}, {"text": "tijd", "confirmed": "geld"}, {"text": "anders", "confirmed": ""}
    )
    found = queues(records, [], [])
    assert {name: at(records, mask) for name, mask in found.items()} == {
        "new": [1], "nowhere": [2], "again": [], "differ": [], "done": [3, 4],
    }  # fmt: skip


def test_an_answer_without_words_and_one_that_was_not_looked_at_yet_wait_nowhere(answers: Answers) -> None:
    records = answers({"text": " "}, {"text": "anders", "waiting": True}, {"text": "tijd"})
    found = queues(records, [], [])
    assert [at(records, found[name]) for name in ("new", "nowhere")] == [[3], []]


def test_what_is_to_be_looked_at_again_is_only_what_was_coded(answers: Answers) -> None:
    records = answers({"confirmed": "geld"}, {"confirmed": ""}, {"text": "tijd"})
    found = queues(records, a(1, 3, 99), a(2, 3))
    assert (at(records, found["again"]), at(records, found["differ"])) == ([1], [2])


# ---- filters ----


def test_a_filter_leaves_one_theme_one_case_or_one_workshop(answers: Answers) -> None:
    records = answers(
        {"text": "tijd"},
        {"text": "geld", "confirmed": "tijd", "case": "bus"},
        {"text": "tijd geld", "workshop": 2, "case": "bus"},
    )

    def left(**wanted: object) -> list[int]:
        return at(records, fits(records, **({"theme": None, "by": "suggested"} | wanted)))  # type: ignore[arg-type]

    assert left() == [1, 2, 3]
    assert left(theme="tijd") == [1, 3]
    assert left(theme="tijd", by="confirmed") == [2]
    assert left(theme="wachten") == [1, 3], "what was merged counts as the one it went into"
    assert left(case="bus") == [2, 3]
    assert left(workshop=2) == [3]
    assert left(theme="tijd", case="bus", workshop=1) == []


def test_only_the_cases_and_the_newest_workshops_of_a_queue_can_be_chosen(answers: Answers) -> None:
    days = {1: date(2025, 3, 1), 2: date(2025, 5, 1), 3: date(2025, 4, 1), 4: date(2025, 6, 1)}
    records = answers(
        *({"workshop": number, "date": day, "case": "bus" if number < 3 else ""} for number, day in days.items())
    )
    mask = records.column("workshop") < 3
    assert workshops_in(records, mask, 9) == [2, 3, 1]
    assert workshops_in(records, mask, 2) == [2, 3]
    assert cases_in(records, mask) == {"bus": "De bus"}
    assert cases_in(records, ~mask) == {}


# ---- turns ----


def test_one_of_each_workshop_comes_before_a_second_of_any(answers: Answers) -> None:
    records = shuffled(answers(*room(1, 20), *room(2, 3), *room(3, 1)))
    order = places_of_workshops(records, in_turn(records, np.ones(24, bool)))
    assert [sorted(order[:3]), sorted(order[3:5]), sorted(order[5:7]), set(order[7:])] == [
        [0, 1, 2],
        [0, 1],
        [0, 1],
        {0},
    ]


def test_the_order_is_by_chance_and_always_the_same(answers: Answers) -> None:
    told, everything = room(1, 40), np.ones(40, bool)
    records = shuffled(answers(*told))
    order = in_turn(records, everything).tolist()
    assert order == in_turn(shuffled(answers(*told)), everything).tolist()
    assert order not in (sorted(order), in_turn(shuffled(answers(*told), seed=2), everything).tolist())


def test_what_is_coded_moves_nothing_else(answers: Answers) -> None:
    records = shuffled(answers(*room(1, 12), *room(2, 5)))
    everything = in_turn(records, np.ones(17, bool)).tolist()
    left = np.ones(17, bool)
    left[everything[:6:2]] = False
    assert in_turn(records, left).tolist() == [place for place in everything if left[place]]


def test_answers_without_words_take_no_turn(answers: Answers) -> None:
    records = answers(*room(1, 4, " "), *room(1, 2, start=4))
    assert at(records, in_turn(records, np.ones(6, bool))) == [5, 6]


# ---- the sample ----


def test_a_larger_sample_holds_the_smaller_one_and_no_more_than_there_is(answers: Answers) -> None:
    records = shuffled(answers(*room(1, 30, confirmed="tijd"), *room(2, 30, confirmed="")))
    coded = records.column("coded")
    large = sample(records, coded, [], 30).tolist()
    assert sample(records, coded, [], 10).tolist() == large[:10]
    assert len(large) == len(set(large)) == 30
    assert places_of_workshops(records, large).count(0) == 15
    assert len(sample(records, coded, [], 100)) == 60


def test_the_sample_is_drawn_by_another_chance_than_the_order_of_coding(answers: Answers) -> None:
    records = shuffled(answers(*room(1, 60, confirmed="tijd")))
    coded = records.column("coded")
    assert set(sample(records, coded, [], 20).tolist()) != set(in_turn(records, coded, CODING)[:20].tolist())
    assert sample(records, coded, [], 20).tolist() == in_turn(records, coded, SAMPLE)[:20].tolist()


def test_only_what_the_first_has_coded_is_in_it(answers: Answers) -> None:
    records = shuffled(answers(*room(1, 5, confirmed="tijd"), *room(1, 20, start=5)))
    assert set(sample(records, records.column("coded"), [], 10).tolist()) == set(range(5))


def test_what_the_second_has_begun_stays_in_it_when_the_first_codes_on(answers: Answers) -> None:
    told = [*room(1, 10, confirmed="tijd"), *room(2, 200, confirmed="")]
    records = shuffled(answers(*told))
    few = records.column("coded") & (records.column("workshop") == 0)
    begun = sample(records, few, [], 10)[:4]
    ids = [records.column("id")[place].tobytes() for place in begun]
    later = sample(records, records.column("coded"), ids, 30).tolist()
    assert sorted(later[:4]) == sorted(begun.tolist())
    assert len(later) == len(set(later)) == 30
    assert len(sample(records, records.column("coded"), ids, 3)) == 4, "what was begun is never left out"


# ---- keys ----


def test_the_keys_are_the_themes_used_most_by_people_where_they_looked_and_else_by_words(answers: Answers) -> None:
    records = answers(*room(1, 3, "tijd", confirmed="geld"), *room(1, 2, "zorg", start=5), *room(1, 1, "tijd", start=9))
    assert used_most(records, ["taal", "tijd", "zorg", "geld"]) == ["geld", "zorg", "tijd", "taal"]

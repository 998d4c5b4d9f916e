"""The filters, how people are counted in what is left, and what is refused because it stands for too few of them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from laveren.analysis.records import Records
from laveren.analysis.selecting import Basis, Filters, Selection, TooFew, beginnings, closing, narrow, tally
from tests.analysis.rooms import Answers, Look, numbers, room


def workshops(some: Selection) -> set[int]:
    """The numbers of the workshops that the answers come from."""
    return set(some.records.workshops["number"][some["workshop"]].tolist())


def refused(records: Records, **filters: object) -> str | None:
    """By which filter too few are left out; None when it is the selection that is too small."""
    with pytest.raises(TooFew) as caught:
        narrow(records, Filters(**filters))  # type: ignore[arg-type]
    return caught.value.without


# ---- counting people ----


def test_without_filters_everything_that_was_answered_in_a_round_is_there(answers: Answers) -> None:
    found = narrow(answers(*room(1, 6), *room(2, 2), *room(2, 2, round=0)), Filters())
    assert (len(found), found.people, workshops(found), found.workshop_count) == (8, 8, {1, 2}, 2)


def test_one_person_is_counted_once_however_much_they_wrote(look: Look) -> None:
    found = look(*room(1, 3), *room(1, 3, case="bus"), *room(1, 1), *room(2, 1))
    assert found.people == 4
    assert found.first("person").tolist() == [1000, 1001, 1002, 2000]


def test_what_is_written_for_a_room_counts_as_one_person_of_that_workshop(answers: Answers) -> None:
    records = answers(*room(1, 9, scope="room"), *room(2, 3), *room(3, 4, scope="room"))
    assert narrow(records, Filters()).people == 5, "one room, three people and another room"


def test_what_somebody_said_in_several_answers_is_put_together(look: Look) -> None:
    found = look(*room(1, 2, "tijd"), *room(1, 1, "geld"), *room(1, 1, "tijd geld", start=5))
    themes = found.records.names.themes
    bits = found.either(found["themes"])
    said = [[theme for bit, theme in enumerate(themes) if int(one) >> bit & 1] for one in bits]
    assert said == [["tijd", "geld"], ["tijd"], ["tijd", "geld"]]


def test_where_a_next_group_begins_is_found_in_one_column_or_in_several() -> None:
    person, case = np.array([1, 1, 1, 2, 4]), np.array([7, 7, 8, 8, 8])
    assert beginnings(person).tolist() == [0, 3, 4]
    assert beginnings(person, case).tolist() == [0, 2, 3, 4]
    assert beginnings(person[:0]).tolist() == []


def test_bits_are_counted_by_place() -> None:
    bits, where = np.array([0b01, 0b11, 0b10], np.uint64), np.array([0, 2, 2])
    assert tally(bits, 2, where, 3).tolist() == [[1, 0], [0, 0], [1, 2]]


@pytest.mark.parametrize(("basis", "read"), [("suggested", [1, 2, 3]), ("confirmed", [2, 3])])
def test_confirmed_themes_are_known_of_what_a_person_coded_only(look: Look, basis: Basis, read: list[int]) -> None:
    coded = [{"confirmed": "geld"}, {"confirmed": ""}]
    found = look({"text": "tijd"}, *coded, basis=basis)
    assert numbers(found.read) == read
    assert numbers(found) == [1, 2, 3]


def test_suggested_and_confirmed_are_never_in_one_count(look: Look) -> None:
    told = [{"text": "tijd", "confirmed": "geld"}, {"text": "taal"}]
    suggested, confirmed = (look(*told, basis=basis) for basis in ("suggested", "confirmed"))
    assert [bin(int(bits)) for bits in suggested["themes"]] == ["0b1", "0b100"]
    assert [bin(int(bits)) for bits in confirmed["themes"]] == ["0b10", "0b0"]


# ---- the filters ----

TWO_ROOMS = [*room(1, 6), *room(2, 5, case="bus", role="beleid", organisation="Gemeente Kromme Rijn")]


@pytest.mark.parametrize(
    "filters",
    [
        {"period": (date(2025, 1, 2), date(2025, 1, 2))},
        {"period": (date(2025, 1, 2), None)},
        {"region": "West"},
        {"organisation": "Gemeente Kromme Rijn"},
        {"case": "bus"},
        {"domain": "wonen"},
        {"role": "beleid"},
        {"role": "beleid", "region": "West", "domain": "schulden"},
    ],
    ids=str,
)
def test_each_filter_keeps_what_fits_and_the_workshops_of_that(answers: Answers, filters: dict[str, str]) -> None:
    found = narrow(answers(*TWO_ROOMS), Filters(**filters))  # type: ignore[arg-type]
    assert (len(found), workshops(found)) == (5, {2})


def test_a_domain_keeps_every_case_that_is_about_it(answers: Answers) -> None:
    records = answers(*TWO_ROOMS, *room(3, 5, case="yara"), *room(3, 5, case="", start=50))
    assert workshops(narrow(records, Filters(domain="schulden"))) == {1, 2}


def test_the_last_day_of_a_period_is_part_of_it(answers: Answers) -> None:
    records = answers(*room(1, 5, date=date(2025, 1, 31)))
    assert narrow(records, Filters(period=(None, date(2025, 1, 31)))).people == 5
    assert refused(records, period=(None, date(2025, 1, 30))) is None


def test_what_nobody_has_leaves_nobody(answers: Answers) -> None:
    assert refused(answers(*TWO_ROOMS), region="Nergens") is None
    assert refused(answers(*TWO_ROOMS), role="burgemeester") is None


# ---- too few ----


def test_four_people_are_not_enough_however_much_they_wrote(answers: Answers) -> None:
    records = answers(*room(1, 4), *room(1, 4), *room(2, 20, role="beleid"))
    assert refused(records, role="uitvoerder") is None
    assert refused(records, period=(None, date(2025, 1, 1))) is None


def test_a_room_is_one_person_for_a_filter_too(answers: Answers) -> None:
    records = answers(*room(1, 9, scope="room"), *room(2, 3), *room(3, 4, scope="room"), *room(4, 6))
    assert narrow(records, Filters(period=(None, date(2025, 1, 3)))).people == 5
    assert refused(records, period=(None, date(2025, 1, 2))) is None


def test_no_answers_at_all_are_too_few(answers: Answers) -> None:
    assert refused(answers()) is None
    assert refused(answers(), domain="wonen", period=(date(2025, 1, 1), None)) is None


def test_a_filter_that_leaves_out_four_people_is_refused_and_of_five_or_none_it_is_not(answers: Answers) -> None:
    """Who looks with and without it would see what those four said."""
    many = room(1, 20)
    assert refused(answers(*many, *room(2, 4, role="beleid")), role="uitvoerder") == "role"
    assert narrow(answers(*many, *room(2, 5, role="beleid")), Filters(role="uitvoerder")).people == 20
    assert narrow(answers(*many), Filters(role="uitvoerder")).people == 20


def test_people_who_are_left_out_with_some_of_what_they_wrote_count_as_left_out(answers: Answers) -> None:
    records = answers(*room(1, 20), *room(1, 4, case="bus"))
    assert refused(records, case="erfenis") == "case"


def test_each_filter_is_judged_given_the_others(answers: Answers) -> None:
    """Four people of the one region are not among those the region leaves out when the role has left them out."""
    records = answers(
        *room(1, 9), *room(1, 9, role="beleid", start=50), *room(2, 4), *room(2, 9, role="beleid", start=50)
    )
    assert refused(records, region="Oost", role="uitvoerder") == "region"
    assert narrow(records, Filters(region="Oost", role="beleid")).people == 9


def test_filters_together_are_refused_when_they_leave_out_a_few_of_all(answers: Answers) -> None:
    """Each leaves out nobody that the other does not: only both taken away at once would tell of the four."""
    records = answers(*room(1, 9), *room(2, 4, role="beleid"))
    assert refused(records, region="Oost", role="uitvoerder") == "keep"


# ---- did the meetings help ----


def test_the_closing_question_is_of_the_people_of_the_selection(answers: Answers) -> None:
    helped = [{"workshop": 1, "participant": 1000 + n, "round": 0, "value": n + 1, "kind": "overig"} for n in range(5)]
    records = answers(*room(1, 6), *helped, *room(2, 5, role="beleid"), *room(2, 5, round=0, role="beleid", value=2))
    found = closing(narrow(records, Filters(role="uitvoerder")))
    assert sorted(found["value"].tolist()) == [1, 2, 3, 4, 5]
    assert found.people == 5

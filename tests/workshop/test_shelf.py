"""The case library: versions that are never written over, one of them published, laid over the files that ship."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from laveren.content.library import Library
from laveren.content.writing import as_data
from laveren.house import House
from laveren.store import tables
from laveren.workshop.refusals import Moved, NotFound
from laveren.workshop.shelf import (
    Origin,
    Pick,
    Save,
    Standing,
    bring_back_version,
    newest,
    save_draft,
    step_on,
    throw_away_case,
    with_published,
    withdraw_version,
)
from tests.meeting import CASE, Meeting, make_meeting
from tests.shelf import OWN, Shelf, case_like

DRAFT, CHECKED, PUBLISHED, WITHDRAWN = Standing


@pytest.fixture
def shelf(house: House) -> Shelf:
    return Shelf(house)


# ---- drafts and what is published ----


def test_what_is_saved_is_a_draft_and_cannot_be_chosen_until_it_is_published(shelf: Shelf) -> None:
    pick = shelf.saves()
    assert pick == Pick("een-brief-te-veel", 1)
    assert shelf.statuses(pick.case_id) == [DRAFT]
    assert pick.case_id not in shelf.library.cases
    shelf.steps(pick, CHECKED)
    assert pick.case_id not in shelf.library.cases
    shelf.steps(pick, PUBLISHED)
    assert shelf.library.cases[pick.case_id].title == "Eén brief te veel"


def test_every_change_is_a_version_and_none_is_lost(shelf: Shelf) -> None:
    pick = shelf.saves(titel="Een")
    shelf.saves(pick.case_id, 1, titel="Twee")
    shelf.saves(pick.case_id, 2, titel="Drie")
    assert [(one.number, one.content["titel"]) for one in shelf.versions(pick.case_id)] == [
        (3, "Drie"), (2, "Twee"), (1, "Een")]  # fmt: skip


def test_only_what_was_read_over_can_be_published_and_nothing_goes_twice(shelf: Shelf) -> None:
    pick = shelf.saves()
    for steps in ([PUBLISHED], [CHECKED, CHECKED], [PUBLISHED, PUBLISHED]):
        with pytest.raises(Moved, match="case_not_in_this_state"):
            shelf.steps(pick, *steps)
    assert shelf.statuses(pick.case_id) == [PUBLISHED]


def test_only_the_newest_version_goes_on(shelf: Shelf) -> None:
    pick = shelf.saves()
    shelf.saves(pick.case_id, 1)
    with pytest.raises(Moved) as refused:
        shelf.steps(pick, CHECKED)
    assert (refused.value.key, refused.value.values) == ("case_moved_on", {"n": 2})
    assert shelf.statuses(pick.case_id) == [DRAFT, DRAFT]


def test_a_new_version_takes_the_place_of_the_published_one_only_when_it_is_published_too(shelf: Shelf) -> None:
    pick = shelf.publishes(titel="Eerst")
    second = shelf.saves(pick.case_id, 1, titel="Daarna")
    assert shelf.library.cases[pick.case_id].title == "Eerst"
    shelf.steps(second, CHECKED, PUBLISHED)
    assert shelf.library.cases[pick.case_id].title == "Daarna"
    assert shelf.statuses(pick.case_id) == [PUBLISHED, WITHDRAWN]


def test_who_saves_over_a_newer_version_is_told_and_nothing_is_written(shelf: Shelf) -> None:
    pick = shelf.saves()
    shelf.saves(pick.case_id, 1, titel="Van een ander")
    with pytest.raises(Moved) as refused:
        shelf.saves(pick.case_id, 1, titel="Van mij")
    assert (refused.value.key, refused.value.values) == ("case_moved_on", {"n": 2})
    assert [one.content["titel"] for one in shelf.versions(pick.case_id)] == ["Van een ander", "Eén brief te veel"]


def test_two_who_change_a_file_at_once_do_not_write_over_each_other(shelf: Shelf) -> None:
    shelf.saves(CASE, 0, titel="De eerste")
    with pytest.raises(Moved, match="case_moved_on"):
        shelf.saves(CASE, 0, titel="De tweede")


def test_what_is_withdrawn_cannot_be_chosen_and_comes_back_as_a_new_draft(shelf: Shelf) -> None:
    pick = shelf.publishes()
    shelf.write(withdraw_version, pick)
    assert pick.case_id not in shelf.library.cases
    with pytest.raises(Moved, match="case_not_in_this_state"):
        shelf.write(withdraw_version, pick)
    back = shelf.write(bring_back_version, pick)
    assert back == Pick(pick.case_id, 2)
    assert shelf.statuses(pick.case_id) == [DRAFT, WITHDRAWN]
    shelf.steps(back, CHECKED, PUBLISHED)
    assert shelf.library.cases[pick.case_id].title == "Eén brief te veel"


def test_an_older_version_comes_back_with_its_own_words(shelf: Shelf) -> None:
    pick = shelf.publishes(titel="Zoals het was")
    shelf.steps(shelf.saves(pick.case_id, 1, titel="Zoals het werd"), CHECKED, PUBLISHED)
    back = shelf.write(bring_back_version, pick)
    assert shelf.library.cases[pick.case_id].title == "Zoals het werd", "not before it is read over"
    shelf.steps(back, CHECKED, PUBLISHED)
    assert shelf.library.cases[pick.case_id].title == "Zoals het was"


def test_a_version_that_is_not_there_is_refused(shelf: Shelf) -> None:
    pick = shelf.saves()
    for job, item in (
        (bring_back_version, Pick(pick.case_id, 9)), (withdraw_version, Pick("niemand", 1)),
        (step_on, (Pick("niemand", 1), CHECKED)),
    ):  # fmt: skip
        with pytest.raises(NotFound, match="version_unknown"):
            shelf.write(job, item)


def test_what_is_thrown_away_leaves_no_word_behind(shelf: Shelf) -> None:
    pick = shelf.saves(origin=Origin.PRACTICE, remarks={"workshop": "K7M4PX"})
    shelf.saves(pick.case_id, 1, titel="Met een naam")
    shelf.write(throw_away_case, pick.case_id)
    assert [(one.content, one.remarks, one.status) for one in shelf.versions(pick.case_id)] == [({}, {}, WITHDRAWN)] * 2
    assert shelf.drafts == []
    with pytest.raises(NotFound, match="version_unknown"):
        shelf.write(bring_back_version, pick)


def test_what_is_published_cannot_be_thrown_away(shelf: Shelf) -> None:
    pick = shelf.publishes()
    with pytest.raises(Moved, match="case_not_in_this_state"):
        shelf.write(throw_away_case, pick.case_id)
    assert pick.case_id in shelf.library.cases


# ---- ids ----


def test_an_id_is_made_from_the_title_and_is_nobody_elses(shelf: Shelf) -> None:
    titles = ["Tot mijn diploma", "Tot  mijn DIPLOMA!", "Ça: 'één' €", "???", "مرحبا", "x" * 90, "De - e"]
    assert [shelf.saves(titel=title).case_id for title in titles] == [
        "tot-mijn-diploma-2", "tot-mijn-diploma-3", "ca-een", "casus", "casus-2", "x" * 50, "de-e"]  # fmt: skip


# ---- the files that ship ----


def test_a_case_that_ships_and_is_changed_goes_before_its_file_and_the_file_comes_back(shelf: Shelf) -> None:
    shipped = shelf.library.cases[CASE]
    pick = shelf.publishes(case_id=CASE, titel="Anders")
    assert shelf.library.cases[CASE].title == "Anders"
    assert list(shelf.library.cases) == list(shelf.library.base.cases)
    shelf.write(withdraw_version, pick)
    assert shelf.library.cases[CASE] == shipped


def test_of_each_case_it_is_said_where_it_comes_from(shelf: Shelf) -> None:
    own = shelf.publishes()
    shelf.publishes(case_id=CASE)
    shelf.publishes(case_id="van-ver", origin=Origin.IMPORT)
    told = shelf.publishes(titel="Verteld", origin=Origin.PRACTICE)
    library = shelf.library
    assert {
        id: library.origin_of(id) for id in (own.case_id, CASE, "van-ver", told.case_id, "zes-stukjes-van-paul")
    } == {
        own.case_id: Origin.BROWSER,
        CASE: Origin.CHANGED,
        "van-ver": Origin.IMPORT,
        told.case_id: Origin.PRACTICE,
        "zes-stukjes-van-paul": Origin.SHIPPED,
    }


def test_who_changes_a_story_from_practice_does_not_make_it_another_story(shelf: Shelf) -> None:
    pick = shelf.saves(origin=Origin.PRACTICE, remarks={"workshop": "K7M4PX"})
    shelf.saves(pick.case_id, 1, titel="Nog onherkenbaarder")
    newest_one = shelf.versions(pick.case_id)[0]
    assert (newest_one.origin, newest_one.remarks) == (Origin.PRACTICE, {"workshop": "K7M4PX"})


def test_what_no_longer_fits_is_left_out_and_told_and_the_file_stays_in_use(shelf: Shelf) -> None:
    shipped = shelf.library.cases[CASE]
    shelf.publishes(case_id=CASE)
    own = shelf.publishes()
    table = tables.case_version
    with shelf.house.store.engine.begin() as connection:
        connection.execute(update(table).values(content=OWN | {"domeinen": ["weg"], "nieuw": 1}))
    with shelf.house.store.read() as connection:
        library = with_published(shelf.library.base, connection)
    assert library.cases[CASE] == shipped
    assert own.case_id not in library.cases
    said = [str(fault) for fault in library.faults]
    assert f"{CASE}, versie 1:1: nieuw: deze sleutel bestaat niet" in "\n".join(said)
    assert any(line.startswith("een-brief-te-veel, versie 1:1: domeinen[1]: 'weg' is geen leefgebied") for line in said)
    assert library.base.faults == []


# ---- what changed ----


def test_the_house_hears_of_everything_that_changes_what_can_be_chosen(shelf: Shelf) -> None:
    pick = shelf.saves()
    for job, item, titles in (
        (step_on, (pick, CHECKED), []),
        (step_on, (pick, PUBLISHED), ["Eén brief te veel"]),
        (save_draft, Save(shelf.library, case_like(titel="Twee"), pick.case_id, 1), ["Eén brief te veel"]),
        (step_on, (Pick(pick.case_id, 2), CHECKED), ["Eén brief te veel"]),
        (step_on, (Pick(pick.case_id, 2), PUBLISHED), ["Twee"]),
        (withdraw_version, Pick(pick.case_id, 2), []),
    ):
        shelf.write(job, item)
        assert shelf.house_hears()
        library = shelf.house.library
        assert [case.title for id, case in library.cases.items() if id == pick.case_id] == titles


def test_the_library_is_made_again_only_when_something_else_is_published(shelf: Shelf) -> None:
    first = shelf.library
    shelf.saves(titel="Nog een concept")
    with shelf.house.store.read() as connection:
        assert with_published(first, connection) is first
    shelf.publishes()
    with shelf.house.store.read() as connection:
        second = with_published(first, connection)
        assert second is not first
        assert set(second.cases) - set(first.cases) == {"een-brief-te-veel"}
        assert list(second.cases) == sorted(second.cases)
        assert with_published(second, connection) is second
        assert second.base is first.base


def test_all_of_the_library_can_be_searched(shelf: Shelf) -> None:
    shelf.publishes()
    assert {entry.case.id for entry in shelf.library.entries} == {*shelf.library.base.cases, "een-brief-te-veel"}


def test_what_comes_from_practice_stands_first_among_the_drafts(shelf: Shelf) -> None:
    own = shelf.saves(titel="Eigen")
    told = shelf.saves(titel="Verteld", origin=Origin.PRACTICE)
    later = shelf.saves(titel="Later")
    shelf.publishes(titel="In gebruik")
    shelf.write(withdraw_version, shelf.saves(titel="Weg"))
    assert shelf.drafts == [told, later, own]
    with shelf.house.store.read() as connection:
        assert [one.content["titel"] for one in newest(connection, WITHDRAWN)] == ["Weg"]


# ---- workshops ----


def test_a_workshop_keeps_the_case_as_it_was_and_a_new_one_gets_the_new(shelf: Shelf) -> None:
    old = make_meeting(shelf.house)
    title = _title(old)
    pick = shelf.publishes(case_id=CASE, titel="Anders")
    assert shelf.house_hears()
    assert _title(old) == title
    assert _title(make_meeting(shelf.house)) == "Anders"
    shelf.write(withdraw_version, pick)
    assert _title(old) == title


def _title(meeting: Meeting) -> str:
    case = meeting.room.rounds[0].cases[0]
    return case.title


def test_what_is_kept_is_what_a_file_would_hold(shelf: Shelf, library: Library) -> None:
    shelf.write(save_draft, Save(library, library.cases[CASE], CASE))
    (kept,) = shelf.versions(CASE)
    assert kept.content == as_data(library.cases[CASE])
    assert "id" not in kept.content
    assert kept.read(library) == (library.cases[CASE], [])

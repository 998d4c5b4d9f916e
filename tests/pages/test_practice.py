"""Eigen praktijk: a story with the code of a workshop, sent only when nobody can be known by it."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from laveren.store import tables
from laveren.workshop.answering import REOPEN_SECONDS
from laveren.workshop.practice import MOST
from laveren.workshop.shelf import Origin, Standing
from tests.meeting import Meeting
from tests.shelf import Shelf
from tests.ui.visiting import SAY, Guest, press, says, sent, sound
from tests.workshop.test_practice import ages, sends

FEATURES = ["naam", "leeftijd", "gezin"]


@pytest.fixture
def window(guest: Guest, meeting: Meeting) -> AppTest:
    """The form of this meeting, for somebody without a key."""
    return guest.opens("practice", meeting.code)


def fills_in(window: AppTest, **other: Any) -> None:
    """Everything that is asked, as it should be."""
    wanted: dict[str, Any] = {"title": "De brief", "changed": FEATURES, "neighbour": "nee", "tick": True} | other
    by_label = {
        SAY("practice.story_title"): wanted["title"],
        SAY("cases.form.name"): "Joris",
        SAY("cases.form.role"): "inwoner",
        SAY("practice.what_label"): "Joris kreeg een brief.\n\nDie kwam te laat.",
    }
    for one in (*window.text_input, *window.text_area):
        if one.label in by_label:
            one.set_value(by_label[one.label])
    window.multiselect[0].set_value(["wonen"])
    window.pills[0].set_value(wanted["changed"])
    window.radio[0].set_value(wanted["neighbour"])
    window.checkbox[0].set_value(wanted["tick"])
    sound(window.run())


def send(window: AppTest) -> AppTest:
    return press(window, SAY("practice.send"))


def kept(meeting: Meeting) -> list[Any]:
    return meeting.rows(tables.case_version)


def test_a_story_is_sent_without_a_key_and_waits_for_an_organiser(meeting: Meeting, window: AppTest) -> None:
    fills_in(window)
    next(one for one in window.text_input if one.label == SAY("practice.changed_own")).set_value(" de stad ")
    send(window)
    assert [one.value for one in window.success] == [SAY("practice.thanks")]
    (row,) = kept(meeting)
    assert (row["status"], row["origin"], row["case_id"]) == (Standing.DRAFT, Origin.PRACTICE, "de-brief")
    assert row["remarks"] == {"workshop": meeting.code, "changed": [*FEATURES, "de stad"], "neighbour": "nee"}
    assert row["content"]["situatie"] == "Joris kreeg een brief.\n\nDie kwam te laat."
    assert row["content"]["personen"] == [{"naam": "Joris", "rol": "inwoner"}]
    assert row["content"]["domeinen"] == ["wonen"]


@pytest.mark.parametrize("answer", ["misschien", "ja"])
def test_who_could_be_recognised_gets_a_kind_word_and_keeps_the_text(
    meeting: Meeting, window: AppTest, answer: str
) -> None:
    fills_in(window, neighbour=answer)
    assert SAY("practice.still_known") in [one.value for one in window.info]
    send(window)
    assert kept(meeting) == []
    assert SAY("refused.practice_neighbour") in [one.value for one in window.error]
    assert window.text_area[0].value == "Joris kreeg een brief.\n\nDie kwam te laat."
    window.radio[0].set_value("nee")
    sound(window.run())
    assert SAY("practice.still_known") not in [one.value for one in window.info]
    send(window)
    assert len(kept(meeting)) == 1


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        ({"changed": FEATURES[:2]}, SAY("refused.practice_changed", least=3)),
        ({"tick": False}, SAY("cases.form.no_fictief")),
        ({"neighbour": None}, SAY("refused.practice_neighbour")),
        ({"title": "  "}, "is leeg. Hier hoort een tekst"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    meeting: Meeting, window: AppTest, other: dict[str, Any], problem: str
) -> None:
    fills_in(window, **other)
    send(window)
    send(window)
    assert kept(meeting) == []
    assert any(problem.replace(".", r"\.") in text.value for text in window.markdown), problem
    assert window.text_area[0].value.startswith("Joris kreeg")
    fills_in(window)
    send(window)
    assert len(kept(meeting)) == 1


def test_after_one_story_there_can_be_another_with_an_empty_form(meeting: Meeting, window: AppTest) -> None:
    fills_in(window)
    send(window)
    press(window, SAY("practice.another"))
    assert [one.value for one in window.text_area] == [""]
    assert not window.pills[0].value
    fills_in(window, title="Nog een brief")
    send(window)
    assert [row["case_id"] for row in kept(meeting)] == ["de-brief", "nog-een-brief"]


def test_the_code_can_be_typed(guest: Guest, meeting: Meeting) -> None:
    window = guest.opens("practice")
    assert [one.value for one in window.title] == [SAY("page.which_code")]
    window.text_input[0].input(meeting.code.lower())
    window.button[0].click().run()
    assert [one.value for one in sound(window).title] == [SAY("practice.title")]


def test_a_workshop_that_cannot_be_opened_again_takes_no_stories(guest: Guest, meeting: Meeting) -> None:
    ages(meeting, tables.workshop, state="gesloten", closed_at=meeting.room.created_at - REOPEN_SECONDS - 1)
    window = guest.opens("practice", meeting.code)
    assert [one.value for one in window.info] == [SAY("refused.practice_closed")]
    assert not says(window, SAY("practice.send"))


def test_too_many_stories_in_an_hour_say_so_and_the_text_stays(meeting: Meeting, window: AppTest) -> None:
    for n in range(MOST):
        sends(meeting, f"Verhaal {n}")
    fills_in(window)
    send(window)
    assert SAY("refused.practice_flood", most=MOST) in [one.value for one in window.error]
    assert len(kept(meeting)) == MOST
    assert window.text_area[0].value.startswith("Joris kreeg")


def test_the_page_says_what_never_to_write_and_what_goes_with_the_story(meeting: Meeting, window: AppTest) -> None:
    assert SAY("practice.never") in [one.value for one in window.info]
    assert SAY("practice.then", title=meeting.room.title) in [one.value for one in window.caption]


def test_a_story_is_a_draft_that_no_one_can_choose(guest: Guest, meeting: Meeting, window: AppTest) -> None:
    fills_in(window)
    send(window)
    shelf = Shelf(guest.house)
    assert "de-brief" not in shelf.library.cases
    assert [pick.case_id for pick in shelf.drafts] == ["de-brief"]
    assert "Joris" not in sent(guest.opens("practice", meeting.code))


def test_in_english_the_page_speaks_english(guest: Guest, meeting: Meeting) -> None:
    window = guest.speaks("en").opens("practice", meeting.code)
    assert [one.value for one in window.title] == ["A story from your own practice"]
    assert SAY("practice.lead") not in sent(window)

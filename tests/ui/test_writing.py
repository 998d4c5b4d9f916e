"""Writing for the room: no laptops, or answers on paper; what is written says that it is the room's."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from laveren.store import Transaction, each, tables
from laveren.workshop.answering import Put
from laveren.workshop.refusals import Refused
from laveren.workshop.rights import Seat
from tests.meeting import Meeting
from tests.ui.visiting import SAY, Guest, press, sound, toasts


def field(window: AppTest, label: str) -> Selectbox[Any]:
    (found,) = [one for one in window.selectbox if one.label == SAY(label)]
    return found


@pytest.fixture
def writer(guest: Guest, meeting: Meeting) -> Guest:
    meeting.go_to("hindernis")
    return guest.holds(meeting.key(Seat.FACILITATOR))


def test_an_answer_for_the_room_is_handed_in_with_its_source(writer: Guest, meeting: Meeting) -> None:
    window = writer.opens("facilitate", meeting.code)
    window.text_area[0].input("de brief komt te laat")
    field(window, "console.write_source").select("keten")
    press(window, SAY("console.write_save"))
    (row,) = meeting.rows(tables.answer)
    kept = {key: row[key] for key in ("value", "source", "scope", "state", "on_paper", "prompt", "shown")}
    assert kept == {
        "value": "de brief komt te laat", "source": "keten", "scope": "room", "state": "submitted", "on_paper": False,
        "prompt": "hindernis", "shown": "waiting",
    }  # fmt: skip
    assert toasts(window) == [SAY("console.write_saved")]
    assert "de brief komt te laat" in [text.value for text in window.main.text]
    assert window.text_area[0].value == ""


def test_what_came_in_on_paper_says_so(writer: Guest, meeting: Meeting) -> None:
    window = writer.opens("facilitate", meeting.code)
    window.text_area[0].input("van het vel")
    window.checkbox[0].check()
    press(window, SAY("console.write_save"))
    (row,) = meeting.rows(tables.answer)
    assert row["on_paper"]
    assert row["source"] is None


def test_many_sheets_can_be_taken_over(writer: Guest, meeting: Meeting) -> None:
    window = writer.opens("facilitate", meeting.code)
    window.checkbox[0].check()
    for n in range(5):
        window.text_area[0].input(f"vel {n}")
        press(window, SAY("console.write_save"))
    rows = meeting.rows(tables.answer)
    assert [(row["value"], row["on_paper"]) for row in rows] == [(f"vel {n}", True) for n in range(5)]


def test_the_question_the_room_is_at_stands_first_and_others_can_be_chosen(writer: Guest, meeting: Meeting) -> None:
    meeting.go_to("ruimte")
    window = writer.opens("facilitate", meeting.code)
    questions = field(window, "console.write_prompt")
    assert questions.options[0] == "Waar pak jij de ruimte, of waar zou je dat willen?"
    field(window, "console.write_status").select("mag")
    window.text_area[0].input("we bellen gewoon")
    press(window, SAY("console.write_save"))
    field(window, "console.write_prompt").select_index(1)
    sound(window.run())
    window.text_area[0].input("alsnog een hindernis")
    press(window, SAY("console.write_save"))
    given = [(row["prompt"], row["status"]) for row in meeting.rows(tables.answer)]
    assert given == [("ruimte", "mag"), ("hindernis", None)]


def test_nothing_written_is_nothing_handed_in(writer: Guest, meeting: Meeting) -> None:
    window = writer.opens("facilitate", meeting.code)
    window.text_area[0].input("   ")
    press(window, SAY("console.write_save"))
    assert meeting.rows(tables.answer) == []
    assert toasts(window) == [], "and nobody is told off for it"


def test_a_refusal_is_said_and_keeps_what_was_typed(
    writer: Guest, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_tx: Transaction, _put: Put) -> None:
        raise Refused("prompt_unknown")

    monkeypatch.setattr("laveren.ui.writing.save_answers", each(refuse))
    window = writer.opens("facilitate", meeting.code)
    window.text_area[0].input("met zorg getypt")
    field(window, "console.write_source").select("keten")
    press(window, SAY("console.write_save"))
    assert toasts(window) == [SAY("refused.prompt_unknown")]
    assert window.text_area[0].value == "met zorg getypt"
    assert field(window, "console.write_source").value == "keten"


@pytest.mark.parametrize("state", ["voorbereid", "gesloten"])
def test_the_room_writes_only_while_the_meeting_lasts(writer: Guest, meeting: Meeting, state: str) -> None:
    for step in ["close"] if state == "gesloten" else ["back", "back"]:
        meeting.steer(step)
    assert not writer.opens("facilitate", meeting.code).text_area

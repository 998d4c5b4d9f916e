"""The console: a list that does not move under the pointer, one next step, and nothing a helper may not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from streamlit.testing.v1 import AppTest

from laveren.store import tables
from laveren.ui.console import AT_ONCE
from laveren.workshop.rights import Seat
from laveren.workshop.rounds import RoundPlan
from tests.meeting import CASE, METHOD, Kept, Meeting, make_meeting
from tests.ui.visiting import SAY, Guest, drawn, press, room_writes, says, sent, sound, titles, toasts

STEERING = ["back", "more_time", "pause", "resume", "begin", "close"]


def cards(window: AppTest) -> list[str]:
    """What stands in the list, from the top."""
    return [box.text[0].value for box in window.main.container if (box.key or "").startswith("card_")]


def kaarten(numbers: Iterable[int]) -> list[str]:
    return [f"kaart {n}" for n in numbers]


def click(window: AppTest, what: str, answer: Kept) -> AppTest:
    """Presses one of the buttons of a row."""
    return sound(window.button(key=f"{what}_{answer.id}").click().run())


def look_at(window: AppTest, tab: str) -> AppTest:
    return sound(window.segmented_control(key="tab").set_value(tab).run())


def shown(meeting: Meeting) -> list[str]:
    return [card["value"] for card in meeting.board.with_state("shown")]


def lit(meeting: Meeting) -> list[str]:
    return [card["value"] for card in meeting.board.cards if card["spotlight"]]


@pytest.fixture
def running(meeting: Meeting) -> Meeting:
    """The room is at *Waar loop je tegenaan?*."""
    meeting.go_to("hindernis")
    return meeting


@pytest.fixture
def console(guest: Guest, running: Meeting) -> Guest:
    """The facilitator of that room."""
    return guest.holds(running.key(Seat.FACILITATOR))


@pytest.fixture
def helper(guest: Guest, running: Meeting) -> Guest:
    return guest.holds(running.key(Seat.HELPER))


def test_the_list_holds_twelve_rows_and_says_how_many_more_there_are(console: Guest, running: Meeting) -> None:
    room_writes(running, AT_ONCE + 3)
    window = console.opens("facilitate", running.code)
    assert cards(window) == kaarten(range(1, 13))
    assert SAY("console.more_below", n=3) in sent(window)
    assert not says(window, SAY("console.clear_list"))
    assert "15 antwoorden, 15 wachten op jou" in titles(window)


def test_what_was_shown_stays_in_its_place(console: Guest, running: Meeting) -> None:
    kept = room_writes(running, 5)
    window = console.opens("facilitate", running.code)
    for n in (2, 0, 4):
        click(window, "show", kept[n])
        assert cards(window) == kaarten(range(1, 6))
    assert shown(running) == kaarten([1, 3, 5])
    click(window, "hide", kept[1])
    assert cards(window) == kaarten(range(1, 6))


def test_what_comes_in_stands_at_the_end(console: Guest, running: Meeting) -> None:
    kept = room_writes(running, 2)
    window = console.opens("facilitate", running.code)
    click(window, "show", kept[0])
    running.someone().gives("1.hindernis", "de nieuwe")
    assert cards(sound(window.run())) == ["kaart 1", "kaart 2", "de nieuwe"]


def test_a_full_list_waits_for_a_click_before_it_takes_new_rows(console: Guest, running: Meeting) -> None:
    kept = room_writes(running, AT_ONCE)
    window = console.opens("facilitate", running.code)
    click(window, "show", kept[3])
    room_writes(running, 2)
    sound(window.run())
    assert cards(window) == kaarten(range(1, 13))
    assert SAY("console.new_cards", n=2) in sent(window)
    press(window, SAY("console.clear_list"))
    assert cards(window) == [*kaarten([1, 2, 3, *range(5, 13)]), "kaart 1"]


def test_what_its_writer_takes_back_leaves_the_list(console: Guest, running: Meeting) -> None:
    someone = running.someone()
    kept = someone.gives("1.hindernis", "toch maar niet")
    window = console.opens("facilitate", running.code)
    someone.gives("1.hindernis", "toch maar niet", id=kept.id, revision=2, state="withdrawn")
    click(window, "show", kept)
    assert toasts(window) == [SAY("refused.answer_unknown")]
    assert cards(window) == []
    assert SAY("console.nothing_waiting") in sent(window)


def test_one_card_is_shown_taken_off_hidden_and_brought_back(console: Guest, running: Meeting) -> None:
    (kept,) = room_writes(running, 1)
    window = console.opens("facilitate", running.code)
    click(window, "show", kept)
    assert shown(running) == ["kaart 1"]
    click(window, "showing", kept)
    assert len(running.board.with_state("waiting")) == 1
    click(window, "hide", kept)
    assert len(running.board.with_state("hidden")) == 1
    assert cards(look_at(window, "hidden")) == ["kaart 1"]
    click(window, "unhide", kept)
    assert len(running.board.with_state("waiting")) == 1


def test_the_spotlight_shows_a_card_and_moves_from_one_to_another(console: Guest, running: Meeting) -> None:
    one, two = room_writes(running, 2)
    window = console.opens("facilitate", running.code)
    click(window, "spotlight", one)
    click(window, "spotlight", two)
    assert lit(running) == ["kaart 2"]
    assert shown(running) == ["kaart 1", "kaart 2"]
    assert sent(window).count(SAY("console.in_the_light")) == 1
    click(window, "dim", two)
    assert lit(running) == []
    assert shown(running) == ["kaart 1", "kaart 2"]


def test_four_are_shown_that_were_not_yet_then_all(console: Guest, running: Meeting) -> None:
    kept = room_writes(running, 7)
    window = console.opens("facilitate", running.code)
    click(window, "show", kept[1])
    press(window, SAY("console.show_four"))
    assert shown(running) == kaarten(range(1, 6))
    press(window, SAY("console.show_all", n=2))
    assert shown(running) == kaarten(range(1, 8))
    assert cards(window) == kaarten(range(1, 8))
    assert titles(window) == [SAY("console.headline_clear", n=7)]
    assert not says(window, SAY("console.show_all", n=0))


def test_all_that_wait_are_shown_also_those_below_the_list(console: Guest, running: Meeting) -> None:
    room_writes(running, AT_ONCE + 3)
    window = console.opens("facilitate", running.code)
    press(window, SAY("console.show_all", n=AT_ONCE + 3))
    assert len(shown(running)) == AT_ONCE + 3
    assert SAY("console.more_below", n=3) not in sent(look_at(window, "waiting"))


def test_letting_words_through_by_themselves_can_be_switched_on_and_off(console: Guest, running: Meeting) -> None:
    window = console.opens("facilitate", running.code)
    assert not window.toggle[0].value
    sound(window.toggle[0].set_value(True).run())
    assert not running.room.moderated
    room_writes(running, 1)
    assert shown(running) == ["kaart 1"]
    assert window.toggle[0].value
    assert SAY("console.unmoderated") in sent(sound(window.run()))
    sound(window.toggle[0].set_value(False).run())
    assert running.room.moderated


def test_another_window_sees_that_words_go_through_by_themselves(console: Guest, running: Meeting) -> None:
    here, there = (console.opens("facilitate", running.code) for _ in range(2))
    here.toggle[0].set_value(True).run()
    assert sound(there.run()).toggle[0].value


@pytest.mark.parametrize("action", ["show", "hide", "spotlight", "show_all", "auto_on"])
def test_whatever_was_done_with_words_is_undone_with_one_click(console: Guest, running: Meeting, action: str) -> None:
    kept = room_writes(running, 3)
    window = console.opens("facilitate", running.code)
    before = [(card["shown"], card["spotlight"]) for card in running.board.cards]
    running.moderate(action, kept[0].id)
    press(window.run(), SAY("console.undo"))
    assert [(card["shown"], card["spotlight"]) for card in running.board.cards] == before
    assert running.room.moderated
    assert toasts(window) == [SAY("console.undone")]


def test_each_tab_says_how_many_and_is_kind_when_there_are_none(console: Guest, running: Meeting) -> None:
    kept = room_writes(running, 4)
    running.moderate("show", kept[0].id)
    running.moderate("hide", kept[1].id)
    running.someone().gives("1.parkeer", "gewoon bellen")
    window = console.opens("facilitate", running.code)
    options = list(window.segmented_control(key="tab").options)
    assert options == [SAY(f"console.{tab}", n=n) for tab, n in zip(
        ("waiting", "shown", "hidden", "parked"), (2, 1, 1, 1), strict=True)]  # fmt: skip
    assert cards(look_at(window, "shown")) == ["kaart 1"]
    assert cards(look_at(window, "hidden")) == ["kaart 2"]
    assert cards(look_at(window, "parked")) == ["gewoon bellen"]
    running.steer("next")
    for tab in ("waiting", "shown"):
        assert SAY(f"console.nothing_{tab}") in sent(look_at(window, tab))
    assert cards(look_at(window, "parked")) == ["gewoon bellen"]


def test_a_list_that_is_empty_takes_no_tab_unless_one_is_looking_at_it(console: Guest, running: Meeting) -> None:
    kept = room_writes(running, 1)
    running.moderate("hide", kept[0].id)
    window = look_at(console.opens("facilitate", running.code), "hidden")
    running.moderate("unhide", kept[0].id)
    assert window.run().segmented_control(key="tab").value == "hidden"
    fresh = console.opens("facilitate", running.code)
    assert len(fresh.segmented_control(key="tab").options) == 2


def test_a_parked_solution_has_no_buttons(console: Guest, running: Meeting) -> None:
    parked = running.someone().gives("1.parkeer", "gewoon bellen")
    window = look_at(console.opens("facilitate", running.code), "parked")
    assert parked.id not in "".join(one.key or "" for one in window.button)


def test_the_list_of_one_step_is_not_that_of_the_next(console: Guest, running: Meeting) -> None:
    room_writes(running, 3)
    window = console.opens("facilitate", running.code)
    running.steer("next")
    running.someone().gives("1.ruimte", "ik bel eerst")
    assert cards(sound(window.run())) == ["ik bel eerst"]


@pytest.mark.parametrize(
    "text",
    [
        "**vet** _schuin_ `code` [link](http://x) :material/home: $x^2$",
        "<script>alert(1)</script> <b>&amp;</b>",
        "# kop\n\n* punt",
    ],
)
def test_what_people_type_is_shown_as_they_typed_it(console: Guest, running: Meeting, text: str) -> None:
    running.someone().gives("1.hindernis", text)
    window = console.opens("facilitate", running.code)
    assert cards(window) == [text]
    assert not [one for one in (*window.markdown, *window.caption, *window.get("html")) if text in str(one.value)]


def test_a_card_says_where_it_sits_and_a_table_and_paper_say_so(console: Guest, running: Meeting) -> None:
    running.someone(group=3, role="bestuur").gives("1.hindernis", "van mij", source="keten")
    running.writes_for_the_room("1.hindernis", "van het vel", on_paper=True)
    window = console.opens("facilitate", running.code)
    about = [caption.value for caption in window.caption]
    assert SAY("source.keten") in about
    assert f"{SAY('screen.card_room')} · {SAY('console.on_paper')}" in about
    assert "tafel 3" not in sent(window)
    assert "bestuur" not in sent(window)


def test_what_comes_after_the_step_says_that_it_is_late(console: Guest, running: Meeting) -> None:
    someone = running.someone()
    running.steer("next")
    someone.gives("1.hindernis", "nog eentje")
    running.steer("back")
    assert SAY("console.late") in sent(console.opens("facilitate", running.code))


# The way through the meeting.


def test_the_console_leads_from_the_lobby_to_the_end_with_one_button(guest: Guest, meeting: Meeting) -> None:
    window = guest.holds(meeting.key(Seat.FACILITATOR)).opens("facilitate", meeting.code)
    steps = meeting.room.rounds[0].method.steps
    assert titles(window) == [SAY("console.lobby_title")]
    press(window, SAY("console.begin"))
    for number, step in enumerate(steps, start=1):
        assert meeting.room.position == (1, number)
        if number > 1:
            assert meeting.room.step_now == step
        if number < len(steps):
            named = meeting.room.rounds[0].named(steps[number].title)["nl"]
            press(window, SAY("console.forward", title=named))
    press(window, SAY("console.close"))
    assert titles(window) == [SAY("console.closed_title")]
    press(window, SAY("console.reopen"))
    assert (meeting.room.state, meeting.room.position) == ("bezig", (1, len(steps)))


def test_there_is_one_filled_button_and_it_is_the_next_step(console: Guest, running: Meeting) -> None:
    room_writes(running, 3)
    window = console.opens("facilitate", running.code)
    (filled,) = [one for one in window.button if one.proto.type == "primary"]
    assert filled.label == SAY("console.forward", title="Waar pak je de ruimte?")


def test_the_button_to_the_next_round_says_which_case_comes(guest: Guest, meeting: Meeting) -> None:
    cases = [(CASE,), ("de-bus-voor-de-deur",), ()]
    two = make_meeting(meeting.house, rounds=[RoundPlan(METHOD, case) for case in cases])
    two.go_to("zin")
    window = guest.holds(two.key(Seat.FACILITATOR)).opens("facilitate", two.code)
    press(window, SAY("console.next_round", number=2, title="De bus voor de deur"))
    assert two.room.position == (2, 1)
    two.go_to("zin", 2)
    press(window.run(), SAY("console.next_round", number=3, title="Waar loop je tegenaan, waar pak je de ruimte"))
    assert two.room.position == (3, 1)


def test_back_is_always_possible_also_to_the_lobby(console: Guest, running: Meeting) -> None:
    window = console.opens("facilitate", running.code)
    press(window, SAY("console.back"))
    press(window, SAY("console.back"))
    assert running.room.state == "voorbereid"
    assert titles(window) == [SAY("console.lobby_title")]
    assert not says(window, SAY("console.back"))


def test_a_minute_more_is_one_click(console: Guest, running: Meeting) -> None:
    ends = running.room.ends_at or 0
    window = console.opens("facilitate", running.code)
    press(window, SAY("console.more_time"))
    assert (running.room.ends_at or 0) - ends == pytest.approx(60, abs=2)


def test_the_clock_stands_still_and_goes_on(console: Guest, running: Meeting) -> None:
    window = console.opens("facilitate", running.code)
    press(window, SAY("console.pause"))
    assert running.room.remaining is not None
    assert drawn(window, "clock")["clock"]["paused"] == SAY("console.paused")
    assert not says(window, SAY("console.pause"))
    press(window, SAY("console.resume"))
    assert running.room.remaining is None
    assert drawn(window, "clock")["clock"]["paused"] is None


@pytest.mark.parametrize("step", ["next", "back", "close", "more_time"])
def test_every_step_can_be_undone(console: Guest, running: Meeting, step: str) -> None:
    before = running.room.position, running.room.state, running.room.ends_at
    running.steer(step)
    window = console.opens("facilitate", running.code)
    press(window, SAY("console.undo"))
    assert (running.room.position, running.room.state, running.room.ends_at) == before


def test_two_quick_clicks_in_two_windows_do_not_skip_a_step(console: Guest, running: Meeting) -> None:
    here, there = (console.opens("facilitate", running.code) for _ in range(2))
    forward = SAY("console.forward", title="Waar pak je de ruimte?")
    press(here, forward)
    press(there, forward)
    assert running.room.position == (1, 3)
    assert toasts(here) == []
    assert toasts(there) == [SAY("refused.room_moved_on")]
    assert says(there, SAY("console.forward", title="Wat speelt er nog meer?"))


@pytest.mark.parametrize("first", ["console.back", "console.pause", "console.more_time", "console.undo"])
def test_no_button_of_a_window_that_is_behind_moves_the_room(console: Guest, running: Meeting, first: str) -> None:
    here, there = (console.opens("facilitate", running.code) for _ in range(2))
    press(here, SAY("console.forward", title="Waar pak je de ruimte?"))
    now = running.room
    press(there, SAY(first))
    assert running.room.version == now.version
    assert toasts(there) == [SAY("refused.room_moved_on")]


def test_the_hint_says_who_still_writes_and_that_it_is_safe(console: Guest, running: Meeting) -> None:
    someone = running.someone()
    (number,) = [row["id"] for row in running.rows(tables.participant)]
    window = console.opens("facilitate", running.code)
    assert SAY("console.all_safe") in sent(window)
    running.house.presence.seen(running.room.id, number)
    assert SAY("console.people_writing", n=1) in sent(sound(window.run()))
    for n in range(3):
        someone.gives("1.hindernis", f"kaart {n}")
    assert SAY("console.all_safe") in sent(sound(window.run()))


def test_the_steps_beside_it_say_where_the_room_is(console: Guest, running: Meeting) -> None:
    window = console.opens("facilitate", running.code)
    (table,) = [text.value for text in window.sidebar.markdown if text.value.startswith("| |")]
    rows = table.splitlines()[2:]
    assert ":material/check:" in rows[0]
    assert ":material/play_arrow:" in rows[1]
    assert "**Waar loop je tegenaan?**" in rows[1].replace("\\", "")
    assert rows[2].startswith("| 3 ")
    assert "Hoe ziet Yara het zelf" in rows[4].replace("\\", "")


def test_the_case_hints_to_the_facilitator_and_to_nobody_else(console: Guest, running: Meeting) -> None:
    case = running.room.rounds[0].case
    assert case is not None
    assert case.guidance
    window = console.opens("facilitate", running.code)
    assert SAY("console.hints") in [one.label for one in window.expander]
    assert case.guidance[0] in sent(window).replace("\\n", "\n")
    assert case.guidance[0] not in sent(console.opens("screen", running.code))


# A helper on a phone.


def test_a_helper_moderates(helper: Guest, running: Meeting) -> None:
    kept = room_writes(running, 6)
    window = helper.opens("facilitate", running.code)
    click(window, "show", kept[0])
    click(window, "hide", kept[1])
    press(window, SAY("console.show_four"))
    assert shown(running) == kaarten([1, 3, 4, 5, 6])
    press(window, SAY("console.undo"))
    assert shown(running) == ["kaart 1"]


@pytest.mark.parametrize("state", ["voorbereid", "bezig", "gesloten"])
def test_a_helper_cannot_steer_write_share_or_export(helper: Guest, running: Meeting, state: str) -> None:
    room_writes(running, 1)
    for step in {"voorbereid": ["back", "back"], "gesloten": ["close"]}.get(state, []):
        running.steer(step)
    window = helper.opens("facilitate", running.code)
    assert running.room.state == state
    assert not [name for name in STEERING if says(window, SAY(f"console.{name}"))]
    assert not [one for one in window.button if (one.key or "").startswith("next_")]
    labels = [one.label for one in window.expander]
    assert SAY("console.write_for_room") not in labels
    assert SAY("console.helper") not in labels
    assert not window.get("download_button")
    assert "toegang#" not in sent(window)


def test_a_helper_does_not_undo_a_step_of_the_facilitator(helper: Guest, running: Meeting) -> None:
    kept = room_writes(running, 1)
    running.steer("more_time")
    window = helper.opens("facilitate", running.code)
    assert not says(window, SAY("console.undo"))
    click(window, "show", kept[0])
    running.steer("next")  # while the helper still has the old page before them
    press(window, SAY("console.undo"))
    assert running.room.position == (1, 3)
    assert toasts(window) == [SAY("refused.room_moved_on")]

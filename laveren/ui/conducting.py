"""Conducting: the way through the meeting, the clock, who is here, and the one next step."""

from __future__ import annotations

import time

import streamlit as st

from laveren.texts import Say
from laveren.ui.components import clock as clock_component
from laveren.ui.console import Desk
from laveren.ui.planning import clock_time
from laveren.ui.projector import clock
from laveren.ui.session import house, lang, plain, write
from laveren.workshop.moderating import MODERATIONS
from laveren.workshop.planning import MAX_NOTE, Noting, keep_note, notes_of
from laveren.workshop.playing import DOZEN, Stage
from laveren.workshop.rooms import CLOSED, LOBBY, RUNNING, Room
from laveren.workshop.running import rehearsals
from laveren.workshop.runsheet import run_sheet


def steps(room: Room, say: Say) -> None:
    """The way through the meeting, in the sidebar: what was, what is, and when what comes begins."""
    st.markdown(f"### {say('nav.facilitate')}")
    lines = run_sheet(room, time.time())
    for round_ in room.rounds:
        title = round_.title or round_.method.name.say(lang())
        if round_.position != max(room.round, 1):  # of the others a line is enough: here one must see where one is
            begins = next(line.begins for line in lines if line.round == round_.position)
            when = clock_time(begins) if begins is not None else ":material/check:"
            st.markdown(f"{when} **{plain(say('console.round', number=round_.position, title=title))}**")
            continue
        rows = []
        for line in (line for line in lines if line.round == round_.position):
            mark = (
                ":material/play_arrow:" if line.now else ":material/check:" if line.begins is None else str(line.step)
            )
            text = plain(round_.named(line.what.title)[lang()])
            at = clock_time(line.begins) if line.begins is not None else ""
            rows.append(f"| {mark} | {f'**{text}**' if line.now else text} | {at} |")
        with st.container(key=f"steps_{round_.position}"):
            st.markdown(f"**{plain(say('console.round', number=round_.position, title=title))}**")
            st.markdown("\n".join(["| | | |", "|:--|:--|--:|", *rows]))


def rehearsing(desk: Desk) -> None:
    """In a rehearsal: made-up people who join in, or stop."""
    room, say = desk.room, desk.say
    if not room.rehearsal:
        return
    with st.container(border=True, key="rehearsal"):
        st.markdown(f":material/theater_comedy: **{say('rehearsal.mark')}** {say('rehearsal.is_one')}")
        if desk.steers and room.state != CLOSED:
            plays = rehearsals.playing(room.code)
            label = say("rehearsal.stop") if plays else say("rehearsal.play", n=DOZEN)
            st.button(label, key=f"rehearsal_{plays}", on_click=_stop if plays else _play, args=(room.code,))


def _play(code: str) -> None:
    home = house()
    rehearsals.play(Stage(home.store, home.library, home.presence, home.bus.changed), code)


def _stop(code: str) -> None:
    rehearsals.stop(code)


def side(desk: Desk) -> None:
    """The clock, who is here, and the next step: the one filled button."""
    room, say, counts = desk.room, desk.say, desk.board.counts
    clock_component(
        {
            "code": room.code,
            "stamp": None,
            "now": time.time(),
            "clock": clock(room, say, "console"),
            "idle": "",
            "away": say("console.away"),
        }
    )
    if desk.steers and room.state == RUNNING:
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.button(say("console.more_time"), on_click=desk.steer, args=("more_time",))
            pause = "resume" if room.remaining is not None else "pause"
            st.button(say(f"console.{pause}"), on_click=desk.steer, args=(pause,))
            _sound(desk)
    if room.state != CLOSED:
        pairs = [("here", counts.here)]
        if room.asked_now:
            pairs += [("done", counts.done), ("still_writing", counts.writing)]
        pairs += [("away_people", counts.away)]
        rows = "\n".join(f"| {say(f'console.{name}')} | **{n}** |" for name, n in pairs)
        with st.container(key="counts"):
            st.markdown(f"| | |\n|:--|--:|\n{rows}")
    if desk.steers:
        next_step(desk)
    elif desk.board.undoable in MODERATIONS:
        _undo(desk)


def next_step(desk: Desk) -> None:
    """What comes next, what is safe, and the way back."""
    room, say, counts = desk.room, desk.say, desk.board.counts
    if room.state == CLOSED:
        label, hint, action = say("console.reopen"), say("console.reopen_hint"), "reopen"
    elif room.state == LOBBY:
        label, hint, action = say("console.begin"), say("console.begin_hint", n=counts.here), "next"
    elif room.last:
        label, hint, action = say("console.close"), say("console.close_hint"), "close"
        unseen = len(desk.board.with_state("waiting"))
        if unseen:
            hint = f"{say('console.close_unseen', n=unseen)} {hint}"
    else:
        label, action = _forward(desk), "next"
        busy = counts.writing if room.asked_now else 0
        hint = say("console.people_writing", n=busy) if busy else say("console.all_safe")
    st.button(
        label,
        type="secondary" if action == "reopen" else "primary",
        width="stretch",
        on_click=desk.steer,
        args=(action,),
        key=f"next_{room.version}",
    )
    st.caption(hint)
    with st.container(horizontal=True):
        if room.state == RUNNING:
            st.button(
                say("console.back"), icon=":material/arrow_back:", type="tertiary", on_click=desk.steer, args=("back",)
            )
        if desk.board.undoable:
            _undo(desk)
    if room.state == RUNNING:
        _twists(desk)


def _sound(desk: Desk) -> None:
    """Whether the end of the time is heard; the key carries the state, as somebody else may have turned it."""
    on = desk.room.sound
    icon, label = ("volume_up", "sound_off") if on else ("volume_off", "sound_on")
    text = desk.say(f"console.{label}")
    st.button(text, icon=f":material/{icon}:", help=text, key=f"sound_{on}", on_click=desk.moderate, args=(label,))


def _twists(desk: Desk) -> None:
    """The next twist of the case, and the way back from the last one."""
    room, say, round_ = desk.room, desk.say, desk.room.round_now
    if round_ is None or not round_.most_twists:
        return
    with st.container(border=True, key="twists"):
        left = [n for n in range(1, round_.most_twists + 1) if n not in round_.revealed]
        if round_.reveals:
            st.caption(say("console.revealed", titles=" · ".join(_titles(desk, n) for n in round_.revealed)))
        if left and not room.twist_now:
            st.caption(say("console.twist_next", title=_titles(desk, left[0])))
            st.button(
                say("console.reveal"),
                icon=":material/alt_route:",
                width="stretch",
                on_click=desk.steer,
                args=("reveal",),
                key=f"reveal_{room.version}",
            )
        if round_.reveals:
            st.button(
                say("console.conceal"),
                type="tertiary",
                on_click=desk.steer,
                args=("conceal",),
                key=f"conceal_{room.version}",
            )


def _titles(desk: Desk, n: int) -> str:
    round_ = desk.room.round_now
    cases = round_.cases if round_ else ()
    return plain(" / ".join(case.twists[n - 1].title for case in cases if n <= len(case.twists)))


def _undo(desk: Desk) -> None:
    label = desk.say("console.undo")
    st.button(label, icon=":material/undo:", type="tertiary", on_click=desk.steer, args=("undo",), key="undo")


def _forward(desk: Desk) -> str:
    room, say = desk.room, desk.say
    round_ = room.round_now
    assert round_ is not None
    if room.step < len(round_.steps):
        return say("console.forward", title=plain(desk.named(round_.steps[room.step].title)))
    coming = room.rounds[room.round]
    title = coming.title or coming.method.name.say(lang())
    return say("console.next_round", number=coming.position, title=plain(title))


def hints(desk: Desk) -> None:
    """For the facilitator alone: what the method says to do, what the case hints at, and notes of one's own."""
    room, say, round_ = desk.room, desk.say, desk.room.round_now
    step = room.step_now
    if round_ is None or step is None or room.state != RUNNING:
        return
    hinted = [hint for case in round_.cases for hint in case.guidance]
    if hinted or step.script:
        with st.expander(say("console.hints"), icon=":material/lightbulb:"):
            for line in step.script:
                st.markdown(f"- {plain(desk.named(line))}")
            for hint in hinted:
                st.text(hint)
    if desk.steers:
        _note(desk)


def _note(desk: Desk) -> None:
    """A private note at this step; kept as soon as one leaves the field."""
    room, say = desk.room, desk.say
    with house().store.read() as connection:
        written = notes_of(connection, room).get((room.round, _step_key(room)), "")
    key = f"note_{room.mark}"
    with st.expander(say("console.note"), icon=":material/sticky_note_2:", expanded=bool(written)):
        st.text_area(
            say("console.note"),
            written,
            max_chars=MAX_NOTE,
            help=say("console.note_hint"),
            label_visibility="collapsed",
            key=f"{key}_{hash(written)}",
            on_change=_keep_note,
            args=(desk, f"{key}_{hash(written)}"),
        )


def _step_key(room: Room) -> str:
    return room.round_now.key(room.step) if room.round_now else ""


def _keep_note(desk: Desk, key: str) -> None:
    room = desk.room
    write(keep_note, Noting(house().library, room.code, room.round, _step_key(room), st.session_state[key]))

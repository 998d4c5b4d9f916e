"""The plan of a workshop: its run sheet, and changing what is still to come."""

from __future__ import annotations

import time
from datetime import datetime

import streamlit as st

from laveren.ui.preparing import facts
from laveren.ui.rounds import rounds_editor
from laveren.ui.session import house, lang, link, plain, say, write
from laveren.workshop.actions import fixed_rounds, last_action
from laveren.workshop.planning import Replan, replan
from laveren.workshop.rehearsing import make_rehearsal
from laveren.workshop.rights import Seat
from laveren.workshop.rooms import CLOSED, Room
from laveren.workshop.runsheet import end_of, run_sheet
from laveren.workshop.steering import Steer, steer


def clock_time(seconds: float) -> str:
    """13:45, by the clock of this machine."""
    return datetime.fromtimestamp(seconds).strftime("%H:%M")


def sheet(room: Room) -> None:
    """Every step with the time it begins, as it looks now."""
    tell, now = say(), time.time()
    rows = []
    for line in run_sheet(room, now):
        round_ = room.rounds[line.round - 1]
        text = plain(round_.named(line.what.title)[lang()])
        who = tell(f"who.{line.what.who}")
        at = (
            clock_time(line.begins) if line.begins is not None else tell("plan.now") if line.now else ":material/check:"
        )
        first = f"**{tell('plan.round', n=line.round)}** " if line.step == 1 else ""
        rows.append(f"| {at} | {first}{f'**{text}**' if line.now else text} | {who} | {line.what.minutes} |")
    head = f"| {tell('plan.at')} | {tell('plan.step')} | {tell('plan.who')} | {tell('plan.minutes')} |"
    st.markdown("\n".join([head, "|--:|:--|:--|--:|", *rows]))
    end = end_of(room, now)
    if end is not None:
        st.caption(tell("plan.ends", time=clock_time(end)))


def change(room: Room) -> None:
    """The form: what the workshop is, its tables, and the rounds that are still to come."""
    tell, home = say(), house()
    if room.state == CLOSED:
        st.info(tell("plan.closed"))
        return
    with home.store.read() as connection:
        fixed = fixed_rounds(connection, room)
        last = last_action(connection, room.id)
    saved = st.session_state.setdefault("plan_saved", 0)  # in the keys: after saving one sees what is kept
    key = f"plan_{room.code}_{saved}"
    plan = facts(key, room)
    if plan.groups < room.groups:
        st.warning(tell("plan.fewer_tables", n=plan.groups))
    rounds = rounds_editor(key, room, fixed)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(tell("plan.save"), type="primary", key=f"{key}_save"):
            asked = Replan(home.library, room.code, plan, rounds)
            if write(replan, asked, st.error) is not None:
                _done(tell("plan.saved"))
        undo = last == "plan" and st.button(tell("console.undo"), icon=":material/undo:", type="tertiary")
        if undo and write(steer, Steer(home.library, room.code, "undo"), st.error):
            _done(tell("console.undone"))


def rehearsal(room: Room) -> None:
    """A copy to play through beforehand, with made-up people; it counts nowhere."""
    tell, home = say(), house()
    if room.rehearsal:
        st.info(tell("rehearsal.is_one"))
        return
    with st.expander(tell("rehearsal.title"), icon=":material/theater_comedy:"):
        st.caption(tell("rehearsal.hint"))
        if st.button(tell("rehearsal.make")):
            code = write(make_rehearsal, (home.library, room.code), st.error)
            made = home.room(code) if code else None
            if made:
                key = home.keys.make(Seat.FACILITATOR, made.code, made.salt)
                link(tell("rehearsal.go", code=made.code), f"/toegang#{key}", new_tab=True)


def _done(sentence: str) -> None:
    st.session_state["plan_saved"] += 1
    st.toast(sentence)
    st.rerun()

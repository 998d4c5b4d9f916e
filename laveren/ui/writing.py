"""Writing for the room: when there are no laptops, or the wifi is dead and the answers are on paper."""

from __future__ import annotations

import uuid

import streamlit as st

from laveren.content.methods import WORDS, Kind
from laveren.content.terms import Source, Status
from laveren.ui.console import Desk
from laveren.ui.session import house, lang, write
from laveren.workshop.answering import Put, save_answers
from laveren.workshop.rooms import RUNNING
from laveren.workshop.rounds import Asked
from laveren.workshop.values import AnswerBody


def write_for_room(desk: Desk) -> None:
    """A form for an answer in words of the present round; it says of itself that it is the room's."""
    room, say = desk.room, desk.say
    if room.state != RUNNING or room.round_now is None:
        return
    now = {asked.wire for asked in room.asked_now}
    found = [
        asked
        for step in range(1, len(room.round_now.steps) + 1)
        for asked in room.asked(room.round, step)
        if asked.prompt.type in WORDS
    ]
    if not found:
        return
    found.sort(key=lambda asked: asked.wire not in now)
    with st.expander(say("console.write_for_room"), icon=":material/edit_note:"):
        st.caption(say("console.write_hint"))
        asked = st.selectbox(
            say("console.write_prompt"),
            found,
            format_func=lambda one: room.rounds[one.round - 1].named(one.prompt.question)[lang()],
            key="room_prompt",  # stays with what is being typed, also when the room moves on
        )
        if asked:
            _form(desk, asked)


def _form(desk: Desk, asked: Asked) -> None:
    say, prompt = desk.say, asked.prompt
    nothing = say("console.write_none")
    with st.form("for_room", border=False):
        st.text_area(say("console.write_text"), max_chars=prompt.max_chars, key="room_text")
        if prompt.kind is Kind.HINDRANCE:
            st.selectbox(
                say("console.write_source"),
                [None, *Source],
                format_func=lambda one: say(f"source.{one}") if one else nothing,
                placeholder=nothing,
                key="room_source",
            )
        if prompt.kind is Kind.ROOM:
            st.selectbox(
                say("console.write_status"),
                [None, *Status],
                format_func=lambda one: say(f"status.{one}") if one else nothing,
                placeholder=nothing,
                key="room_status",
            )
        st.checkbox(say("console.write_paper"), key="room_paper")
        st.form_submit_button(say("console.write_save"), on_click=_hand_in, args=(desk, asked))


def _hand_in(desk: Desk, asked: Asked) -> None:
    """Runs before the page is drawn again, so that the list above has it at once; what is refused stays in the form."""
    form = st.session_state
    if not form["room_text"].strip():
        return
    source, status = form.get("room_source"), form.get("room_status")
    body = AnswerBody(
        revision=1, state="submitted", prompt=asked.wire, value=form["room_text"], source=source, status=status
    )
    put = Put(house().library, str(uuid.uuid4()), body, room=desk.room.id, on_paper=form["room_paper"])
    if write(save_answers, put):
        st.toast(desk.say("console.write_saved"))
        form["room_text"] = ""
        for key in ("room_source", "room_status"):
            if key in form:
                form[key] = None

"""Begeleiden: the console of one workshop, for its facilitator and for a helper on a phone."""

import streamlit as st

from laveren.ui import console
from laveren.ui.console import Desk
from laveren.ui.session import house, no_entry, room_here, say, visitor
from laveren.ui.sharing import helper_link, join_hint, room_export
from laveren.ui.writing import write_for_room
from laveren.workshop.boards import board
from laveren.workshop.rights import Act

room, who, tell = room_here(), visitor(), say()
if not who.may(Act.MODERATE, room.code):
    no_entry()
steers = who.may(Act.STEER, room.code)
with st.sidebar:
    console.steps(room, tell)
    if steers:
        helper_link(room)


@st.fragment
def the_console() -> None:
    """Runs again at every click and whenever something comes in."""
    home = house()
    with home.store.read() as connection:
        now = board(connection, home.library, room.code, home.presence.here(room.id))
    if now.room.version != room.version:
        st.rerun(scope="app")  # the room moved on: the steps beside it must show it too
    desk = Desk(now, tell, steers)
    left, right = st.columns([5, 2], gap="large")
    with right:
        console.side(desk)
        console.hints(desk)
    with left:
        console.heading(desk)
        if now.room.state == "voorbereid":
            join_hint(now.room)
        else:
            console.answers(desk, console.tab_of(desk))
        if steers:
            write_for_room(desk)
            room_export(now)


the_console()

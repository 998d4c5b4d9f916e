"""Begeleiden: the console of one workshop, for its facilitator and for a helper on a phone."""

import streamlit as st

from laveren.ui import conducting, console
from laveren.ui.console import Desk
from laveren.ui.session import house, link, no_entry, room_here, say, visitor
from laveren.ui.sharing import helper_link, join_hint, room_export, signals
from laveren.ui.writing import write_for_room
from laveren.workshop.boards import board
from laveren.workshop.rights import Act
from laveren.workshop.rooms import CLOSED

room, who, tell = room_here(), visitor(), say()
if not who.may(Act.MODERATE, room.code):
    no_entry()
steers = who.may(Act.STEER, room.code)


@st.fragment(run_every=60 if room.state != CLOSED else None)
def the_way() -> None:
    """The steps with their times, which shift by themselves every minute."""
    conducting.steps(house().room(room.code) or room, tell)


with st.sidebar:
    the_way()
    if steers:
        link(tell("nav.plan"), f"/plan?code={room.code}", new_tab=True)
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
        conducting.side(desk)
        conducting.hints(desk)
    with left:
        conducting.rehearsing(desk)
        console.heading(desk)
        if now.room.state == "voorbereid":
            join_hint(now.room)
        else:
            tab = console.tab_of(desk)
            with st.container():  # the form below keeps its place, and its focus, when cards come in
                console.answers(desk, tab)
        if steers:
            write_for_room(desk)
            signals(now.room)
            room_export(now)


the_console()

"""Scherm: what the projector shows; patches itself when something comes in."""

import streamlit as st

from laveren.ui.address import room_address
from laveren.ui.components import screen
from laveren.ui.projector import projector
from laveren.ui.session import house, lang, room_here, say
from laveren.workshop.boards import board
from laveren.workshop.worksheets import outcome

room = room_here()


@st.fragment
def the_screen() -> None:
    """One rerun of this is all that a change costs."""
    home = house()
    with home.store.read() as connection:
        now = board(connection, home.library, room.code, home.presence.here(room.id))
        ended = outcome(connection, now.room)
    screen(projector(now, say(), lang(), room_address(home.settings, st.context.url or ""), ended))


the_screen()

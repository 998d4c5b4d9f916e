"""What leads into a workshop and out of it: links, QR codes, the answers as a file."""

from __future__ import annotations

import streamlit as st

from laveren.reports.answers import answers_csv
from laveren.ui.address import Address, qr_code, room_address
from laveren.ui.session import house, lang, link, plain, say
from laveren.workshop.boards import Board
from laveren.workshop.links import links
from laveren.workshop.rooms import CLOSED, Room
from laveren.workshop.signals import candidates


def address() -> Address:
    """Where the room finds us."""
    return room_address(house().settings, st.context.url or "")


def join_hint(room: Room) -> None:
    """How the room comes in, and the way to the projector's page."""
    tell, where = say(), address()
    st.subheader(tell("console.join_address", address=f"{where.short}/meedoen", code=room.code))
    link(tell("console.open_screen"), f"/scherm?code={room.code}", new_tab=True)


def helper_link(room: Room) -> None:
    """A QR code that lets somebody moderate on a phone."""
    tell = say()
    with st.expander(tell("console.helper"), icon=":material/group_add:"):
        st.caption(tell("console.helper_hint"))
        to = links(house().keys, room, address().url).help
        st.image(qr_code(to), width=220, alt=tell("console.helper"))
        st.code(to, language=None, wrap_lines=True)


def signals(room: Room) -> None:
    """What the room says does not fit: candidates for a signal, to be taken further."""
    tell, home = say(), house()
    with home.store.read() as connection:
        found = candidates(connection, room)
    if not found:
        return
    st.subheader(tell("signals.title"))
    for one in found:
        answer = one.round.named(one.answer)[lang()]
        who = tell("signals.tables", n=len(one.tables), tables=", ".join(map(str, one.tables))) if one.tables else ""
        if one.people:
            who = " · ".join(part for part in (who, tell("figure.people", n=one.people)) if part)
        st.markdown(f":material/flag: {plain(' · '.join(part for part in (one.case, answer, who) if part))}")
    st.caption(tell("signals.hint"))


def room_export(board: Board) -> None:
    """The handed-in answers as a file."""
    room, tell = board.room, say()
    if not board.counts.answers and room.state != CLOSED:
        return
    with house().store.read() as connection:
        data = answers_csv(connection, room)
    name = f"laveren-{'oefening-' if room.rehearsal else ''}{room.code}.csv"
    st.download_button(tell("console.export"), data, file_name=name, mime="text/csv", icon=":material/download:")

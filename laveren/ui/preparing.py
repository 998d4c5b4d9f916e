"""The form that makes a workshop, and the list of those there are with their links."""

from __future__ import annotations

from datetime import date

import streamlit as st

from laveren.texts import day
from laveren.ui.address import qr_code
from laveren.ui.session import house, lang, link, plain, say, write
from laveren.ui.sharing import address
from laveren.workshop.boards import answers_of, people_of
from laveren.workshop.links import links
from laveren.workshop.preparing import MAX_GROUPS, Plan, create_workshop
from laveren.workshop.rooms import Room, all_rooms

MAX_ROUNDS = 6


def meetings() -> list[Room]:
    """Every workshop, the newest first."""
    with house().store.read() as connection:
        return all_rooms(connection, house().library)


def prepare(*, first: bool) -> None:
    """A form: title, date, place, who for, rounds in order, tables, moderation; open when it makes the first one."""
    tell, library, language = say(), house().library, lang()
    made = st.session_state.get("made")  # in the keys, so that each new workshop starts with an empty form
    with st.expander(tell("workshops.new"), expanded=first, icon=":material/add:", key=f"prepare_{made}"):
        rounds = st.number_input(tell("workshops.rounds"), 1, MAX_ROUNDS, 1, key=f"rounds_{made}")
        with st.form(f"new_{made}", border=False):
            title = st.text_input(tell("workshops.name"), max_chars=200, placeholder=tell("workshops.name_hint"))
            left, right = st.columns(2)
            held_on = left.date_input(tell("workshops.date"), date.today(), format="DD-MM-YYYY")
            place = right.text_input(tell("workshops.place"), max_chars=120)
            organisation = left.text_input(tell("workshops.organisation"), max_chars=120)
            region = right.text_input(tell("workshops.region"), max_chars=120)
            chosen: list[tuple[str | None, str]] = []
            for n in range(1, int(rounds) + 1):
                case = left.selectbox(
                    tell("workshops.round_case", n=n),
                    [*library.cases, None],
                    index=min(n - 1, len(library.cases)),
                    format_func=lambda id: library.cases[id].title if id else tell("workshops.no_case"),
                )
                method = right.selectbox(
                    tell("workshops.round_method", n=n),
                    list(library.methods),
                    format_func=lambda id: library.methods[id].name.say(language),
                )
                if method:
                    chosen.append((case, method))
            groups = left.number_input(tell("workshops.groups"), 1, MAX_GROUPS, 4)
            moderated = st.checkbox(tell("workshops.moderation"), value=True)
            if st.form_submit_button(tell("workshops.make"), type="primary"):
                plan = Plan(title, chosen, int(groups), held_on, place, organisation, region, moderated)
                code = write(create_workshop, (library, plan), st.error)
                if code:
                    st.session_state["made"] = code
                    st.rerun()


def shelf(rooms: list[Room]) -> None:
    """These workshops; the one just made stands open."""
    tell = say()
    with house().store.read() as connection:
        counts = {room.id: (people_of(connection, room), answers_of(connection, room)) for room in rooms}
    if not rooms:
        st.info(tell("workshops.none"))
    made = st.session_state.get("made")
    if made:
        st.success(tell("workshops.made", code=made))
    for room in rooms:
        people, answers = counts[room.id]
        with st.container(border=True, key=f"workshop_{room.code}"):
            what, code, how_many, way = st.columns([5, 2, 3, 2], vertical_alignment="center")
            with what.container(gap=None):
                st.subheader(plain(room.title), anchor=False)
                st.caption(plain(_facts(room)))
            code.markdown(f"**{room.code}**  \n{tell(f'state.{room.state}')}")
            how_many.markdown(f"{tell('workshops.people', n=people)}  \n{tell('workshops.answers', n=answers)}")
            with way:
                link(tell("workshops.facilitate"), f"/begeleiden?code={room.code}")
            with st.expander(tell("workshops.links"), icon=":material/link:", expanded=room.code == made):
                _links(room)


def _facts(room: Room) -> str:
    facts = [day(room.held_on, lang()), room.place, room.organisation, room.region]
    rounds = [r.case.title if r.case else r.method.name.say(lang()) for r in room.rounds]
    return " · ".join([fact for fact in [*facts, *rounds] if fact])


def _links(room: Room) -> None:
    tell, where = say(), address()
    if where.guessed:
        st.info(tell("workshops.loopback", address=where.url, host="localhost"))
    to = links(house().keys, room, where.url)
    left, right = st.columns([1, 3])
    left.image(qr_code(to.join), width=180, alt=tell("screen.qr_alt"))
    with right:
        for name, url in (("join", to.join), ("screen", to.screen), ("facilitate", to.facilitate), ("help", to.help)):
            st.caption(tell(f"workshops.link_{name}"))
            st.code(url, language=None, wrap_lines=True)
        st.caption(tell("workshops.link_secret"))

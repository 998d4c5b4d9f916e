"""The form that makes a workshop, and the list of those there are with their links."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from laveren.texts import day
from laveren.ui.address import qr_code
from laveren.ui.rounds import rounds_editor
from laveren.ui.session import house, lang, link, plain, say, write
from laveren.ui.sharing import address
from laveren.workshop.boards import answers_of, people_of
from laveren.workshop.links import links
from laveren.workshop.preparing import MAX_GROUPS, Plan, create_workshop
from laveren.workshop.rooms import Room, all_rooms
from laveren.workshop.rounds import RoundPlan


def meetings() -> list[Room]:
    """Every workshop, the newest first."""
    with house().store.read() as connection:
        return all_rooms(connection, house().library)


def prepare(*, first: bool) -> None:
    """A form for a new workshop; open when it makes the first one."""
    tell = say()
    made = st.session_state.get("made")  # in the keys, so that each new workshop starts with an empty form
    key = f"new_{made}"
    with st.expander(tell("workshops.new"), expanded=first, icon=":material/add:", key=f"prepare_{made}"):
        plan = facts(key)
        rounds = rounds_editor(key)
        if st.button(tell("workshops.make"), type="primary", key=f"{key}_make"):
            new = [one for one in rounds if isinstance(one, RoundPlan)]
            code = write(create_workshop, (house().library, replace(plan, rounds=new)), st.error)
            if code:
                st.session_state["made"] = code
                st.rerun()


def facts(key: str, room: Room | None = None) -> Plan:
    """What a workshop is, but for its rounds: as it is now, or empty."""
    tell = say()
    title = st.text_input(
        tell("workshops.name"),
        room.title if room else "",
        max_chars=200,
        placeholder=tell("workshops.name_hint"),
        key=f"{key}_title",
    )
    left, right = st.columns(2)
    held_on = left.date_input(
        tell("workshops.date"), room.held_on if room else date.today(), format="DD-MM-YYYY", key=f"{key}_date"
    )
    starts_at = right.text_input(
        tell("workshops.starts_at"),
        (room.starts_at or "") if room else "",
        max_chars=5,
        placeholder="13:30",
        key=f"{key}_starts_at",
    )
    place, organisation, region = (
        side.text_input(
            tell(f"workshops.{name}"), getattr(room, name) if room else "", max_chars=120, key=f"{key}_{name}"
        )
        for side, name in ((left, "place"), (right, "organisation"), (left, "region"))
    )
    groups = right.number_input(
        tell("workshops.groups"), 1, MAX_GROUPS, room.groups if room else 4, key=f"{key}_groups"
    )
    moderated = room.moderated if room else st.checkbox(tell("workshops.moderation"), value=True, key=f"{key}_mod")
    return Plan(title, [], int(groups), held_on, place, organisation, region, moderated, starts_at=starts_at)


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
            state = tell("rehearsal.mark") if room.rehearsal else tell(f"state.{room.state}")
            code.markdown(f"**{room.code}**  \n{state}")
            how_many.markdown(f"{tell('workshops.people', n=people)}  \n{tell('workshops.answers', n=answers)}")
            with way:
                link(tell("workshops.facilitate"), f"/begeleiden?code={room.code}")
                link(tell("nav.plan"), f"/plan?code={room.code}")
            with st.expander(tell("workshops.links"), icon=":material/link:", expanded=room.code == made):
                _links(room)


def _facts(room: Room) -> str:
    facts = [day(room.held_on, lang()), room.place, room.organisation, room.region]
    rounds = [r.title or r.method.name.say(lang()) for r in room.rounds]
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

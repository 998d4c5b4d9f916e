"""Thema's from top to bottom: the filters, the story, and one section of pictures at a time."""

from __future__ import annotations

import streamlit as st

from laveren.analysis import saying
from laveren.analysis.story import story
from laveren.ui.session import house, link, plain, say
from laveren.ui.themes import pictures
from laveren.ui.themes.desk import Desk, desk_for, filters, working
from laveren.ui.themes.showing import show
from laveren.ui.themes.taking import take_all

SECTIONS = ("recurs", "where", "who", "time", "cases", "helped", "files")


def page() -> None:
    """The whole page."""
    tell = say()
    st.title(tell("themes.question"))
    records = house().records
    if not (len(records) and (records.column("round") > 0).any()):
        st.info(tell("themes.nothing"))
        return
    working()
    desk = desk_for(records, *filters(records))
    if desk is None:
        return
    found = desk.found
    st.caption(tell("themes.counted", n=found.workshops, answers=found.answers, people=found.people))
    if desk.basis == "confirmed" and found.recurrence.empty:  # who finds nothing must not be told that nothing is there
        st.info(tell("themes.basis.none"))
        return
    _story(desk)
    section = st.segmented_control(
        tell("themes.sections.label"),
        SECTIONS,
        default=SECTIONS[0],
        required=True,
        format_func=lambda one: tell(f"themes.sections.{one}"),
        label_visibility="collapsed",
        key="section",
    )
    section_of(desk, section or SECTIONS[0])


def _story(desk: Desk) -> None:
    """What can be said of this choice, the most telling first."""
    headline = " ".join(desk.spell(finding) for finding in saying.themes_headline(desk.found.recurrence))
    with st.container(key="story"):
        st.markdown(f"#### {plain(headline)}")
        told = [desk.spell(finding) for finding in story(desk.found.titles)]
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in told))


def section_of(desk: Desk, section: str) -> None:
    """The pictures of one section."""
    if section == "recurs":
        show(desk, pictures.recurrence(desk))
        if desk.found.unmatched:
            st.caption(desk.spell(desk.found.unmatched))
        with st.container(horizontal=True):
            link(desk.say("themes.to_coding"), "/coderen")
            link(desk.say("themes.to_codebook"), "/codeboek")
        show(desk, pictures.together(desk))
    elif section == "where":
        left, right = st.columns(2, gap="large")
        with left:
            show(desk, pictures.sources(desk))
        with right:
            show(desk, pictures.without_room(desk))
        show(desk, pictures.kinds(desk))
        show(desk, pictures.domains(desk))
        show(desk, pictures.room(desk))
    elif section == "who":
        show(desk, pictures.roles(desk))
        show(desk, pictures.seats(desk))
    elif section == "time":
        show(desk, pictures.quarters(desk))
    elif section == "cases":
        _cases(desk)
    elif section == "helped":
        show(desk, pictures.helped(desk))
    else:
        take_all(desk)


def _cases(desk: Desk) -> None:
    """The same case in other rooms, and what a twist did."""
    tell, played = desk.say, {one.case: one for one in desk.found.played}
    if not played:
        st.subheader(tell("themes.apart.name"))
        st.caption(tell("themes.apart.none"))
    else:
        titles = desk.records.names.titles
        case = st.selectbox(
            tell("themes.apart.pick"),
            list(played),
            format_func=lambda id: tell("themes.apart.played", case=titles[id], n=played[id].workshops),
            key="apart_case",
        )
        show(desk, pictures.apart(desk, case))
    show(desk, pictures.looks(desk))
    left, right = st.columns(2, gap="large")
    for column, by in ((left, "source"), (right, "status")):
        if len(desk.found.around[by]):
            with column:
                show(desk, pictures.around(desk, by))

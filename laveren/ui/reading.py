"""A case to read, with all that belongs to it, and the faults in the files."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from laveren.content.cases import Case
from laveren.content.faults import Fault
from laveren.content.library import Library
from laveren.texts import day
from laveren.ui.session import lang, plain, say


def faults(found: Sequence[Fault]) -> None:
    """What is wrong with a file, and that the others work."""
    tell = say()
    if not found:
        return
    with st.expander(tell("cases.faults", n=len(found)), icon=":material/error:", expanded=True):
        st.caption(tell("cases.faults_hint"))
        for fault in found:
            st.text(str(fault))


def one_case(library: Library, case: Case) -> None:
    """The case as the room reads it, and what only the facilitator sees."""
    tell = say()
    story, beside = st.columns([3, 2], gap="large")
    with story:
        st.header(plain(case.title))
        for paragraph in case.situation.split("\n\n"):
            st.text(paragraph.strip())
        for twist in case.twists:
            with st.expander(f"{tell('cases.twists')}: {plain(twist.title)}", icon=":material/alt_route:"):
                st.text(twist.text)
    with beside:
        _list(tell("cases.persons"), [_person(p.name, p.age, p.role) for p in case.persons])
        names = [library.domains[id].name.say(lang()) for id in case.domains if id in library.domains]
        _list(tell("cases.domains"), [" · ".join(names)])
        _list(
            tell("cases.perspectives"),
            [" · ".join(seat.name for seat in case.perspectives)] if case.perspectives else [],
        )
        _list(tell("cases.guidance"), case.guidance)
        if case.rules:
            st.subheader(tell("cases.rules"))
        for rule in case.rules:
            with st.container(border=True):
                st.markdown(f"**{plain(rule.article)}**")
                st.text(rule.text)
                seen = rule.checked_by
                st.caption(tell("cases.checked", who=plain(seen)) if seen else tell("cases.unchecked"))
        st.caption(tell("law_note", date=day(case.as_of, lang())))
        st.caption(tell("cases.file", file=f"casussen/{case.id}.yaml"))


def _person(name: str, age: int | None, role: str) -> str:
    tell = say()
    if age is None:
        return tell("screen.persons_no_age", name=name, role=role)
    return tell("screen.persons", name=name, age=age, role=role)


def _list(title: str, lines: Sequence[str]) -> None:
    if lines:
        st.subheader(title)
    for line in lines:
        st.text(line)

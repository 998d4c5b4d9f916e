"""A case to read: as the room will see it, and what is for its facilitator; and the faults in files."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from laveren.content.cases import Case, RuleCard
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
    """The case as the room reads it; beside it what only the facilitator sees, or opens later."""
    tell = say()
    story, beside = st.columns([3, 2], gap="large")
    with story:
        st.caption(tell("cases.room_sees"))
        with st.container(border=True, key="way_room"):
            st.title(plain(case.title), anchor=False)
            st.caption(plain(" · ".join(person(p.name, p.age, p.role) for p in case.persons)))
            for paragraph in case.situation.split("\n\n"):
                st.text(paragraph)
            st.caption(tell("law_note", date=day(case.as_of, lang())))
        names = [library.domains[id].name.say(lang()) for id in case.domains if id in library.domains]
        st.caption(f"{tell('cases.domains')}: {' · '.join(names)}")
        if case.rules or case.twists:
            st.caption(tell("cases.room_sees_later"))
        if case.rules:
            st.subheader(tell("cases.rules"), anchor=False)
        for rule in case.rules:
            _rule(case, rule)
        if case.twists:
            st.subheader(tell("cases.twists"), anchor=False)
        for twist in case.twists:
            with st.expander(plain(twist.title), icon=":material/alt_route:"):
                st.text(twist.text)
    with beside:
        if case.guidance or case.perspectives:
            st.caption(tell("cases.you_see"))
        if case.guidance:
            st.subheader(tell("cases.guidance"), anchor=False)
        for hint in case.guidance:
            st.text(hint)
        if case.perspectives:
            st.subheader(tell("cases.perspectives"), anchor=False)
        for seat in case.perspectives:
            with st.container(gap=None):
                st.markdown(f"**{plain(seat.name)}**")
                if seat.text:
                    st.text(seat.text)


def _rule(case: Case, rule: RuleCard) -> None:
    tell = say()
    seen = rule.checked_by if rule.status == "gecontroleerd" else None
    with st.expander(plain(rule.article)):
        for paragraph in rule.text.split("\n\n"):
            st.text(paragraph)
        if rule.room:
            st.caption(tell("cases.room"))
            st.text(rule.room)
        checked = tell("cases.checked", who=plain(seen)) if seen else tell("cases.unchecked")
        st.caption(f"{tell('law_note', date=day(case.day_of(rule), lang()))} {checked}")


def person(name: str, age: int | None, role: str) -> str:
    """Somebody in a case: *Yara (17), mbo-student*."""
    tell = say()
    if age is None:
        return tell("screen.persons_no_age", name=name, role=role)
    return tell("screen.persons", name=name, age=age, role=role)

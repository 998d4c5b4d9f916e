"""Eigen praktijk: the form in which a participant tells a story that nobody can be known by."""

from __future__ import annotations

from typing import Any

import streamlit as st

from laveren.content.library import Library
from laveren.ui.case_form import Form, domains, form_of, not_yet, people, text, tick, wrong
from laveren.ui.session import house, plain, say, write
from laveren.workshop.practice import FEATURES, LEAST_CHANGED, NEIGHBOUR, Story, bring_in_story
from laveren.workshop.rooms import Room
from laveren.workshop.shelf import Pick

SENT = "sent"
WIDE = 880  # pixels: lines that are still easy to read


def story(room: Room) -> None:
    """The form, or when it was sent the thanks."""
    tell, library = say(), house().library
    key = f"story_{room.code}"
    form = st.session_state.setdefault(key, form_of({}, library))
    if form == SENT:
        st.success(tell("practice.thanks"))
        st.markdown(tell("practice.thanks_hint"))
        st.button(tell("practice.another"), on_click=st.session_state.pop, args=(key,))
        return
    if form.tried:
        form.read(library)
    with st.container(width=WIDE):
        st.markdown(tell("practice.lead"))
        st.info(tell("practice.never"), icon=":material/shield_person:")
        text(form, "titel", tell("practice.story_title"), hint=tell("practice.story_title_hint"))
        st.subheader(tell("practice.who"), anchor=False)
        st.caption(tell("practice.who_hint"))
        people(form)
        st.subheader(tell("practice.what"), anchor=False)
        text(form, "situatie", tell("practice.what_label"), tall=280)
        domains(form, library)
        changed, neighbour = _unknowable(form)
        tick(form, "fictief", tell("practice.made_up"))
        _send(room, library, form, changed, neighbour)


def _unknowable(form: Form) -> tuple[tuple[str, ...], str | None]:
    """What was changed, and whether somebody would still be known."""
    tell = say()
    st.subheader(tell("practice.changed"), anchor=False)
    chosen = st.pills(
        tell("practice.changed_hint", least=LEAST_CHANGED),
        FEATURES,
        selection_mode="multi",
        format_func=lambda name: tell(f"practice.feature.{name}"),
        key=form.key("changed"),
    )
    own = st.text_input(tell("practice.changed_own"), key=form.key("own"), max_chars=140)
    changed = (*chosen, *([own.strip()] if own and own.strip() else []))
    with st.container():
        if form.tried and len(changed) < LEAST_CHANGED:
            wrong(tell("refused.practice_changed", least=LEAST_CHANGED))
    neighbour = st.radio(
        tell("practice.neighbour"),
        NEIGHBOUR,
        index=None,
        format_func=lambda answer: tell(f"practice.neighbour_{answer}"),
        horizontal=True,
        key=form.key("neighbour"),
    )
    with st.container():
        if neighbour and neighbour != NEIGHBOUR[0]:
            st.info(tell("practice.still_known"), icon=":material/edit:")
        elif form.tried and not neighbour:
            wrong(tell("refused.practice_neighbour"))
    return changed, neighbour


def _send(room: Room, library: Library, form: Form, changed: tuple[str, ...], neighbour: Any) -> None:
    tell = say()
    not_yet(form)
    if st.button(tell("practice.send"), type="primary", key="send"):
        form.tried = True
        case = form.read(library)
        if case is None:
            st.rerun()  # so that it is said beside the fields
        if isinstance(write(bring_in_story, Story(library, room.code, case, changed, neighbour), st.error), Pick):
            st.session_state[f"story_{room.code}"] = SENT
            st.rerun()
    st.caption(tell("practice.then", title=plain(room.title)))

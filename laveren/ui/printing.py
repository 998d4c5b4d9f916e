"""Paper to take along: what belongs to a workshop, or to one case, as PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from laveren.content.cases import Case
from laveren.reports import paper
from laveren.texts import flat
from laveren.ui.session import house, lang, say
from laveren.ui.sharing import address
from laveren.workshop.rooms import Room

Make = Callable[[], bytes]


def workshop_paper(room: Room) -> None:
    """Everything for a room without laptops: cards, sealed twists, worksheets, with the code of the workshop."""
    words, where, language, library = flat(lang()), address().url, lang(), house().library
    cases = list({case.id: case for round_ in room.rounds for case in round_.cases}.values())
    methods = list({round_.method.id: round_.method for round_ in room.rounds if round_.method.asks}.values())
    makes: dict[str, Make] = {
        "everything": lambda: paper.everything(cases, methods, library, words, language, room.code, where),
    }
    if cases:
        makes["cases"] = lambda: paper.case_cards(cases, words, room.code, where, lang=language)
    if methods:
        makes["worksheets"] = lambda: paper.everything([], methods, library, words, language, room.code, where)
    _downloads(room.code, makes)


def case_paper(case: Case) -> None:
    """What belongs to one case, on cards."""
    words, language = flat(lang()), lang()
    makes: dict[str, Make] = {"cases": lambda: paper.case_cards([case], words, lang=language)}
    if case.perspectives:
        makes["perspectives"] = lambda: paper.perspective_cards(case, words, lang=language)
    if case.rules:
        makes["rules"] = lambda: paper.rule_cards(case, words, lang=language)
    if case.twists:
        makes["twists"] = lambda: paper.twists(case, words, lang=language)
    _downloads(case.id, makes)


def _downloads(name: str, makes: Mapping[str, Make]) -> None:
    """A button for each; a PDF is made when somebody asks for it."""
    tell = say()
    with st.expander(tell("print.title"), icon=":material/print:"):
        st.caption(tell("print.hint"))
        for kind, make in makes.items():
            st.download_button(
                tell(f"print.{kind}"),
                make,
                file_name=f"laveren-{name}-{kind}.pdf",
                mime="application/pdf",
                icon=":material/picture_as_pdf:",
                on_click="ignore",
                key=f"print_{name}_{kind}",
            )

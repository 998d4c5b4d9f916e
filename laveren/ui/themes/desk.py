"""What the page Thema's stands on: the filters, whose word counts, what came of it, and the words to say it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import cast

import streamlit as st
from babel.lists import format_list

from laveren.analysis import saying
from laveren.analysis.hiding import FEW
from laveren.analysis.overview import Overview, overview
from laveren.analysis.records import Records
from laveren.analysis.saying import Finding, Name, Words
from laveren.analysis.selecting import Basis, Filters, Selection, TooFew, narrow
from laveren.reports.cover import Cover
from laveren.texts import Say, day, percent
from laveren.ui.session import house, lang, say
from laveren.workshop.suggesting import to_do

BASES: tuple[Basis, ...] = ("suggested", "confirmed")


@dataclass(frozen=True)
class Desk:
    """What is looked at, and in which words it is said."""

    records: Records
    filters: Filters
    basis: Basis
    found: Overview
    words: Words
    say: Say
    lang: str

    def spell(self, finding: Finding) -> str:
        """A finding in words."""
        return saying.spell(finding, self.words)

    def answers(self) -> Selection:
        """The answers themselves, for what is behind a mark."""
        return narrow(self.records, self.filters, self.basis)

    @cached_property
    def themes(self) -> dict[str, str]:
        """What each theme is called, retired ones too."""
        return {theme.id: theme.say(self.lang) for theme in house().library.codebook.themes}

    @cached_property
    def domains(self) -> dict[str, str]:
        """What each life domain is called."""
        return {id: domain.name.say(self.lang) for id, domain in house().library.domains.items()}

    def cover(self, title: str, *, confirmed: bool | None) -> Cover:
        """What stands on every file made of this; `confirmed` whose codings are in it, None where none are."""
        chosen = [(self.say(f"themes.filters.{name}"), value) for name, value in spelled(self)]
        counts = (self.found.workshops, self.found.answers, self.found.people)
        return Cover(title, chosen, date.today(), *counts, confirmed, FEW)


def spelled(desk: Desk) -> list[tuple[str, str]]:
    """The filters that are set, by name, in words."""
    filters, names = desk.filters, desk.records.names
    first, last = filters.period
    found = [("period", f"{day(first, desk.lang)} – {day(last, desk.lang)}")] if first and last else []
    called: dict[str, Callable[[str], str]] = {
        "region": str,
        "organisation": str,
        "case": lambda id: names.titles.get(id, id),
        "domain": lambda id: desk.domains.get(id, id),
        "role": lambda id: desk.say(f"role.{id}"),
    }
    for name, spell in called.items():
        if (wanted := getattr(filters, name)) is not None:
            found.append((name, spell(wanted)))
    return found


def filters(records: Records) -> tuple[Filters, Basis]:
    """The row of filters, and whose word counts for what an answer is about."""
    tell, names, library = say(), records.names, house().library
    domains = {id: library.domains[id].name.say(lang()) for id in library.domains}
    options: dict[str, tuple[Sequence[str], Callable[[str], str]]] = {
        "region": (sorted(names.regions.texts[1:]), str),
        "organisation": (sorted(names.organisations.texts[1:]), str),
        "case": (sorted(names.cases.texts[1:], key=lambda id: names.titles[id]), lambda id: names.titles[id]),
        "domain": (list(domains), lambda id: domains[id]),
        "role": (sorted(names.roles.texts[1:]), lambda id: tell(f"role.{id}")),
    }
    days = records.workshops["day"]
    first, last = date.fromordinal(int(days.min())), date.fromordinal(int(days.max()))
    columns = st.columns([1.5, 1, 1, 1.2, 1, 1])
    period = columns[0].date_input(
        tell("themes.filters.period"), (first, last), min_value=first, max_value=last, format="DD-MM-YYYY"
    )
    chosen = {
        name: column.selectbox(
            tell(f"themes.filters.{name}"),
            ids,
            index=None,
            format_func=named,
            placeholder=tell("themes.filters.all"),
            key=f"filter_{name}",
        )
        for column, (name, (ids, named)) in zip(columns[1:], options.items(), strict=True)
    }
    dates = cast("tuple[date, ...]", period if isinstance(period, tuple) else (period,))
    since, until = (dates[0] if dates else first, dates[1] if len(dates) > 1 else last)
    whole = (None, None) if (since, until) == (first, last) else (since, until)
    basis = st.segmented_control(
        tell("themes.basis.label"),
        BASES,
        default=BASES[0],
        required=True,
        format_func=lambda one: tell(f"themes.basis.{one}"),
        key="basis",
    )
    return Filters(whole, **chosen), basis or BASES[0]


def desk_for(records: Records, chosen: Filters, basis: Basis) -> Desk | None:
    """The desk for this choice; says kindly why there is none when it may not be shown."""
    tell, language = say(), lang()
    library = house().library
    themes = {theme.id: theme.say(language) for theme in library.codebook.themes}

    def name(of: Name) -> str:
        if of.of == "theme":
            return themes.get(of.id, of.id)
        if of.of == "domain":
            return library.domains[of.id].name.say(language)
        return tell(f"status.{of.id}") if of.of == "status" else tell(f"themes.source.{of.id}")

    def listed(names: list[str]) -> str:
        """Some names in a row, each between quotes: there is an "en" in many of them."""
        return format_list([f"‘{one}’" for one in names], locale=language)

    words = Words(tell, name, lambda share: percent(share, language), listed)
    try:
        found = overview(records, chosen, basis)
    except TooFew as refusal:
        st.info(saying.spell(saying.too_few(refusal), words))
        return None
    return Desk(records, chosen, basis, found, words, tell, language)


def working() -> None:
    """How far the suggesting is, when it is at work or waits for somebody."""
    home, tell = house(), say()
    home.suggesting.wake(home.library.codebook)
    if home.suggesting.busy:
        _progress()
        return
    progress = home.suggesting.progress
    if not (progress.stopped or progress.broken):
        return
    with home.store.read() as connection:
        left = to_do(connection, home.library.codebook)
    if not left:
        return
    st.info(tell(f"themes.working.{'broken' if progress.broken else 'stopped'}", n=left))
    if st.button(tell("themes.working.go_on")):
        home.suggesting.start(home.library.codebook)
        st.rerun()


@st.fragment(run_every=1.0)
def _progress() -> None:
    home, tell = house(), say()
    progress = home.suggesting.progress
    if not home.suggesting.busy:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        share = min(1.0, progress.done / progress.total) if progress.total else 0.0
        st.progress(share, tell("themes.working.busy", done=progress.done, total=progress.total))
        if st.button(tell("themes.working.stop")):
            home.suggesting.stop()
            st.rerun()

"""Casussen: finding a case; for an organiser also what is being worked on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import streamlit as st

from laveren.content.cases import Case
from laveren.content.faults import Fault
from laveren.content.searching import Entry, prepare, rules_of, search
from laveren.texts import Say
from laveren.ui.case_form import Form, form_of
from laveren.ui.reading import faults
from laveren.ui.session import house, lang, plain, say, visitor
from laveren.workshop.rights import Act
from laveren.workshop.shelf import Origin, Standing, Stocked, Version, drafts, newest, with_published

AT_ONCE = 30  # cases in the list: who has more finds them by searching
BEGINNING = 140  # so many letters of a story stand in the list
LIBRARY, WORK, AWAY = "library", "work", "away"


@dataclass(frozen=True)
class Desk:
    """What the page knows: the cases there are, and what this visitor may do with them."""

    stock: Stocked
    say: Say
    edits: bool
    publishes: bool


@dataclass(frozen=True)
class Pile:
    """What is looked through: the library, or the newest versions (by case) of what is in work or put away."""

    entries: Sequence[Entry]
    kept: Mapping[str, Version] = field(default_factory=dict)
    broken: Mapping[str, Fault] = field(default_factory=dict)  # why a version cannot be read any more


def desk() -> Desk:
    """The library as it is now, for this visitor."""
    who = visitor()
    with house().store.read() as connection:
        stock = with_published(house().library, connection)
    return Desk(stock, say(), who.may(Act.EDIT_CASES), who.may(Act.PUBLISH_CASES))


def go(id: str | None = None, number: int | None = None) -> None:
    """To a case, or to one version of it; to the list without either."""
    st.session_state.pop("case_form", None)
    st.query_params.from_dict({key: str(to) for key, to in (("casus", id), ("versie", number)) if to is not None})


def write_in(form: Form) -> None:
    """Opens a form."""
    st.session_state["case_form"] = form


def overview(desk: Desk) -> None:
    """What to look for and what is found; for an organiser, first what waits for reading."""
    tell = desk.say
    faults(desk.stock.faults)
    pile = _organisers(desk) if desk.edits else Pile(desk.stock.entries)
    words, domain, rule = _wanted(desk, pile.entries)
    found = search(pile.entries, words, domain, rule)
    with st.container(key="cases_found"):
        for pair in zip_longest(found[:AT_ONCE:2], found[1:AT_ONCE:2]):
            for column, case in zip(st.columns(2), pair, strict=True):
                if case:
                    with column:
                        _line(desk, case, pile.kept.get(case.id))
    for id, fault in pile.broken.items():
        _open(id, id, pile.kept[id].number)
        st.text(str(fault))
    if not found and not pile.broken:
        nothing = "cases.nothing_found" if words or domain or rule else "cases.none"
        st.info(tell(nothing))
    if len(found) > AT_ONCE:
        st.markdown(tell("cases.more", n=len(found) - AT_ONCE))


def _wanted(desk: Desk, entries: Sequence[Entry]) -> tuple[str, str | None, str | None]:
    """The search box and the two filters."""
    tell, domains = desk.say, desk.stock.domains
    word, area, article = st.columns([4, 3, 3])
    words = word.text_input(
        tell("cases.search"),
        type="search",
        live=True,
        placeholder=tell("cases.search_hint"),
        key="cases_words",
        persist_state="page",
    )
    domain = area.selectbox(
        tell("cases.domain"),
        list(domains),
        index=None,
        format_func=lambda id: domains[id].name.say(lang()),
        placeholder=tell("cases.all"),
        key="cases_domain",
        persist_state="page",
    )
    rules = rules_of(entries)
    if st.session_state.get("cases_rule") not in rules:  # the list changed: what is gone cannot stay chosen
        st.session_state.pop("cases_rule", None)
    rule = article.selectbox(
        tell("cases.rule"), rules, index=None, placeholder=tell("cases.all"), key="cases_rule", persist_state="page"
    )
    return words or "", domain, rule


def _line(desk: Desk, case: Case, version: Version | None) -> None:
    """One case in the list: its title opens it."""
    tell, stock = desk.say, desk.stock
    origin = version.origin_beside(stock.base) if version else stock.origin_of(case.id)
    about = [tell(f"cases.origin.{origin}")]
    if version:
        about.insert(0, tell(f"cases.standing.{version.status}"))
    beginning = case.situation.replace("\n\n", " ")
    if len(beginning) > BEGINNING:
        beginning = f"{beginning[:BEGINNING].rsplit(' ', 1)[0]} …"
    names = [stock.domains[id].name.say(lang()) for id in case.domains if id in stock.domains]
    with st.container(border=True, height="stretch", gap="xxsmall", key=f"way_case_{case.id}"):
        number = version.number if version else None
        _open(case.title, case.id, number)
        st.text(beginning)
        st.caption(plain(" · ".join(names)))
        st.caption(" · ".join(about))


def _open(title: str, id: str, number: int | None) -> None:
    st.button(
        f"**{plain(title)}**",
        icon=":material/arrow_forward:",
        icon_position="right",
        type="tertiary",
        on_click=go,
        args=(id, number),
        key=f"open_{id}",
    )


# ---- for organisers ----


def _organisers(desk: Desk) -> Pile:
    """What waits, what can be begun, and which list to look at."""
    tell, stock = desk.say, desk.stock
    with house().store.read() as connection:
        work, away = drafts(connection), newest(connection, Standing.WITHDRAWN)
    lists = {WORK: work, AWAY: [version for version in away if version.case_id not in stock.cases]}
    counts = {LIBRARY: len(stock.cases)} | {name: len(found) for name, found in lists.items()}
    waiting = sum(version.origin is Origin.PRACTICE and version.status is Standing.DRAFT for version in work)
    if waiting:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{tell('cases.waiting', n=waiting)}**")
            st.button(tell("cases.read_them"), type="primary", on_click=_look_at, args=(WORK,))
    if st.button(tell("cases.new"), icon=":material/add:", type="secondary" if waiting else "primary"):
        write_in(form_of({}, stock))
        st.rerun()
    st.session_state.setdefault("cases_list", LIBRARY)
    seen = [name for name, n in counts.items() if n or name in (LIBRARY, WORK, st.session_state["cases_list"])]
    with st.container(key="tabs"):  # styled as the console's
        chosen = st.segmented_control(
            tell("cases.lists"),
            seen,
            format_func=lambda name: tell(f"cases.list_{name}", n=counts[name]),
            required=True,
            label_visibility="collapsed",
            key="cases_list",
            persist_state="page",
        )
    if chosen not in lists:
        return Pile(stock.entries)
    kept = {version.case_id: version for version in lists[chosen]}
    read = {id: version.read(stock) for id, version in kept.items()}
    broken = {id: wrong[0] for id, (case, wrong) in read.items() if case is None}
    return Pile(prepare(case for case, _ in read.values() if case), kept, broken)


def _look_at(name: str) -> None:
    st.session_state["cases_list"] = name

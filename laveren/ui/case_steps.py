"""One case on Casussen: to read it, where it comes from, the next step for a version, and how it came to be."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from laveren.content.cases import Case
from laveren.content.comparing import compare
from laveren.content.library import Library
from laveren.content.writing import as_data, as_yaml
from laveren.store import Job
from laveren.texts import Say, day
from laveren.ui.case_form import form_of
from laveren.ui.cases import Desk, go, write_in
from laveren.ui.printing import case_paper
from laveren.ui.reading import one_case
from laveren.ui.session import house, lang, plain, say, write
from laveren.workshop.practice import FEATURES
from laveren.workshop.shelf import (
    IN_WORK,
    Origin,
    Pick,
    Standing,
    Version,
    bring_back_version,
    step_on,
    throw_away_case,
    versions,
    withdraw_version,
)


def one(desk: Desk, id: str) -> None:
    """The case with this id, or the version of it that the address asks for."""
    tell, stock = desk.say, desk.stock
    with house().store.read() as connection:
        there_are = [kept for kept in versions(connection, id) if kept.content] if desk.edits else []
    version = _asked_for(there_are, in_library=id in stock.cases)
    case, wrong = version.read(stock) if version else (stock.cases.get(id), [])
    st.button(tell("cases.back"), icon=":material/arrow_back:", type="tertiary", on_click=go)
    if case is None and version is None:
        st.info(tell("cases.unknown"))
        return
    _about(desk, id, version, there_are)
    with st.container(horizontal=True, vertical_alignment="center", key="case_steps"):
        if version and version is there_are[0]:
            _next_step(desk, version)
        _other_steps(desk, id, case, version, there_are)
    for fault in wrong:
        st.error(plain(str(fault)))
    if case:
        one_case(stock, case)
        case_paper(case)
    _history(desk, id, there_are)


def _asked_for(there_are: list[Version], *, in_library: bool) -> Version | None:
    """The version in the address, else the published one, else the newest of what is not in the library."""
    number = st.query_params.get("versie", "")
    for version in there_are:
        if str(version.number) == number:
            return version
    published = next((version for version in there_are if version.status is Standing.PUBLISHED), None)
    return published or (None if in_library or not there_are else there_are[0])


def called(tell: Say, version: Version) -> str:
    """*versie 3, 22 november 2026, gepubliceerd*."""
    when = day(date.fromtimestamp(version.at), lang())
    return tell("cases.version", n=version.number, date=when, status=tell(f"cases.standing.{version.status}"))


def _about(desk: Desk, id: str, version: Version | None, there_are: list[Version]) -> None:
    """Where it comes from and how far it is; that there is a newer one, or that another is used."""
    tell, stock = desk.say, desk.stock
    ships, file = id in stock.base.cases, f"casussen/{id}.yaml"
    origin = version.origin_beside(stock.base) if version else stock.origin_of(id)
    about = [tell(f"cases.origin.{origin}"), *([called(tell, version)] if version else [])]
    st.caption(" · ".join([*about, *([tell("cases.file", file=file)] if origin is Origin.SHIPPED else [])]))
    if version and version.status is Standing.PUBLISHED and ships:
        st.caption(tell("cases.before_file", file=file))
    used = next((kept for kept in there_are if kept.status is Standing.PUBLISHED), None)
    if version and version.status is not Standing.PUBLISHED:
        use = called(tell, used) if used else tell("cases.the_file") if ships else None
        st.caption(tell("cases.in_use", version=use) if use else tell("cases.not_in_use"))
    if there_are and there_are[0] is not version and there_are[0].status in IN_WORK:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{tell('cases.newer', version=called(tell, there_are[0]))}**")
            st.button(tell("cases.look"), on_click=go, args=(id, there_are[0].number), key="newer")
    if version and version.origin is Origin.PRACTICE:
        _from_practice(tell, version.remarks)


def _from_practice(tell: Say, remarks: Any) -> None:
    """What the form asked whoever told this story."""
    said = (str(one) for one in remarks.get("changed", []))
    changed = ", ".join(tell(f"practice.feature.{one}") if one in FEATURES else one for one in said)
    with st.container(border=True, key="way_practice", gap="xxsmall"):
        st.markdown(f"**{tell('cases.practice_from', code=remarks.get('workshop', ''))}**")
        st.text(tell("cases.practice_changed", changed=changed))
        st.caption(tell("cases.practice_read"))


# ---- steps ----


def _do(job: Job, item: Any, id: str | None, number: int | None = None) -> None:
    """Carries out a step, then shows this version; a refusal is said, and the page shows how it is."""
    done = write(job, item)
    go(id, done.number if isinstance(done, Pick) else number)


def _next_step(desk: Desk, version: Version) -> None:
    """The one step that brings the newest version further."""
    to = {Standing.DRAFT: Standing.CHECKED, Standing.CHECKED: Standing.PUBLISHED}.get(version.status)
    if to and desk.publishes:
        pick = Pick(version.case_id, version.number)
        args = (step_on, (pick, to), *pick_of(version))
        st.button(desk.say(f"cases.step.{to}"), type="primary", on_click=_do, args=args, key="further")


def pick_of(version: Version) -> tuple[str, int]:
    """Which version it is."""
    return version.case_id, version.number


def _other_steps(desk: Desk, id: str, case: Case | None, version: Version | None, there_are: list[Version]) -> None:
    tell = desk.say
    if desk.edits:
        content = version.content if version else as_data(case) if case else {}
        newest = there_are[0].number if there_are else 0
        edit = (content, desk.stock, id, newest)
        st.button(tell("cases.edit"), icon=":material/edit:", on_click=_edit, args=edit, key="edit")
    if case:
        st.download_button(
            tell("cases.download"),
            as_yaml(case),
            file_name=f"{id}.yaml",
            mime="application/yaml",
            icon=":material/download:",
            on_click="ignore",
        )
    if version is None or not desk.publishes:
        return
    published = any(kept.status is Standing.PUBLISHED for kept in there_are)
    if version.status is Standing.PUBLISHED or (version.status in IN_WORK and version is there_are[0]):
        label = "cases.withdraw" if version.status is Standing.PUBLISHED else "cases.put_away"
        args = (withdraw_version, Pick(*pick_of(version)), *pick_of(version))
        st.button(tell(label), type="tertiary", on_click=_do, args=args, key="withdraw")
    if version.origin is Origin.PRACTICE and not published:
        with st.popover(tell("cases.throw_away"), type="tertiary"):
            st.markdown(tell("cases.throw_away_hint"))
            st.button(tell("cases.throw_away_yes"), on_click=_do, args=(throw_away_case, id, None), key="throw_away")


def _edit(content: Any, library: Library, id: str, newest: int) -> None:
    write_in(form_of(content, library, id, newest))


# ---- how it came to be ----


def _history(desk: Desk, id: str, there_are: list[Version]) -> None:
    """Every version, each with what it changed, and the way back to it."""
    tell, stock = desk.say, desk.stock
    if not there_are:
        return
    st.subheader(tell("cases.history"), anchor=False)
    for place, version in enumerate(there_are):
        before = there_are[place + 1].read(stock)[0] if place + 1 < len(there_are) else stock.base.cases.get(id)
        with st.expander(called(tell, version), key=f"version_{version.number}"):
            case = version.read(stock)[0]
            if before and case:
                differences(before, case, stock)
            else:
                st.caption(tell("cases.first_version"))
            with st.container(horizontal=True):
                st.button(tell("cases.look"), on_click=go, args=pick_of(version), key=f"look_{version.number}")
                if place or version.status is Standing.WITHDRAWN:
                    back = (bring_back_version, Pick(*pick_of(version)), id)
                    st.button(tell("cases.bring_back"), on_click=_do, args=back, key=f"back_{version.number}")


def differences(old: Case, new: Case, library: Library) -> None:
    """What changed, part by part: how it was and how it is."""
    tell = say()
    parts = compare(old, new)
    if not parts:
        st.caption(tell("cases.same"))
    for part in parts:
        st.markdown(f"**{tell(f'cases.part.{part.key}')}**")
        for column, said, lines in zip(st.columns(2), ("cases.was", "cases.is"), (part.gone, part.come), strict=True):
            with column:
                st.caption(tell(said))
                for line in lines or [tell("cases.nothing_there")]:
                    domain = library.domains.get(line) if part.key == "domeinen" else None
                    st.text(domain.name.say(lang()) if domain else line)

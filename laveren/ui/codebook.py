"""Codeboek: finding a theme, what was changed and the way back to it, and the codebook as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import zip_longest
from typing import Any

import streamlit as st
from babel.lists import format_list

from laveren.content.codebook import Codebook, Theme, fingerprint
from laveren.content.faults import Fault
from laveren.content.searching import fold
from laveren.content.writing import as_file, read_codebook_upload
from laveren.texts import Say, day
from laveren.ui.session import house, lang, link, plain, say
from laveren.workshop.codebooks import Draft, Save, history, put_back, save_codebook, take_in
from laveren.workshop.refusals import Refused
from laveren.workshop.shelf import Stocked, with_published

AT_ONCE = 30  # versions in the history; who looks further back asks for more
ASKED, WRONG, NEWS, FORMS = "codebook_asked", "codebook_wrong", "codebook_news", "codebook_forms"


@dataclass(frozen=True)
class Desk:
    """What the page knows: the codebook as it is now, and which version that is."""

    stock: Stocked
    say: Say

    @property
    def book(self) -> Codebook:
        return self.stock.codebook

    @property
    def number(self) -> int:
        return self.stock.codebook_version

    def theme(self, id: str | None) -> Theme | None:
        """The theme with this id."""
        return next((theme for theme in self.book.themes if theme.id == id), None)

    def name(self, id: str) -> str:
        """What a theme is called, as Markdown."""
        theme = self.theme(id)
        return plain(theme.say(lang()) if theme else id)


def desk() -> Desk:
    """The codebook as it is now."""
    with house().store.read() as connection:
        return Desk(with_published(house().library, connection), say())


def go(theme: str | None = None, do: str | None = None) -> None:
    """To a theme, or to something that is done with one; to the list without either."""
    for key in (ASKED, WRONG, NEWS):
        st.session_state.pop(key, None)
    st.query_params.from_dict({key: to for key, to in (("thema", theme), ("doe", do)) if to})


# ---- changing ----


@dataclass(frozen=True)
class Step:
    """A change of the codebook as `desk` saw it; `where` on the page it was asked for, and which theme to go `to`.

    `form` is the key of the form that it came from.
    """

    desk: Desk
    where: str
    make: Callable[[], Draft]
    to: str | None = None
    form: tuple[str, str | None] | None = None


def carry_out(step: Step, knowing: bool = False) -> None:
    """Keeps a change; what stops it is said on the page by `stopped`, and what was typed stays."""
    state, tell = st.session_state, step.desk.say
    for key in (ASKED, WRONG):
        state.pop(key, None)
    try:
        draft = step.make()
        if draft.codebook is None:
            state[WRONG] = (step.where, draft)
            return
        house().store.writer.write(save_codebook, Save(draft, step.desk.number, knowing))
    except Refused as refusal:
        if refusal.key == "codebook_codings":  # it waits for a yes
            state[ASKED] = (step, refusal.values["n"])
        else:
            st.toast(tell(f"refused.{refusal.key}", **refusal.values))
        return
    state.get(FORMS, {}).pop(step.form, None)
    go(step.to)
    st.toast(tell("codebook.saved"))
    state[NEWS] = fingerprint(draft.was) != fingerprint(draft.codebook)


def stopped(desk: Desk, where: str) -> None:
    """Why what was asked for here was not done: codings that would not count any more, or faults."""
    tell, state = desk.say, st.session_state
    step, answers = state.get(ASKED, (None, 0))
    if step and step.where == where:
        st.warning(tell("refused.codebook_codings", n=answers))
        with st.container(horizontal=True):
            st.button(tell("codebook.go_on"), on_click=carry_out, args=(step, True), key="codebook_go_on")
            st.button(
                tell("codebook.leave_it"), type="tertiary", on_click=state.pop, args=(ASKED,), key="codebook_leave_it"
            )
    at, draft = state.get(WRONG, ("", None))
    if draft and at == where:
        told(desk, draft)


def told(desk: Desk, draft: Draft) -> None:
    """Everything that is wrong with a draft."""
    st.error(desk.say("codebook.faults", n=len(draft.faults)))
    for fault in draft.faults:
        st.text(spoken(desk, draft, fault))


def spoken(desk: Desk, draft: Draft, fault: Fault) -> str:
    """What is wrong, with the theme and the field: *Regie, Woorden: …*."""
    id, field = draft.place(fault)
    theme, (part, _, rest) = desk.theme(id), field.partition("[")[0].partition(".")
    where = [theme.say(lang())] if theme else []
    if id and part:
        label = desk.say(f"codebook.part.{part}")
        where.append(desk.say("codebook.in_english", part=label) if rest == "en" else label)
    return f"{', '.join(where)}: {fault.problem}" if where else fault.problem


def news(desk: Desk) -> None:
    """What the last change brings about; below what one changes, where one is then."""
    if st.session_state.get(NEWS):
        st.info(desk.say("codebook.anew"))
        link(desk.say("codebook.to_themes"), "/themas")


# ---- the list ----


def overview(desk: Desk) -> None:
    """What to look for and what is found; then the retired ones, the history and the files."""
    tell = desk.say
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            tell("codebook.search"),
            type="search",
            live=True,
            placeholder=tell("codebook.search_hint"),
            key="codebook_words",
            persist_state="page",
        )
        st.button(tell("codebook.new"), icon=":material/add:", type="primary", on_click=go, args=(None, "nieuw"))
    found = [theme for theme in desk.book.themes if _matches(theme, fold(words or "").strip())]
    living = [theme for theme in found if not theme.retired]
    for pair in zip_longest(living[::2], living[1::2]):
        for column, one in zip(st.columns(2), pair, strict=True):
            if one:
                with column:
                    _line(desk, one)
    if not living:
        st.info(tell("codebook.nothing_found"))
    if away := [theme for theme in found if theme.retired]:
        with st.expander(tell("codebook.away", n=len(away)), key="codebook_away"):
            for theme in away:
                _open(desk, theme)
                st.caption(fate(desk, theme))
    news(desk)
    _history(desk)
    _files(desk)


def _matches(theme: Theme, wanted: str) -> bool:
    """Whether a theme says this somewhere, or has a word with a star that finds it."""
    words = [fold(word) for word in (*theme.words, *theme.second_hit)]
    said = [theme.id, *map(fold, (theme.nl, theme.en, theme.belongs.nl, theme.example)), *words]
    begin = tuple(word[:-1] for word in words if word.endswith("*"))
    end = tuple(word[1:] for word in words if word.startswith("*"))
    return any(wanted in one for one in said) or wanted.startswith(begin) or wanted.endswith(end)


def _line(desk: Desk, theme: Theme) -> None:
    """One theme in the list: its name opens it."""
    tell, forms = desk.say, st.session_state.get(FORMS, {})
    about = [tell("codebook.words", n=len(theme.words))]
    about += (
        [tell("codebook.unsaved")] if any(form.changed for key, form in forms.items() if key[1] == theme.id) else []
    )
    with st.container(border=True, height="stretch", gap="xxsmall", key=f"way_theme_{theme.id}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            _open(desk, theme)
            st.caption(" · ".join(about), width="content")
        st.text(theme.belongs.say(lang()))


def _open(desk: Desk, theme: Theme) -> None:
    st.button(
        f"**{desk.name(theme.id)}**",
        icon=":material/arrow_forward:",
        icon_position="right",
        type="tertiary",
        on_click=go,
        args=(theme.id,),
        key=f"open_{theme.id}",
    )


def fate(desk: Desk, theme: Theme) -> str:
    """What became of a retired theme, as Markdown."""
    what = ("retired", "merged", "split")[min(len(theme.into), 2)]
    return desk.say(f"codebook.fate.{what}", names=format_list(list(map(desk.name, theme.into)), locale=lang()))


# ---- how it came to be ----


def _history(desk: Desk) -> None:
    """Every version with what was done, and the way back to it."""
    tell = desk.say
    with house().store.read() as connection:
        versions = history(connection)
    with st.expander(tell("codebook.history"), icon=":material/history:", key="codebook_history"):
        most = st.session_state.setdefault("codebook_most", AT_ONCE)
        for version in versions[:most]:
            when = datetime.fromtimestamp(version.at)
            at = tell("codebook.version", n=version.number, date=day(when.date(), lang()), time=f"{when:%H:%M}")
            _version(desk, version.number, f"{at}\n{done(tell, version.change)}")
        if len(versions) > most:
            more = partial(st.session_state.__setitem__, "codebook_most", most + AT_ONCE)
            st.button(tell("codebook.older", n=len(versions) - most), on_click=more)
        else:
            _version(desk, 0, tell("codebook.shipped"))


def _version(desk: Desk, number: int, said: str) -> None:
    where = f"back_{number}"
    with st.container(border=True, key=f"way_version_{number}"):
        st.text(said)
        if number == desk.number:
            st.caption(desk.say("codebook.is_now"))
        else:
            back = Step(desk, where, partial(_put_back, desk, number))
            st.button(desk.say("codebook.put_back"), on_click=carry_out, args=(back,), key=where)
        stopped(desk, where)


def _put_back(desk: Desk, number: int) -> Draft:
    with house().store.read() as connection:
        return put_back(connection, desk.book, desk.stock.base.codebook, number)


def done(tell: Say, change: Mapping[str, Any]) -> str:
    """What was done to make a version: *Wachttijd samengevoegd met Brieven*."""
    values = {key: value for key, value in change.items() if isinstance(value, int)}
    theme = change.get("theme", {}).get(lang(), "")
    into = format_list([one[lang()] for one in change.get("into", [])], locale=lang())
    parts = ", ".join(tell(f"codebook.part.{part}") for part in change.get("parts", []))
    return tell(f"codebook.done.{change['what']}", theme=theme, into=into, parts=parts, **values)


# ---- files ----


def _files(desk: Desk) -> None:
    """The codebook to take out, and one to take in."""
    tell = desk.say
    with st.expander(tell("codebook.file"), icon=":material/upload_file:", key="codebook_file"):
        name = f"laveren-codeboek-{desk.number}.yaml"
        st.download_button(
            tell("codebook.download"), partial(as_file, desk.book), name, "application/yaml", on_click="ignore"
        )
        st.caption(tell("codebook.take_in_hint"))
        sent = st.file_uploader(tell("codebook.take_in"), key="codebook_sent")
        if sent is None:
            return
        other, wrong = read_codebook_upload(sent.getvalue(), sent.name)
        if other is None:
            st.error(tell("codebook.take_in_faults", n=len(wrong)))
            for fault in wrong:
                st.text(str(fault))
            return
        take = Step(desk, "take_in", partial(take_in, desk.book, other, {"what": "taken_in"}))
        draft = take.make()
        if draft.codebook == desk.book:
            st.info(tell("codebook.take_in_same"))
            return
        st.text(tell("codebook.take_in_would", **{key: n for key, n in draft.change.items() if key != "what"}))
        st.button(tell("codebook.take_in_go"), type="primary", on_click=carry_out, args=(take,), key="take_in")
        stopped(desk, "take_in")

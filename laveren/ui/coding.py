"""Coderen: who codes and from which queue, how far it is, and the words of what fits nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any
from uuid import UUID

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from laveren.analysis.queues import Mask, Queue, cases_in, fits, in_turn, queues, sample, used_most, workshops_in
from laveren.analysis.records import Records
from laveren.analysis.words import frequent
from laveren.content.checking import REST
from laveren.settings import ROOT
from laveren.texts import Say, day, number
from laveren.ui.coding_agreement import show_agreement
from laveren.ui.coding_cards import COMPONENT, STACK, Laying, Stack, finished, receive
from laveren.ui.components import coding
from laveren.ui.session import house, lang, plain, say
from laveren.workshop.coding import (
    FIRST,
    SECOND,
    changed_since,
    coded_since,
    newest_codings,
    newest_texts,
    read_cards,
    to_look_at_again,
    workshop_titles,
)
from laveren.workshop.quotes import answer_id
from laveren.workshop.second_coder import Twice, coded_twice, differing
from laveren.workshop.shelf import Stocked, with_published

AT_ONCE, LOW = 20, 10  # answers on the desk, and with how few left more are laid on it: a list shows ten
KEYS = 9
SIZES = (30, 60, 100)
WORKSHOPS = 200  # to choose from: the newest
QUEUES: tuple[Queue, ...] = ("new", "nowhere", "again", "differ", "done")
SAMPLE, AGREEMENT = "sample", "agreement"
BY = {"new": "suggested", "nowhere": "suggested"}  # whose word a theme is filtered by; else a person's


@dataclass(frozen=True)
class Desk:
    """What the page knows now, for this coder."""

    stock: Stocked
    records: Records
    coder: int
    twice: Sequence[Twice]
    again: Sequence[bytes]
    ours: frozenset[str]  # the answers that this coder said something of, where it is the second
    say: Say

    @cached_property
    def queues(self) -> dict[Queue, Mask]:
        return queues(self.records, self.again, differing(self.twice))

    @cached_property
    def sample(self) -> list[int]:
        """The places of what the second coder is to code."""
        from_ = self.queues["done"] & ~self.queues["again"]
        size = st.session_state.get("coding_size") or SIZES[0]
        drawn = sample(self.records, from_, (UUID(id).bytes for id in self.ours), size)
        return [int(place) for place in drawn]

    @cached_property
    def left(self) -> list[int]:
        """Those of the sample that are still to do."""
        return [place for place in self.sample if answer_id(self.records, place) not in self.ours]


def desk(coder: int) -> Desk:
    """The answers and the codebook as they are now."""
    home = house()
    records = home.records
    with home.store.read() as connection:
        stock = with_published(home.library, connection)
        ours = newest_codings(connection, SECOND) if coder == SECOND else []
        return Desk(
            stock,
            records,
            coder,
            coded_twice(connection, stock.codebook),
            to_look_at_again(connection, stock.codebook),
            frozenset(coding.answer for coding in ours),
            say(),
        )


def page() -> None:
    """The whole page. No fragment: a server that was started anew knows none, and would not take what waits."""
    with st.container(key="tabs"):  # styled as the console's
        here, as_list = _who()
        with st.container(horizontal=True, vertical_alignment="center", key="coding_queues"):
            queue = _which(here)
            chosen = _filters(here, queue) if here.coder == FIRST and queue != AGREEMENT else {}
            if queue != AGREEMENT:
                _progress(here)
    if queue == AGREEMENT:
        _agreement(here)
    else:
        _cards(here, queue, chosen, as_list=as_list)
    st.caption(here.say("coding.raw"))
    if queue == "nowhere":
        _words(here)


def _who() -> tuple[Desk, bool]:
    """Who codes, and whether in a list."""
    tell = say()
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom", key="coding_top"
    ):
        st.title(tell("coding.title"), anchor=False, width="content")
        coder = st.segmented_control(
            tell("coding.as"),
            (FIRST, SECOND),
            default=FIRST,
            required=True,
            format_func=lambda one: tell("coding.first" if one == FIRST else "coding.second"),
            key="coding_as",
            persist_state="page",
        )
        as_list = st.segmented_control(
            tell("coding.view"),
            (False, True),
            default=False,
            required=True,
            format_func=lambda one: tell("coding.list" if one else "coding.one"),
            key="coding_list",
            persist_state="page",
        )
        if coder == SECOND:
            st.segmented_control(
                tell("coding.size"), SIZES, default=SIZES[0], required=True, key="coding_size", persist_state="page"
            )
    return desk(coder or FIRST), bool(as_list)


def _which(here: Desk) -> str:
    """The queue that one works from, each with how many answers wait in it."""
    tell = here.say
    if here.coder == SECOND:
        counts = {SAMPLE: len(here.left)}
    else:
        counts = {name: int(np.count_nonzero(mask)) for name, mask in here.queues.items()}
        counts = {name: n for name, n in counts.items() if n or name not in ("again", "differ")}
    key = f"coding_queue_{here.coder}"
    names = [*counts, AGREEMENT]
    if st.session_state.get(key) not in names:
        st.session_state[key] = names[0]
    chosen = st.segmented_control(
        tell("coding.queues"),
        names,
        required=True,
        format_func=lambda name: tell(f"coding.queue.{name}", **({"n": counts[name]} if name in counts else {})),
        label_visibility="collapsed",
        wrap=True,
        key=key,
        persist_state="page",
    )
    return str(chosen)


def _filters(here: Desk, queue: str) -> dict[str, Any]:
    """One theme, case or workshop of this queue."""
    tell, mask, library = here.say, here.queues[queue], here.stock  # type: ignore[index]
    cases = cases_in(here.records, mask)
    with house().store.read() as connection:
        titles = workshop_titles(connection, workshops_in(here.records, mask, WORKSHOPS))
    workshops = dict(sorted(titles.items(), key=lambda pair: pair[1], reverse=True))
    themes = {theme.id: theme.say(lang()) for theme in library.codebook.living} if queue != "nowhere" else {}
    options: dict[str, dict[Any, str]] = {
        "theme": themes,
        "case": cases,
        "workshop": {number: f"{day(held_on, lang())} · {title}" for number, (held_on, title) in workshops.items()},
    }
    chosen: dict[str, Any] = dict.fromkeys(options)
    n = sum(st.session_state.get(f"coding_{name}") is not None for name in options)
    with st.popover(tell("coding.filter", n=n) if n else tell("coding.filter_none"), icon=":material/filter_list:"):
        for name, found in options.items():
            key = f"coding_{name}"
            if st.session_state.get(key) not in found:  # another queue: what it does not have cannot stay chosen
                st.session_state.pop(key, None)
            if found:
                chosen[name] = st.selectbox(
                    tell(f"coding.by.{name}"),
                    list(found),
                    index=None,
                    format_func=found.__getitem__,
                    placeholder=tell("coding.by.all"),
                    key=key,
                    persist_state="page",
                )
    return chosen


def _progress(here: Desk) -> None:
    """How many a person has looked at, of how many; what words suggest is not in it."""
    tell = here.say
    midnight = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    with house().store.read() as connection:
        today = coded_since(connection, here.coder, midnight)
    if here.coder == SECOND:
        done, of = len(here.sample) - len(here.left), len(here.sample)
        st.caption(tell("coding.progress_second", n=of, done=number(done, lang()), today=number(today, lang())))
        return
    done, of = int(here.queues["done"].sum()), int(here.records.column("words").sum())
    st.caption(tell("coding.progress", n=of, done=number(done, lang()), today=number(today, lang())))
    waiting = int(here.records.column("waiting").sum())
    if waiting:
        st.caption(tell("coding.waiting_for_words", n=waiting))


# ---- the desk ----


def _cards(here: Desk, queue: str, chosen: Mapping[str, Any], *, as_list: bool) -> None:
    """The answers that come next, and what is finished of them."""
    key = (here.coder, queue, *chosen.values())
    stack: Stack | None = st.session_state.get(STACK)
    if stack is None or stack.key != key:
        themes = [theme.id for theme in here.stock.codebook.living if theme.id != REST]
        stack = st.session_state[STACK] = Stack(key, used_most(here.records, themes)[:KEYS])
    with house().store.read() as connection:
        changed = changed_since(connection, stack.cards, here.coder)
        stack.drop(changed)
        stack.seen -= changed
        if len(stack.cards) <= LOW:
            places = _next(here, queue, chosen, stack)
            cards = read_cards(connection, here.records, places, here.coder)
            stack.cards += cards
            stack.seen |= {card.quote.id for card in cards}
    twice = {one.answer: one for one in here.twice}
    laying = Laying(here.stock, here.coder, queue, twice, here.say)
    done = coding(laying.data(stack, as_list=as_list), key=COMPONENT, on_done=lambda: receive(finished()))
    if receive(done):  # in a new session nobody was there yet to take it
        st.rerun()


def _next(here: Desk, queue: str, chosen: Mapping[str, Any], stack: Stack) -> list[int]:
    """The places of the next answers of a queue that have not lain on the desk."""
    if here.coder == SECOND:
        order: Sequence[int] | NDArray[np.intp] = here.left
    else:
        mask = here.queues[queue] & fits(here.records, by=BY.get(queue, "confirmed"), **chosen)  # type: ignore[index]
        order = in_turn(here.records, mask)
    found: list[int] = []
    for place in map(int, chain(order[stack.ahead :], order[: stack.ahead])):
        if len(found) == AT_ONCE - len(stack.cards):
            break
        if answer_id(here.records, place) not in stack.seen:
            found.append(place)
    return found


# ---- words ----


def _words(here: Desk) -> None:
    """What comes back in answers that fit nowhere; each word leads to the codebook."""
    tell, stack = here.say, st.session_state[STACK]
    if stack.words is None:  # once for this stack: it reads thousands of texts
        names = {part for case in here.stock.cases.values() for person in case.persons for part in person.name.split()}
        with house().store.read() as connection:
            stack.words = frequent(newest_texts(connection, here.records, here.queues["nowhere"]), names)
    st.subheader(tell("coding.words.title"), anchor=False)
    st.caption(tell("coding.words.about" if stack.words else "coding.words.none"))
    with st.container(horizontal=True, key="coding_words"):
        for word, people in stack.words:
            label = tell("coding.words.word", word=plain(word), n=people)
            if st.button(label, help=tell("coding.words.go"), key=f"word_{word}"):
                st.session_state["codebook_words"] = word  # where that page searches
                st.switch_page(ROOT / "pages/codebook.py")


def _agreement(here: Desk) -> None:
    if here.coder == SECOND and here.left:
        st.info(here.say("coding.agreement.first_finish", n=len(here.left)))
    else:
        show_agreement(Laying(here.stock, here.coder, AGREEMENT, {}, here.say), here.records, here.twice)

"""Coderen: the answers that lie on the desk as the browser gets them, and what comes back from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import streamlit as st
from babel.lists import format_list

from laveren.analysis.suggesting import MOST
from laveren.analysis.words import Word
from laveren.content.checking import REST
from laveren.content.codebook import Theme
from laveren.texts import Say, day
from laveren.ui.session import house, lang, say
from laveren.workshop.coding import (
    FIRST,
    LONGEST,
    SECOND,
    Card,
    Coded,
    Coding,
    Named,
    Past,
    TakeBack,
    code_answer,
    coding_of,
    take_back_coding,
    with_names,
)
from laveren.workshop.refusals import Moved, NotFound, Refused
from laveren.workshop.second_coder import Twice
from laveren.workshop.shelf import Stocked

COMPONENT, ACK, STACK = "coding_desk", "coding_ack", "coding_stack"
KEYS = ("themes", "enter", "nowhere", "other", "memo", "meaning", "skip", "back", "undo", "help")
WORDS = (
    "answer", "suggested", "was_suggested", "often", "themes", "other", "off", "nowhere", "memo", "memo_hint",
    "meaning", "confirm", "next", "mine", "leave", "skip", "back", "undo", "help", "choose", "saved", "taken_back",
    "empty",
)  # fmt: skip


@dataclass
class Stack:
    """What lies on the desk, for as long as nothing else is chosen: `cards` are still to do, `seen` lay here before.

    `often` are the themes of the keys, which do not change under somebody's fingers; `ahead` is how far down the queue
    new cards come from, `words` what comes back in it.
    """

    key: tuple[Any, ...]
    often: Sequence[str]
    cards: list[Card] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    ahead: int = 0
    words: list[Word] | None = None

    def drop(self, ids: Iterable[str]) -> None:
        """These are done, or gone."""
        away = set(ids)
        self.cards = [card for card in self.cards if card.quote.id not in away]


# ---- to the browser ----


@dataclass(frozen=True)
class Laying:
    """What is needed to lay cards on the desk for a coder; `twice` are the answers that both coded."""

    stock: Stocked
    coder: int
    queue: str
    twice: Mapping[str, Twice]
    say: Say

    def name(self, id: str) -> str:
        return next((theme.say(lang()) for theme in self.stock.codebook.themes if theme.id == id), id)

    def names(self, ids: Iterable[str]) -> str:
        """Some themes in a sentence; none of them fits nowhere."""
        return format_list(sorted(map(self.name, ids)), locale=lang()) or self.say("coding.nowhere")

    def now(self, themes: Iterable[str]) -> list[str]:
        """What these count for today."""
        found = (self.stock.codebook.now(theme) for theme in themes)
        return list(dict.fromkeys(theme for theme in found if theme))

    def items(self, cards: Sequence[Card]) -> list[dict[str, Any]]:
        """The cards as the browser draws them; the second coder sees nothing of what words or the first say."""
        codings = [coding for card in cards for coding in card.codings]
        with house().store.read() as connection:
            past = with_names(connection, self.stock, codings, lang())
        told: dict[str, list[str]] = {}
        for one in past:
            told.setdefault(one.coding.answer, []).append(self._past(one))
        return [self._item(card, told.get(card.quote.id, [])) for card in cards]

    def _item(self, card: Card, past: list[str]) -> dict[str, Any]:
        tell, quote, newest = self.say, card.quote, card.newest
        stands = newest if newest and newest.stands and newest.revision == card.revision else None
        about = [tell(f"kind.{quote.kind}"), quote.case_title]
        about += [tell(f"source.{quote.source}")] if quote.source else []
        about += [tell(f"status.{quote.status}")] if quote.status else []
        return {
            "id": quote.id,
            "coder": self.coder,
            "text": quote.text,
            "kind": quote.kind,
            "about": " · ".join(part for part in about if part),
            "revision": card.revision,
            "version": newest.version if newest else 0,
            "suggested": self._suggested(card, stands),
            "chosen": self.now(stands.themes) if stands else [],
            "memo": stands.memo if stands else "",
            "saved": stands is not None and self.queue == "done",
            "note": self._note(card, stands),
            "past": past,
            "past_title": tell("coding.past", n=len(past)),
        }

    def _suggested(self, card: Card, stands: Coding | None) -> list[tuple[str, str]]:
        """Themes with why: the word, or that another one went into it."""
        if self.coder == SECOND:
            return []
        book, tell = self.stock.codebook, self.say
        found = {id: tell("coding.because", word=word) for id, word in card.quote.words.items() if self._living(id)}
        gone = [theme for theme in book.themes if stands and theme.id in stands.themes and not book.now(theme.id)]
        for theme in gone:
            for into in self.now(theme.into):
                found.setdefault(into, tell("coding.instead", theme=theme.say(lang())))
        return list(found.items())[:MOST]

    def _living(self, id: str) -> bool:
        return self.stock.codebook.now(id) == id

    def _note(self, card: Card, stands: Coding | None) -> str:
        tell, newest = self.say, card.newest
        if self.queue == "differ" and card.quote.id in self.twice:
            return tell("coding.note.differ", themes=self.names(self.twice[card.quote.id].second))
        if stands and self.queue == "again":
            gone = [theme for theme in stands.themes if not self.stock.codebook.now(theme)]
            return tell("coding.note.again", themes=self.names(gone))
        changed = newest is not None and newest.stands and stands is None
        return tell("coding.note.changed", themes=self.names(newest.themes)) if newest and changed else ""

    def _past(self, past: Past) -> str:
        """A line of history: when, what, by which codebook."""
        tell, coding = self.say, past.coding
        at = datetime.fromtimestamp(coding.at)
        what = self._then(past.themes) or tell("coding.nowhere") if coding.stands else tell("coding.was_taken_back")
        rest = [tell("coding.past_off", themes=self._then(past.rejected))] if past.rejected else []
        rest += [tell("coding.past_memo", memo=coding.memo)] if coding.memo else []
        book = tell("coding.past_codebook", n=coding.codebook) if coding.codebook else tell("coding.past_shipped")
        return " · ".join([f"{day(at.date(), lang())}, {at:%H:%M}", what, *rest, book])

    def _then(self, themes: Sequence[Named]) -> str:
        tell = self.say
        said = []
        for one in themes:
            now = tell("coding.now", theme=one.now) if one.now else tell("coding.counts_no_more")
            said.append(one.then if one.now == one.then else f"{one.then} ({now})")
        return ", ".join(said)

    def data(self, stack: Stack, *, as_list: bool) -> dict[str, Any]:
        """Everything the desk shows."""
        tell = self.say
        words: dict[str, Any] = {name: tell(f"coding.{name}") for name in WORDS}
        words["most"] = tell("coding.most", most=MOST)
        words |= {"waiting": tell("coding.waiting", n="{n}"), "theirs": tell("coding.theirs", themes="{themes}")}
        words["keys"] = [(tell(f"coding.keys.{name}.key"), tell(f"coding.keys.{name}.does")) for name in KEYS]
        return {
            "stack": repr(stack.key),
            "list": as_list,
            "items": self.items(stack.cards),
            "often": stack.often,
            "themes": {theme.id: self._meaning(theme) for theme in self.stock.codebook.living if theme.id != REST},
            "words": words,
            "longest": LONGEST,
            "ack": st.session_state.get(ACK, {"seq": None, "results": {}}),
        }

    def _meaning(self, theme: Theme) -> dict[str, str]:
        tell, language = self.say, lang()
        not_ = theme.belongs_not.say(language) if theme.belongs_not else ""
        return {
            "name": theme.say(language),
            "belongs": theme.belongs.say(language),
            "belongs_not": tell("exports.belongs_not", text=not_) if not_ else "",
            "example": tell("exports.example", text=theme.example),
        }


# ---- from the browser ----


def finished() -> Any:
    """What the desk has just sent, or None."""
    return st.session_state[COMPONENT].done


def receive(what: Mapping[str, Any] | None) -> bool:
    """Keeps what was finished on the desk, once however often it is sent; what became of it goes back to the desk.

    Whether there was anything.
    """
    state = st.session_state
    if not what or what["seq"] == state.get(ACK, {}).get("seq"):
        return False
    results = {one["id"]: _keep(one) for one in what["codings"]}
    state[ACK] = {"seq": what["seq"], "results": results}
    stack: Stack | None = state.get(STACK)
    if stack:
        stack.drop(results)
        stack.seen |= {id for id, result in results.items() if "gone" not in result}
        stack.seen -= {id for id, result in results.items() if "gone" in result}
        if any("theirs" in result for result in results.values()):  # two on one stack: on with what comes later
            stack.ahead, stack.cards = stack.ahead + len(stack.cards) + len(results), []
    return True


def _keep(one: Mapping[str, Any]) -> dict[str, Any]:
    """What became of one coding: its version; what is in the way (`problem`); or that the answer is not as it was."""
    home, tell = house(), say()
    id, coder, based_on = str(one["id"]), SECOND if one["coder"] == SECOND else FIRST, int(one["based_on"])
    themes, memo = tuple(one["themes"]), str(one["memo"])
    try:
        if one["what"] == "pass":  # looked at, and left as it is
            return {"version": based_on}
        if one["what"] == "back":
            version = home.store.writer.write(take_back_coding, TakeBack(id, coder, based_on))
            return _as_it_is(id, coder) | {"version": version}
        said = Coded(home.library, id, coder, int(one["revision"]), themes, tuple(one["rejected"]), memo, based_on)
        return {"version": home.store.writer.write(code_answer, said)}
    except NotFound as refusal:
        return {"gone": tell(f"refused.{refusal.key}")}
    except Moved as moved:
        if moved.key != "coding_moved_on":
            return {"gone": tell(f"refused.{moved.key}")}
        return _theirs(moved.values["now"], one)
    except Refused as refusal:
        return {"problem": tell(f"refused.{refusal.key}", **refusal.values), "version": based_on}


def _as_it_is(id: str, coder: int) -> dict[str, Any]:
    with house().store.read() as connection:
        now = coding_of(connection, id, coder)
    return {"stands": bool(now and now.stands), "chosen": now.themes if now else (), "memo": now.memo if now else ""}


def _theirs(now: Any, one: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody was first: fine if they say the same, else what they say, beside what was chosen here."""
    version = now.version if now else 0
    if not now or not now.stands:
        return {"problem": say()("coding.other_took_back"), "version": version}
    if set(now.themes) == set(one["themes"]) and now.memo == str(one["memo"]).strip() and one["what"] == "code":
        return {"version": version}
    return {"problem": say()("refused.coding_moved_on"), "version": version, "theirs": now.themes}

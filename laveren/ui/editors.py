"""The fields in which one answer is typed over from paper, type by type, and what they hold together."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from laveren.content.fields import Text
from laveren.content.methods import WORDS, AnswerType, Kind, Prompt
from laveren.content.terms import Certainty, Source, Status
from laveren.texts import Say
from laveren.ui.session import lang, plain
from laveren.workshop.rooms import Room
from laveren.workshop.rounds import Asked
from laveren.workshop.values import BLIND, MAX_DISSENT, MISFIT, WHOLE

WORDS_HAVE = ("value", "source", "status", "link", "dissent")
SCALE = (1, 2, 3, 4, 5, BLIND)
Texts = dict[str, str]


@dataclass(frozen=True)
class Question:
    """A prompt before somebody who types: for which table (None: nobody's) and what its fields' names begin with.

    Another `name` makes other fields, which are empty: emptying fields does not reach a browser that is just sending.
    `links` are the answers, by id, that this one can belong to; `dissents` says whether not everybody may agree.
    """

    room: Room
    asked: Asked
    say: Say
    name: str
    table: int | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    dissents: bool = False

    @property
    def prompt(self) -> Prompt:
        """What is asked."""
        return self.asked.prompt

    @property
    def options(self) -> Texts:
        """What can be chosen, by id."""
        return {id: self.named(text) for id, text in self.room.options(self.asked).items()}

    @property
    def rows(self) -> Texts:
        """The rows of a `matrixrij`, by id."""
        return {id: self.named(text) for id, text in self.room.rows(self.asked, self.table).items()}

    def named(self, text: Text) -> str:
        """A text of the method in this language, about the case of this table."""
        round_ = self.room.rounds[self.asked.round - 1]
        return round_.named(text, round_.case_at(self.table) if self.table else None)[lang()]

    def point(self, point: int | str) -> str:
        """A point of the scale; its ends have names."""
        if point == BLIND:
            return self.say("figure.blind")
        ends = dict(zip((1, 5), map(self.named, self.prompt.scale or ()), strict=False))
        return f"{point} · {ends[point]}" if isinstance(point, int) and point in ends else str(point)

    def word(self, field: str) -> str:
        """The name of a field of words: one for all prompts, for what was typed may turn out to belong elsewhere."""
        return f"{self.name}.{field}"

    def part(self, id: str = "") -> str:
        """The name of a field, or of the part of it with this id."""
        return f"{self.name}.{self.asked.wire}.{id}"

    @property
    def parts(self) -> dict[str, Any]:
        """What the fields hold, by option or row; those that are empty are not there."""
        ids = self.rows if self.prompt.type is AnswerType.ROWS else self.options
        held = {id: st.session_state.get(self.part(id)) for id in ids}
        return {id: value for id, value in held.items() if value}


def impossible(question: Question) -> str | None:
    """Why there is nothing to fill in, or None."""
    if question.prompt.type is AnswerType.DOTS and not question.options:
        return question.say("console.write_no_cards")
    if question.prompt.type is AnswerType.ROWS and not question.rows:
        return question.say("console.write_no_rows")
    return None


def draw(question: Question) -> None:
    """The fields of one answer, all empty."""
    prompt, say = question.prompt, question.say
    match prompt.type:
        case AnswerType.SHORT | AnswerType.LONG:
            _words(question)
        case AnswerType.CHOICES if prompt.domains:
            _choices(question, question.options, Certainty, lambda one: say(f"certainty.{one}"))
        case AnswerType.CHOICES:
            _beside(question.options, lambda id, text: st.checkbox(plain(text), key=question.part(id)))
        case AnswerType.CHOICE:
            _one(question, question.options, question.options.__getitem__)
        case AnswerType.SCALE5:
            _one(question, SCALE, question.point)
        case AnswerType.TRIANGLE:
            _beside(question.options, lambda id, text: _number(question, id, text, WHOLE), columns=3)
            st.checkbox(say("console.write_misfit"), key=question.part(MISFIT))
        case AnswerType.ROWS:
            _rows(question)
        case AnswerType.DOTS:
            st.caption(say("console.write_dots", n=prompt.most))
            _beside(question.options, lambda id, text: _number(question, id, text, prompt.most_on_one))


def filled_in(question: Question) -> dict[str, Any]:
    """What the fields hold, as fields of an `AnswerBody`; nothing when they are empty."""
    prompt, form = question.prompt, st.session_state
    if prompt.type in WORDS:
        fields = {name: form.get(question.word(name)) or None for name in WORDS_HAVE}
        return fields if (fields["value"] or "").strip() else {}
    if prompt.type is AnswerType.TRIANGLE:
        none = dict.fromkeys(question.options, 0)
        value: Any = MISFIT if form[question.part(MISFIT)] else question.parts and none | question.parts
    elif prompt.domains or prompt.type in (AnswerType.ROWS, AnswerType.DOTS):
        value = question.parts
    elif prompt.type is AnswerType.CHOICES:
        value = list(question.parts)
    else:
        value = form[question.part()]
    return {"domains" if prompt.domains else "value": value} if value else {}


def not_whole(question: Question) -> str | None:
    """What a triangle lacks or has too much, or None."""
    total = sum(question.parts.values()) if question.prompt.type is AnswerType.TRIANGLE else WHOLE
    if total == WHOLE or st.session_state[question.part(MISFIT)]:
        return None
    key = "console.write_too_little" if total < WHOLE else "console.write_too_much"
    return question.say(key, total=total, n=abs(WHOLE - total))


def _beside(texts: Texts, each: Callable[[str, str], object], columns: int = 2) -> None:
    """Draws something for each text, from top to bottom in columns: in the order of the sheet of paper."""
    ids, deep = list(texts), math.ceil(len(texts) / columns)
    for number, column in enumerate(st.columns(columns)):
        with column:
            for id in ids[number * deep : (number + 1) * deep]:
                each(id, texts[id])


def _one(question: Question, among: Any, said: Callable[[Any], str]) -> None:
    """What there is to choose from, side by side."""
    st.radio(
        question.say("console.write_text"),
        list(among),
        index=None,
        format_func=lambda one: plain(said(one)),
        horizontal=True,
        key=question.part(),
    )


def _number(question: Question, id: str, label: str, most: int) -> None:
    st.number_input(plain(label), 0, most, value=None, step=1, key=question.part(id))


def _choice(question: Question, key: str, label: str, among: Any, said: Callable[[Any], str]) -> None:
    """A list to choose from, or not."""
    nothing = question.say("console.write_none")
    st.selectbox(label, list(among), index=None, format_func=said, placeholder=nothing, key=key)


def _choices(question: Question, texts: Texts, among: Any, said: Callable[[Any], str]) -> None:
    """For each text something to choose, or not."""
    _beside(texts, lambda id, text: _choice(question, question.part(id), plain(text), among, said))


def _rows(question: Question) -> None:
    options, most = question.options, question.prompt.most
    if most:
        st.caption(question.say("console.write_rows", n=most))
    among, said = (options, options.__getitem__) if options else (SCALE, question.point)
    _choices(question, question.rows, among, said)


def _words(question: Question) -> None:
    prompt, say, links = question.prompt, question.say, question.links

    def choice(field: str, among: Any, said: Callable[[Any], str]) -> None:
        _choice(question, question.word(field), say(f"console.write_{field}"), among, said)

    st.text_area(say("console.write_text"), max_chars=prompt.max_chars, key=question.word("value"))
    if prompt.kind is Kind.HINDRANCE:
        choice("source", Source, lambda one: say(f"source.{one}"))
    if prompt.kind is Kind.ROOM:
        choice("status", Status, lambda one: say(f"status.{one}"))
    if links:
        choice("link", links, links.__getitem__)
    if question.dissents:
        st.text_input(say("console.write_dissent"), max_chars=MAX_DISSENT, key=question.word("dissent"))

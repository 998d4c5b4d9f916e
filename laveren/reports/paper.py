"""Paper for a room without laptops: cards, sealed twists and blank worksheets as PDF, set by Typst.

What stands in `paper/*.typ` is how it looks; what people wrote goes there as data and is never read as markup.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import segno
import typst
from babel.dates import format_date

from laveren.content.cases import Case
from laveren.content.codebook import Domain
from laveren.content.fields import Text
from laveren.content.library import Library
from laveren.content.methods import WORDS, AnswerType, Kind, Method, Prompt, RowsFrom, Step
from laveren.content.terms import Certainty, Role, Source, Status
from laveren.workshop.refusals import Refused
from laveren.workshop.rounds import Reveal, Round

Words = Mapping[str, Any]  # the texts of one language by their whole key, as `laveren.texts.flat` gives them
Data = dict[str, Any]

TEMPLATES = Path(__file__).parent / "paper"
MOST_CARDS = 6  # as many answers to one question have a place on a worksheet
BLANK_ROWS = 6  # rows to fill in oneself, where what they are about is not known beforehand
LINES = {AnswerType.SHORT: 3, AnswerType.LONG: 8}  # what 140 and 400 characters take in handwriting
#: The words of the templates themselves, under `paper` in the texts.
LABELS = (
    "card", "case_code", "choose_more", "choose_one", "cross", "dissent", "fold", "fold_1", "fold_2", "fold_3", "join", "no_names",
    "past_niet", "perspective", "role", "room", "rule", "seat_question", "sealed", "shares", "table", "twist",
    "worksheet",
)  # fmt: skip


class NothingToPrint(Refused):
    """There is nothing of this kind to print; `key` names the sentence, under `refused`."""

    status = 404


def case_cards(
    cases: Sequence[Case], words: Words, code: str | None = None, address: str | None = None, *, lang: str = "nl"
) -> bytes:
    """The stories, A5, two to an A4 across; with `code` and `address` (https://…) how one joins. Raises NothingToPrint."""
    return _pdf([_cases(cases, words, lang)], words, lang, code, address)


def perspective_cards(case: Case, words: Words, *, lang: str = "nl") -> bytes:
    """The seats of a case, A6, four to an A4. Raises NothingToPrint."""
    return _pdf([_seats([case])], words, lang)


def rule_cards(case: Case, words: Words, *, lang: str = "nl") -> bytes:
    """The rule cards of a case, A6, four to an A4, each with its day and who read it over. Raises NothingToPrint."""
    return _pdf([_rules([case], words, lang)], words, lang)


def twists(case: Case, words: Words, *, lang: str = "nl") -> bytes:
    """The twists of a case, each on an A4 of its own that is folded shut. Raises NothingToPrint."""
    return _pdf([_twists([case], words)], words, lang)


def worksheet(
    method: Method,
    case: Case | None,
    library: Library,
    words: Words,
    lang: str = "nl",
    code: str | None = None,
    address: str | None = None,
) -> bytes:
    """A blank worksheet for one person or table: every step of a method, what is parked and the closing questions.

    With a case that has twists the questions about each of them are there too.
    """
    return _pdf([_sheet(method, [case] if case else [], library, words, lang)], words, lang, code, address)


def everything(
    cases: Sequence[Case],
    methods: Sequence[Method],
    library: Library,
    words: Words,
    lang: str = "nl",
    code: str | None = None,
    address: str | None = None,
) -> bytes:
    """All paper of a workshop in one PDF: cases, perspectives, rules, twists, worksheets. Raises NothingToPrint."""
    parts = []
    for part in (
        lambda: _cases(cases, words, lang),
        lambda: _seats(cases),
        lambda: _rules(cases, words, lang),
        lambda: _twists(cases, words),
    ):
        try:
            parts.append(part())
        except NothingToPrint:
            continue
    parts += [_sheet(method, cases, library, words, lang, last=method is methods[-1]) for method in methods]
    if not parts:
        raise NothingToPrint("print_nothing")
    return _pdf(parts, words, lang, code, address)


def _pdf(parts: list[Data], words: Words, lang: str, code: str | None = None, address: str | None = None) -> bytes:
    """Sets the parts one after the other. Only fonts that Typst carries: it looks the same on every machine."""
    labels = {name: words[f"paper.{name}"] for name in LABELS}
    labels |= {"no_view": words["door.no_view"], "name": words["name"]}
    data = {"lang": lang, "words": labels, "join": _join(code, address), "parts": parts}
    return typst.compile(
        TEMPLATES / "main.typ",
        root=TEMPLATES,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def _join(code: str | None, address: str | None) -> Data | None:
    if not code:
        return None
    shown: Data = {"code": f"{code[:3]} {code[3:]}", "address": "", "qr": ""}
    if address:
        picture = io.BytesIO()
        segno.make(f"{address}/meedoen/{code}", error="m").save(picture, kind="svg", border=0, dark="#12304A")
        shown |= {"address": f"{address.split('://', 1)[-1]}/meedoen", "qr": picture.getvalue().decode()}
    return shown


def _some(kind: str, found: list[Data]) -> Data:
    """A part of the paper, if there is anything in it."""
    if not found:
        raise NothingToPrint(f"print_no_{kind}")
    return {"kind": kind, "cards": found}


def _cases(cases: Sequence[Case], words: Words, lang: str) -> Data:
    return _some(
        "cases",
        [
            {
                "title": case.title,
                "people": [f"{p.name} ({p.age}), {p.role}" if p.age else f"{p.name}, {p.role}" for p in case.persons],
                "text": _paragraphs(case.situation),
                "note": _note(case.as_of, words, lang),
                "id": case.id,
            }
            for case in cases
        ],
    )


def _seats(cases: Sequence[Case]) -> Data:
    return _some(
        "perspectives",
        [
            {"title": seat.name, "text": _paragraphs(seat.text), "case": case.title, "id": case.id}
            for case in cases
            for seat in case.perspectives
        ],
    )


def _rules(cases: Sequence[Case], words: Words, lang: str) -> Data:
    return _some(
        "rules",
        [
            {
                "title": rule.article,
                "text": _paragraphs(rule.text),
                "room": _paragraphs(rule.room),
                "checked": words["cases.checked"].format(who=rule.checked_by)
                if rule.status == "gecontroleerd"
                else words["cases.unchecked"],
                "note": _note(case.day_of(rule), words, lang),
                "case": case.title,
                "id": case.id,
            }
            for case in cases
            for rule in case.rules
        ],
    )


def _twists(cases: Sequence[Case], words: Words) -> Data:
    return _some(
        "twists",
        [
            {
                "name": words["paper.twist"].format(n=n),
                "title": twist.title,
                "text": _paragraphs(twist.text),
                "case": case.title,
                "id": case.id,
            }
            for case in cases
            for n, twist in enumerate(case.twists, start=1)
        ],
    )


def _paragraphs(text: str | None) -> list[str]:
    return text.split("\n\n") if text else []


def _note(day: date, words: Words, lang: str) -> str:
    written = format_date(day, "d MMMM y", locale=lang).replace(" ", "\u00a0")
    return str(words["law_note"]).format(date=written)


def _sheet(
    method: Method, cases: Sequence[Case], library: Library, words: Words, lang: str, *, last: bool = True
) -> Data:
    """A worksheet as data; the closing questions are on the last one of a workshop only."""
    most = max((len(case.twists) for case in cases), default=0) if method.asks else 0
    end = len(method.steps)
    reveals = tuple(Reveal(n, end) for n in range(most, 0, -1))  # each is put in at the end, before those put in already
    round_ = Round(1, tuple(cases), method, False, reveals, {}, library.fixed.twist)
    blank = _Blank(round_, library, words, lang)
    steps = [blank.step(step, round_.twist_at(n)) for n, step in enumerate(round_.steps, start=1)]
    if method.asks:
        steps.append(blank.parking())
    if last:
        steps.append(blank.step(library.fixed.closing))
    return {
        "kind": "sheet",
        "title": method.name.say(lang),
        "purpose": method.purpose.say(lang),
        "case": round_.title if round_.case else "",
        "note": _note(round_.case.as_of, words, lang) if round_.case else "",
        "roles": [words[f"role.{role}"] for role in Role if role is not Role.ROOM],
        "steps": steps,
    }


class _Blank:
    """Steps and prompts of one round as what has to be drawn to answer them by hand."""

    def __init__(self, round_: Round, library: Library, words: Words, lang: str) -> None:
        self._round, self._library, self._words, self._lang = round_, library, words, lang

    def step(self, step: Step, twist: int | None = None) -> Data:
        minutes = self._words["paper.minutes"].format(n=step.minutes)
        return {
            "over": self._words["paper.twist"].format(n=twist) if twist else "",
            "title": self._say(step.title),
            "label": f"{minutes} · {self._words[f'who.{step.who}']}",
            "hint": self._say(step.hint),
            "script": [self._say(line) for line in step.script],
            "prompts": [self._prompt(prompt, step.scope == "table") for prompt in step.prompts],
        }

    def parking(self) -> Data:
        park = self._library.fixed.park
        prompt = self._prompt(park, table=False) | {"question": "", "hint": ""}
        texts = {"title": self._say(park.question), "hint": self._say(park.hint)}
        return {"over": "", "label": "", "script": [], "prompts": [prompt]} | texts

    def _say(self, text: Text | None) -> str:
        return self._round.named(text)[self._lang] if text else ""

    def _prompt(self, prompt: Prompt, table: bool) -> Data:
        drawn = {
            "question": self._say(prompt.question),
            "hint": self._say(prompt.hint),
            "kind": prompt.kind,
            "notes": list(self._notes(prompt)),
            "chips": list(self._chips(prompt)),
            "dissent": table and prompt.type in WORDS,
        }
        return drawn | self._drawn(prompt)

    def _drawn(self, prompt: Prompt) -> Data:
        """What there is to write in, to tick or to mark, by type."""
        if prompt.domains:
            rows = [self._domain(domain) for domain in self._library.domains.values()]
            return {"as": "table", "rows": rows, "columns": [self._words[f"certainty.{one}"] for one in Certainty]}
        options = [self._say(option.text) for option in prompt.options]
        match prompt.type:
            case AnswerType.SHORT | AnswerType.LONG:
                cards = min(prompt.answers, MOST_CARDS)
                lines = LINES[prompt.type] if cards <= 3 else 2
                return {"as": "lines", "cards": cards, "lines": lines}
            case AnswerType.SCALE5:
                return {"as": "scale", "ends": [self._say(end) for end in prompt.scale or ()]}
            case AnswerType.TRIANGLE:
                return {"as": "triangle", "options": options}
            case AnswerType.ROWS:
                scale = [*map(str, range(1, 6)), self._words["door.no_view"]]
                return {"as": "table", "rows": self._rows(prompt), "columns": options or scale}
            case AnswerType.DOTS:
                rows = options or [""] * BLANK_ROWS
                return {"as": "table", "rows": [[row, ""] for row in rows], "columns": [""] * prompt.most_on_one}
            case _:
                return {"as": "choice", "options": options, "many": prompt.type is AnswerType.CHOICES}

    def _domain(self, domain: Domain) -> list[str]:
        return [domain.name.say(self._lang), domain.covers.say(self._lang)]

    def _rows(self, prompt: Prompt) -> list[list[str]]:
        """The rows of a `matrixrij`; empty ones for rule cards when the tables have different cases."""
        rows = prompt.rows
        if prompt.rows_from is RowsFrom.ROLES:
            rows = self._library.fixed.roles
        if prompt.rows_from is RowsFrom.RULES:
            case = self._round.case
            articles = [rule.article for rule in case.rules] if case else []
            return [[article, ""] for article in articles or [""] * BLANK_ROWS]
        return [[self._say(row.text), ""] for row in rows]

    def _notes(self, prompt: Prompt) -> Iterator[str]:
        """What one must know to fill it in."""
        if prompt.type is AnswerType.DOTS:
            yield self._words["paper.dots"].format(n=prompt.most, most=prompt.most_on_one)
        if prompt.type is AnswerType.ROWS and prompt.max:
            yield self._words["paper.rows_most"].format(n=prompt.max)
        if prompt.type is AnswerType.ROWS and prompt.scale:
            low, high = map(self._say, prompt.scale)
            yield f"1 = {low} · 5 = {high}"
        if prompt.confidential:
            yield self._words["paper.confidential"]

    def _chips(self, prompt: Prompt) -> Iterator[Data]:
        """What is ticked or filled in beside each answer: where it sits, whether one does it, what it belongs to."""
        words = self._words
        if prompt.kind is Kind.HINDRANCE:
            yield {"ask": words["door.where_is_it"], "options": [words[f"source.{source}"] for source in Source]}
        if prompt.kind is Kind.ROOM:
            yield {"ask": words["door.do_you"], "options": [words[f"status.{status}"] for status in Status]}
        if prompt.linked and prompt.type in WORDS:
            to = self._round.prompts[prompt.linked]
            key = "door.belongs_to_hindrance" if to.kind is Kind.HINDRANCE else "door.belongs_to"
            cards = [str(n) for n in range(1, min(to.answers, MOST_CARDS) + 1)] if to.type in WORDS else []
            yield {"ask": words[key], "options": [*cards, words["door.none"]] if cards else []}

"""What a blank worksheet asks: the steps and prompts of a round as what has to be drawn to answer them by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from laveren.content.codebook import Domain
from laveren.content.fields import Text
from laveren.content.library import Library
from laveren.content.methods import WORDS, AnswerType, Kind, Prompt, RowsFrom, Step
from laveren.content.terms import Certainty, Source, Status
from laveren.workshop.rounds import Round

Words = Mapping[str, Any]  # the texts of one language by their whole key, as `laveren.texts.flat` gives them
Data = dict[str, Any]

MOST_CARDS = 6  # as many answers to one question have a place on a worksheet;
SOME_CARDS = 3  # where more may be given, there is room for the first few
BLANK_ROWS = 6  # rows to fill in oneself, where what they are about is not known beforehand
LINES = {AnswerType.SHORT: 2, AnswerType.LONG: 6}  # what 140 and 400 characters take in handwriting


def blank_steps(
    round_: Round, library: Library, words: Words, lang: str, *, last: bool
) -> tuple[list[Data], list[Data]]:
    """The steps in which everybody writes and those in which a table does; the closing questions with the `last`."""
    blank = _Blank(round_, library, words, lang)
    mine: list[Data] = []
    ours: list[Data] = []
    for n, step in enumerate(round_.steps, start=1):
        (mine if step.scope == "person" else ours).append(blank.step(step, n))
    if round_.method.asks:
        mine.append(blank.parking())
    if last:
        mine.append(blank.step(library.fixed.closing))
    return mine, ours


class _Blank:
    """Steps and prompts of one round as what has to be drawn to answer them by hand."""

    def __init__(self, round_: Round, library: Library, words: Words, lang: str) -> None:
        self._round, self._library, self._words, self._lang = round_, library, words, lang

    def step(self, step: Step, n: int = 0) -> Data:
        """The `n`th step of the round, or one outside it."""
        words = self._words
        twist = self._round.twist_at(n)
        name = words["paper.twist"].format(n=twist) if twist else words["paper.step"].format(n=n) if n else ""
        minutes = words["paper.minutes"].format(n=step.minutes)
        return {
            "name": name,
            "title": self._say(step.title),
            "label": f"{minutes} · {words[f'who.{step.who}']}",
            "hint": self._say(step.hint),
            "script": [self._say(line) for line in step.script],
            "prompts": [self._prompt(prompt, step.scope == "table") for prompt in step.prompts],
        }

    def parking(self) -> Data:
        """Where solutions are parked."""
        park = self._library.fixed.park
        prompt = self._prompt(park, table=False) | {"question": "", "hint": ""}
        texts = {"title": self._say(park.question), "hint": self._say(park.hint)}
        return {"name": "", "label": "", "script": [], "prompts": [prompt]} | texts

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
            return _table(rows, [self._words[f"certainty.{one}"] for one in Certainty])
        options = [self._say(option.text) for option in prompt.options]
        match prompt.type:
            case AnswerType.SHORT | AnswerType.LONG:
                return {"as": "lines", "cards": _cards(prompt), "lines": LINES[prompt.type]}
            case AnswerType.SCALE5:
                return {"as": "scale", "ends": [self._say(end) for end in prompt.scale or ()]}
            case AnswerType.TRIANGLE:
                return {"as": "triangle", "options": options}
            case AnswerType.ROWS:
                scale = [*map(str, range(1, 6)), self._words["door.no_view"]]
                return _table(self._rows(prompt), options or scale, self._words["paper.rule"])
            case AnswerType.DOTS:
                rows = [[option, ""] for option in options]
                return _table(rows, [""] * prompt.most_on_one, self._words["paper.card"])
            case _:
                return {"as": "choice", "options": options, "many": prompt.type is AnswerType.CHOICES}

    def _domain(self, domain: Domain) -> list[str]:
        return [domain.name.say(self._lang), domain.covers.say(self._lang)]

    def _rows(self, prompt: Prompt) -> list[list[str]]:
        """The rows of a `matrixrij`; none for rule cards when the tables have different cases."""
        rows = prompt.rows
        if prompt.rows_from is RowsFrom.ROLES:
            rows = self._library.fixed.roles
        if prompt.rows_from is RowsFrom.RULES:
            case = self._round.case
            return [[rule.article, ""] for rule in case.rules] if case else []
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
            to = self._round.prompts.get(prompt.linked, prompt)
            key = "door.belongs_to_hindrance" if to.kind is Kind.HINDRANCE else "door.belongs_to"
            cards = [str(n) for n in range(1, _cards(to) + 1)] if to.type in WORDS else []
            yield {"ask": words[key], "options": [*cards, words["door.none"]] if cards else []}


def _table(rows: list[list[str]], columns: list[str], blank: str = "") -> Data:
    """Rows with a ring under each column; without rows there is room to write them, under `blank`."""
    rows, head = (rows, "") if rows else ([["", ""]] * BLANK_ROWS, blank)
    return {"as": "table", "head": head, "rows": rows, "columns": columns}


def _cards(prompt: Prompt) -> int:
    """For how many answers there is room."""
    return prompt.answers if prompt.answers <= MOST_CARDS else SOME_CARDS

"""What stands on every file that leaves the building: the filter in words, the day, how many, and what was counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

Say = Callable[..., str]  # `laveren.texts.reader` of one language

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class NothingToExport(Exception):
    """There is nothing to put in a file; `key` names the sentence that says so."""

    key = "exports.nothing"


@dataclass(frozen=True)
class Cover:
    """What an export says of itself.

    `title`: what it is. `filter`: each choice that was made, its name and its value in words; empty when all is in it.
    `workshops`, `answers`, `people`: how many it stands for; None where that may not be seen. `confirmed`: whether the
    codings were confirmed by a person, or only suggested by words; None where no themes are counted. `few`: what stands
    in place of a hidden number (`laveren.analysis.hiding.FEW`).
    """

    title: str
    filter: Sequence[tuple[str, str]]
    made: date
    workshops: int | None
    answers: int | None
    people: int | None
    confirmed: bool | None
    few: str

    def rows(self, say: Say, lang: str) -> list[tuple[str, str | int]]:
        """All of it as lines of a name and a value, numbers as numbers."""
        counted = [("workshops", self.workshops), ("answers", self.answers), ("people", self.people)]
        return [
            *self._chosen(say),
            (say("exports.made"), self._day(lang)),
            *((say(f"exports.{name}"), self.few if n is None else n) for name, n in counted),
            *((say("exports.codings"), codings) for codings in self._codings(say)),
            (self.few, say("exports.few")),
        ]

    def line(self, say: Say, lang: str) -> str:
        """The filter, how many, what was counted and the day, on one line."""
        chosen = [f"{name}: {value}" for name, value in self._chosen(say)]
        n = [self.few if number is None else number for number in (self.workshops, self.answers, self.people)]
        counted = say("exports.counted", n=n[0], answers=n[1], people=n[2])
        day = self._day(lang).replace(" ", "\u00a0")
        return " · ".join([*chosen, counted, *self._codings(say), day])

    def _chosen(self, say: Say) -> Sequence[tuple[str, str]]:
        return self.filter or [(say("exports.filter"), say("exports.everything"))]

    def _day(self, lang: str) -> str:
        return format_date(self.made, "d MMMM y", locale=lang)

    def _codings(self, say: Say) -> list[str]:
        if self.confirmed is None:
            return []
        return [say("exports.confirmed" if self.confirmed else "exports.suggested")]


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet would take this text for a formula."""
    return text.startswith(_FORMULA)


def as_text(text: str) -> str:
    """The text as a cell of a CSV file that stays text in every spreadsheet: after an apostrophe where it must."""
    return "'" + text if starts_formula(text) else text

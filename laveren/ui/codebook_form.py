"""What somebody types into a theme: kept while the form is open, and what is wrong said beside each field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import streamlit as st

from laveren.ui.case_form import wrong
from laveren.ui.session import say

LOW, TALL = 110, 300  # how high a text area is, in pixels
LINES, WORDS = ("nl", "en", "voorbeeld"), ("woorden", "uitsluiten", "tweede_treffer")
_numbers = count(1)


@dataclass
class Sheet:
    """The fields of one theme. Streamlit forgets a field that is not on the page; `values` does not.

    `problems` are what is wrong with them, by the field as `check` calls it.
    """

    values: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    number: int = field(default_factory=lambda: next(_numbers))

    def key(self, name: str) -> str:
        """The key of a field in Streamlit's state."""
        return f"codebook_{self.number}_{name}"

    def value(self, name: str) -> str:
        """What a field holds now."""
        return str(st.session_state.get(self.key(name), self.values.get(name, ""))).strip()

    def data(self) -> dict[str, Any]:
        """What stands in the fields, as a file would hold it; without English, the Dutch stands for both."""
        data: dict[str, Any] = {name: self.value(name) for name in LINES}
        for name in ("hoort", "hoort_niet"):
            nl, en = self.value(f"{name}.nl"), self.value(f"{name}.en")
            if nl or en or name == "hoort":
                data[name] = {"nl": nl, "en": en or nl}
        return data | {name: words(self.value(name)) for name in WORDS}


def words(text: str) -> list[str]:
    """The words in a field, with a comma or on a line of their own; each once."""
    said = (" ".join(word.split()) for word in re.split(r"[,\r\n]", text))
    return list({word.lower(): word for word in reversed(list(said)) if word}.values())[::-1]


def sheet_of(theme: Mapping[str, Any]) -> Sheet:
    """The fields filled in with a theme as a file holds it."""
    values = {name: str(theme.get(name, "")) for name in LINES}
    for name in ("hoort", "hoort_niet"):
        text = theme.get(name) or {"nl": "", "en": ""}
        values |= {f"{name}.nl": text["nl"], f"{name}.en": "" if text["en"] == text["nl"] else text["en"]}
    for name in WORDS:  # a comma within a word finds the same as a blank
        values[name] = ", ".join(word.replace(",", " ") for word in theme.get(name, []))
    return Sheet(values)


@dataclass
class Form:
    """One open form: the theme as it `was` when it was opened, and the fields of what it is to be.

    `key` is what is done, and with which theme; who splits one fills in a sheet for each that comes in its place.
    `tried` is whether somebody wanted to save: from then on faults are told until they are mended.
    """

    key: tuple[str, str | None]
    was: Mapping[str, Any]
    sheets: list[Sheet]
    tried: bool = False

    def __post_init__(self) -> None:
        self.base = self.data()

    def data(self) -> list[dict[str, Any]]:
        return [sheet.data() for sheet in self.sheets]

    @property
    def changed(self) -> bool:
        """Whether something else stands in it than when it was opened."""
        return self.data() != self.base


def fields(sheet: Sheet) -> None:
    """The fields of a theme, each with what is wrong with it."""
    tell = say()
    for name, tall in (("", 0), ("hoort", LOW), ("hoort_niet", LOW)):
        for column, language in zip(st.columns(2), ("nl", "en"), strict=True):
            with column:
                at = f"{name}.{language}" if name else language
                label = tell(f"codebook.part.{name or language}")
                _text(sheet, at, tell("codebook.in_english", part=label) if name and language == "en" else label, tall)
    _text(sheet, "voorbeeld", tell("codebook.part.voorbeeld"))
    for name, tall in zip(WORDS, (TALL, LOW, LOW), strict=True):
        _text(sheet, name, tell(f"codebook.part.{name}"), tall, tell(f"codebook.hint.{name}"))


def _text(sheet: Sheet, name: str, label: str, tall: int = 0, hint: str = "") -> None:
    """A line, or a text of so many pixels."""
    key = sheet.key(name)
    st.session_state.setdefault(key, sheet.values.get(name, ""))
    if tall:
        empty = say()("codebook.as_dutch") if name.endswith(".en") else None
        st.text_area(label, key=key, height=tall, placeholder=empty)
    else:
        st.text_input(label, key=key)
    sheet.values[name] = st.session_state[key]
    if hint:
        st.caption(hint)
    with st.container(gap=None):  # there also when nothing is wrong: a field that moves loses what is being typed
        for at, problem in sheet.problems:
            if at.partition("[")[0] == name and (sheet.value(name) or not name.endswith(".en")):
                wrong(problem)

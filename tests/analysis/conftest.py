"""Small workshops for the tests of analysis: answers by their few telling columns, the rest filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from laveren.analysis.frames import ANSWER_COLUMNS, WORKSHOP_COLUMNS

Frame = Callable[..., pd.DataFrame]

CASES = {"erfenis": ("De erfenis", ["inkomen", "schulden"]), "bus": ("De bus", ["schulden", "wonen"])}


def _answer(number: int, given: dict[str, Any]) -> dict[str, Any]:
    case = given.get("case", "erfenis")
    title, domains = CASES.get(case, ("", []))
    workshop = given.get("workshop", 1)
    plain = {
        "id": f"a{number}",
        "workshop": workshop,
        "participant": number,
        "date": pd.Timestamp(2025, 1, workshop),
        "region": "Oost" if workshop % 2 else "West",
        "organisation": "Gemeente Waterhoek",
        "case": case,
        "case_title": title,
        "case_domains": domains,
        "round": 1,
        "prompt": given.get("kind", "hindernis"),
        "kind": "hindernis",
        "text": f"antwoord {number}",
        "source": "wet" if given.get("kind", "hindernis") == "hindernis" else None,
        "status": None,
        "link": None,
        "domains": {},
        "role": "uitvoerder",
        "group": 1,
        "scope": "person",
        "hidden": False,
        "demo": False,
    }
    return plain | given


@pytest.fixture
def answers() -> Frame:
    """`answers({"workshop": 2, "participant": 7}, …)`: one answer per dict, numbered from 1."""

    def make(*given: dict[str, Any]) -> pd.DataFrame:
        rows = [_answer(number, some) for number, some in enumerate(given, start=1)]
        return pd.DataFrame(rows, columns=list(ANSWER_COLUMNS))

    return make


@pytest.fixture
def workshops() -> Frame:
    """The workshops that the answers come from."""

    def make(answers: pd.DataFrame) -> pd.DataFrame:
        rows = [
            {
                "id": number,
                "code": f"CODE{number:02}",
                "title": f"Bijeenkomst {number}",
                "date": rows["date"].iloc[0],
                "region": rows["region"].iloc[0],
                "organisation": "Gemeente Waterhoek",
                "participants": rows["participant"].nunique(),
                "cases": sorted(set(rows["case"])),
            }
            for number, rows in answers.groupby("workshop")
        ]
        return pd.DataFrame(rows, columns=list(WORKSHOP_COLUMNS))

    return make


@pytest.fixture
def about() -> Frame:
    """Suggestions as if every answer's text were a list of themes: "wachttijd brieven"."""

    def make(answers: pd.DataFrame) -> pd.DataFrame:
        rows = [
            (ident, theme, theme, rank)
            for ident, text in zip(answers["id"], answers["text"], strict=True)
            for rank, theme in enumerate(text.split(), start=1)
        ]
        return pd.DataFrame(rows, columns=["answer", "theme", "word", "rank"])

    return make

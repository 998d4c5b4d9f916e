"""Whatever is answered by whomever: no number and no quote that is shown stands for fewer than five people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laveren.analysis import saying
from laveren.analysis.counting import (
    hindrances_by_source,
    hindrances_without_room,
    occurrences,
    theme_recurrence,
)
from laveren.analysis.hiding import THRESHOLD
from laveren.analysis.quoting import behind_theme, quotes
from laveren.analysis.selecting import narrow

Frame = Callable[..., pd.DataFrame]

one_answer = st.fixed_dictionaries(
    {
        "workshop": st.integers(1, 3),
        "participant": st.integers(1, 8),
        "case": st.sampled_from(["erfenis", "bus", ""]),
        "kind": st.sampled_from(["hindernis", "hindernis", "ruimte"]),
        "source": st.sampled_from(["wet", "keten", None]),
        "link": st.sampled_from(["a1", "a2", "a3", None]),
        "role": st.sampled_from(["uitvoerder", "beleid"]),
        "scope": st.sampled_from(["person", "person", "person", "table", "room"]),
        "text": st.sampled_from(["tijd", "geld", "tijd geld", ""]),
        "hidden": st.booleans(),
        "round": st.integers(1, 2),
    }
)
whatever = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def person(row: Any) -> tuple[int, int]:
    """Who a row counts for, worked out here without the package: participants are unique over all workshops."""
    return (row["workshop"], -1 if row["scope"] == "room" else row["participant"])


def unique(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "participant": 100 * row["workshop"] + row["participant"]} for row in rows]


def behind(frame: pd.DataFrame, fits: Callable[[Any], bool]) -> int:
    return len({person(row) for _, row in frame.iterrows() if fits(row)})


def shown_rows(frame: pd.DataFrame, column: str) -> list[Any]:
    return [row for _, row in frame.iterrows() if pd.notna(row[column])]


@whatever
@given(st.lists(one_answer, max_size=70))
def test_themes(answers: Frame, workshops: Frame, about: Frame, rows: list[dict[str, Any]]) -> None:
    frame = answers(*unique(rows))
    themes = about(frame)
    found = theme_recurrence(frame, workshops(frame), themes)
    numbers = [column for column in found.columns if column != "theme"]
    for _, row in found.iterrows():
        named = frame[frame["text"].str.split().map(lambda words, theme=row["theme"]: theme in words)]
        per_workshop: dict[int, set[Any]] = defaultdict(set)
        for _, answer in named.iterrows():
            per_workshop[answer["workshop"]].add(person(answer))
        there = [people for people in per_workshop.values() if len(people) >= 3]
        people = sum(len(group) for group in there)
        assert pd.notna(row["workshops"]) == (people >= THRESHOLD)
        if people < THRESHOLD:
            assert row[numbers].isna().all()
            assert quotes(behind_theme(frame, themes, row["theme"])).empty
        else:
            assert (row["workshops"], row["participants"]) == (len(there), people)
            assert row["low"] <= row["share"] <= row["high"]
            assert pd.isna(row["cases"]) or row["cases"] <= row["of_cases"]
    title = saying.themes_title(found, occurrences(frame, themes))
    for value in title.values.values():
        assert isinstance(value, saying.Name)
        assert value.id in {row["theme"] for row in shown_rows(found, "participants")}


@whatever
@given(st.lists(one_answer, max_size=70))
def test_sources(answers: Frame, rows: list[dict[str, Any]]) -> None:
    frame = answers(*unique(rows))
    for _, row in hindrances_by_source(frame).iterrows():
        people = behind(frame, lambda one, row=row: one["kind"] == "hindernis" and one["source"] == row["source"])
        if people < THRESHOLD:
            assert row[["participants", "of", "share", "answers"]].isna().all()
        else:
            assert row["participants"] == people


@whatever
@given(st.lists(one_answer, max_size=70))
def test_without_room(answers: Frame, rows: list[dict[str, Any]]) -> None:
    frame = answers(*unique(rows))
    ruimte = frame[frame["kind"] == "ruimte"]
    rounds = {(row["workshop"], row["round"]) for _, row in ruimte.iterrows() if row["scope"] != "table"}
    linked = set(ruimte["link"].dropna())

    def bare(one: Any) -> bool:
        asked = (one["workshop"], one["round"]) in rounds
        return one["kind"] == "hindernis" and bool(one["source"]) and asked and one["id"] not in linked

    for _, row in hindrances_without_room(frame).iterrows():
        people = behind(frame, lambda one, row=row: bare(one) and one["source"] == row["source"])
        if people < THRESHOLD:
            assert row[["hindrances", "without", "share", "participants"]].isna().all()
        else:
            assert row["participants"] == people
            assert row["without"] <= row["hindrances"]


@whatever
@given(st.lists(one_answer, max_size=40), st.sampled_from(["erfenis", "bus", None]), st.sampled_from(["beleid", None]))
def test_selections_and_quotes(
    answers: Frame, workshops: Frame, rows: list[dict[str, Any]], case: str | None, role: str | None
) -> None:
    frame = answers(*unique(rows))
    people = behind(frame, lambda one: case in (None, one["case"]) and role in (None, one["role"]))
    selection = narrow(frame, workshops(frame), case=case, role=role)
    assert selection.enough == (people >= THRESHOLD)
    assert selection.participants == (people if selection.enough else 0)
    picked = quotes(selection.answers)
    assert selection.enough or picked.empty
    assert not set(picked["id"]) & set(frame.loc[frame["hidden"], "id"])

"""The one rule for what may be seen: a number or a quote stands for at least five different people, or says <5.

It keeps people from reading along. It does not protect against someone who combines many views.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

#: So many different participants a number, a bar or a quote must stand for.
THRESHOLD = 5

#: What is said instead.
FEW = f"<{THRESHOLD}"


def shown(participants: int) -> bool:
    """Whether what stands for so many different participants may be shown. Nothing is shown past this function."""
    return participants >= THRESHOLD


def hide(frame: pd.DataFrame, numbers: Sequence[str], participants: str = "participants") -> pd.DataFrame:
    """A copy of `frame` without the `numbers` (columns) of rows that stand for too few.

    `participants` names the column that says for how many each row stands; list it among the numbers to hide it too.
    Hidden numbers are missing (`pd.NA`), so that a sum or a chart cannot use them by accident. None to 4 look the same.
    """
    seen = frame[participants].map(lambda count: shown(int(count))).astype(bool)
    hidden = frame.copy()
    for name in numbers:
        nullable = pd.Float64Dtype() if pd.api.types.is_float_dtype(frame[name]) else pd.Int64Dtype()
        hidden[name] = frame[name].astype(nullable).where(seen)
    return hidden


def merge(counts: Sequence[int]) -> list[tuple[int, int]]:
    """The steps of a scale in which everybody stands once, as (first, last) of those that are shown as one.

    A step of too few is put together with its neighbours: hidden, it could be worked out from the whole and the others.
    Empty when all of them together are too few.
    """
    groups: list[tuple[int, int]] = []
    first, people = 0, 0
    for step, count in enumerate(counts):
        people += count
        if shown(people):
            groups.append((first, step))
            first, people = step + 1, 0
    if groups and first < len(counts):  # what is left at the end goes with the last
        groups[-1] = (groups[-1][0], len(counts) - 1)
    return groups


def cell(value: Any, spell: Callable[[Any], str] = str) -> str:
    """A number for a table: spelled, or `<5` where it was hidden."""
    return FEW if pd.isna(value) else spell(value)

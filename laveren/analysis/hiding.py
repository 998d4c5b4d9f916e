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


def hide(
    frame: pd.DataFrame, numbers: Sequence[str], participants: str = "participants", *, parts_of_a_whole: bool = False
) -> pd.DataFrame:
    """A copy of `frame` without the `numbers` (columns) of rows that stand for too few.

    `participants` names the column that says for how many each row stands; list it among the numbers to hide it too.
    Hidden numbers are missing (`pd.NA`), so that a sum or a chart cannot use them by accident. None to 4 look the same.

    In `parts_of_a_whole` everybody is in one row, and the whole is known: where the hidden rows together are too few,
    the smallest other row is hidden too, or they could be worked out from what is left.
    """
    counts = frame[participants].map(int)
    seen = counts.map(shown).astype(bool)
    left = int(counts[~seen].sum())
    if parts_of_a_whole and left and not shown(left) and seen.any():
        seen &= counts.index != counts[seen].idxmin()
    hidden = frame.copy()
    for name in numbers:
        nullable = pd.Float64Dtype() if pd.api.types.is_float_dtype(frame[name]) else pd.Int64Dtype()
        hidden[name] = frame[name].astype(nullable).where(seen)
    return hidden


def cell(value: Any, spell: Callable[[Any], str] = str) -> str:
    """A number for a table: spelled, or `<5` where it was hidden."""
    return FEW if pd.isna(value) else spell(value)

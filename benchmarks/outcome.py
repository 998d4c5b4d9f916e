"""What a measurement says: the promise, what was got, and whether that is enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """One line of the table; `figures` is everything measured, in the units its names say."""

    row: str
    promised: str
    got: str
    ok: bool
    figures: dict[str, Any] = field(default_factory=dict)


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least `share` (0–1) of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    if not ordered:
        return float("inf")
    rank = max(1, -int(-(share * len(ordered)) // 1))
    return ordered[rank - 1]


def ms(seconds: float) -> float:
    """Seconds as milliseconds, to a tenth."""
    return round(seconds * 1000, 1)


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """The middle, the 95th percentile and the worst, in ms."""
    return {"p50_ms": ms(percentile(seconds, 0.5)), "p95_ms": ms(percentile(seconds, 0.95)), "max_ms": ms(max(seconds))}


def table(outcomes: Sequence[Outcome]) -> str:
    """The outcomes as a table of plain text."""
    rows = [("", "promised", "got", "ok"), *((o.row, o.promised, o.got, "yes" if o.ok else "NO") for o in outcomes)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])

"""What a picture of Thema's is: its frame, its chart, its words, and what stands behind a click in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from laveren.analysis.quoting import Mark
from laveren.analysis.saying import Finding
from laveren.ui.charts import Labels, Spec
from laveren.ui.charts.ground import Row
from laveren.ui.charts.ground import records as rows_of
from laveren.ui.themes.desk import Desk


@dataclass(frozen=True)
class Picture:
    """A chart with its table. `keys` are the columns a click gives; `mark` makes of those what is behind it.

    Texts are under `themes.<name>`; `frame` has numbers that may not be seen hidden already. `themed`: whether it
    counts themes, so that it has to be said whose word that is. `of`: which number goes into the axis and the rule.
    """

    name: str
    title: Finding
    frame: pd.DataFrame
    keys: tuple[str, ...]
    draw: Callable[..., Spec]
    mark: Callable[..., Mark]
    called: Mapping[str, Mapping[Any, str]]
    values: Mapping[str, str] = field(default_factory=dict)
    columns: Sequence[str] = ()
    of: int = 0
    notes: Sequence[str] = ()
    themed: bool = True
    none: str | None = None  # what is said when there is nothing to show

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it that may be shown."""
        numbers = self.frame.drop(columns=[name for name in self.frame.columns if name in self.called])
        return bool(numbers.isna().all(axis=None))

    @property
    def shown(self) -> Sequence[str]:
        """The columns of the table."""
        return self.columns or [str(name) for name in self.frame.columns]

    def chart(self, desk: Desk, *, dark: bool) -> Spec:
        """The chart, data and all."""
        frame, names = self.frame, {id: name for called in self.called.values() for id, name in called.items()}
        for key in self.keys[1:]:  # a theme and a domain may have the same id
            names |= {_aside(key, id): name for id, name in self.called[key].items()}
            frame = frame.assign(**{key: [_aside(key, id) for id in frame[key]]})
        names |= self.called[self.keys[0]]
        numbers = [name for name in self.shown if name not in self.keys]
        columns = {name: desk.say(f"themes.columns.{name}") for name in numbers}
        scale = desk.say(f"themes.{self.name}.axis", n=self.of)
        said = desk.say(f"themes.{self.name}.description", title=desk.spell(self.title))
        dutch = desk.lang == "nl"
        unit, comma = ("\u00a0%", ",") if dutch else ("%", ".")
        return self.draw(frame, Labels(names, self.values, scale, said, columns, unit, comma), dark=dark)

    def picked(self, clicked: Mapping[str, str]) -> dict[str, Any]:
        """The ids of what was clicked in the chart."""
        return {key: id.removeprefix(_aside(key, "")) for key, id in clicked.items()}


def _aside(key: str, id: Any) -> str:
    return f"{key}: {id}"


def words_of(frame: pd.DataFrame, key: str, needs: str, spell: Callable[[Row], str]) -> dict[str, str]:
    """The words at each row of which the number `needs` may be seen, by its `key`."""
    return {str(row[key]): spell(row) for row in rows_of(frame) if row[needs] is not None}


def first(frame: pd.DataFrame, column: str) -> int:
    """A number that is the same in all rows that may be seen; 0 when none may."""
    seen = frame[column].dropna()
    return int(seen.iloc[0]) if len(seen) else 0

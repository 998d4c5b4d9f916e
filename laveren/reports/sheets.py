"""A table that leaves the building, and its CSV: what it says of itself first, then its rows after an empty line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from laveren.reports.cover import Cover, NothingToExport, Say, as_text

SHARE = "%"


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it is, and in what it is counted; `SHARE` for a share from 0 to 1."""

    heading: str
    what: str
    unit: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table: a short name, a finding above it, the rows, and the columns of the frame that go out, in that order.

    What may not be seen is hidden in the frame already (`laveren.analysis.hiding.hide`).
    """

    name: str
    title: str
    frame: pd.DataFrame
    columns: Mapping[str, Column]

    def rows(self, few: str) -> Iterator[list[Any]]:
        """The cells: numbers as numbers, `few` for a number that is hidden, nothing for a word that is missing."""
        missing = [few if pd.api.types.is_numeric_dtype(self.frame[name]) else "" for name in self.columns]
        for cells in self.frame[list(self.columns)].itertuples(index=False, name=None):
            yield [otherwise if pd.isna(value) else value for value, otherwise in zip(cells, missing, strict=True)]


def sheet_csv(sheet: Sheet, cover: Cover, say: Say, lang: str) -> bytes:
    """The table as CSV, in UTF-8 with a mark that tells Excel so. Shares stay numbers. Raises NothingToExport."""
    if sheet.frame.empty:
        raise NothingToExport
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_cell(sheet.title)])
    writer.writerows([_cell(name), _cell(value)] for name, value in cover.rows(say, lang))
    writer.writerow([])
    writer.writerow([_cell(column.heading) for column in sheet.columns.values()])
    writer.writerows([_cell(value) for value in row] for row in sheet.rows(cover.few))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    return as_text(value) if isinstance(value, str) else value

"""Tables as a workbook for Excel: a sheet that says what it is, one that explains the columns, and one per table."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from laveren.reports.cover import Cover, NothingToExport, Say, starts_formula
from laveren.reports.sheets import SHARE, Sheet

INK, SOFT, FOAM = "#12304A", "#4A6072", "#E9F0F2"
HEAD = 2  # the row of the headings, under the finding and what it is counted over
WIDEST = 60  # characters; what is longer goes on in the next line


def workbook(cover: Cover, sheets: Sequence[Sheet], say: Say, lang: str) -> bytes:
    """The workbook as a file; a table without rows says so in its sheet. Raises NothingToExport when none has any."""
    if all(sheet.frame.empty for sheet in sheets):
        raise NothingToExport
    out = io.BytesIO()
    book = Workbook(out, {"constant_memory": True})  # cells go in row by row
    book.set_properties({"title": cover.title, "author": say("name"), "created": datetime.combine(cover.made, time())})
    writer = _Writer(book, cover, say, lang)
    writer.front()
    writer.explanation(sheets)
    for sheet in sheets:
        writer.table(sheet)
    book.close()
    return out.getvalue()


class _Writer:
    """The sheets of one workbook, in one look."""

    def __init__(self, book: Workbook, cover: Cover, say: Say, lang: str) -> None:
        self._book, self._cover, self._say, self._lang = book, cover, say, lang
        self._title = self._format(bold=True, font_size=16, font_color=INK)
        self._soft = self._format(font_color=SOFT)
        self._head = self._format(bold=True, font_color=INK, bg_color=FOAM, text_wrap=True, valign="top")
        self._text = self._format(text_wrap=True, valign="top")
        # A cell that is edited by hand would yet become a formula without this mark.
        self._marked = self._format(text_wrap=True, valign="top", quote_prefix=True)
        self._whole = self._format(num_format="#,##0", align="right", valign="top")
        self._decimal = self._format(num_format="0.00", align="right", valign="top")
        self._share = self._format(num_format="0%", align="right", valign="top")
        self._hidden = self._format(font_color=SOFT, align="right", valign="top")

    def front(self) -> None:
        """What this is."""
        page = self._page(self._say("exports.front"), self._cover.title)
        page.set_column(0, 0, 24, self._text)
        page.set_column(1, 1, WIDEST, self._text)
        for at, (name, value) in enumerate(self._cover.rows(self._say, self._lang), start=HEAD):
            page.write_string(at, 0, name, self._head)
            if isinstance(value, int):
                page.write_number(at, 1, value, self._format(num_format="#,##0", align="left"))
            else:
                self._write(page, at, 1, value)

    def explanation(self, sheets: Sequence[Sheet]) -> None:
        """What each column of each table is."""
        page = self._page(self._say("exports.explanation"), self._say("exports.explained"))
        for at, (name, width) in enumerate([("sheet", 24), ("column", 24), ("what", WIDEST), ("unit", 16)]):
            page.set_column(at, at, width)
            page.write_string(HEAD, at, self._say(f"exports.{name}"), self._head)
        page.freeze_panes(HEAD + 1, 0)
        columns = [(sheet.name, column) for sheet in sheets for column in sheet.columns.values()]
        for row, (name, column) in enumerate(columns, start=HEAD + 1):
            for at, value in enumerate([name, column.heading, column.what, column.unit]):
                self._write(page, row, at, value)

    def table(self, sheet: Sheet) -> None:
        """One table under its finding."""
        page = self._page(sheet.name, sheet.title)
        page.write_string(1, 0, self._cover.line(self._say, self._lang), self._soft)
        columns = list(sheet.columns.values())
        widths = [len(column.heading) for column in columns]
        for at, column in enumerate(columns):
            page.write_string(HEAD, at, column.heading, self._head)
        page.freeze_panes(HEAD + 1, 1)
        if sheet.frame.empty:
            page.write_string(HEAD + 1, 0, self._say("exports.no_rows"), self._soft)
        for row, cells in enumerate(sheet.rows(self._cover.few), start=HEAD + 1):
            for at, value in enumerate(cells):
                self._write(page, row, at, value, share=columns[at].unit == SHARE)
                if isinstance(value, str):
                    widths[at] = max(widths[at], len(value))
        for at, width in enumerate(widths):
            page.set_column(at, at, min(max(width, 6) + 2, WIDEST))

    def _page(self, name: str, title: str) -> Any:
        page = self._book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
        page.hide_gridlines(2)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.write_string(0, 0, title, self._title)
        return page

    def _write(self, page: Any, row: int, at: int, value: Any, *, share: bool = False) -> None:
        if not isinstance(value, str):
            shape = self._share if share else self._decimal if isinstance(value, float) else self._whole
            page.write_number(row, at, value, shape)
        elif value == self._cover.few:
            page.write_string(row, at, value, self._hidden)
        else:
            page.write_string(row, at, value, self._marked if starts_formula(value) else self._text)

    def _format(self, **properties: Any) -> Any:
        return self._book.add_format({"font_name": "Calibri", **properties})

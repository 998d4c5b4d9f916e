"""Tables that leave the building: what they say of themselves, numbers as numbers, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

from laveren.reports.cover import Cover, NothingToExport
from laveren.reports.sheets import SHARE, Column, Sheet, sheet_csv
from laveren.reports.workbook import workbook
from laveren.texts import reader

SAY = reader("nl")
COVER = Cover("Wat komt steeds terug?", [("Regio", "Haaglanden")], date(2026, 3, 3), 12, 2914, None, False, "<5")
NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
FORMULAS = ["=1+1", "+31 6", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","klik")']


def table(names: list[str] | None = None) -> Sheet:
    frame = pd.DataFrame(
        {
            "theme": ["Wachttijd", None] if names is None else names,
            "participants": pd.array([21, None] if names is None else [5] * len(names), dtype="Int64"),
            "share": pd.array([0.654321, None] if names is None else [0.5] * len(names), dtype="Float64"),
            "secret": "niet",
        }
    )
    columns = {
        "participants": Column("Deelnemers", "Hoeveel mensen het noemden", "mensen"),
        "theme": Column("Thema", "Wat terugkomt"),
        "share": Column("Deel", "Het deel van de bijeenkomsten", SHARE),
    }
    return Sheet("Thema's", "Wachttijd komt het vaakst terug", frame, columns)


EMPTY = replace(table([]), name="Leeg")


class Read:
    """A workbook as a program reads it that knows only the format."""

    def __init__(self, raw: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            self.files = {name: archive.read(name).decode() for name in archive.namelist()}
        book = ElementTree.fromstring(self.files["xl/workbook.xml"])
        self.names = [sheet.get("name") for sheet in book.iterfind(".//x:sheet", NS)]
        styles = ElementTree.fromstring(self.files["xl/styles.xml"])
        self._styles = styles.findall(".//x:cellXfs/x:xf", NS)
        self._formats = {one.get("numFmtId"): one.get("formatCode") for one in styles.iterfind(".//x:numFmt", NS)}

    def sheet(self, n: int) -> ElementTree.Element:
        return ElementTree.fromstring(self.files[f"xl/worksheets/sheet{n}.xml"])

    def rows(self, n: int) -> list[list[Any]]:
        return [[self.value(c) for c in row.iterfind("x:c", NS)] for row in self.sheet(n).iterfind(".//x:row", NS)]

    def value(self, cell: ElementTree.Element) -> Any:
        assert cell.find("x:f", NS) is None
        if cell.get("t") == "inlineStr":
            return "".join(cell.itertext())
        return float(cell.findtext("x:v", namespaces=NS) or "nan")

    def style(self, n: int, place: str) -> dict[str, str | None]:
        cell = self.sheet(n).find(f".//x:c[@r='{place}']", NS)
        assert cell is not None
        style = self._styles[int(cell.get("s", 0))].attrib
        return {**style, "format": self._formats.get(style["numFmtId"])}


def read(*sheets: Sheet, cover: Cover = COVER) -> Read:
    return Read(workbook(cover, sheets or [table()], SAY, "nl"))


def as_csv(sheet: Sheet) -> list[list[str]]:
    raw = sheet_csv(sheet, COVER, SAY, "nl")
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


HEAD = [
    ["Regio", "Haaglanden"],
    ["Gemaakt op", "3 maart 2026"],
    ["Bijeenkomsten", 12.0],
    ["Antwoorden", 2914.0],
    ["Deelnemers", "<5"],
    ["Thema's zijn", "voorgesteld op woorden, nog niet door een mens bevestigd"],
    ["<5", "te weinig verschillende deelnemers om het getal te laten zien"],
]


def test_the_first_sheet_says_filter_date_how_many_and_what_was_counted() -> None:
    book = read()
    assert book.names == ["Over dit bestand", "Kolommen", "Thema's"]
    assert book.rows(1) == [["Wat komt steeds terug?"], *HEAD]


def test_without_a_filter_it_says_that_all_is_in_it() -> None:
    assert read(cover=replace(COVER, filter=[])).rows(1)[1] == ["Keuze", "alles"]


def test_codings_that_people_confirmed_are_called_so() -> None:
    assert ["Thema's zijn", "door een mens bevestigd"] in read(cover=replace(COVER, confirmed=True)).rows(1)


def test_the_second_sheet_explains_every_column_of_every_table() -> None:
    assert read(table(), EMPTY).rows(2)[1:] == [
        ["Blad", "Kolom", "Wat het is", "Eenheid"],
        ["Thema's", "Deelnemers", "Hoeveel mensen het noemden", "mensen"],
        ["Thema's", "Thema", "Wat terugkomt", ""],
        ["Thema's", "Deel", "Het deel van de bijeenkomsten", "%"],
        ["Leeg", "Deelnemers", "Hoeveel mensen het noemden", "mensen"],
        ["Leeg", "Thema", "Wat terugkomt", ""],
        ["Leeg", "Deel", "Het deel van de bijeenkomsten", "%"],
    ]


def test_a_table_has_its_finding_what_it_is_counted_over_and_numbers_as_numbers() -> None:
    assert read().rows(3) == [
        ["Wachttijd komt het vaakst terug"],
        [
            "Regio: Haaglanden · 12 bijeenkomsten · 2.914 antwoorden · <5 deelnemers · "
            "voorgesteld op woorden, nog niet door een mens bevestigd · 3\u00a0maart\u00a02026"
        ],
        ["Deelnemers", "Thema", "Deel"],
        [21.0, "Wachttijd", 0.654321],
        ["<5", "", "<5"],
    ]


def test_only_the_columns_that_are_named_go_out() -> None:
    assert not [name for name, text in read().files.items() if "secret" in text or "niet<" in text]
    assert "niet" not in [cell for row in as_csv(table())[1:] for cell in row]


def test_the_headings_stay_in_sight_and_a_share_is_a_percentage() -> None:
    book = read()
    pane = book.sheet(3).find(".//x:pane", NS)
    assert pane is not None
    assert (pane.get("ySplit"), pane.get("state")) == ("3", "frozen")
    assert (book.style(3, "A4")["format"], book.style(3, "C4")["format"]) == ("#,##0", "0%")
    widths = [float(column.get("width", 0)) for column in book.sheet(3).iterfind(".//x:col", NS)]
    assert widths[0] >= len("Deelnemers")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula_nor_becomes_one_when_it_is_edited(text: str) -> None:
    book = read(table([text, "gewoon"]))
    assert [row[1] for row in book.rows(3)[3:]] == [text, "gewoon"]
    assert book.style(3, "B4")["quotePrefix"] == "1"
    assert "quotePrefix" not in book.style(3, "B5")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    sheet = replace(table([text]), title=text, columns={"theme": Column(text, "")})
    rows = as_csv(sheet)
    assert (rows[0], rows[-2], rows[-1]) == (["'" + text], ["'" + text], ["'" + text])


def test_an_address_is_text_and_no_link() -> None:
    book = read(table(["https://example.org/?a=1", "12"]))
    assert [row[1] for row in book.rows(3)[3:]] == ["https://example.org/?a=1", "12"]
    assert not [name for name in book.files if "worksheets/_rels" in name]


def test_a_csv_says_first_what_it_is_and_after_an_empty_line_the_table() -> None:
    rows = as_csv(table())
    head = [[name, f"{value:.0f}" if isinstance(value, float) else value] for name, value in HEAD]
    assert rows == [
        ["Wachttijd komt het vaakst terug"],
        *head,
        [],
        ["Deelnemers", "Thema", "Deel"],
        ["21", "Wachttijd", "0.6543"],
        ["<5", "", "<5"],
    ]


def test_a_table_of_which_every_number_is_hidden_still_says_so() -> None:
    frame = pd.DataFrame({"participants": pd.array([None, None], dtype="Int64")})
    sheet = replace(table(), frame=frame, columns={"participants": Column("Deelnemers", "")})
    assert as_csv(sheet)[-2:] == [["<5"], ["<5"]]


def test_a_sheet_may_be_called_what_excel_forbids() -> None:
    names = read(replace(table(), name="Thema's: [wie/wat] en nog heel veel meer dan dat")).names
    assert names[2] == "Thema's   wie wat  en nog heel "


def test_a_table_without_rows_says_so_beside_tables_that_have_them() -> None:
    assert read(table(), EMPTY).rows(4)[-1] == ["Hier staat niets bij deze keuze."]


def test_nothing_to_export_is_said_and_makes_no_file() -> None:
    with pytest.raises(NothingToExport):
        workbook(COVER, [EMPTY, EMPTY], SAY, "nl")
    with pytest.raises(NothingToExport) as refused:
        sheet_csv(EMPTY, COVER, SAY, "nl")
    assert SAY(refused.value.key) == "Bij deze keuze is er niets om te downloaden. Kies iets ruimer."


def test_the_same_tables_make_the_same_file() -> None:
    assert workbook(COVER, [table()], SAY, "nl") == workbook(COVER, [table()], SAY, "nl")
    assert "2026-03-03" in read().files["docProps/core.xml"]

"""What one takes away from Thema's: each picture as a table or an image, all of it as a workbook, and REFI-QDA."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import streamlit as st

from laveren.reports.pictures import chart_png, chart_svg
from laveren.reports.project import documents, passages
from laveren.reports.refi import codebook_qdc, project_qdpx
from laveren.reports.sheets import SHARE, Column, Sheet, sheet_csv
from laveren.reports.workbook import workbook
from laveren.ui.charts import Spec
from laveren.ui.session import house
from laveren.ui.themes.desk import Desk
from laveren.ui.themes.picture import Picture
from laveren.ui.themes.pictures import all_pictures

SHARES = ("share", "low", "high")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def take_picture(desk: Desk, picture: Picture) -> None:
    """A picture as CSV, PNG or SVG; each is made when it is asked for."""
    tell, title = desk.say, desk.spell(picture.title)
    if picture.frame.empty:
        return

    def chart() -> Spec:
        return picture.chart(desk, dark=False)

    cover = desk.cover(title, confirmed=desk.basis == "confirmed" if picture.themed else None)
    name = picture.name
    with st.popover(tell("themes.files.picture"), icon=":material/download:", key=f"take_{name}"):
        for kind, mime, made in (
            ("csv", "text/csv", lambda: sheet_csv(sheet(desk, picture), cover, tell, desk.lang)),
            ("png", "image/png", lambda: chart_png(chart(), title, cover, tell, desk.lang)),
            ("svg", "image/svg+xml", lambda: chart_svg(chart(), title, cover, tell, desk.lang).encode()),
        ):
            _button(desk, kind, tell(f"themes.{name}.name"), made, mime, f"{kind}_{name}")


def sheet(desk: Desk, picture: Picture) -> Sheet:
    """The table of a picture, with what each column is."""
    tell = desk.say
    frame = picture.frame.copy()
    for column, called in picture.called.items():
        frame[column] = [called.get(id, id) for id in frame[column]]
    columns = {
        name: Column(tell(f"themes.columns.{name}"), tell(f"themes.what.{name}"), SHARE if name in SHARES else "")
        for name in picture.shown
    }
    return Sheet(tell(f"themes.{picture.name}.name"), desk.spell(picture.title), frame, columns)


def take_all(desk: Desk) -> None:
    """Everything as a workbook, the codebook, and the answers with their codings for a program of analysts."""
    tell, codebook = desk.say, house().library.codebook
    st.caption(tell("themes.files.note"))
    cover = desk.cover(tell("themes.question"), confirmed=desk.basis == "confirmed")
    found = all_pictures(desk)

    def book() -> bytes:
        return workbook(cover, [sheet(desk, picture) for picture in found], tell, desk.lang)

    if found:
        _button(desk, "xlsx", tell("nav.themes"), book, XLSX, "xlsx", tell("themes.files.xlsx_help"))
    else:
        st.caption(tell("exports.nothing"))

    def qdc() -> bytes:
        return codebook_qdc(codebook, date.today(), tell, desk.lang)

    _button(desk, "qdc", tell("nav.codebook"), qdc, "application/xml", "qdc", tell("themes.files.qdc_help"))
    if not documents(desk.answers()):
        st.caption(tell("exports.nothing"))
        return
    with_suggested = st.toggle(tell("themes.files.with_suggested"), key="with_suggested")

    def project() -> bytes:
        home = house()
        with home.store.read() as connection:
            sources = passages(connection, desk.answers(), codebook, tell)
        persons = desk.cover(tell("themes.question"), confirmed=True)  # suggestions are told apart in it
        return project_qdpx(codebook, sources, persons, tell, desk.lang, with_suggested=with_suggested)

    _button(
        desk, "qdpx", tell("themes.columns.answers"), project, "application/zip", "qdpx", tell("themes.files.qdpx_help")
    )
    st.caption(tell("themes.files.raw"))


def _button(
    desk: Desk, kind: str, name: str, made: Callable[[], bytes], mime: str, key: str, help: str | None = None
) -> None:
    """A file that is made when it is asked for."""
    plain = re.sub(r"\W+", "-", name.casefold()).strip("-")
    file = desk.say("themes.files.name", name=plain, date=date.today().isoformat())
    label = desk.say(f"themes.files.{kind}")
    st.download_button(label, made, f"{file}.{kind}", mime, key=f"get_{key}", help=help, on_click="ignore")

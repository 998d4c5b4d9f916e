"""Charts as pictures: the finding above, filter, date and n below, in the letters and the words of the screens."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest
from PIL import Image

from laveren.reports.cover import Cover
from laveren.reports.pictures import _DOTS, MARGIN, PAPER, SANS, SERIF, WIDTH, _run, chart_png, chart_svg
from laveren.texts import reader
from laveren.ui.charts import Labels, recurrence

SVG = "{http://www.w3.org/2000/svg}"
COVER = Cover("Thema's", [("Regio", "Haag & <landen>")], date(2026, 3, 3), 12, 2914, 612, True, "<5")
FINDING = "Wachttijd & <geld> komen het vaakst terug"


def themes() -> dict[str, Any]:
    columns = {"theme": ["tijd", "geld"], "share": [0.5, None], "low": [0.25, None], "high": [0.75, None]}
    labels = Labels({"tijd": "Wachttijd", "geld": "Geld"}, {"tijd": "6 van 12"}, "deel van 12", "Zes van twaalf.")
    spec: dict[str, Any] = recurrence(pd.DataFrame(columns).convert_dtypes(), labels)
    return spec


def over_time() -> dict[str, Any]:
    frame = pd.DataFrame({"day": ["2025-03-01", "2025-05-01"], "n": [1200.5, 2914.5]})
    x = alt.X("day:T", axis=alt.Axis(format="%-d %B", values=list(frame["day"])))
    y = alt.Y("n:Q", axis=alt.Axis(format=",.1f", values=list(frame["n"])))
    return dict(alt.Chart(frame).mark_line().encode(x=x, y=y).properties(width=300, height=100).to_dict())


@cache
def picture(lang: str = "nl", title: str = FINDING) -> str:
    return chart_svg(themes(), title, COVER, reader(lang), lang)


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_finding_stands_above_and_filter_date_and_n_below() -> None:
    root = ElementTree.fromstring(picture())
    above, *below = root.findall(f"{SVG}text")
    chart = root.find(f"{SVG}svg")
    assert chart is not None
    assert above.text == FINDING
    assert [line.text for line in below] == [
        "Regio: Haag & <landen> · 12 bijeenkomsten · 2.914 antwoorden · 612 deelnemers · door een mens bevestigd · "
        "3\u00a0maart\u00a02026",
        "<5: te weinig verschillende deelnemers om het getal te laten zien",
    ]
    top, height = float(chart.get("y", 0)), float(chart.get("height", 0))
    assert float(above.get("y", 0)) < top
    assert float(below[0].get("y", 0)) > top + height
    assert float(below[-1].get("y", 0)) < float(root.get("height", 0))


def test_the_chart_is_in_it_with_its_words() -> None:
    assert {"Wachttijd", "Geld", "6 van 12", "<5", "deel van 12", "40\u00a0%"} <= set(texts(picture()))


def test_a_chart_that_takes_the_width_it_gets_is_made_wide() -> None:
    root = ElementTree.fromstring(picture())
    assert float(root.get("width", 0)) == WIDTH + 2 * MARGIN


def test_a_long_finding_goes_on_in_the_next_line() -> None:
    long = "Een bevinding die zo lang is dat zij niet op een regel past, want er is veel over te zeggen, en daarna nog"
    root = ElementTree.fromstring(picture(title=long))
    lines = [text for text in root.findall(f"{SVG}text") if text.get("font-weight")]
    assert " ".join(str(line.text) for line in lines) == long
    assert len(lines) == 2
    assert float(lines[0].get("y", 0)) < float(lines[1].get("y", 0))


@pytest.mark.parametrize(
    ("lang", "said"), [("nl", {"1 maart", "1 mei", "2.914,5"}), ("en", {"1 March", "1 May", "2,914.5"})]
)
def test_months_and_numbers_are_written_as_the_language_does(lang: str, said: set[str]) -> None:
    assert said <= set(texts(chart_svg(over_time(), "…", COVER, reader(lang), lang)))


def test_a_png_is_sharp_and_lies_on_paper() -> None:
    image = Image.open(io.BytesIO(chart_png(themes(), FINDING, COVER, reader("nl"), "nl"))).convert("RGBA")
    assert image.width == 2 * (WIDTH + 2 * MARGIN)
    paper = (*bytes.fromhex(PAPER[1:]), 255)
    middle = (image.width - 3 * MARGIN, image.height // 2)
    assert [image.getpixel(at) for at in [(0, 0), (image.width - 1, image.height - 1), middle]] == [paper] * 3
    assert image.getextrema()[3] == (255, 255)


@pytest.mark.parametrize("family", [SANS, SERIF])
def test_the_letters_are_those_of_the_screens_wherever_it_runs(family: str) -> None:
    def drawn(name: str) -> bytes:
        words = f'<text y="30" font-size="30" font-family="{name}">Wachttijd 52–77 %</text>'
        return _run(_DOTS, svg=f'<svg xmlns="{SVG[1:-1]}" width="400" height="40">{words}</svg>', scale=1)

    first, *_, last = family.split(", ")
    assert drawn(family) == drawn(first) != drawn(last)


def test_every_text_of_a_chart_is_in_those_letters() -> None:
    families = {text.get("font-family") for text in ElementTree.fromstring(picture()).iter(f"{SVG}text")}
    assert families == {SANS, SERIF}


def test_what_may_not_be_counted_is_not_counted_on_a_picture() -> None:
    few = replace(COVER, people=None)
    assert "<5 deelnemers" in few.line(reader("nl"), "nl")

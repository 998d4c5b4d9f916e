"""Thema's on the example meetings: true titles, filters, tables, quotes, and nothing about too few people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, cast

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from laveren.analysis.hiding import THRESHOLD
from laveren.content.library import Library
from laveren.content.terms import Role
from laveren.house import House, open_house
from laveren.settings import ROOT, Settings
from laveren.store import tables
from laveren.texts import reader
from laveren.ui.charts import DARK, LIGHT
from laveren.workshop.demo import load_demo
from laveren.workshop.rights import Seat
from tests.meeting import Meeting
from tests.ui.conftest import receive
from tests.ui.visiting import SAY, Guest, sent, sound

SECTIONS = ["recurrence", "sources", "without"]
KEYS = {"recurrence": "theme", "sources": "source", "without": "source"}


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[House]:
    """A house with the twelve example meetings; read only."""
    house = open_house(Settings(data=tmp_path_factory.mktemp("demo"), url=None))
    assert load_demo(house.store, library, ROOT / "data/demo") == 12
    yield house
    house.store.close()


@pytest.fixture
def reader_of_all(examples: House, monkeypatch: pytest.MonkeyPatch) -> Guest:
    return receive(examples, monkeypatch).holds(examples.keys.make(Seat.ORGANISER))


def headings(window: AppTest) -> list[str]:
    return [one.value for one in window.subheader]


def charts(window: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in window.get("vega_lite_chart")]


def quotes(window: AppTest) -> list[str]:
    return [box.text[0].value for box in window.main.container if "_quote_" in (box.key or "")]


def pick(window: AppTest, row: int, *sections: str) -> AppTest:
    """Chooses a row of these views by hand, as one does without a mouse; the first is 1."""
    for section in sections:
        window.selectbox(key=f"pick_{section}").select_index(row)
    return sound(window.run())


def more(window: AppTest) -> AppTest:
    """Asks for more quotes wherever there are some."""
    for toggle in window.toggle:
        if toggle.label == SAY("themes.quotes.more"):
            toggle.set_value(True)
    return sound(window.run())


def tables_of(window: AppTest) -> dict[str, pd.DataFrame]:
    """The three views as tables."""
    for section in SECTIONS:
        window.toggle(key=f"table_{section}").set_value(True)
    return dict(zip(SECTIONS, (frame.value for frame in sound(window.run()).dataframe), strict=True))


@pytest.mark.parametrize(("lang", "theme"), [("nl", "light"), ("en", "dark")])
def test_the_three_views_stand_there_in_both_languages_with_their_tables(
    reader_of_all: Guest, lang: str, theme: str
) -> None:
    say = reader(lang)
    window = reader_of_all.speaks(lang).opens("themes", theme=theme)
    assert [title.value for title in window.title] == [say("themes.question")]
    assert say("themes.counted", n=12, answers=912, people=143) in [caption.value for caption in window.caption]
    assert say("themes.suggested") in sent(window)
    found, ink = charts(window), {"light": LIGHT, "dark": DARK}[theme].ink
    assert len(found) == len(headings(window)) == 3
    for chart, heading in zip(found, headings(window), strict=True):
        assert heading in chart["description"], "a screen reader hears the finding"
        assert ink in json.dumps(chart)
    for section, shown in tables_of(window).items():
        rows = list(window.selectbox(key=f"pick_{section}").options)[1:]
        assert list(shown[say(f"themes.{section}.columns.{KEYS[section]}")]) == rows
    assert charts(window) == []
    assert say("themes.few_cell") in sent(window)


def test_the_title_of_the_sources_is_what_the_table_says(reader_of_all: Guest) -> None:
    window = reader_of_all.opens("themes")
    shown = tables_of(window)["sources"]
    numbers = [int(n) for n in shown[SAY("themes.sources.columns.participants")] if n != "<5"]
    assert numbers == sorted(numbers, reverse=True)
    first = str(shown[SAY("themes.sources.columns.source")].iloc[0])
    assert headings(window)[1].lower().startswith(first.lower())


def test_a_row_opens_the_quotes_behind_it_and_more_when_asked(reader_of_all: Guest) -> None:
    window = reader_of_all.opens("themes")
    assert quotes(window) == []
    few = quotes(pick(window, 1, *SECTIONS))
    assert len(few) == 9, "three in each view, also where two views show the same source"
    assert set(few) < set(quotes(more(window)))
    about = [box.caption[0].value for box in window.main.container if "_quote_" in (box.key or "")]
    told = {part for line in about for part in line.split(" · ")}
    assert len(about) == len(quotes(window))
    assert not told & {SAY(f"role.{role}") for role in Role}
    assert not [part for part in told if part.startswith("tafel")]


def test_what_the_facilitator_hid_is_never_quoted(reader_of_all: Guest, examples: House) -> None:
    a = tables.answer.c
    with examples.store.read() as connection:
        rows = connection.execute(tables.answer.select().where(a.shown == "hidden", a.source.is_not(None))).all()
    assert rows
    window = reader_of_all.opens("themes")
    names = list(window.selectbox(key="pick_sources").options)
    source = str(rows[0].source)
    pick(window, names.index(SAY(f"source.{source}").capitalize()), "sources")
    assert not {f"‘{row.value}’" for row in rows} & set(quotes(more(window)))


def test_each_filter_narrows_what_is_counted(reader_of_all: Guest) -> None:
    window = reader_of_all.speaks("en").opens("themes")
    counted = {window.caption[0].value}
    chosen = {"domain": "schulden", "case": "de-bus-voor-de-deur", "region": "Friesland", "role": "uitvoerder"}
    for number, (name, value) in enumerate(chosen.items(), start=2):
        box = window.selectbox(key=f"filter_{name}")
        assert box.options[0] == reader("en")("themes.filters.all")
        box.set_value(value)
        counted.add(sound(window.run()).caption[0].value)
        assert len(headings(window)) == 3
        assert len(counted) == number
        window.selectbox(key=f"filter_{name}").select_index(0)


def test_the_period_narrows_too_and_half_a_period_is_no_error(reader_of_all: Guest) -> None:
    window = reader_of_all.opens("themes")
    everything = window.caption[0].value
    first, last = cast("tuple[date, date]", window.date_input[0].value)
    window.date_input[0].set_value((date(2025, 6, 1), last))
    assert sound(window.run()).caption[0].value != everything
    window.date_input[0].set_value((first,))
    assert sound(window.run()).caption[0].value == everything


def test_a_choice_about_too_few_people_shows_nothing_but_why(reader_of_all: Guest) -> None:
    window = reader_of_all.opens("themes")
    window.selectbox(key="filter_region").set_value("Friesland")
    window.selectbox(key="filter_role").set_value("bestuur")
    sound(window.run())
    assert [info.value for info in window.info] == [SAY("themes.few", threshold=THRESHOLD)]
    assert (headings(window), charts(window), list(window.dataframe)) == ([], [], [])
    assert [box.key for box in window.selectbox if (box.key or "").startswith("pick_")] == []


def test_no_number_below_the_threshold_reaches_the_browser(reader_of_all: Guest) -> None:
    window = reader_of_all.opens("themes")
    window.selectbox(key="filter_region").set_value("Friesland")
    for section, shown in tables_of(window).items():
        numbers = [str(n) for n in shown[SAY(f"themes.{section}.columns.participants")]]
        assert "<5" in numbers, "this choice has rows to hide"
        assert not [n for n in numbers if n.isdigit() and int(n) < THRESHOLD]


def test_before_the_first_answer_the_page_says_what_will_come(guest: Guest, meeting: Meeting) -> None:
    guest.holds(meeting.key(Seat.ORGANISER))
    for lang in ("nl", "en"):
        window = guest.speaks(lang).opens("themes")
        assert [info.value for info in window.info] == [reader(lang)("themes.nothing")]
        assert not window.selectbox


@pytest.mark.parametrize("people", [1, 4, 5])
def test_one_small_meeting_is_no_error(guest: Guest, meeting: Meeting, people: int) -> None:
    meeting.go_to("hindernis")
    for _ in range(people):
        meeting.someone().gives("1.hindernis", "De wachttijd is te lang", source="keten")
    window = guest.holds(meeting.key(Seat.ORGANISER)).opens("themes")
    assert bool(headings(window)) is (people >= THRESHOLD)
    assert "De wachttijd is te lang" not in sent(window)


def test_a_new_answer_is_counted_at_the_next_look(guest: Guest, meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    for n in range(5):
        meeting.someone().gives("1.hindernis", f"kaart {n}", source="keten")
    window = guest.holds(meeting.key(Seat.ORGANISER)).opens("themes")
    meeting.someone().gives("1.hindernis", "nog een", source="keten")
    assert SAY("themes.counted", n=1, answers=6, people=6) in [c.value for c in sound(window.run()).caption]

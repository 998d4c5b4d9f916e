"""Thema's on the example meetings: true titles, filters, tables, quotes, and nothing about too few people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from laveren.analysis.hiding import THRESHOLD
from laveren.content.library import Library
from laveren.content.models import Role
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


def pick(window: AppTest, section: str, row: int) -> AppTest:
    """Chooses a row by hand, as one does without a mouse; the first is 1."""
    window.selectbox(key=f"pick_{section}").select_index(row)
    return sound(window.run())


def more(window: AppTest) -> AppTest:
    (toggle,) = [one for one in window.toggle if one.label == SAY("themes.quotes.more")]
    return sound(toggle.set_value(True).run())


def quotes(window: AppTest) -> list[str]:
    return [box.text[0].value for box in window.main.container if "_quote_" in (box.key or "")]


def table(window: AppTest, section: str) -> pd.DataFrame:
    sound(window.toggle(key=f"table_{section}").set_value(True).run())
    (frame,) = window.dataframe
    found: pd.DataFrame = frame.value
    return found


def charts(window: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in window.get("vega_lite_chart")]


@pytest.mark.parametrize(("lang", "theme"), [("nl", "light"), ("en", "dark")])
def test_the_three_views_stand_there_in_both_languages(reader_of_all: Guest, lang: str, theme: str) -> None:
    say = reader(lang)
    window = reader_of_all.speaks(lang).opens("themes", theme=theme)
    assert [title.value for title in window.title] == [say("themes.question")]
    assert len(headings(window)) == len(charts(window)) == 3
    assert say("themes.counted", n=12, answers=912, people=143) in [caption.value for caption in window.caption]
    assert say("themes.suggested") in sent(window)
    ink = {"light": LIGHT, "dark": DARK}[theme].ink
    for chart, heading in zip(charts(window), headings(window), strict=True):
        assert heading in chart["description"], "a screen reader hears the finding"
        assert ink in json.dumps(chart)


@pytest.mark.parametrize(("lang", "section"), [("nl", "recurrence"), ("en", "sources"), ("nl", "without")])
def test_each_view_has_a_table_with_the_same_rows(reader_of_all: Guest, lang: str, section: str) -> None:
    say = reader(lang)
    window = reader_of_all.speaks(lang).opens("themes")
    rows = list(window.selectbox(key=f"pick_{section}").options)[1:]
    shown = table(window, section)
    key = "theme" if section == "recurrence" else "source"
    (first,) = [name for name in shown.columns if name == say(f"themes.{section}.columns.{key}")]
    assert list(shown[first]) == rows
    assert say("themes.few_cell") in sent(window)
    assert len(charts(window)) == 2


def test_the_title_of_the_sources_is_what_the_table_says(reader_of_all: Guest) -> None:
    window = reader_of_all.opens("themes")
    heading = headings(window)[1]
    shown = table(window, "sources")
    numbers = [int(n) for n in shown[SAY("themes.sources.columns.participants")] if n != "<5"]
    assert numbers == sorted(numbers, reverse=True)
    assert heading.lower().startswith(shown.iloc[0, 0].lower())


@pytest.mark.parametrize("section", SECTIONS)
def test_a_row_opens_the_quotes_behind_it(reader_of_all: Guest, section: str) -> None:
    window = reader_of_all.opens("themes")
    assert quotes(window) == []
    few = quotes(pick(window, section, 1))
    assert len(few) == 3
    assert set(few) < set(quotes(more(window)))


def test_the_same_source_can_be_opened_in_two_views(reader_of_all: Guest) -> None:
    window = reader_of_all.opens("themes")
    pick(window, "sources", 1)
    assert len(quotes(pick(window, "without", 1))) == 6


def test_a_quote_tells_nothing_of_who_said_it(reader_of_all: Guest) -> None:
    window = more(pick(reader_of_all.opens("themes"), "sources", 1))
    about = [box.caption[0].value for box in window.main.container if "_quote_" in (box.key or "")]
    told = {part for line in about for part in line.split(" · ")}
    assert not told & {SAY(f"role.{role}") for role in Role}
    assert not [part for part in told if part.startswith("tafel")]
    assert len(about) == len(quotes(window)) > 3


def test_what_the_facilitator_hid_is_never_quoted(reader_of_all: Guest, examples: House) -> None:
    a = tables.answer.c
    with examples.store.read() as connection:
        rows = connection.execute(tables.answer.select().where(a.shown == "hidden", a.source.is_not(None))).all()
    assert rows
    window = reader_of_all.opens("themes")
    names = list(window.selectbox(key="pick_sources").options)
    source = str(rows[0].source)
    pick(window, "sources", names.index(SAY(f"source.{source}").capitalize()))
    assert not {f"‘{row.value}’" for row in rows} & set(quotes(more(window)))


@pytest.mark.parametrize(
    ("lang", "name", "index"), [("nl", "region", 1), ("en", "case", 2), ("nl", "domain", 1), ("en", "role", 7)]
)
def test_each_filter_narrows_what_is_counted(reader_of_all: Guest, lang: str, name: str, index: int) -> None:
    window = reader_of_all.speaks(lang).opens("themes")
    everything = window.caption[0].value
    window.selectbox(key=f"filter_{name}").select_index(index)
    sound(window.run())
    assert window.caption[0].value != everything
    assert len(headings(window)) == 3


def test_the_period_narrows_too_and_half_a_period_is_no_error(reader_of_all: Guest) -> None:
    window = reader_of_all.opens("themes")
    everything = window.caption[0].value
    first, last = window.date_input[0].value
    window.date_input[0].set_value((date(2025, 6, 1), last))
    assert sound(window.run()).caption[0].value != everything
    window.date_input[0].set_value((first,))
    sound(window.run())
    window.date_input[0].set_value((first, last))
    assert sound(window.run()).caption[0].value == everything


def test_a_choice_about_too_few_people_shows_nothing_but_why(reader_of_all: Guest) -> None:
    window = reader_of_all.opens("themes")
    few = [role for role in ("bestuur", "ervaringsdeskundige", "anders")]
    for role in few:
        window.selectbox(key="filter_role").set_value(role)
        window.selectbox(key="filter_region").select_index(2)
        sound(window.run())
        if not headings(window):
            break
    assert headings(window) == []
    assert [info.value for info in window.info] == [SAY("themes.few", threshold=THRESHOLD)]
    assert charts(window) == []
    assert not window.dataframe
    assert "pick_sources" not in sent(window)


@pytest.mark.parametrize("section", SECTIONS)
def test_no_number_below_the_threshold_reaches_the_browser(reader_of_all: Guest, section: str) -> None:
    window = reader_of_all.opens("themes")
    window.selectbox(key="filter_region").select_index(2)
    sound(window.run())
    shown = table(window, section)
    column = SAY(f"themes.{section}.columns.participants")
    numbers = [str(n) for n in shown[column]]
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
    assert ("De wachttijd is te lang" in sent(window)) is False


def test_a_new_answer_is_counted_at_the_next_look(guest: Guest, meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    for n in range(5):
        meeting.someone().gives("1.hindernis", f"kaart {n}", source="keten")
    window = guest.holds(meeting.key(Seat.ORGANISER)).opens("themes")
    meeting.someone().gives("1.hindernis", "nog een", source="keten")
    assert SAY("themes.counted", n=1, answers=6, people=6) in [c.value for c in sound(window.run()).caption]

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
from laveren.texts import flat, reader
from laveren.ui.charts import DARK, LIGHT
from laveren.workshop.coding import Coded, code_answer
from laveren.workshop.demo import load_demo
from laveren.workshop.rights import Seat
from laveren.workshop.suggesting import Progress, Suggesting, suggest_here
from tests.meeting import Meeting
from tests.ui.conftest import receive
from tests.ui.visiting import SAY, Guest, sent, sound

SECTIONS = {
    "recurs": ["recurrence", "together"],
    "where": ["sources", "without", "kinds", "domains", "room"],
    "who": ["roles", "seats"],
    "time": ["quarters"],
    "cases": ["apart", "looks"],
    "helped": ["helped"],
}
COLUMNS = [key.removeprefix("themes.columns.") for key in flat("nl") if key.startswith("themes.columns.")]
EMPTY = ["together", "seats", "looks"]  # of these the examples have nothing that may be shown
DRAWN = {section: [name for name in names if name not in EMPTY] for section, names in SECTIONS.items()}


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[House]:
    """A house with the twelve example meetings; read only."""
    house = open_house(Settings(data=tmp_path_factory.mktemp("demo"), url=None))
    assert load_demo(house.store, library, ROOT / "data/demo") == 12
    suggest_here(house.store, library.codebook)
    yield house
    house.close()


@pytest.fixture
def reader_of_all(examples: House, monkeypatch: pytest.MonkeyPatch) -> Guest:
    return receive(examples, monkeypatch).holds(examples.keys.make(Seat.ORGANISER))


def headings(window: AppTest) -> list[str]:
    return [one.value for one in window.subheader]


def charts(window: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in window.get("vega_lite_chart")]


def quotes(window: AppTest) -> list[str]:
    return [box.text[0].value for box in window.main.container if "_quote_" in (box.key or "")]


def go(window: AppTest, section: str) -> AppTest:
    """Goes to one of the sections."""
    window.button_group(key="section").set_value(section)
    return sound(window.run())


def pick(window: AppTest, name: str, **rows: int) -> AppTest:
    """Chooses rows of a picture by hand, as one does without a mouse; the first is 1."""
    for key, row in rows.items():
        window.selectbox(key=f"pick_{name}_{key}").select_index(row - 1)
    return sound(window.run())


def more(window: AppTest) -> AppTest:
    """Asks for more quotes wherever there are some."""
    for toggle in window.toggle:
        if toggle.label == SAY("themes.quotes.more"):
            toggle.set_value(True)
    return sound(window.run())


def tables_of(window: AppTest, *names: str) -> dict[str, pd.DataFrame]:
    """These pictures of the open section as tables."""
    for name in names:
        window.toggle(key=f"table_{name}").set_value(True)
    return dict(zip(names, (frame.value for frame in sound(window.run()).dataframe), strict=True))


@pytest.mark.parametrize(("lang", "theme"), [("nl", "light"), ("en", "dark")])
def test_every_section_has_its_pictures_in_both_languages_with_their_tables(
    reader_of_all: Guest, lang: str, theme: str
) -> None:
    say, ink = reader(lang), {"light": LIGHT, "dark": DARK}[theme].ink
    window = reader_of_all.speaks(lang).opens("themes", theme=theme)
    assert [title.value for title in window.title] == [say("themes.question")]
    assert say("themes.counted", n=12, answers=912, people=143) in [caption.value for caption in window.caption]
    for section, names in SECTIONS.items():
        found = charts(go(window, section))
        assert len(headings(window)) == len(names)
        assert len(found) == len(DRAWN[section])
        drawn = [heading for name, heading in zip(names, headings(window), strict=True) if name in DRAWN[section]]
        for chart, heading in zip(found, drawn, strict=True):
            assert heading in chart["description"], "a screen reader hears the finding"
            assert ink in json.dumps(chart)
        shown = tables_of(window, *DRAWN[section])
        assert charts(window) == []
        for name, table in shown.items():
            assert len(table), name
            assert set(table.columns) <= {say(f"themes.columns.{column}") for column in COLUMNS}
        assert say("themes.few_cell") in sent(window)


def test_a_picture_of_themes_says_whose_word_that_is(reader_of_all: Guest) -> None:
    window = reader_of_all.opens("themes")
    assert SAY("themes.basis.note_suggested") in sent(window)
    assert sent(go(window, "where")).count(SAY("themes.basis.note_suggested")) == 2, (
        "of hindrance and room, and domains"
    )
    assert SAY("themes.basis.note_suggested") not in sent(go(window, "helped"))


def test_the_story_says_only_what_claims_something(reader_of_all: Guest) -> None:
    window = reader_of_all.opens("themes")
    told = next(one.value for one in window.markdown if one.value.startswith("- "))
    assert len(told.splitlines()) == 3, "and not that nothing rises, over quarters of one meeting"
    assert SAY("themes.together.title.shown") not in told
    assert SAY("themes.helped.title.most", hits=117, n=143) in told.replace("\\", "")


def test_the_title_of_the_sources_is_what_the_table_says(reader_of_all: Guest) -> None:
    window = go(reader_of_all.opens("themes"), "where")
    title = headings(window)[0]
    shown = tables_of(window, "sources")["sources"]
    numbers = [int(n) for n in shown[SAY("themes.columns.participants")] if n != "<5"]
    assert numbers == sorted(numbers, reverse=True)
    assert title.lower().startswith(str(shown[SAY("themes.columns.source")].iloc[0]).lower())


def test_a_mark_opens_the_quotes_behind_it_and_more_when_asked(reader_of_all: Guest) -> None:
    window = reader_of_all.opens("themes")
    assert quotes(window) == []
    few = quotes(pick(window, "recurrence", theme=1))
    assert len(few) == 3
    assert set(few) < set(quotes(more(window)))
    about = [box.caption[0].value for box in window.main.container if "_quote_" in (box.key or "")]
    told = {part for line in about for part in line.split(" · ")}
    assert len(about) == len(quotes(window))
    assert not told & {SAY(f"role.{role}") for role in Role}
    assert not [part for part in told if part.startswith("tafel")]


@pytest.mark.parametrize(
    ("section", "name", "rows"),
    [
        ("where", "sources", {"source": 1}),
        ("where", "without", {"source": 1}),
        ("where", "kinds", {"theme": 1}),
        ("where", "domains", {"theme": 2, "domain": 1}),
        ("where", "room", {"domain": 1, "status": 1}),
        ("who", "roles", {"theme": 2, "role": 1}),
        ("time", "quarters", {"theme": 1}),
        ("cases", "apart", {"theme": 1}),
    ],
)
def test_from_every_picture_one_comes_to_the_quotes(
    reader_of_all: Guest, section: str, name: str, rows: dict[str, int]
) -> None:
    window = go(reader_of_all.opens("themes"), section)
    assert len(quotes(pick(window, name, **rows))) == 3


def test_a_mark_of_too_few_has_no_quotes(reader_of_all: Guest) -> None:
    window = go(reader_of_all.opens("themes"), "who")
    table = tables_of(window, "roles")["roles"]
    row = next(n for n, cell in enumerate(table[SAY("themes.columns.participants")]) if cell == "<5")
    for column, key in ((SAY("themes.columns.theme"), "theme"), (SAY("themes.columns.role"), "role")):
        box = window.selectbox(key=f"pick_roles_{key}")
        box.select_index(list(box.options).index(str(table[column].iloc[row])))
    assert quotes(sound(window.run())) == []
    assert SAY("themes.quotes.few") in sent(window)


def test_what_the_facilitator_hid_is_never_quoted(reader_of_all: Guest, examples: House) -> None:
    a = tables.answer.c
    with examples.store.read() as connection:
        rows = connection.execute(tables.answer.select().where(a.shown == "hidden", a.source.is_not(None))).all()
    assert rows
    window = go(reader_of_all.opens("themes"), "where")
    names = list(window.selectbox(key="pick_sources_source").options)
    pick(window, "sources", source=names.index(SAY(f"source.{rows[0].source}").capitalize()) + 1)
    assert not {f"‘{row.value}’" for row in rows} & set(quotes(more(window)))


def test_each_filter_narrows_what_is_counted(reader_of_all: Guest) -> None:
    window = reader_of_all.speaks("en").opens("themes")
    counted = {window.caption[0].value}
    chosen = {
        "domain": "schulden", "case": "de-bus-voor-de-deur", "region": "Friesland", "role": "uitvoerder",
        "organisation": "Gemeente Waterhoek",
    }  # fmt: skip
    for number, (name, value) in enumerate(chosen.items(), start=2):
        box = window.selectbox(key=f"filter_{name}")
        assert (box.value, box.placeholder) == (None, reader("en")("themes.filters.all"))
        box.set_value(value)
        counted.add(sound(window.run()).caption[0].value)
        assert len(headings(window)) == 2
        assert len(counted) == number
        window.selectbox(key=f"filter_{name}").set_value(None)


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


def test_a_choice_that_leaves_out_too_few_says_which_one(guest: Guest, meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    for role, number in (("uitvoerder", 9), ("beleid", 3)):
        for n in range(number):
            meeting.someone(1, role).gives("1.hindernis", f"{role} {n}", source="keten")
    window = guest.holds(meeting.key(Seat.ORGANISER)).opens("themes")
    window.selectbox(key="filter_role").set_value("uitvoerder")
    sound(window.run())
    why = SAY("themes.few_left_out", threshold=THRESHOLD, filter=SAY("themes.filters.role"))
    assert [info.value for info in window.info] == [why]
    assert charts(window) == []


def test_no_number_below_the_threshold_reaches_the_browser(reader_of_all: Guest) -> None:
    window = reader_of_all.opens("themes")
    window.selectbox(key="filter_region").set_value("Friesland")
    hidden = 0
    for section in ("recurs", "where", "who"):
        go(window, section)
        there = [name for name in DRAWN[section] if f"table_{name}" in {toggle.key for toggle in window.toggle}]
        for shown in tables_of(window, *there).values():
            column = SAY("themes.columns.participants")
            numbers = [str(n) for n in shown[column]] if column in shown else []
            hidden += numbers.count("<5")
            assert not [n for n in numbers if n.isdigit() and int(n) < THRESHOLD]
    assert hidden, "this choice has rows to hide"


def test_what_is_suggested_and_what_a_person_confirmed_are_never_in_one_count(guest: Guest, meeting: Meeting) -> None:
    home = meeting.house
    meeting.go_to("hindernis")
    cards = [meeting.someone().gives("1.hindernis", "De wachttijd is te lang", source="keten") for _ in range(12)]
    suggest_here(home.store, home.library.codebook)
    for card in cards[:6]:
        home.store.writer.write(code_answer, Coded(home.library, card.id, 1, 1, ("mandaat",), ("wachttijd",)))
    window = guest.holds(meeting.key(Seat.ORGANISER)).opens("themes")
    words = tables_of(window, "recurrence")["recurrence"]
    assert list(words[SAY("themes.columns.theme")]) == ["Wachttijd"]
    assert list(words[SAY("themes.columns.there")]) == ["12"]
    window.button_group(key="basis").set_value("confirmed")
    persons = sound(window.run()).dataframe[0].value
    assert list(persons[SAY("themes.columns.theme")]) == ["Mandaat en rugdekking"]
    assert list(persons[SAY("themes.columns.there")]) == ["6"]
    assert SAY("themes.basis.note_confirmed", n=6) in sent(window)


def test_the_page_says_how_far_the_suggesting_is_and_lets_one_stop_it_and_go_on(
    guest: Guest, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, woken = meeting.house, list[object]()
    meeting.go_to("hindernis")
    for n in range(6):
        meeting.someone().gives("1.hindernis", f"De wachttijd is te lang {n}", source="keten")
    guest.holds(meeting.key(Seat.ORGANISER))
    monkeypatch.setattr(house.suggesting, "wake", woken.append)
    monkeypatch.setattr(Suggesting, "busy", True)
    house.suggesting.progress = Progress(total=6, done=2)
    window = guest.opens("themes")
    assert woken == [house.library.codebook]
    assert SAY("themes.working.busy", done=2, total=6) in sent(window)
    assert SAY("themes.working.stop") in [button.label for button in window.button]
    monkeypatch.undo()
    guest = receive(house, monkeypatch).holds(meeting.key(Seat.ORGANISER))
    house.suggesting.progress = Progress(total=6, done=2, stopped=True)
    window = guest.opens("themes")
    assert SAY("themes.working.stopped", n=6) in [info.value for info in window.info]
    next(button for button in window.button if button.label == SAY("themes.working.go_on")).click()
    sound(window.run())
    house.suggesting.stop()


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

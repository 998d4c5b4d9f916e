"""The page Thema's: the filters, what recurs, where hindrances sit, where nobody sees room, and how people say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st
from babel.lists import format_list

from laveren.analysis import counting, saying
from laveren.analysis.hiding import cell
from laveren.analysis.quoting import behind_theme, quotes
from laveren.analysis.saying import Finding, Name, Words
from laveren.analysis.selecting import Selection, narrow
from laveren.analysis.suggesting import Suggester, suggestions
from laveren.texts import Say, percent
from laveren.ui import charts
from laveren.ui.charts import Labels
from laveren.ui.session import dark, house, lang, plain, say
from laveren.workshop.frames import answer_frame, data_version, workshop_frame

QUOTES = 3
MORE_QUOTES = 12


@dataclass(frozen=True)
class Frames:
    """All that was handed in, with the themes the codebook's words suggest."""

    answers: pd.DataFrame
    workshops: pd.DataFrame
    suggested: pd.DataFrame


@st.cache_data(max_entries=2, show_spinner=False)
def _frames(version: tuple[int, int], database: str) -> Frames:  # noqa: ARG001 (the key)
    home = house()
    with home.store.read() as connection:
        answers = answer_frame(connection, home.library)
        workshops = workshop_frame(connection, home.library)
    return Frames(answers, workshops, suggestions(answers, Suggester(home.library.codebook)))


def frames() -> Frames:
    """The frames as they are now; computed once for all who look."""
    home = house()
    with home.store.read() as connection:
        version = data_version(connection)
    return _frames(version, str(home.settings.database))


def filters(all_: Frames) -> Selection:
    """The row of filters, and what they leave."""
    tell, library, answers = say(), house().library, all_.answers
    cases = dict(answers[["case", "case_title"]].drop_duplicates().sort_values("case_title").to_numpy().tolist())
    cases.pop("", None)
    regions = sorted(set(answers["region"]) - {""})
    domains = {id: library.domains[id].name.say(lang()) for id in library.domains}
    roles = sorted(set(answers["role"]))
    options: dict[str, tuple[list[str], Callable[[str], str]]] = {
        "region": (regions, str),
        "case": (list(cases), lambda id: cases[id]),
        "domain": (list(domains), lambda id: domains[id]),
        "role": (roles, lambda id: tell(f"role.{id}")),
    }
    chosen: dict[str, str | None] = {}
    columns = st.columns([1.3, 1, 1, 1, 1])
    first, last = pd.Timestamp(answers["date"].min()).date(), pd.Timestamp(answers["date"].max()).date()
    with columns[0]:
        period = st.date_input(
            tell("themes.filters.period"), (first, last), min_value=first, max_value=last, format="DD-MM-YYYY"
        )
    for column, (name, (ids, named)) in zip(columns[1:], options.items(), strict=True):
        chosen[name] = column.selectbox(
            tell(f"themes.filters.{name}"),
            [None, *ids],
            format_func=_or_all(named, tell("themes.filters.all")),
            key=f"filter_{name}",
        )
    dates: tuple[date, ...] = tuple(period) if isinstance(period, tuple) else (period,)
    whole = (dates[0] if dates else None, dates[1] if len(dates) > 1 else None)
    return narrow(answers, all_.workshops, period=whole, **chosen)


def _or_all(named: Callable[[str], str], everything: str) -> Callable[[str | None], str]:
    return lambda id: named(id) if id else everything


@dataclass(frozen=True)
class Shelf:
    """What the three views share: the selection, the suggestions in it, the words."""

    chosen: Selection
    everything: Frames
    words: Words
    say: Say

    @property
    def suggested(self) -> pd.DataFrame:
        """The suggestions for the answers that are looked at."""
        found = self.everything.suggested
        return found[found["answer"].isin(self.chosen.answers["id"])]

    def spell(self, finding: Finding) -> str:
        """A finding in words."""
        return saying.spell(finding, self.words)


def shelf(chosen: Selection, everything: Frames) -> Shelf:
    """The words of this language, put together."""
    tell, language, library = say(), lang(), house().library
    themes = {theme.id: theme.say(language) for theme in library.codebook.themes}

    def name(of: Name) -> str:
        return themes.get(of.id, of.id) if of.of == "theme" else tell(f"themes.source.{of.id}")

    words = Words(tell, name, lambda share: percent(share, language), lambda names: format_list(names, locale=language))
    return Shelf(chosen, everything, words, tell)


def recurrence(desk: Shelf) -> None:
    """Themes by workshops: suggested, so marked, with Wilson's interval."""
    answers, workshops, tell = desk.chosen.answers, desk.chosen.workshops, desk.say
    rates = counting.theme_recurrence(answers, workshops, desk.suggested)
    headline = " ".join(desk.spell(finding) for finding in saying.themes_headline(rates))
    st.markdown(f"#### {plain(headline)}")
    title = desk.spell(saying.themes_title(rates, counting.occurrences(answers, desk.suggested)))
    names = {theme.id: theme.say(lang()) for theme in house().library.codebook.themes}
    shown = rates.dropna(subset=["workshops"])
    values = {
        row["theme"]: tell("themes.recurrence.value", hits=int(row["workshops"]), n=int(row["of"]))
        for row in _rows(shown)
    }
    of = int(shown["of"].iloc[0]) if len(shown) else 0
    notes = [tell("themes.suggested") + ".", tell("themes.recurrence.rule")]
    left = saying.unmatched_note(answers, desk.suggested)
    notes += [desk.spell(left)] if left else []
    mark = View("recurrence", "theme", charts.recurrence, names, values, {"n": of}, notes)
    picked = _view(desk, mark, title, rates)
    if picked:
        _quotes(desk, "recurrence", names.get(picked, picked), behind_theme(answers, desk.suggested, picked), picked)


def sources(desk: Shelf) -> None:
    """Where the hindrances sit."""
    answers, tell = desk.chosen.answers, desk.say
    counts = counting.hindrances_by_source(answers)
    title = desk.spell(saying.sources_title(counts, answers))
    names = {id: _cap(tell(f"source.{id}")) for id in counts["source"]}
    shown = counts.dropna(subset=["participants"])
    values = {row["source"]: tell("themes.sources.value", n=int(row["participants"])) for row in _rows(shown)}
    of = int(shown["of"].iloc[0]) if len(shown) else 0
    picked = _view(desk, View("sources", "source", charts.by_source, names, values, {"n": of}, []), title, counts)
    if picked:
        stuck = counting.hindrances(answers)
        _quotes(desk, "sources", names[picked], stuck[stuck["source"] == picked])


def without_room(desk: Shelf) -> None:
    """Hindrances that nobody sees room for yet."""
    answers, everyone, tell = desk.chosen.answers, desk.everything.answers, desk.say
    counts = counting.hindrances_without_room(answers, everyone)
    title = desk.spell(saying.without_room_title(answers, everyone))
    most = saying.without_room_most_often(counts)
    names = {id: _cap(tell(f"source.{id}")) for id in counts["source"]}
    shown = counts.dropna(subset=["without"])
    values = {
        row["source"]: tell("themes.without.value", hits=int(row["without"]), n=int(row["hindrances"]))
        for row in _rows(shown)
    }
    notes = [*([desk.spell(most)] if most else []), tell("themes.without.rule")]
    picked = _view(desk, View("without", "source", charts.without_room, names, values, {}, notes), title, counts)
    if picked:
        bare = counting.without_room(answers, everyone)
        _quotes(desk, "without", names[picked], bare[bare["source"] == picked])


@dataclass(frozen=True)
class View:
    """A chart and its table: its texts are under `themes.<section>`, its rows are told apart by `key`."""

    section: str
    key: str
    draw: Callable[..., Any]
    names: Mapping[str, str]
    values: Mapping[str, str]
    axis: Mapping[str, int]
    notes: list[str]


def _view(desk: Shelf, view: View, title: str, frame: pd.DataFrame) -> str | None:
    """A title that is true, the chart or its table, what is counted; gives the row that was chosen."""
    tell, section, key, names = desk.say, view.section, view.key, view.names
    columns = {name: tell(f"themes.{section}.columns.{name}") for name in frame.columns if name != key}
    st.subheader(title)
    with st.container(horizontal=True, vertical_alignment="center"):
        as_table = st.toggle(tell("themes.as_table"), key=f"table_{section}")
        st.caption(" ".join(view.notes))
    if as_table:
        table = frame.assign(**{name: frame[name].map(lambda value: _written(value)) for name in columns})
        table[key] = [names.get(id, id) for id in frame[key]]
        st.dataframe(
            table.rename(columns=columns | {key: tell(f"themes.{section}.columns.{key}")}),
            hide_index=True,
            width="stretch",
        )
        st.caption(tell("themes.few_cell"))
    picked: str | None = None
    if not as_table:
        said = tell(f"themes.{section}.description", title=title)
        scale = tell(f"themes.{section}.axis", **view.axis)
        labels = Labels(names, view.values, scale, said, columns, "\u00a0%" if lang() == "nl" else "%")
        with alt.utils.schemapi.debug_mode(False):  # our own charts need no checking at each run: half the time
            chart = view.draw(frame, labels, dark())
        event = st.altair_chart(chart, theme=None, width="stretch", on_select="rerun", key=f"chart_{section}")
        marks = event["selection"].get(key) or []
        picked = str(marks[0][key]) if marks else None
    by_hand: str | None = st.selectbox(
        tell("themes.quotes.pick"),
        [None, *frame[key]],
        format_func=lambda id: names.get(id, id) if id else "—",
        key=f"pick_{section}",
    )
    return picked or by_hand


def _quotes(desk: Shelf, section: str, name: str, behind: pd.DataFrame, theme: str | None = None) -> None:
    """How people say it: a few, or more when asked; nothing below the threshold."""
    tell = desk.say
    st.markdown(f"**{tell('themes.quotes.heading')}: {plain(name)}**")
    many = st.toggle(tell("themes.quotes.more"), key=f"more_{section}_{name}")
    found = quotes(behind, MORE_QUOTES if many else QUOTES)
    if not len(found):
        st.caption(tell("themes.quotes.none" if len(behind) else "themes.quotes.few"))
        return
    st.caption(tell("themes.quotes.shown", shown=len(found), n=len(behind)))
    reasons: dict[str, str] = {}
    if theme:
        named = desk.suggested[desk.suggested["theme"] == theme]
        reasons = dict(zip(named["answer"], named["word"], strict=True))
    cards = _rows(found)
    for first in range(0, len(cards), 3):
        for column, quote in zip(st.columns(3), cards[first : first + 3], strict=False):
            key = f"card_{quote['kind']}_quote_{section}_{quote['id']}"
            with column.container(border=True, key=key, height="stretch"):
                st.text(f"‘{quote['text']}’")
                about = [tell(f"kind.{quote['kind']}"), quote["case_title"]]
                about += [tell(f"source.{quote['source']}")] if quote["source"] else []
                about += [tell(f"status.{quote['status']}")] if quote["status"] else []
                about += [tell("themes.quotes.reason", word=reasons[quote["id"]])] if quote["id"] in reasons else []
                st.caption(plain(" · ".join(part for part in about if part)))


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame with plain values; what is missing is None."""
    present = frame.astype("object").where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in present.to_dict("records")]


def _written(value: Any) -> str:
    return cell(value, lambda n: percent(n, lang()) if isinstance(n, float) else str(n))


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]

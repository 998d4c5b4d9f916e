"""One picture on the page: its title, the chart or its table, what is counted, and the quotes behind what is picked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from laveren.analysis.hiding import cell
from laveren.analysis.quoting import Mark, behind, quotable
from laveren.texts import percent
from laveren.ui import charts
from laveren.ui.session import dark, house, plain
from laveren.ui.themes.desk import Desk
from laveren.ui.themes.picture import Picture
from laveren.ui.themes.taking import take_picture
from laveren.workshop.quotes import Quote, read_quotes

QUOTES = 3
MORE_QUOTES = 12


def show(desk: Desk, picture: Picture) -> None:
    """A title that is true, the chart or its table, what is counted; and the quotes behind what is picked."""
    with st.container(key=f"picture_{picture.name}"):
        st.subheader(desk.spell(picture.title))
        if not picture.empty:
            _shown(desk, picture)
        elif picture.none:
            st.caption(desk.say(picture.none))


def _shown(desk: Desk, picture: Picture) -> None:
    tell, name = desk.say, picture.name
    with st.container(horizontal=True, vertical_alignment="center"):
        as_table = st.toggle(tell("themes.as_table"), key=f"table_{name}")
        take_picture(desk, picture)
        st.caption(" ".join([*([basis_note(desk)] if picture.themed else []), *picture.notes]))
    picked: dict[str, Any] = {}
    if as_table:
        st.dataframe(written(desk, picture), hide_index=True, width="stretch")
        st.caption(tell("themes.few_cell"))
    else:
        picked = picture.picked(charts.draw(picture.chart(desk, dark=dark()), f"chart_{name}"))
    if name == "helped":  # a number has no words behind it
        return
    by_hand = _picked_by_hand(desk, picture)
    chosen = picked if set(picture.keys) <= set(picked) else by_hand
    if chosen:
        _quotes(desk, picture, {key: chosen[key] for key in picture.keys})


def basis_note(desk: Desk) -> str:
    """Whose word counts, in a sentence."""
    return desk.say(f"themes.basis.note_{desk.basis}", n=desk.found.read)


def _picked_by_hand(desk: Desk, picture: Picture) -> dict[str, Any] | None:
    """What was chosen without a mouse; None until all of it was."""
    chosen: dict[str, Any] = {}
    for column, key in zip(st.columns(len(picture.keys)), picture.keys, strict=True):
        called = picture.called[key]
        label = desk.say("themes.quotes.pick") if key == picture.keys[0] else desk.say(f"themes.columns.{key}")
        chosen[key] = column.selectbox(
            label,
            list(dict.fromkeys(picture.frame[key])),
            index=None,
            format_func=partial(_name, called),
            placeholder="—",
            key=f"pick_{picture.name}_{key}",
        )
    return None if None in chosen.values() else chosen


def _quotes(desk: Desk, picture: Picture, picked: dict[str, Any]) -> None:
    """How people say it: a few, or more when asked; nothing below the threshold."""
    tell, mark = desk.say, picture.mark(**picked)
    named = " · ".join(str(picture.called[key].get(id, id)) for key, id in picked.items())
    st.markdown(f"**{tell('themes.quotes.heading')}: {plain(named)}**")
    key = f"{picture.name}_{'_'.join(map(str, picked.values()))}"
    many = st.toggle(tell("themes.quotes.more"), key=f"more_{key}")
    answers = behind(desk.answers(), mark)
    places = quotable(answers)
    with house().store.read() as connection:
        found = read_quotes(connection, desk.records, places, MORE_QUOTES if many else QUOTES)
    if not found:
        st.caption(tell("themes.quotes.none" if places else "themes.quotes.few"))
        return
    st.caption(tell("themes.quotes.shown", shown=len(found), n=len(answers)))
    for first in range(0, len(found), QUOTES):
        for column, quote in zip(st.columns(QUOTES), found[first : first + QUOTES], strict=False):
            _card(desk, quote, mark, column.container(border=True, key=_card_key(picture, quote), height="stretch"))


def _card_key(picture: Picture, quote: Quote) -> str:
    return f"card_{quote.kind}_quote_{picture.name}_{quote.id}"


def _card(desk: Desk, quote: Quote, mark: Mark, box: Any) -> None:
    tell = desk.say
    about = [tell(f"kind.{quote.kind}"), quote.case_title]
    about += [tell(f"source.{quote.source}")] if quote.source else []
    about += [tell(f"status.{quote.status}")] if quote.status else []
    words = [quote.words[theme] for theme in (mark.theme, mark.other) if theme in quote.words]
    if desk.basis == "suggested":
        about += [tell("themes.quotes.reason", word=word) for word in words]
    with box:
        st.text(f"‘{quote.text}’")
        st.caption(plain(" · ".join(part for part in about if part)))


def written(desk: Desk, picture: Picture) -> pd.DataFrame:
    """The table as it stands on the page: names for ids, `<5` for what is hidden."""
    table = pd.DataFrame()
    for name in picture.shown:
        called = picture.called.get(name)
        heading = desk.say(f"themes.columns.{name}")
        if called is not None:
            table[heading] = [called.get(id, "") for id in picture.frame[name]]
        else:
            table[heading] = [cell(value, partial(_spelled, name, desk)) for value in picture.frame[name]]
    return table


def _name(called: Mapping[Any, str], id: Any) -> str:
    return str(called.get(id, id))


def _spelled(column: str, desk: Desk, value: Any) -> str:
    if column in ("share", "low", "high"):
        return percent(float(value), desk.lang)
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", "," if desk.lang == "nl" else ".")
    return str(value)

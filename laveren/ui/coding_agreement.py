"""Coderen: how far two coders agree, over all and per theme, and the answers on which they differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st
from babel.numbers import format_decimal

from laveren.analysis.agreement import Agreement, words
from laveren.analysis.queues import among
from laveren.analysis.records import Records
from laveren.ui.coding_cards import Laying
from laveren.ui.session import house, lang, plain
from laveren.workshop.coding import FIRST, read_cards
from laveren.workshop.second_coder import Row, Twice, agreements, differing

AT_ONCE = 10  # texts at a time


def show_agreement(laying: Laying, records: Records, twice: Sequence[Twice]) -> None:
    """The finding, the table with how to read it, and what there is to talk about."""
    tell = laying.say
    if not twice:
        st.info(tell("coding.agreement.none"))
        return
    whole, *themes = agreements(twice, laying.stock.codebook)
    st.subheader(_finding(laying, whole), anchor=False)
    st.caption(tell("coding.agreement.counted", n=len(twice), same=whole.both))
    if whole.found and whole.found.units < whole.found.needed:
        st.info(tell("coding.agreement.few", units=whole.found.units, n=whole.found.needed))
    table = _table(laying, [whole, *themes])
    st.dataframe(table, hide_index=True, width="stretch", height="content", placeholder="–")
    st.caption(tell("coding.agreement.how"))
    _to_discuss(laying, records, twice)


def _finding(laying: Laying, whole: Row) -> str:
    tell = laying.say
    if whole.found is None:
        return tell("coding.agreement.finding.all_same")
    alpha, low, high = (_decimal(value) for value in whole.found[:3])
    return tell(f"coding.agreement.finding.{words(whole.found)}", alpha=alpha, low=low, high=high)


def _table(laying: Laying, rows: Sequence[Row]) -> pd.DataFrame:
    """A row per theme, the whole first; numbers as they are written in this language."""
    tell = laying.say
    shown = [
        {
            "theme": laying.name(row.theme) if row.theme else tell("coding.agreement.whole"),
            "word": _word(laying, row.found),
            "alpha": _decimal(row.found.value) if row.found else "–",
            "interval": f"{_decimal(row.found.low)} – {_decimal(row.found.high)}" if row.found else "–",
            "n": row.found.units if row.found else None,
            "both": row.both,
            "first": row.first if row.theme else None,
            "second": row.second if row.theme else None,
        }
        for row in rows
    ]
    table = pd.DataFrame(shown).astype(dict.fromkeys(("n", "both", "first", "second"), "Int64"))
    return table.rename(columns={name: tell(f"coding.agreement.columns.{name}") for name in table.columns})


def _word(laying: Laying, found: Agreement | None) -> str:
    tell = laying.say
    if found is None:
        return tell("coding.agreement.word.nothing")
    word = words(found)
    if word == "unsure" and found.units < found.needed:
        return tell("coding.agreement.word.needed", units=found.units, n=found.needed)
    return tell(f"coding.agreement.word.{word}")


def _to_discuss(laying: Laying, records: Records, twice: Sequence[Twice]) -> None:
    """What each said of the answers on which they differ; the first coder's queue has them too."""
    tell, left = laying.say, {one.answer: one for one in twice if one.differs and not one.settled}
    settled = sum(one.differs and one.settled for one in twice)
    st.subheader(tell("coding.agreement.discuss", n=len(left)), anchor=False)
    if settled:
        st.caption(tell("coding.agreement.settled", n=settled))
    if not left:
        return
    if laying.coder == FIRST:
        st.button(tell("coding.agreement.anew"), type="primary", on_click=_to_queue, key="coding_anew")
    places = np.flatnonzero(among(records, records.column("coded"), differing(twice)))[:AT_ONCE]
    with house().store.read() as connection:
        cards = read_cards(connection, records, [int(place) for place in places], FIRST)
    for card in cards:
        one = left[card.quote.id]
        with st.container(border=True, gap="xxsmall", key=f"card_{card.quote.kind}_{card.quote.id}"):
            st.text(card.quote.text)
            said = {"first": laying.names(one.first), "second": laying.names(one.second)}
            st.caption(plain(tell("coding.agreement.said", **said)))
    if len(left) > len(cards):
        st.caption(tell("coding.agreement.more", n=len(left) - len(cards)))


def _to_queue() -> None:
    st.session_state[f"coding_queue_{FIRST}"] = "differ"


def _decimal(value: float) -> str:
    return format_decimal(value, "0.00", locale=lang())

"""What the tests of the page Casussen do and see: the list, a case, and its form."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from tests.ui.visiting import SAY, Guest, press, sound

MARKED = """\
titel: "De *ster* <b>van</b> Paul"
peildatum: 2026-02-01
fictief: ja
personen:
  - {naam: Paul, rol: "inwoner_met_streepjes"}
situatie: |
  Paul zegt: 'Ik **blijf** <i>hier</i>.'

  # geen kop
domeinen: [wonen]
regels:
  - artikel: "Artikel 31 *lid* 2"
    kaarttekst: "Lees: `kijk` hier."
    status: gecontroleerd
    gecontroleerd_door: "M. de_Vries_"
perspectieven: [Paul]
begeleiding: ["Vraag *door*."]
wendingen: [{titel: "Een *wending*", tekst: "<b>Weg</b>"}]
"""


def reads(guest: Guest, id: str, number: int | None = None) -> AppTest:
    """One case, as its address opens it."""
    window = guest.opens("cases")
    window.query_params["casus"] = id
    if number:
        window.query_params["versie"] = str(number)
    return sound(window.run())


def listed(window: AppTest) -> list[str]:
    """The titles in the list."""
    return [one.label.strip("*") for one in window.button if str(one.key).startswith("open_")]


def looks_for(window: AppTest, words: str) -> list[str]:
    window.text_input(key="cases_words").input(words)
    return listed(sound(window.run()))


def texts(window: AppTest) -> list[str]:
    return [text.value for text in window.text]


def captions(window: AppTest) -> list[str]:
    return [caption.value for caption in window.caption]


def headings(window: AppTest) -> list[str]:
    return [title.value for title in window.title]


def field(window: AppTest, label: str, nth: int = 0) -> Any:
    """The field of the form with this label; `nth` of those that have it."""
    kinds = (window.text_input, window.text_area, window.number_input, window.date_input, window.checkbox,
             window.multiselect)  # fmt: skip
    return [one for kind in kinds for one in kind if one.label == label][nth]


def writes(window: AppTest, label: str, value: Any, nth: int = 0) -> None:
    """Fills in one field."""
    found = field(window, label, nth)
    found.set_value(value)
    sound(window.run())


def adds(window: AppTest, part: str) -> None:
    press(window, SAY(f"cases.form.add_{part}"))


def saves(window: AppTest) -> AppTest:
    return press(window, SAY("cases.form.save"))

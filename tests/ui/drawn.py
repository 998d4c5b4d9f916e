"""A small example of every chart of Thema's, each with a row that is hidden; and ways to look into a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from laveren.ui.charts import (
    Labels,
    Spec,
    before_after,
    by_source,
    heat,
    levels,
    quarters,
    recurrence,
    rooms_apart,
    side_by_side,
    without_room,
)

LONG = "Administratie en digitaal, maar dan heel uitgebreid opgeschreven"
SAID = "Zes van twaalf."

Draw = Callable[[bool], Spec]
Row = dict[str, Any]


def labels(*ids: str, values: dict[str, str] | None = None) -> Labels:
    """The first of these ids has the long name."""
    return Labels(
        names={ident: LONG if ident == ids[0] else ident.title() for ident in ids},
        values=values or {ids[0]: "6 van 12"},
        axis="deel van 12",
        description=SAID,
        columns={"participants": "Deelnemers"},
    )


def frame(columns: str, *rows: tuple[Any, ...]) -> pd.DataFrame:
    """A frame as the analysis gives it: what is None is hidden."""
    return pd.DataFrame(list(rows), columns=columns.split()).convert_dtypes()


def _recurrence(dark: bool) -> Spec:
    hidden = ("geld", None, None, None, None, None)
    given = frame("theme workshops share low high participants", ("tijd", 6, 0.5, 0.25, 0.75, 21), hidden)
    return recurrence(given, labels("tijd", "geld"), dark)


def _by_source(dark: bool) -> Spec:
    return by_source(frame("source participants", ("wet", 21), ("keten", None)), labels("wet", "keten"), dark)


def _without_room(dark: bool) -> Spec:
    given = frame("case hindrances without participants", ("bus", 40, 21, 21), ("yara", None, None, None))
    return without_room(given, labels("bus", "yara"), dark, by="case")


def _levels(dark: bool) -> Spec:
    return levels(frame("level participants share", ("1", 21, 0.5), ("2", None, None)), labels("1", "2"), dark)


def _side_by_side(dark: bool) -> Spec:
    given = frame("theme hindrance room participants", ("tijd", 34, 21, 40), ("geld", None, None, None))
    words = {"hindrance": "hindernis", "room": "ruimte"}
    return side_by_side(given, labels("tijd", "geld", values=words), dark)


def _before_after(dark: bool) -> Spec:
    given = frame("key before after participants", ("wet", 34, 21, 40), ("keten", None, None, None))
    return before_after(given, labels("wet", "keten", values={"before": "vooraf", "after": "achteraf"}), dark)


def _rooms_apart(dark: bool) -> Spec:
    seen = [("tijd", "w1", 0.5, 21), ("tijd", "w2", 0.7, 21), ("tijd", "w3", None, None)]
    hidden = [("geld", "w1", None, None)]
    return rooms_apart(frame("theme workshop share participants", *seen, *hidden), labels("tijd", "geld"), dark)


def _heat(dark: bool) -> Spec:
    given = frame("theme domain participants", ("tijd", "werk", 21), ("geld", "werk", None))
    return heat(given, labels("tijd", "geld", "werk"), "theme", "domain", "participants", dark)


def _quarters(dark: bool) -> Spec:
    seen = [("tijd", "2025-1", 0.5, 0.3, 0.7, 12, "rises", 21), ("tijd", "2025-2", 0.6, 0.4, 0.8, 12, "rises", 21)]
    hidden = ("geld", "2025-1", None, None, None, None, None, None)
    given = frame("theme quarter share low high of direction participants", *seen, hidden)
    return quarters(given, labels("tijd", "geld", values={"rises": "stijgt", "1": "K1", "2": "K2", "of": "n"}), dark)


_MADE: dict[str, tuple[Draw, list[str]]] = {
    "recurrence": (_recurrence, ["theme"]),
    "by_source": (_by_source, ["source"]),
    "without_room": (_without_room, ["case"]),
    "levels": (_levels, ["level"]),
    "side_by_side": (_side_by_side, ["theme"]),
    "before_after": (_before_after, ["key"]),
    "rooms_apart": (_rooms_apart, ["theme"]),
    "heat": (_heat, ["theme", "domain"]),
    "quarters": (_quarters, ["theme"]),
}

#: Every chart, with the columns that a click gives.
KEYS = {name: keys for name, (_, keys) in _MADE.items()}


def example(name: str, dark: bool = False) -> Spec:
    """The example of a chart."""
    return _MADE[name][0](dark)


def layers(chart: Spec) -> Iterator[tuple[list[Row], Spec]]:
    """Every layer with the rows it is drawn from, the ones it does not draw left out."""
    for part in chart["layer"]:
        for layer in part["layer"]:
            (where,) = layer.get("transform", [{"filter": ""}])
            yield [row for row in part["data"]["values"] if _holds(where["filter"], row)], layer


def _holds(condition: str, row: Row) -> bool:
    """Whether a row is one of those a layer draws: the few conditions that the charts know."""
    for part in filter(None, condition.split(" && ")):
        name = part.split()[0].removeprefix("!").removeprefix("datum.")
        value = row.get(name)
        if " !== null" in part or " === null" in part:
            fits = (value is None) is (" === null" in part)
        elif " > " in part:
            fits = value > float(part.split(" > ")[1])
        else:
            fits = bool(value) is not part.startswith("!")
        if not fits:
            return False
    return True


def rows(chart: Spec) -> list[Row]:
    """The rows of the first part: those one can click on."""
    found: list[Row] = chart["layer"][0]["data"]["values"]
    return found


def written(chart: Spec) -> list[tuple[str, str]]:
    """All words in the chart, each with its colour; names on an axis are not among them."""
    found = []
    for drawn, layer in layers(chart):
        if layer["mark"]["type"] == "text":
            said = layer["encoding"]["text"]
            colour = layer["mark"].get("color") or chart["config"]["text"]["color"]
            for row in drawn:
                word = said["value"] if "value" in said else row[said["field"]]
                found += [(str(word), colour)] if word not in (None, "") else []
    return found

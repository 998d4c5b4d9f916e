"""Where two things meet: a heat map in one hue, with its numbers in the cells."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

import pandas as pd

from laveren.analysis.hiding import FEW
from laveren.ui.charts.ground import (
    IN_LINES,
    LINE,
    SHOWN,
    SIZE,
    Labels,
    Palette,
    Row,
    Spec,
    band,
    finish,
    layer,
    lines,
    measured,
    palette,
    records,
    text,
    tips,
    words_width,
)

CELL = 34
PAGE = 1050  # pixels that a laptop of 1366 has for the cells and the names of the rows
HEADED = 88  # what a name above a column takes at most, so that half a page is enough for a few columns
LETTER = 7.2  # pixels of one letter there
TILT = -42
WIDE = 5  # so many columns and more need most of a page


def heat(
    frame: pd.DataFrame,
    labels: Labels,
    row: str,
    column: str,
    value: str,
    dark: bool = False,
    spell: Callable[[Any], str] = str,
    hidden: str = FEW,
    start: float = 0,
) -> Spec:
    """One cell for each line of the frame: `row`, `column`, `value`, in the order in which they first come.

    `spell` writes a number; `hidden` is what a cell without one says ("" where it only means: nothing clear). The
    colour goes from `start` to the largest number. A pair that is not in the frame has no cell: a triangle is a frame
    of pairs. Selection: `row` and `column`, both.
    """
    colours = palette(dark)
    cells = records(frame)
    sides = _named(cells, row, labels)
    longest = words_width([line for name in sides.values() for line in name.split("\n")])
    letters = int(min((PAGE - longest) / max(1, len({cell[column] for cell in cells})), HEADED) / LETTER)
    tops, deep, tilted = _above(_named(cells, column, labels, letters), letters)
    most = max((cell[value] for cell in cells if cell[value] is not None), default=1)
    for cell in cells:
        number, side, top = cell[value], sides[cell[row]], tops[cell[column]]
        said = hidden if number is None else spell(number)
        label = f"{side} · {top.lstrip()}".replace("\n", " ")
        cell |= {"side": side, "top": top, "shown": number is not None, "said": said, "label": label}
        cell |= tips(cell, labels) | {f"tip_{value}": said or "–", "aloud": f"{label}: {said}"}
        if number is not None:
            cell |= _look((number - start) / (most - start or 1), colours)
    turned = {"labelAngle": TILT, "labelAlign": "left"} if tilted else {"labelAngle": 0}
    x = _axis(tops, "top", 0.05, orient="top", labelPadding=8 + deep * LINE, **turned)
    y = _axis(sides, "side", 0.1, labelPadding=8, labelFontSize=SIZE, labelOffset=IN_LINES["labelOffset"])
    corner = {"cornerRadius": 4}
    hairline = corner | {"fill": None, "stroke": colours.line}
    click = band([row, column], labels, colours, x=x, y=y)
    click["mark"] |= {"width": {"band": 1.08}, "height": {"band": 1.14}}  # its outline is seen around a dark cell too
    layers = [
        layer("rect", SHOWN, corner, x=x, y=y, fill=_as_it_is("fill")),
        layer("rect", f"!{SHOWN}", hairline, x=x, y=y),
        layer("text", SHOWN, {"fontWeight": 600}, x=x, y=y, text=text("said"), color=_as_it_is("ink")),
        layer("text", f"!{SHOWN}", {"color": colours.soft}, x=x, y=y, text=text("said")),
        click,
    ]
    tall = max(CELL, max((name.count("\n") + 1 for name in sides.values()), default=1) * LINE + 6)
    heads = max(map(len, tops.values()), default=0) * LETTER * 0.7 + 20 if tilted else (deep + 1) * LINE + 10
    height = round(max(1, len(sides)) * tall + heads) + 2 * LINE
    parts = [(cells, layers), measured(labels, colours)]
    return finish(parts, height, labels, colours, wide=len(tops) >= WIDE)


def _named(cells: list[Row], key: str, labels: Labels, letters: int | None = None) -> dict[Any, str]:
    """What each row or column is called, in lines, in order."""
    ids = list(dict.fromkeys(cell[key] for cell in cells))
    return dict(zip(ids, lines([labels.names.get(id, id) for id in ids], letters), strict=True))


def _above(names: dict[Any, str], letters: int) -> tuple[dict[Any, str], int, bool]:
    """The names over the columns, how many lines they have more than one, and whether they must be tilted.

    They are where a word is wider than its column, each in one line. Else they are in lines that end alike.
    """
    tilted = any(len(line) > letters for name in names.values() for line in name.split("\n"))
    if tilted:
        return {id: name.replace("\n", " ") for id, name in names.items()}, 0, True
    deep = max((name.count("\n") for name in names.values()), default=0)
    return {id: "\n" * (deep - name.count("\n")) + name for id, name in names.items()}, deep, False


def _look(part: float, colours: Palette) -> Row:
    """The colour of a cell, by sixths of the largest number, and that of the number in it."""
    steps = len(colours.heat)
    step = min(max(ceil(steps * part), 1), steps) - 1
    return {"fill": colours.heat[step], "ink": colours.ink if step < steps // 2 else colours.paper}


def _as_it_is(name: str) -> Spec:
    """A colour that stands in the data."""
    return text(name) | {"scale": None}


def _axis(names: dict[Any, str], name: str, gap: float, **look: Any) -> Spec:
    quiet = {"title": None, "ticks": False, "domain": False, "labelLimit": 0, "labelExpr": IN_LINES["labelExpr"]}
    return text(name) | {"sort": list(names.values()), "axis": quiet | look, "scale": {"paddingInner": gap}}

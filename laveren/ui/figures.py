"""The figures of a step in words and shares: what the `screen` component draws of answers that are not words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from laveren.content.fields import Text
from laveren.content.methods import AnswerType, Prompt
from laveren.texts import Say, number
from laveren.ui.bars import cap, finding, rows
from laveren.workshop.figures import SHOW_FROM, Counted, Dots, Figure, Moved, Scatter, Spread, Triangle, Trust
from laveren.workshop.values import BLIND

Data = dict[str, Any]
MOST_ARROWS = 300
MOST_ROWS = 6  # of what got dots: more is not read from the back row
MOST_REMARKS = 2  # of each kind, under the matrix
CLEAR = 0.05  # of the whole: from so much on the middle of the room is said to move
HIGH = 4  # on a scale of five
Named = Callable[[Text], str]


def drawn(figures: Sequence[Figure], say: Say, lang: str, named: Named) -> Data:
    """`figure`, or `bars`, for the screen; with `few` when too few people have answered to draw anything.

    `named` gives a text of the method in this language, with the resident's name.
    """
    if not figures:
        return {}
    spreads = [one for one in figures if isinstance(one, Spread)]
    if spreads:
        return _spreads(spreads, say, named)
    match figures[0]:
        case Scatter() as figure:
            return _scatter(figure, say, named)
        case Triangle() as figure:
            return {"figure": _triangle(figure, say, named)} if figure.enough else _few(say)
        case Trust() as figure:
            return _trust(figure, say, lang, named)
        case Dots() as figure:
            return _dots(figure, say, named)
        case Moved() as figure:
            return _moved(figure, say, named)
    raise NotImplementedError(type(figures[0]))


def _note(figure: Counted, say: Say) -> str:
    return say("figure.tables" if figure.scope == "table" else "figure.people", n=figure.people)


def _few(say: Say) -> Data:
    return {"few": say("figure.few")}


def _spreads(spreads: Sequence[Spread], say: Say, named: Named) -> Data:
    seen = [one for one in spreads if one.enough]
    if not seen:
        return _few(say)
    parts = [_spread(one, say, named) for one in seen]
    if len(seen) == 1 and not seen[0].case:
        return {"bars": parts[0]}
    questions = {one.asked.wire for one in spreads}
    legends = [part["legend"] for part in parts if "legend" in part]
    alike = all(legend == legends[0] for legend in legends)  # then one stands for all
    lines: list[Data] = []
    for one, part in zip(seen, parts, strict=True):
        heads = [named(one.asked.prompt.question) if len(questions) > 1 else "", one.case]
        heading = {"heading": " · ".join(filter(None, heads))}
        lines += [heading if alike else heading | {"legend": part.get("legend", [])}, *part["rows"]]
    title = parts[0]["title"] if len(questions) == 1 else ""
    note = say("figure.people", n=max(one.people for one in seen)) if len(questions) > 1 else _notes(seen, say)
    drawn = {"title": title, "note": note, "rows": lines, "kind": ""}
    return {"bars": drawn | ({"legend": legends[0]} if legends and alike else {})}


def _notes(seen: Sequence[Spread], say: Say) -> str:
    """Of how many together; what several cases give is of different people."""
    return _note(Counted(sum(one.people for one in seen), seen[0].scope), say)


def _spread(spread: Spread, say: Say, named: Named) -> Data:
    prompt = spread.asked.prompt

    def label(id: str, text: Text | None) -> str:
        return cap(named(text)) if text else say("figure.blind") if id == BLIND else id

    note, question = _note(spread, say), named(prompt.question)
    if prompt.type is AnswerType.ROWS:
        order = list(spread.options)
        most = max((sum(counts.values()) for _, _, counts in spread.lines), default=0) or 1
        found = [
            {
                "label": label(id, text),
                "value": "",
                "share": 1.0,
                "strong": False,
                "parts": [
                    [f"part c{place}", counts[option] / most, str(counts[option])]
                    for place, option in enumerate(order)
                    if counts[option]
                ],
            }
            for id, text, counts in spread.lines
        ]
        legend = [[f"c{place}", label(option, spread.options[option])] for place, option in enumerate(order)]
        return {"title": question, "note": note, "rows": found, "legend": legend, "kind": ""}
    counted = [(label(id, text), counts[id]) for id, text, counts in spread.lines]
    ranked = sorted(counted, key=lambda one: -one[1])
    one_each = prompt.type is not AnswerType.SCALE5
    title = finding(say, "spread", "option", ranked, spread.people, plain=question) if one_each else question
    return {"title": title, "note": note, "rows": rows([(name, n, str(n)) for name, n in counted]), "kind": ""}


def _scatter(figure: Scatter, say: Say, named: Named) -> Data:
    if not figure.enough:
        return _few(say)
    high = sum(n for (x, y), n in figure.points.items() if x >= HIGH and y >= HIGH)
    most = 2 * high > figure.people
    x, y = (_axis(prompt, named) for prompt in (figure.x, figure.y))
    return {
        "figure": {
            "kind": "scatter",
            "title": say("figure.scatter_high") if most else say("figure.scatter_plain"),
            "note": _note(figure, say),
            "x": x,
            "y": y,
            "points": [{"x": x, "y": y, "n": n} for (x, y), n in sorted(figure.points.items())],
            "mean": {"x": figure.mean[0], "y": figure.mean[1], "label": say("figure.mean")} if figure.mean else None,
        }
    }


def _axis(prompt: Prompt, named: Named) -> Data:
    low, high = (named(end) for end in prompt.scale) if prompt.scale else ("1", "5")
    return {"label": named(prompt.question), "low": low, "high": high}


def _triangle(figure: Triangle, say: Say, named: Named) -> Data:
    corners = [named(corner) for corner in figure.corners]
    arrows = [{"from": now, "to": should} if should else {"from": None, "to": now} for now, should in figure.moves]
    return {
        "kind": "triangle",
        "title": _weight(figure, corners, say),
        "note": _note(figure, say),
        "corners": corners,
        "arrows": [arrow for arrow in arrows if arrow["to"]][:MOST_ARROWS],
        "centroids": [
            {
                "label": cap(say(f"role.{one.role}")) if one.role else say("figure.everybody"),
                "n": one.n,
                "now": one.now,
                "should": one.should,
            }
            for one in figure.centroids
        ],
        "names": {"now": say("figure.now"), "should": say("figure.should")},
        "misfit": say("figure.misfit", n=figure.misfits) if figure.misfits else "",
    }


def _weight(figure: Triangle, corners: Sequence[str], say: Say) -> str:
    """What the middle of the room says; a fact of these people, and no more is claimed."""
    everybody = next((one for one in figure.centroids if not one.role), None)
    if everybody is None or everybody.now is None or everybody.should is None:
        return say("figure.triangle_plain")
    moves = [should - now for now, should in zip(everybody.now, everybody.should, strict=True)]
    place = max(range(3), key=lambda corner: moves[corner])
    if moves[place] < CLEAR:
        return say("figure.triangle_stays")
    was, will = (round(100 * shares[place]) for shares in (everybody.now, everybody.should))
    return cap(say("figure.triangle_moves", corner=corners[place], was=was, will=will))


def _trust(figure: Trust, say: Say, lang: str, named: Named) -> Data:
    if figure.cells is None:
        return {"few": say("figure.trust_few")}
    names, not_asked = [cap(named(name)) for name in figure.names], say("figure.not_asked")
    pairs = [
        say(
            "figure.trust_pair",
            one=named(figure.labels[pair.role]),
            other=named(figure.labels[pair.target]),
            mean=number(pair.mean, lang),
            back=number(pair.back, lang),
        )
        for pair in figure.asymmetries
        if pair.role in figure.labels and pair.target in figure.labels
    ]
    tipping = [
        say(
            "figure.trust_reason",
            one=named(figure.labels[reason.role]),
            other=named(figure.labels[reason.target]),
            option=named(option),
        )
        for reason, option in figure.reasons
        if reason.role in figure.labels and reason.target in figure.labels
    ]
    return {
        "figure": {
            "kind": "matrix",
            "title": cap(pairs[0]) if pairs else say("figure.trust_plain"),
            "corner": say("figure.trust_corner"),
            "note": say("figure.trust_note"),
            "rows": names,
            "columns": names,
            "cells": [
                [
                    {
                        "text": number(cell.mean, lang) if cell.mean is not None else "<5" if cell.asked else not_asked,
                        "n": cell.band,
                        "level": (cell.mean - 1) / 4 if cell.mean is not None else None,
                        "asked": cell.asked,
                    }
                    for cell in line
                ]
                for line in figure.cells
            ],
            "remarks": [cap(remark) for remark in [*pairs[1 : MOST_REMARKS + 1], *tipping[:MOST_REMARKS]]],
        }
    }


def _dots(figure: Dots, say: Say, named: Named) -> Data:
    if not figure.enough:
        return _few(say)
    texts = {id: named(text) for id, text in figure.texts.items()}
    first = figure.tally[0] if figure.tally and figure.tally[0].dots else None
    if figure.tied:
        title = say("figure.dots_tied", n=len(figure.tied))
    else:
        title = say("figure.dots_first", option=texts[first.option]) if first else say("figure.dots_none")
    dotted = [one for one in figure.tally if one.dots][:MOST_ROWS]
    found = [(cap(texts[one.option]), one.dots, say("figure.dots", n=one.dots)) for one in dotted]
    return {"bars": {"title": title, "note": say("figure.dots_note", n=figure.people), "rows": rows(found), "kind": ""}}


def _moved(figure: Moved, say: Say, named: Named) -> Data:
    if not figure.enough:
        return _few(say)
    looked = sum(figure.looked.values())
    turned = looked - next(iter(figure.looked.values()), 0)  # the first option is no
    title = say("figure.moved", n=turned, of=looked) if turned else say("figure.moved_not")
    lines = [
        {"label": cap(say(f"{kind}.{what}")), "before": was, "after": now, "kind": look}
        for kind, look, pairs in (
            ("source", "hindernis", figure.sources),
            ("status", "ruimte", figure.statuses),
        )
        for what, (was, now) in pairs.items()
    ]
    triangle = figure.triangle if figure.triangle and figure.triangle.enough else None
    return {
        "figure": {
            "kind": "moved",
            "title": title if looked >= SHOW_FROM else say("figure.moved_plain"),
            "note": say("figure.people", n=figure.people),
            "rows": lines,
            "names": {"before": say("figure.before"), "after": say("figure.after")},
            "triangle": _triangle(triangle, say, named) if triangle else None,
        }
    }

"""Bars on the projector: counts with a title that is a finding, and true."""

from __future__ import annotations

from collections import Counter
from typing import Any

from laveren.content.methods import Kind
from laveren.content.terms import Certainty
from laveren.texts import Say
from laveren.workshop.boards import Board
from laveren.workshop.figures import SHOW_FROM

Data = dict[str, Any]


def finding(
    say: Say, section: str, what: str, ranked: list[tuple[str, int]], of: int | None, plain: str | None = None
) -> str:
    """A title that is true: *de meeste* above half of the people, *het vaakst* when nobody shares the first place.

    With no finding it says what is shown: `plain`, or the text of the section.
    """
    (name, first), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0
    if not first or first == second:
        return plain or say(f"screen.{section}_plain")
    if of is not None and 2 * first > of:
        return say(f"screen.{section}_majority", **{what: name})
    return cap(say(f"screen.{section}_most", **{what: name}))


def step_bars(board: Board, say: Say) -> Data | None:
    kinds = {asked.prompt.kind for asked in board.room.asked_now if asked.scope == "person"}
    if Kind.HINDRANCE in kinds:
        return _sources(board, say)
    return _without_room(board, say) if Kind.ROOM in kinds else None


def _sources(board: Board, say: Say) -> Data | None:
    people = board.counts.authors
    written = board.cards_per_source()
    if people >= SHOW_FROM:
        counts, note, of = board.people_per_source(), say("screen.bars_note", n=people), people
    elif written.total() >= SHOW_FROM:
        counts, note, of = written, say("screen.bars_note_cards", n=written.total()), None
    else:
        few = {"title": say("screen.bars_few"), "note": "", "rows": [], "kind": "hindernis"}
        return few if people or written.total() else None
    ranked = counts.most_common()
    return {
        "title": finding(say, "bars", "source", [(say(f"themes.source.{id}"), n) for id, n in ranked], of),
        "note": note,
        "rows": rows([(cap(say(f"source.{id}")), n, str(n)) for id, n in ranked if n]),
        "kind": "hindernis",
    }


def _without_room(board: Board, say: Say) -> Data | None:
    all_, bare = board.hindrances, board.without_room()
    if len({row["participant"] for row in all_}) < SHOW_FROM or board.counts.authors < SHOW_FROM:
        return None
    total, left = Counter(row["source"] for row in all_), Counter(row["source"] for row in bare)
    found = [
        (cap(say(f"source.{source}")), n, say("screen.without_value", n=n, of=total[source]))
        for source, n in left.most_common()
        if source
    ]
    return {
        "title": say("screen.without_title") if bare else say("screen.without_all"),
        "note": say("screen.without_note", n=len(bare), of=len(all_)),
        "rows": rows(found),
        "kind": "hindernis",
    }


def domain_bars(board: Board, say: Say, lang: str) -> Data:
    people = board.domain_people
    if people < SHOW_FROM or not board.domains:
        return {"title": say("screen.bars_few"), "note": "", "rows": [], "kind": ""}
    names = board.room.library.domains
    found = sorted(board.domains.items(), key=lambda item: -item[1].total())
    ranked = [(names[id].name.say(lang), counts.total()) for id, counts in found]
    most = max(n for _, n in ranked)
    drawn = rows([(name, n, str(n)) for name, n in ranked])
    for row, (_, counts) in zip(drawn, found, strict=True):
        row["parts"] = [[f"part {c}", counts[c] / most, str(counts[c])] for c in Certainty if counts[c]]
    return {
        "title": finding(say, "domains", "domain", ranked, people),
        "note": say("screen.bars_note", n=people),
        "rows": drawn,
        "legend": [[c, say(f"certainty.{c}")] for c in Certainty],
        "kind": "",
    }


def rows(found: list[tuple[str, int, str]]) -> list[Data]:
    most = max((n for _, n, _ in found), default=0)
    first = [n for _, n, _ in found].count(most) == 1
    return [
        {"label": label, "value": value, "share": n / most, "strong": first and n == most}
        for label, n, value in found
        if most
    ]


def cap(text: str) -> str:
    return text[:1].upper() + text[1:]

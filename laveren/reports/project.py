"""The answers of a selection with their codings, as documents for REFI-QDA: one for each workshop and case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from laveren.analysis.hiding import shown
from laveren.analysis.selecting import Selection, beginnings
from laveren.content.codebook import Codebook
from laveren.reports.cover import Say
from laveren.reports.refi import Coding, Passage, Source
from laveren.store import tables
from laveren.workshop.quotes import read_quotes

a, c, w = tables.answer.c, tables.coding.c, tables.workshop.c
SOME = 500  # so many answers are asked for at a time


def documents(answers: Selection) -> list[NDArray[np.int32]]:
    """The places of the answers of each document: those with words, of a workshop and a case with enough people.

    What a moderator kept off the screen is in none.
    """
    said = answers.where(answers["words"] & ~answers["hidden"])
    # By kind and then by chance (an id is random): an order that followed the people would tell what is one person's.
    chance = said["id"].view("V8").reshape(-1, 2)[:, 0].view(np.uint64) if len(said) else said["person"]
    order = np.lexsort((chance, said["kind"], said["case"], said["workshop"]))
    starts = beginnings(said["workshop"][order], said["case"][order])
    parts = np.split(order, starts[1:]) if len(starts) else []
    return [said.rows[part] for part in parts if shown(len(np.unique(said["person"][part])))]


def passages(connection: Connection, answers: Selection, codebook: Codebook, say: Say) -> list[Source]:
    """The documents, each answer a passage with what a person said of it and what words suggest.

    A coding of a theme that was merged is of the theme it went into; of one that was split or retired it is a memo.
    """
    return [_source(connection, answers, places, codebook, say) for places in documents(answers)]


def _source(
    connection: Connection, answers: Selection, places: NDArray[np.int32], codebook: Codebook, say: Say
) -> Source:
    records = answers.records
    place = records.at("workshop", int(places[0]))
    number = int(records.workshops["number"][place])
    case = records.names.cases.texts[records.at("case", int(places[0]))]
    title = connection.execute(select(w.title, w.held_on).where(w.id == number)).one()
    name = " · ".join(part for part in (title.title, f"{title.held_on}", records.names.titles.get(case, "")) if part)
    found = [
        passage
        for first in range(0, len(places), SOME)
        for passage in _passages(connection, answers, places[first : first + SOME].tolist(), codebook, say)
    ]
    return Source(f"{number}-{case}", name, found)


def _passages(
    connection: Connection, answers: Selection, places: Sequence[int], codebook: Codebook, say: Say
) -> Iterator[Passage]:
    quotes = read_quotes(connection, answers.records, places)
    newest = select(c.answer, c.coder, c.themes, c.memo, c.at, c.revision, a.revision.label("now")).order_by(c.version)
    ids = [quote.id for quote in quotes]
    rows = connection.execute(newest.join(tables.answer, c.answer == a.id).where(c.answer.in_(ids)))
    coded = {(row.answer, row.coder): row for row in rows if row.revision >= row.now}
    for quote in quotes:
        codings, memos = [], list[str]()
        for row in (coded[key] for key in ((quote.id, 1), (quote.id, 2)) if key in coded):
            coder = say("exports.coder", n=row.coder)
            memos += [row.memo] if row.memo else []
            for theme in row.themes:
                counts_for = codebook.now(theme)
                if counts_for:
                    codings.append(Coding(counts_for, coder, row.at))
                else:
                    memos.append(say("exports.was_coded", theme=theme))
        suggested = [now for theme in quote.words if (now := codebook.now(theme))]
        yield Passage(quote.id, quote.text, codings, suggested, "\n".join(memos))

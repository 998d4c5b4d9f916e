"""What stays of confidential answers: while their round lasts what may be shown of them, afterwards only totals.

This is the one exception to keeping revisions and to taking back: when the round closes the answers themselves are
wiped, and nobody, their writer neither, can see or withdraw them any more. `round.totals` holds

    {"published": {prompt: …}, "kept": {prompt: …}, "closed": true}

in the shapes of `analysis/trust.py`; `published` has exact numbers and goes when the round closes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, select, update

from laveren.analysis.trust import Person, publish, publish_choices, totals
from laveren.content.methods import Prompt
from laveren.content.terms import SPEAKS_AS
from laveren.store import Transaction, tables
from laveren.workshop.rooms import CLOSED, Room
from laveren.workshop.rounds import Round

a, p, r = tables.answer.c, tables.participant.c, tables.round_.c


def confidential(round_: Round) -> dict[str, Prompt]:
    """The prompts of a round of which only totals stay, by id."""
    return {id: prompt for id, prompt in round_.prompts.items() if prompt.confidential}


def keep_totals(tx: Transaction, before: Room, after: Room) -> None:
    """When the room moves on: renews what may be shown of the round it was in; when it leaves, wipes the answers.

    When the workshop closes, of every round: something may have been given ahead, or before the room went back.
    """
    left = before.rounds if after.state == CLOSED else [before.round_now] if before.round_now else []
    for round_ in left:
        if round_.position > before.round:  # nobody has been there: what was given ahead goes, and the round may come
            _wipe(tx, before.id, round_.position, confidential(round_))
            continue
        _keep(tx, before, round_, closes=after.round != before.round or after.state == CLOSED)


def _keep(tx: Transaction, before: Room, round_: Round, *, closes: bool) -> None:
    if not (prompts := confidential(round_)) or round_.totals.get("closed"):
        return
    published: dict[str, Any] = dict(round_.totals.get("published", {}))
    for id, prompt in prompts.items():
        people = list(_people(tx.connection, before.id, round_.position, id))
        renew = publish_choices if prompt.options else publish
        published[id] = renew(published.get(id), people)
    kept: dict[str, Any] = {"published": published}
    if closes:
        kept = {"kept": {id: totals(shown) for id, shown in published.items()}, "closed": True}
        _wipe(tx, before.id, round_.position, prompts)
    here = update(tables.round_).where(r.workshop == before.id, r.position == round_.position)
    tx.connection.execute(here.values(totals=kept))


def totals_of(round_: Round, prompt: str) -> dict[str, Any] | None:
    """The totals of a confidential prompt as they may be shown; None when nothing has been shown yet."""
    if round_.totals.get("closed"):
        return dict(round_.totals["kept"].get(prompt, {}))
    published = round_.totals.get("published", {}).get(prompt)
    return None if published is None else dict(totals(published))


def _people(connection: Connection, workshop: int, round_: int, prompt: str) -> Iterable[Person]:
    """Everybody in the room who has a row, with what they gave; who gave nothing has no cells."""
    given = select(a.participant, a.value).where(
        a.workshop == workshop, a.round == round_, a.prompt == prompt, a.state == "submitted"
    )
    cells: dict[int, Any] = {row.participant: row.value for row in connection.execute(given)}
    roles = connection.execute(select(p.id, p.role).where(p.workshop == workshop, p.number > 0))
    return [{"role": SPEAKS_AS[role], "cells": cells.get(id) or {}} for id, role in roles if role in SPEAKS_AS]


def _wipe(tx: Transaction, workshop: int, round_: int, prompts: Iterable[str]) -> None:
    of_these = (a.workshop == workshop, a.round == round_, a.prompt.in_(list(prompts)))
    tx.connection.execute(delete(tables.answer).where(*of_these))

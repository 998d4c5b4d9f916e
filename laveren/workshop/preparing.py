"""Making workshops: their code, their rounds as they are now, who they are for."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import insert, select

from laveren.content.library import Library
from laveren.store import Transaction, each, tables
from laveren.workshop.refusals import NotFound, Refused
from laveren.workshop.rounds import RoundPlan, snapshot

# Without what is easily mistaken on a projector: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
LETTERS = "ACDEFGHJKMNPQRTWXY34679"
CODE = re.compile(r"[A-HJ-NP-Z2-9]{6}")
MAX_GROUPS = 60
MAX_ROUNDS = 12
TIME = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class Plan:
    """What an organiser fills in; `starts_at` is the time of day, HH:MM, or None."""

    title: str
    rounds: Sequence[RoundPlan]
    groups: int = 4
    held_on: date = field(default_factory=date.today)
    place: str = ""
    organisation: str = ""
    region: str = ""
    moderated: bool = True
    code: str | None = None
    demo: bool = False
    rehearsal: bool = False
    starts_at: str | None = None


def tidy_code(code: str) -> str:
    """What somebody typed as a code, as it is kept: capitals, without spaces, dashes or dots."""
    return re.sub(r"[\s.\-–]", "", code).upper()[:12]


def create(library: Library, plan: Plan, tx: Transaction) -> str:
    """Makes a workshop and gives its code. Refuses an empty title, unknown content, a code that is taken."""
    w = tables.workshop
    facts = tidy_facts(plan)
    check_rounds(library, plan.rounds)
    taken = set(tx.connection.scalars(select(w.c.code)))
    code = tidy_code(plan.code) if plan.code else free_code(taken)
    if not CODE.fullmatch(code):
        raise Refused("code_malformed", field="code")
    if code in taken:
        raise Refused("code_taken", field="code", code=code)
    own = {"code": code, "salt": secrets.token_hex(8), "created_at": time.time()}
    kinds = {"moderated": plan.moderated, "demo": plan.demo, "rehearsal": plan.rehearsal}
    workshop_id: int = tx.connection.execute(insert(w).values(own | kinds | facts).returning(w.c.id)).scalar_one()
    rows = [round_row(library, workshop_id, n, planned) for n, planned in enumerate(plan.rounds, start=1)]
    tx.connection.execute(insert(tables.round_), rows)
    tx.touch(workshop_id)
    return code


def tidy_facts(plan: Plan) -> dict[str, Any]:
    """What a workshop is, as it is kept; refuses what cannot be."""
    title, starts_at = plan.title.strip(), (plan.starts_at or "").strip()
    if not title:
        raise Refused("title_missing", field="title")
    if not 1 <= plan.groups <= MAX_GROUPS:
        raise Refused("groups_out_of_range", field="groups", most=MAX_GROUPS)
    if starts_at and not TIME.fullmatch(starts_at):
        raise Refused("time_malformed", field="starts_at")
    return {
        "title": title[:200],
        "held_on": plan.held_on,
        "place": plan.place.strip()[:120],
        "organisation": plan.organisation.strip()[:120],
        "region": plan.region.strip()[:120],
        "groups": plan.groups,
        "starts_at": starts_at or None,
    }


def check_rounds(library: Library, rounds: Sequence[RoundPlan]) -> None:
    """Refuses no rounds, too many, and what the library does not have."""
    if not rounds:
        raise Refused("rounds_missing", field="rounds")
    if len(rounds) > MAX_ROUNDS:
        raise Refused("rounds_too_many", field="rounds", most=MAX_ROUNDS)
    for round_ in rounds:
        for case in round_.cases:
            if case not in library.cases:
                raise NotFound("case_unknown", field="case", id=case, known=", ".join(sorted(library.cases)[:40]))
        if round_.method not in library.methods:
            known = ", ".join(sorted(library.methods)[:40])
            raise NotFound("method_unknown", field="method", id=round_.method, known=known)


def round_row(library: Library, workshop: int, position: int, planned: RoundPlan) -> dict[str, Any]:
    """A round as it is kept, with its content as the library has it now."""
    content = snapshot([library.cases[id] for id in planned.cases], library.methods[planned.method])
    place = {"workshop": workshop, "position": position, "method_id": planned.method, "seats": planned.seats}
    return place | {"twists": [], "totals": None} | content


def free_code(taken: Container[str]) -> str:
    """A code that nobody has."""
    while (code := "".join(secrets.choice(LETTERS) for _ in range(6))) in taken:
        pass
    return code


def _create(tx: Transaction, item: tuple[Library, Plan]) -> str:
    return create(*item, tx)


create_workshop = each(_create)

"""Making workshops: their code, their rounds as they are now, who they are for."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import insert, select

from laveren.content.library import Library
from laveren.store import Transaction, each, tables
from laveren.workshop.refusals import NotFound, Refused

# Without what is easily mistaken on a projector: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
LETTERS = "ACDEFGHJKMNPQRTWXY34679"
CODE = re.compile(r"[A-HJ-NP-Z2-9]{6}")
MAX_GROUPS = 60


@dataclass(frozen=True)
class Plan:
    """What an organiser fills in; `rounds` are pairs of a case id (or None) and a method id."""

    title: str
    rounds: Sequence[tuple[str | None, str]]
    groups: int = 4
    held_on: date = field(default_factory=date.today)
    place: str = ""
    organisation: str = ""
    region: str = ""
    moderated: bool = True
    code: str | None = None
    demo: bool = False


def tidy_code(code: str) -> str:
    """What somebody typed as a code, as it is kept: capitals, without spaces, dashes or dots."""
    return re.sub(r"[\s.\-–]", "", code).upper()[:12]


def create(library: Library, plan: Plan, tx: Transaction) -> str:
    """Makes a workshop and gives its code. Refuses an empty title, unknown content, a code that is taken."""
    w = tables.workshop
    title = plan.title.strip()
    if not title:
        raise Refused("title_missing", field="title")
    if not plan.rounds:
        raise Refused("rounds_missing", field="rounds")
    if not 1 <= plan.groups <= MAX_GROUPS:
        raise Refused("groups_out_of_range", field="groups", most=MAX_GROUPS)
    for case_id, method_id in plan.rounds:
        if case_id is not None and case_id not in library.cases:
            raise NotFound("case_unknown", field="case", id=case_id, known=", ".join(sorted(library.cases)))
        if method_id not in library.methods:
            raise NotFound("method_unknown", field="method", id=method_id, known=", ".join(sorted(library.methods)))
    taken = set(tx.connection.scalars(select(w.c.code)))
    code = tidy_code(plan.code) if plan.code else _free_code(taken)
    if not CODE.fullmatch(code):
        raise Refused("code_malformed", field="code")
    if code in taken:
        raise Refused("code_taken", field="code", code=code)
    workshop_id: int = tx.connection.execute(
        insert(w)
        .values(
            code=code,
            salt=secrets.token_hex(8),
            title=title[:200],
            held_on=plan.held_on,
            place=plan.place.strip()[:120],
            organisation=plan.organisation.strip()[:120],
            region=plan.region.strip()[:120],
            groups=plan.groups,
            moderated=plan.moderated,
            demo=plan.demo,
            created_at=time.time(),
        )
        .returning(w.c.id)
    ).scalar_one()
    for position, (case_id, method_id) in enumerate(plan.rounds, start=1):
        case = library.cases[case_id].model_dump_json(by_alias=True) if case_id else None
        method = library.methods[method_id].model_dump_json(by_alias=True)
        tx.connection.execute(
            insert(tables.round_).values(
                workshop=workshop_id, position=position, case_id=case_id, case=case, method_id=method_id, method=method
            )
        )
    tx.touch(workshop_id)
    return code


def _free_code(taken: set[str]) -> str:
    while (code := "".join(secrets.choice(LETTERS) for _ in range(6))) in taken:
        pass
    return code


def _create(tx: Transaction, item: tuple[Library, Plan]) -> str:
    return create(*item, tx)


create_workshop = each(_create)

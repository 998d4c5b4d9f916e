"""The handed-in answers of one workshop as a file: CSV that a spreadsheet opens safely, or JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from laveren.reports.cover import as_text
from laveren.store import tables
from laveren.workshop.rooms import Room
from laveren.workshop.rounds import Round
from laveren.workshop.signals import means_signal
from laveren.workshop.totals import confidential, totals_of
from laveren.workshop.wire import wire_id

COLUMNS = (
    "id", "prompt", "value", "revision", "source", "status", "link", "domains", "dissent", "signal", "round", "case",
    "step", "scope", "group", "role", "seat", "participant", "late", "on_paper", "shown", "created_at", "stored_at",
)  # fmt: skip


def answers_of(connection: Connection, room: Room) -> Iterator[dict[str, Any]]:
    """The handed-in answers, oldest first; `participant` tells people of this workshop apart and leads to nobody.

    Of confidential prompts come, at the end, the totals.
    """
    a, p = tables.answer.c, tables.participant.c
    found = (
        select(tables.answer, p.number, p.role)
        .join(tables.participant, a.participant == p.id)
        .where(a.workshop == room.id, a.state == "submitted")
        .order_by(a.created_at, a.id)
    )
    for row in map(dict, connection.execute(found).mappings()):
        round_ = room.rounds[row["round"] - 1] if row["round"] else None
        prompt = round_.prompts.get(row["prompt"]) if round_ else None
        if prompt and prompt.confidential:
            continue  # of these there are only totals, below
        case = round_.case_of(row["scope"], row["table_no"]) if round_ else None
        yield {
            "id": row["id"],
            "prompt": wire_id(row),
            "value": row["value"],
            "revision": row["revision"],
            "source": row["source"],
            "status": row["status"],
            "link": row["link"],
            "domains": row["domains"],
            "dissent": row["dissent"],
            "signal": bool(round_ and means_signal(round_, row)),
            "round": row["round"] or None,
            "case": case.id if case else None,
            "step": row["step"] or None,
            "scope": row["scope"],
            "group": row["table_no"],
            "role": row["role"],
            "seat": row["seat"],
            "participant": row["number"],
            "late": row["late"],
            "on_paper": row["on_paper"],
            "shown": row["shown"],
            "created_at": _when(row["created_at"]),
            "stored_at": _when(row["stored_at"]),
        }
    for round_ in room.rounds:
        for id in confidential(round_):
            yield from _totals(round_, id)


def _totals(round_: Round, prompt: str) -> Iterator[dict[str, Any]]:
    """What stays of a confidential prompt, a line per row: at least so many people, and their mean or bands."""
    for row, kept in (totals_of(round_, prompt) or {}).items():
        if kept["n"] is not None:
            value = {target: said if isinstance(said, float) else dict(said) for target, said in kept["cells"].items()}
            yield dict.fromkeys(COLUMNS) | {
                "prompt": f"{round_.position}.{prompt}",
                "value": value | {"n": f"{kept['n']}+"},
                "round": round_.position,
                "scope": "totals",
                "role": row,
            }


def answers_csv(connection: Connection, room: Room) -> bytes:
    """The answers as CSV: with a mark that tells Excel it is UTF-8, and no cell that starts a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    rows = list(answers_of(connection, room))
    texts = {row["id"]: row["value"] for row in rows if isinstance(row["value"], str)}  # dots go to cards, by their ids
    for row in rows:
        writer.writerow({key: _cell(value, texts) for key, value in row.items()})
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def answers_jsonl(connection: Connection, room: Room) -> str:
    """The answers as JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in answers_of(connection, room))


def _cell(value: Any, texts: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        value = [f"{texts.get(key, key)}: {said}" for key, said in value.items()]
    return as_text("; ".join(value) if isinstance(value, list) else str(value))


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")

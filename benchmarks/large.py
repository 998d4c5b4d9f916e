"""A database of very many workshops, made up but of one piece: people, cases, hindrances, room, twists, suggestions."""

from __future__ import annotations

import json
import random
import secrets
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.server import ROOT
from laveren.analysis.suggesting import Suggester
from laveren.content.codebook import fingerprint
from laveren.content.library import Library
from laveren.content.terms import Role, Source, Status
from laveren.store import open_store, tables
from laveren.store.database import open_database
from laveren.workshop.rounds import snapshot

METHOD = "waar-loop-je-tegenaan"
TEXTS = ROOT / "benchmarks" / "texts" / "to_learn_from.jsonl"
PEOPLE, PER_WORKSHOP = 24, 100
REGIONS = ("Noord", "Oost", "Zuid", "West", "Midden")
FIRST_DAY, YEARS = date(2022, 1, 10), 4
ROLES = [Role.PRACTITIONER] * 6 + [Role.MANAGER, Role.POLICY, Role.CHAIN, Role.EXPERIENCE, Role.BOARD]
BATCH = 200  # workshops written at a time


def fill(file: Path, library: Library, workshops: int, *, suggested: bool = True, seed: int = 1) -> int:
    """Makes the database at `file` with so many closed workshops of a hundred answers; gives how many answers."""
    open_store(file).close()
    chance = random.Random(seed)
    texts = [json.loads(line)["text"] for line in TEXTS.read_text("utf-8").splitlines()]
    suggester, mark = Suggester(library.codebook), fingerprint(library.codebook)
    themes = {text: suggester.suggest(text) for text in texts}
    cases = list(library.cases.values())
    method = library.methods[METHOD]
    rounds = [snapshot([case], method) for case in cases]
    engine, answers = open_database(file).execution_options(writes=True), 0
    for first in range(0, workshops, BATCH):
        rows: dict[Any, list[dict[str, Any]]] = {}
        for number in range(first + 1, min(first + BATCH, workshops) + 1):
            at = chance.randrange(len(cases))
            day = FIRST_DAY + timedelta(days=chance.randrange(365 * YEARS))
            twisted = chance.random() < 0.3
            seats = [one.name for one in cases[at].perspectives] if chance.random() < 0.2 else []
            _workshop(rows, number, day, rounds[at], chance, twisted=twisted, seated=bool(seats))
            for row in _answers(number, chance, texts, twisted=twisted, seats=seats):
                rows.setdefault(tables.answer, []).append(row | {"suggested": mark if suggested else None})
                answers += 1
                for rank, found in enumerate(themes.get(row["value"], ()) if suggested else (), start=1):
                    row_of = {"answer": row["id"], "rank": rank, "theme": found.theme}
                    rows.setdefault(tables.suggestion, []).append(row_of | {"word": found.word, "score": found.score})
        with engine.begin() as connection:
            for table, some in rows.items():
                connection.execute(insert(table), some)
    engine.dispose()
    return answers


def _workshop(
    rows: dict[Any, list[dict[str, Any]]], number: int, day: date, kept: Any, chance: random.Random, *, twisted: bool,
    seated: bool,
) -> None:  # fmt: skip
    rows.setdefault(tables.workshop, []).append(
        {
            "id": number, "code": f"{number:06d}", "salt": secrets.token_hex(8), "title": f"Bijeenkomst {number}",
            "held_on": day, "place": "", "organisation": f"Gemeente {number % 120}",
            "region": REGIONS[number % 120 % len(REGIONS)], "groups": 4, "state": "gesloten", "round": 1, "step": 7,
            "version": 9, "board": 200, "created_at": 0.0, "closed_at": 1.0, "sound": False, "moderated": True,
            "demo": False, "rehearsal": False, "coded": 0,
        }
    )  # fmt: skip
    twists = [{"n": 1, "after": 6}] if twisted else []
    rows.setdefault(tables.round_, []).append(
        {"workshop": number, "position": 1, "method_id": METHOD, "seats": seated, "twists": twists, **kept}
    )
    rows.setdefault(tables.participant, []).extend(
        {
            "id": number * 1000 + n, "workshop": number, "number": n, "role": chance.choice(ROLES),
            "table_no": n % 4 + 1, "chair": 0, "pen": False,
        }
        for n in range(1, PEOPLE + 1)
    )  # fmt: skip


def _answers(
    number: int, chance: random.Random, texts: list[str], *, twisted: bool, seats: list[str]
) -> Iterator[dict[str, Any]]:
    """A hundred answers: hindrances, room that belongs to them, what a twist changed, whether the meeting helped."""
    stuck = {n: str(uuid.UUID(int=chance.getrandbits(128), version=4)) for n in range(40)}
    for n in range(PER_WORKSHOP):
        who = number * 1000 + n % PEOPLE + 1
        row: dict[str, Any] = {
            "id": stuck.get(n) or str(uuid.UUID(int=chance.getrandbits(128), version=4)), "workshop": number,
            "participant": who, "round": 1, "step": 2, "prompt": "hindernis", "kind": "hindernis", "scope": "person",
            "table_no": 1, "state": "submitted", "revision": 1, "value": chance.choice(texts), "source": None,
            "status": None, "link": None, "domains": None, "late": False, "on_paper": False, "shown": "shown",
            "spotlight": False, "created_at": 1.0, "stored_at": 1.0, "dissent": None,
            "seat": seats[who % len(seats)] if seats else None,
        }  # fmt: skip
        if twisted and 16 <= n < 40:
            yield row | {"prompt": "w1.kijk", "kind": "overig", "value": chance.choice(("nee", "beetje", "ja"))}
        elif twisted and 52 <= n < 76:
            yield row | {"prompt": "w1.hindernis", "source": str(chance.choice(list(Source)))}
        elif n < 40:
            yield row | {"source": str(chance.choice(list(Source)))}
        elif n < 76:
            link = stuck[chance.randrange(40)] if chance.random() < 0.7 else None
            status = str(chance.choice(list(Status)))
            yield row | {"step": 3, "prompt": "ruimte", "kind": "ruimte", "status": status, "link": link}
        else:
            level = chance.randint(1, 5)
            yield row | {"round": 0, "step": 0, "prompt": "helpt", "kind": "overig", "value": level}

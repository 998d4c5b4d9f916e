"""What the analysis counts, in words again; what happens to answers outside a meeting; and what is played for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from laveren.analysis.records import ANSWER, KINDS, SCOPES, SOURCES, STATUSES, Records
from laveren.content.codebook import Codebook
from laveren.content.library import Library
from laveren.house import House
from laveren.store import Transaction, each, tables
from laveren.workshop.quotes import read_quotes
from laveren.workshop.records import Keeper
from tests.meeting import a_case, a_method, a_step, options, twists

a, c, s, w = tables.answer.c, tables.coding.c, tables.suggestion.c, tables.workshop.c
#: The columns that are numbers of texts, and those that are what they say.
NAMED = {"kind": KINDS, "scope": SCOPES, "source": SOURCES, "status": STATUSES}
PLAIN = ("person", "round", "twist", "value", "words", "hidden", "asked", "bare", "waiting", "coded")


FIRST, SECOND, THIRD = "wachttijd", "papierwinkel", "regie"

ANNA = a_case(
    "anna",
    "Anna",
    domeinen=["werk", "schulden"],
    wendingen=twists("Een brief", "Een buur"),
    perspectieven=["Anna", "loket"],
)
BRAM = a_case("bram", "Bram", domeinen=["wonen"])
ALL = a_method(
    "alles",
    a_step(
        {"id": "kaart", "type": "kort", "max": 3, "soort": "hindernis"},
        {"id": "ruimte", "type": "kort", "max": 3, "soort": "ruimte", "gekoppeld": "kaart"},
    ),
    a_step(
        {"id": "keus", "type": "keuze", "opties": options("a", "b")}, {"id": "helpt", "type": "schaal5"},
        {"id": "stil", "type": "matrixrij", "rijen_uit": "rollen", "vertrouwelijk": True},
    ),
    a_step({"id": "zin", "type": "kort"}, who="plenair"),
)  # fmt: skip


def decoded(records: Records) -> dict[str, dict[str, Any]]:
    """Every answer in words, by its id."""
    names = records.names
    texts = NAMED | {"case": names.cases.texts, "role": names.roles.texts, "seat": names.seats.texts}
    bits = {"suggested": names.themes, "confirmed": names.themes, "domains": names.domains}
    columns = {name: records.column(name) for name in ANSWER.names or ()}
    held = workshops(records)
    found = {}
    for place, id in enumerate(columns["id"]):
        row = {name: column[place].item() for name, column in columns.items() if name != "id"}
        told = {name: row[name] for name in PLAIN} | {name: known[row[name]] for name, known in texts.items()}
        told |= {name: [id for bit, id in enumerate(known) if row[name] >> bit & 1] for name, known in bits.items()}
        told |= {"workshop": int(records.workshops["number"][row["workshop"]])}
        found[str(UUID(bytes=id.tobytes()))] = told | held[told["workshop"]]
    assert len(found) == len(records)
    return found


def workshops(records: Records) -> dict[int, dict[str, Any]]:
    """Every workshop in words, by its number."""
    names, found = records.names, {}
    for number, day, quarter, region, organisation in zip(*records.workshops.values(), strict=True):
        found[int(number)] = {
            "day": date.fromordinal(int(day)), "quarter": f"{quarter // 4}-{quarter % 4 + 1}",
            "region": names.regions.texts[region], "organisation": names.organisations.texts[organisation],
        }  # fmt: skip
    return found


def counted(house: House) -> dict[str, dict[str, Any]]:
    """The same, read afresh from the store, with the prompt of each answer and its words."""
    records = Keeper(house.store).now(house.library)
    found = decoded(records)
    with house.store.read() as connection:
        prompts = {row.id: row.prompt for row in connection.execute(select(a.id, a.prompt))}
        quotes = {quote.id: quote for quote in read_quotes(connection, records, range(len(records)))}
    texts = {id: {"text": quotes[id].text, "title": quotes[id].case_title} if id in quotes else {} for id in found}
    return {id: row | {"prompt": prompts[id]} | texts[id] for id, row in found.items()}


def texts(house: House) -> list[str]:
    """What was written of all that is counted."""
    return sorted(row["text"] for row in counted(house).values() if "text" in row)


def suggest(house: House, answer: str, *themes: str) -> None:
    """Themes were looked for in an answer, and these were found."""
    rows = [
        {"answer": answer, "rank": rank, "theme": theme, "word": f"woord van {theme}", "score": 1.0}
        for rank, theme in enumerate(themes, start=1)
    ]

    def write(tx: Transaction, _: None) -> None:
        tx.connection.execute(delete(tables.suggestion).where(s.answer == answer))
        _insert(tx, tables.suggestion, rows)
        tx.connection.execute(update(tables.answer).where(a.id == answer).values(suggested="0" * 16))
        _count(tx, answer)

    house.store.writer.write(each(write), None)


def code(house: House, answer: str, *themes: str, coder: int = 1, revision: int | None = None) -> None:
    """A person said what an answer is about, having read this revision of it, or the last."""

    def write(tx: Transaction, _: None) -> None:
        last = select(func.coalesce(func.max(c.version), 0)).where(c.answer == answer, c.coder == coder)
        read = revision or tx.connection.scalar(select(a.revision).where(a.id == answer))
        told = {"answer": answer, "coder": coder, "version": (tx.connection.scalar(last) or 0) + 1, "revision": read}
        _insert(tx, tables.coding, [told | {"themes": list(themes), "rejected": [], "codebook": 0, "at": 0.0}])
        _count(tx, answer)

    house.store.writer.write(each(write), None)


def _insert(tx: Transaction, table: Any, rows: Iterable[Mapping[str, Any]]) -> None:
    if rows := list(rows):
        tx.connection.execute(insert(table), rows)


def _count(tx: Transaction, answer: str) -> None:
    of = select(a.workshop).where(a.id == answer).scalar_subquery()
    tx.connection.execute(update(tables.workshop).where(w.id == of).values(coded=w.coded + 1))


def with_codebook(library: Library, change: dict[str, list[str]], order: int = 1) -> Library:
    """The same with these themes retired, each gone into others; the themes in another order if that is -1."""
    now = [
        theme.model_copy(update={"retired": True, "into": change[theme.id]}) if theme.id in change else theme
        for theme in library.codebook.themes[::order]
    ]
    return replace(library, codebook=Codebook.model_construct(themes=now))

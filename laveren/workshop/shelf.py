"""The case library: what is made or changed in the browser, version by version, laid over the files that ship.

Nothing is written over: each change is a new version. It starts as a draft, is read over, and is published; at most one
version of a case is published, and only that one can be chosen for a workshop.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from laveren.content.cases import Case
from laveren.content.faults import Fault
from laveren.content.library import Library
from laveren.content.searching import Entry, fold, prepare
from laveren.content.writing import as_data, read_codebook_data, read_data
from laveren.store import Transaction, each, tables
from laveren.workshop.refusals import Moved, NotFound


class Standing(StrEnum):
    """How far a version has come; it never goes back."""

    DRAFT = "concept"
    CHECKED = "nagelezen"
    PUBLISHED = "gepubliceerd"
    WITHDRAWN = "ingetrokken"


class Origin(StrEnum):
    """Where a case comes from; the first two are of cases that ship, and are not stored."""

    SHIPPED = "meegeleverd"
    CHANGED = "gewijzigd"
    BROWSER = "browser"
    IMPORT = "import"
    PRACTICE = "praktijk"


NO_WORKSHOP, CASES, CODEBOOK = 0, "cases", "codebook"  # what a commit says it changed, when the library is another one
IN_WORK = (Standing.DRAFT, Standing.CHECKED)
_NEXT = {Standing.CHECKED: Standing.DRAFT, Standing.PUBLISHED: Standing.CHECKED}  # what a version must be before
v, c = tables.case_version.c, tables.codebook_version.c


@dataclass(frozen=True)
class Version:
    """One version of a case as it is kept; `content` is what a file would hold, `at` seconds since the epoch."""

    case_id: str
    number: int
    status: Standing
    origin: Origin
    content: Mapping[str, Any]
    remarks: Mapping[str, Any]
    at: float

    def read(self, library: Library) -> tuple[Case | None, list[Fault]]:
        """The case of this version, or why it no longer fits what a case is."""
        shown = Path(f"{self.case_id}, versie {self.number}")
        return read_data(dict(self.content), shown, self.case_id, list(library.domains))

    def origin_beside(self, shipped: Library) -> Origin:
        """Where it comes from: what is made in the browser is a new case, or changes one that ships."""
        changes = self.origin is Origin.BROWSER and self.case_id in shipped.cases
        return Origin.CHANGED if changes else self.origin


@dataclass(frozen=True)
class Stocked(Library):
    """The files that ship (`base`) with what is published laid over them; `published` are the rows that is.

    The codebook is the version with the number `codebook_version`; 0 is the one that ships.
    """

    base: Library
    published: frozenset[int]
    origins: Mapping[str, Origin]
    codebook_version: int

    @cached_property
    def entries(self) -> list[Entry]:
        """All cases, ready to be searched."""
        return prepare(self.cases.values())

    def origin_of(self, case_id: str) -> Origin:
        """Where a case that can be chosen comes from."""
        return self.origins.get(case_id, Origin.SHIPPED)


def with_published(library: Library, connection: Connection) -> Stocked:
    """This library with what is published now, and the newest codebook. What no longer fits is left out and told.

    Gives the same object back as long as nothing else is published and the codebook is the same.
    """
    published = frozenset(connection.scalars(select(v.id).where(v.status == Standing.PUBLISHED)))
    number = connection.scalar(select(func.max(c.version))) or 0
    base = library.base if isinstance(library, Stocked) else library
    if isinstance(library, Stocked) and (library.published, library.codebook_version) == (published, number):
        return library
    cases, faults, origins = dict(base.cases), list(base.faults), dict[str, Origin]()
    for version in _read(connection, select(tables.case_version).where(v.status == Standing.PUBLISHED)):
        found, wrong = version.read(base)
        faults += wrong
        if found is not None:
            cases[version.case_id], origins[version.case_id] = found, version.origin_beside(base)
    codebook = base.codebook
    if number:
        content = connection.scalar(select(c.content).where(c.version == number))
        changed, wrong = read_codebook_data(content, Path(f"codeboek, versie {number}"))
        codebook, faults = changed or codebook, faults + wrong
    now = {"cases": dict(sorted(cases.items())), "faults": faults, "codebook": codebook}
    return Stocked(**vars(base) | now, base=base, published=published, origins=origins, codebook_version=number)


def versions(connection: Connection, case_id: str) -> list[Version]:
    """Every version of a case, the newest first; none of a case that is only a file."""
    return _read(connection, select(tables.case_version).where(v.case_id == case_id).order_by(v.version.desc()))


def newest(connection: Connection, *among: Standing) -> list[Version]:
    """The newest version of each case when it stands so; what comes from practice first, then what changed last."""
    last = select(v.case_id, func.max(v.version).label("version")).group_by(v.case_id).subquery()
    found = select(tables.case_version).join(last, (v.case_id == last.c.case_id) & (v.version == last.c.version))
    order = (v.origin != Origin.PRACTICE, v.at.desc())
    return [one for one in _read(connection, found.where(v.status.in_(among)).order_by(*order)) if one.content]


def drafts(connection: Connection) -> list[Version]:
    """What is being worked on: drafts, and what was read over and is not published yet."""
    return newest(connection, *IN_WORK)


def _read(connection: Connection, wanted: Select[Any]) -> list[Version]:
    return [
        Version(id, number, Standing(status), Origin(origin), content, remarks, at)
        for _, id, number, status, origin, content, remarks, at in connection.execute(wanted)
    ]


@dataclass(frozen=True)
class Save:
    """A case to keep as a draft: a new one, with an id made from its title, or a version of the case with this id.

    `based_on` is the number of the newest version that whoever changed it had seen; 0 when there was none.
    """

    library: Library
    case: Case
    case_id: str | None = None
    based_on: int = 0
    origin: Origin = Origin.BROWSER
    remarks: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Pick:
    """One version of a case."""

    case_id: str
    number: int


def save(tx: Transaction, item: Save) -> Pick:
    """Adds a draft. Refuses when there is a newer version than the one that was changed."""
    taken = {*item.library.cases, *tx.connection.scalars(select(v.case_id).distinct())}
    case_id = item.case_id or free_id(item.case.title, taken, "casus")
    there_are = versions(tx.connection, case_id)
    last = there_are[0].number if there_are else 0
    if last != item.based_on:
        raise Moved("case_moved_on", n=last)
    origin, remarks = item.origin, item.remarks
    if there_are and origin is Origin.BROWSER:  # who changes a case of somebody else's does not make it their own
        origin, remarks = there_are[0].origin, there_are[0].remarks
    return _add(tx, case_id, last + 1, origin, as_data(item.case), remarks)


def step(tx: Transaction, item: tuple[Pick, Standing]) -> None:
    """A draft becomes read over, what was read over is published. Refuses what is not the newest, or not so far yet."""
    pick, to = item
    there_are = versions(tx.connection, pick.case_id)
    version = _picked(there_are, pick)
    if version is not there_are[0]:
        raise Moved("case_moved_on", n=there_are[0].number)
    if version.status is not _NEXT[to]:
        raise Moved("case_not_in_this_state")
    for other in there_are:
        if to is Standing.PUBLISHED and other.status is Standing.PUBLISHED:
            _set(tx, other, Standing.WITHDRAWN)
    _set(tx, version, to)


def withdraw(tx: Transaction, pick: Pick) -> None:
    """Takes what is published out of the library, or puts a draft away; it can be brought back."""
    version = _picked(versions(tx.connection, pick.case_id), pick)
    if version.status is Standing.WITHDRAWN:
        raise Moved("case_not_in_this_state")
    _set(tx, version, Standing.WITHDRAWN)


def bring_back(tx: Transaction, pick: Pick) -> Pick:
    """An older version once more, as a new draft."""
    there_are = versions(tx.connection, pick.case_id)
    old = _picked(there_are, pick)
    return _add(tx, pick.case_id, there_are[0].number + 1, old.origin, old.content, old.remarks)


def throw_away(tx: Transaction, case_id: str) -> None:
    """Wipes every word of a case that is not published, such as a story somebody could be known by."""
    there_are = versions(tx.connection, case_id)
    if not there_are or any(one.status is Standing.PUBLISHED for one in there_are):
        raise Moved("case_not_in_this_state")
    gone = {"status": Standing.WITHDRAWN, "content": {}, "remarks": {}}
    tx.connection.execute(update(tables.case_version).where(v.case_id == case_id).values(gone))


def _picked(there_are: list[Version], pick: Pick) -> Version:
    found = next((one for one in there_are if one.number == pick.number and one.content), None)
    if found is None:
        raise NotFound("version_unknown")
    return found


def _add(
    tx: Transaction, case_id: str, number: int, origin: Origin, content: Mapping[str, Any], remarks: Mapping[str, Any]
) -> Pick:
    own = {"case_id": case_id, "version": number, "status": Standing.DRAFT, "origin": origin, "at": time.time()}
    tx.connection.execute(insert(tables.case_version).values(**own, content=dict(content), remarks=dict(remarks)))
    return Pick(case_id, number)


def _set(tx: Transaction, version: Version, status: Standing) -> None:
    this = (v.case_id == version.case_id, v.version == version.number)
    tx.connection.execute(update(tables.case_version).where(*this).values(status=status))
    tx.touch(NO_WORKSHOP, CASES)


def free_id(name: str, taken: Collection[str], otherwise: str) -> str:
    """An id nobody has, from the words of a name; from `otherwise` when there are none."""
    words = re.sub("[^a-z0-9]+", "-", fold(name)).strip("-")[:50].rstrip("-") or otherwise
    free, n = words, 1
    while free in taken:
        n += 1
        free = f"{words}-{n}"
    return free


save_draft = each(save)
step_on = each(step)
withdraw_version = each(withdraw)
bring_back_version = each(bring_back)
throw_away_case = each(throw_away)

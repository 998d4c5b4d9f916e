"""The codebook as organisers change it: each change is a new version, and a theme that was coded with never goes away.

A change is first made as a `Draft`, with the faults that a file would have; a draft without faults is kept by
`save_codebook`, unless somebody else was first. The newest version is the codebook (`shelf.with_published`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Text, cast, distinct, func, insert, or_, select

from laveren.content.checking import REST, reached
from laveren.content.codebook import Codebook, Theme
from laveren.content.faults import Fault
from laveren.content.writing import codebook_data, read_codebook_data, read_codebook_form
from laveren.store import Transaction, each, tables
from laveren.workshop.refusals import Moved, NotFound, Refused
from laveren.workshop.shelf import CODEBOOK, NO_WORKSHOP, free_id

#: A theme as a file would hold it, without its id.
Written = Mapping[str, Any]
WORDS, EXCLUDED, BROAD = "woorden", "uitsluiten", "tweede_treffer"
GONE, INTO = "vervallen", "opgegaan_in"
v, coding = tables.codebook_version.c, tables.coding.c
newer = tables.coding.alias()


@dataclass(frozen=True)
class Draft:
    """What a codebook would be after a change; None when there are faults, which name places in the list `ids`.

    `change` says what was done (`what`) to which themes, by their names in both languages.
    """

    was: Codebook
    codebook: Codebook | None
    change: Mapping[str, Any]
    faults: Sequence[Fault]
    ids: Sequence[str]

    def place(self, fault: Fault) -> tuple[str, str]:
        """In which theme (its id) and which field a fault is; "" for the codebook as a whole."""
        found = re.match(r"themas\[(\d+)\]\.?(.*)", fault.field)
        return (self.ids[int(found[1]) - 1], found[2]) if found else ("", fault.field)


@dataclass(frozen=True)
class Version:
    """A version that is kept: what was done to make it, and when (seconds since the epoch)."""

    number: int
    change: Mapping[str, Any]
    at: float


# ---- reading ----


def history(connection: Connection) -> list[Version]:
    """Every version, the newest first."""
    rows = connection.execute(select(v.version, v.change, v.at).order_by(v.version.desc()))
    return [Version(number, change, at) for number, change, at in rows]


def coded(connection: Connection, themes: Collection[str]) -> int:
    """How many answers somebody says are about one of these themes, in the newest coding of each coder."""
    if not themes:
        return 0
    said = or_(*(cast(coding.themes, Text).contains(f'"{theme}"', autoescape=True) for theme in themes))
    later = (newer.c.answer == coding.answer) & (newer.c.coder == coding.coder) & (newer.c.version > coding.version)
    wanted = select(func.count(distinct(coding.answer))).where(said, ~select(newer.c.id).where(later).exists())
    return connection.scalar(wanted) or 0


# ---- drafts ----


def add(book: Codebook, theme: Written) -> Draft:
    """One more theme, before what fits nowhere."""
    id = free_id(str(theme.get("nl") or ""), _ids(book), "thema")
    themes = _themes(book)
    rest = next((at for at, one in enumerate(themes) if one["id"] == REST), len(themes))
    themes.insert(rest, {"id": id, **theme})
    return _draft(book, themes, [id], {"what": "added", "theme": _typed(theme)})


def rewrite(book: Codebook, theme_id: str, theme: Written) -> Draft:
    """Another name, definition or other words; the id stays."""
    themes = [{"id": theme_id, **theme} if one["id"] == theme_id else one for one in _themes(book)]
    draft = _draft(book, themes, [theme_id], {})
    old, new = _theme(book, theme_id), draft.codebook and _theme(draft.codebook, theme_id)
    fields = [field.alias or name for name, field in Theme.model_fields.items()]
    parts = [key for key, a, b in zip(fields, _values(old), _values(new or old), strict=True) if a != b]
    return replace(draft, change={"what": "rewritten", "theme": _name(old), "parts": parts})


def merge(book: Codebook, theme_id: str, into: str) -> Draft:
    """One theme goes into another, with its words; what was coded with it counts for the other from now on."""
    themes = {one["id"]: one for one in _themes(book)}
    one, other = themes[theme_id], themes[into]
    words = _together(other.get(WORDS, []), one.get(WORDS, []))
    broad = _together(other.get(BROAD, []), one.get(BROAD, []), but=words)
    # What the one excludes can be the very word of the other.
    excluded = _together(other.get(EXCLUDED, []), one.get(EXCLUDED, []), but=[*words, *broad])
    themes[into] = {**other, WORDS: words, EXCLUDED: excluded, BROAD: broad}
    themes[theme_id] = {**one, GONE: True, INTO: [into]}
    change = {"what": "merged", "theme": _name(_theme(book, theme_id)), "into": [_name(_theme(book, into))]}
    return _draft(book, themes.values(), [theme_id, into], change)


def split(book: Codebook, theme_id: str, parts: Sequence[Written]) -> Draft:
    """Two or more new themes in the place of one.

    What was coded with the old one counts for none of them, until somebody has looked at it again.
    """
    ids: list[str] = []
    for part in parts:
        ids.append(free_id(str(part.get("nl") or ""), {*_ids(book), *ids}, "thema"))
    themes = _themes(book)
    at = next(at for at, one in enumerate(themes) if one["id"] == theme_id)
    new = [{"id": id, **part} for id, part in zip(ids, parts, strict=True)]
    themes[at : at + 1] = [{**themes[at], GONE: True, INTO: ids}, *new]
    change = {"what": "split", "theme": _name(_theme(book, theme_id)), "into": [_typed(part) for part in parts]}
    return _draft(book, themes, [theme_id, *ids], change)


def retire(book: Codebook, theme_id: str) -> Draft:
    """A theme that suggests nothing and is not chosen any more."""
    themes = [{**one, GONE: True} if one["id"] == theme_id else one for one in _themes(book)]
    return _draft(book, themes, [theme_id], {"what": "retired", "theme": _name(_theme(book, theme_id))})


def restore(book: Codebook, theme_id: str, theme: Written) -> Draft:
    """A retired theme counts again, as it is written now; the themes that it went into give its words back."""
    went = reached(theme_id, {one.id: one.into for one in book.themes})
    themes = [{"id": theme_id, **theme} if one["id"] == theme_id else one for one in _themes(book)]
    for one in themes:
        if one["id"] in went - {theme_id} and GONE not in one:
            one[WORDS] = _together(one.get(WORDS, []), but=theme.get(WORDS, []))
    return _draft(book, themes, [theme_id], {"what": "restored", "theme": _typed(theme)})


def take_in(book: Codebook, other: Codebook, change: Mapping[str, Any]) -> Draft:
    """Another codebook in the place of this one; a theme that it does not have is retired, and what fits nowhere stays.

    `change` gets the numbers of themes that are `new`, `changed` and `retired`.
    """
    theirs, mine = {one["id"]: one for one in _themes(other)}, {one["id"]: one for one in _themes(book)}
    left_out = [one for id, one in mine.items() if id not in theirs]
    kept = [one if one["id"] == REST else {**one, GONE: True} for one in left_out]
    themes = [*theirs.values(), *kept]
    gone = {one["id"] for one in themes if GONE in one}
    same = {id for id in theirs if id in mine and (theirs[id] == mine[id] or id in gone)}
    numbers = {
        "new": len(theirs.keys() - mine.keys()),
        "changed": len((theirs.keys() & mine.keys()) - same),
        "retired": len(gone & {theme.id for theme in book.living}),
    }
    return _draft(book, themes, [], {**change, **numbers})


def put_back(connection: Connection, book: Codebook, shipped: Codebook, number: int) -> Draft:
    """An older version once more; 0 is the one that ships. Refuses one that is not there or cannot be read any more."""
    content = connection.scalar(select(v.content).where(v.version == number))
    older = read_codebook_data(content, Path("codeboek"))[0] if number else shipped
    if older is None:
        raise NotFound("version_unknown")
    return take_in(book, older, {"what": "put_back", "number": number})


# ---- keeping ----


@dataclass(frozen=True)
class Save:
    """A draft without faults, made from version `based_on`; `knowing` that codings may not count any more."""

    draft: Draft
    based_on: int
    knowing: bool = False


def save(tx: Transaction, item: Save) -> int:
    """Keeps a draft as the newest version, and gives its number.

    Refuses when there is a newer version than it was made from; and, unless `knowing`, when themes that counted would
    not count for any theme any more, while answers are coded with them.
    """
    number = tx.connection.scalar(select(func.max(v.version))) or 0
    if number != item.based_on:
        raise Moved("codebook_moved_on", n=number)
    was, codebook = item.draft.was, item.draft.codebook
    assert codebook is not None
    lost = [theme.id for theme in was.themes if was.now(theme.id) and not codebook.now(theme.id)]
    if not item.knowing and (answers := coded(tx.connection, lost)):
        raise Refused("codebook_codings", n=answers)
    new = {"version": number + 1, "content": codebook_data(codebook), "change": dict(item.draft.change)}
    tx.connection.execute(insert(tables.codebook_version).values(**new, at=time.time()))
    tx.touch(NO_WORKSHOP, CODEBOOK)
    return number + 1


save_codebook = each(save)


# ---- parts ----


def _draft(
    was: Codebook, themes: Iterable[Mapping[str, Any]], edited: Collection[str], change: Mapping[str, Any]
) -> Draft:
    """Checks the themes, those that were edited last: what is wrong between two is then said of the edited one."""
    listed = list(themes)
    checked = sorted(listed, key=lambda theme: theme["id"] in edited)
    ids = [theme["id"] for theme in listed]
    found, faults = read_codebook_form({"themas": checked})
    if found is not None:
        in_order = sorted(found.themes, key=lambda theme: ids.index(theme.id))
        found = found.model_copy(update={"themes": in_order})
    said = {(fault.field, fault.problem): fault for fault in faults}
    for field, problem in list(said):  # a definition that stands for both languages is wrong in both
        if re.search(r"hoort\w*\.en$", field) and (field[:-2] + "nl", problem) in said:
            del said[field, problem]
    return Draft(was, found, change, list(said.values()), [theme["id"] for theme in checked])


def _themes(book: Codebook) -> list[dict[str, Any]]:
    themes: list[dict[str, Any]] = codebook_data(book)["themas"]
    return themes


def _ids(book: Codebook) -> set[str]:
    return {theme.id for theme in book.themes}


def _theme(book: Codebook, theme_id: str) -> Theme:
    return next(theme for theme in book.themes if theme.id == theme_id)


def _values(theme: Theme) -> list[Any]:
    return [getattr(theme, name) for name in Theme.model_fields]


def _name(theme: Theme) -> dict[str, str]:
    return {"nl": theme.nl, "en": theme.en}


def _typed(theme: Written) -> dict[str, str]:
    """The name of a theme that somebody wrote."""
    return {lang: str(theme.get(lang) or "") for lang in ("nl", "en")}


def _together(*lists: Iterable[str], but: Iterable[str] = ()) -> list[str]:
    """All words once, whatever their capitals and blanks, without those of `but`."""
    taken, found = {_plain(word) for word in but}, list[str]()
    for word in (word for words in lists for word in words):
        if _plain(word) not in taken:
            taken.add(_plain(word))
            found.append(word)
    return found


def _plain(word: str) -> str:
    return " ".join(word.lower().split())

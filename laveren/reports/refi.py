"""The codebook (.qdc) and the coded texts (.qdpx) for other programs, in the REFI-QDA standard 1.5 (qdasoftware.org).

A source is one plain text in which the passages stand under each other. A place in it is counted in Unicode code points
from 0, the end not included. Lines end in \\n and there is no mark at the start, so that every program counts the same.
These are people's own words: raw material, for organisers only.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import IO
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from babel.dates import format_date

from laveren.content.codebook import Codebook, Theme
from laveren.reports.cover import Cover, NothingToExport, Say

BETWEEN = "\n\n"  # passages

_LAVEREN = uuid5(NAMESPACE_URL, "urn:laveren")
_ZIPPED = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say, so that the same texts make the same file
# What XML 1.0 cannot hold, and the mark that some programs take off the start of a file.
_UNSPEAKABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Coding:
    """Who said that a passage is about a theme, and when (seconds since 1970)."""

    theme: str
    coder: str
    at: float


@dataclass(frozen=True)
class Passage:
    """One answer. `codings` were made or confirmed by people; `suggested` are themes that only words suggest."""

    id: str
    text: str
    codings: Sequence[Coding] = ()
    suggested: Sequence[str] = ()
    memo: str = ""


@dataclass(frozen=True)
class Source:
    """Texts that belong together, as one document: those of a workshop, or of one case in it."""

    id: str
    title: str
    passages: Sequence[Passage]


def codebook_qdc(codebook: Codebook, made: date, say: Say, lang: str) -> bytes:
    """The codebook; all its codes are in one set, whose name says the day and how many there are."""
    out = io.BytesIO()
    xml = _Xml(out)
    with xml.inside("CodeBook", xmlns="urn:QDA-XML:codebook:1.0", origin=say("name")):
        _codes(xml, codebook, say, lang)
        day = format_date(made, "d MMMM y", locale=lang)
        name = say("exports.codebook", n=len(codebook.themes), date=day)
        with xml.inside("Sets"), xml.inside("Set", guid=_guid("codebook"), name=name):
            for theme in codebook.themes:
                xml.add("MemberCode", guid=_guid("theme", theme.id))
    return out.getvalue()


def project_qdpx(
    codebook: Codebook,
    sources: Sequence[Source],
    cover: Cover,
    say: Say,
    lang: str,
    *,
    with_suggested: bool = False,
) -> bytes:
    """The codebook and the texts with their codings; what words suggest only when asked for, by a user of its own.

    Raises NothingToExport when there is no text, and KeyError when a passage has a theme that is not in the codebook.
    """
    laid = [_Laid(source) for source in sources]
    laid = [one for one in laid if one.text]
    if not laid:
        raise NothingToExport
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for one in laid:
            with _member(archive, f"sources/{one.guid}.txt") as file:
                file.write(one.text.encode())
        with _member(archive, "project.qde") as file:
            _Project(file, codebook, laid, cover, say, lang, with_suggested).write()
    return out.getvalue()


class _Xml:
    """Elements written one after the other, so that a large project need not be in memory as a tree."""

    def __init__(self, out: IO[bytes]) -> None:
        self._to = XMLGenerator(out, "utf-8", short_empty_elements=True)
        self._to.startDocument()

    @contextmanager
    def inside(self, tag: str, **attributes: str) -> Iterator[None]:
        self._to.startElement(tag, AttributesImpl({name: _clean(value) for name, value in attributes.items()}))
        yield
        self._to.endElement(tag)

    def add(self, tag: str, text: str = "", **attributes: str) -> None:
        with self.inside(tag, **attributes):
            self._to.characters(_clean(text))


class _Laid:
    """A source as one text, with where each passage stands in it."""

    def __init__(self, source: Source) -> None:
        self.source, self.guid = source, _guid("source", source.id)
        self.places: list[tuple[Passage, int, int]] = []
        at, texts = 0, []
        for passage in source.passages:
            text = _clean(passage.text)
            if text:
                texts.append(text)
                self.places.append((passage, at, at + len(text)))
                at += len(text) + len(BETWEEN)
        self.text = BETWEEN.join(texts)


class _Project:
    """The project file of one export."""

    def __init__(
        self,
        out: IO[bytes],
        codebook: Codebook,
        laid: Sequence[_Laid],
        cover: Cover,
        say: Say,
        lang: str,
        with_suggested: bool,
    ) -> None:
        self._xml, self._codebook, self._laid, self._cover = _Xml(out), codebook, laid, cover
        self._say, self._lang, self._with_suggested = say, lang, with_suggested
        self._themes = {theme.id: _guid("theme", theme.id) for theme in codebook.themes}
        self._program, self._made = say("name"), _when(datetime.combine(cover.made, time(), UTC).timestamp())

    def write(self) -> None:
        xml, made = self._xml, {"creatingUserGUID": self._user(), "creationDateTime": self._made}
        with xml.inside(
            "Project", xmlns="urn:QDA-XML:project:1.0", name=self._cover.title, origin=self._program, **made
        ):
            coders = {coding.coder for one in self._laid for passage, _, _ in one.places for coding in passage.codings}
            with xml.inside("Users"):
                xml.add("User", guid=self._user(), name=self._program)
                for coder in sorted(coders):
                    xml.add("User", guid=self._user(coder), name=coder)
            with xml.inside("CodeBook"):
                _codes(xml, self._codebook, self._say, self._lang)
            with xml.inside("Sources"):
                for one in self._laid:
                    self._source(one)
            memos = [passage for one in self._laid for passage, _, _ in one.places if passage.memo]
            if memos:
                with xml.inside("Notes"):
                    for n, passage in enumerate(memos, start=1):
                        self._note(passage, n)
            said = [f"{name}: {value}" for name, value in self._cover.rows(self._say, self._lang)]
            if self._with_suggested:
                said.append(self._say("exports.by_program", name=self._program))
            xml.add("Description", "\n".join(said))

    def _source(self, one: _Laid) -> None:
        with self._xml.inside(
            "TextSource",
            guid=one.guid,
            name=one.source.title,
            plainTextPath=f"internal://{one.guid}.txt",
            creatingUser=self._user(),
            creationDateTime=self._made,
        ):
            for passage, start, end in one.places:
                self._selections(passage, {"startPosition": str(start), "endPosition": str(end)})

    def _selections(self, passage: Passage, place: dict[str, str]) -> None:
        """A selection per coder: some programs look on the selection, not on the coding, for whose it is."""
        by_coder = sorted(passage.codings, key=lambda coding: coding.coder)
        for coder, codings in groupby(by_coder, key=lambda coding: coding.coder):
            self._coded(passage, coder, [(coding.theme, _when(coding.at)) for coding in codings], place)
        if self._with_suggested and passage.suggested:
            self._coded(passage, "", [(theme, self._made) for theme in passage.suggested], place)
        if passage.memo:
            guid = _guid("place", passage.id)
            with self._xml.inside("PlainTextSelection", guid=guid, **place, creationDateTime=self._made):
                # Some programs read only this, and some only the note.
                self._xml.add("Description", passage.memo)
                self._xml.add("NoteRef", targetGUID=_guid("memo", passage.id))

    def _coded(self, passage: Passage, coder: str, themes: list[tuple[str, str]], place: dict[str, str]) -> None:
        user = self._user(coder)
        made = {"creatingUser": user, "creationDateTime": max(when for _, when in themes)}
        with self._xml.inside("PlainTextSelection", guid=_guid("place", passage.id, user), **place, **made):
            for theme, when in themes:
                guid = _guid("coding", passage.id, user, theme)
                with self._xml.inside("Coding", guid=guid, creatingUser=user, creationDateTime=when):
                    self._xml.add("CodeRef", targetGUID=self._themes[theme])

    def _note(self, passage: Passage, n: int) -> None:
        name = self._say("exports.memo", n=n)
        with self._xml.inside("Note", guid=_guid("memo", passage.id), name=name, creationDateTime=self._made):
            self._xml.add("PlainTextContent", passage.memo)

    def _user(self, coder: str = "") -> str:
        """The guid of a person who codes; of the program, without one."""
        return _guid("coder", coder) if coder else _guid("program")


def _codes(xml: _Xml, codebook: Codebook, say: Say, lang: str) -> None:
    """The themes as codes; a retired one is there for what was coded with it, and cannot be given any more."""
    names = {theme.id: theme.say(lang) for theme in codebook.themes}
    with xml.inside("Codes"):
        for theme in codebook.themes:
            guid, codable = _guid("theme", theme.id), "false" if theme.retired else "true"
            with xml.inside("Code", guid=guid, name=names[theme.id], isCodable=codable):
                xml.add("Description", "\n".join(_described(theme, names, say, lang)))


def _described(theme: Theme, names: Mapping[str, str], say: Say, lang: str) -> Iterator[str]:
    yield theme.belongs.say(lang)
    if theme.belongs_not:
        yield say("exports.belongs_not", text=theme.belongs_not.say(lang))
    yield say("exports.example", text=theme.example)
    if theme.into:
        yield say("exports.went_into", themes=", ".join(names.get(one, one) for one in theme.into))


def _guid(*names: str) -> str:
    """The same for the same thing in every file."""
    return str(uuid5(_LAVEREN, "\n".join(names)))


def _clean(text: str) -> str:
    """The text as XML can hold it and gives it back: lines end in \\n, control characters are gone."""
    return _UNSPEAKABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def _member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    info = zipfile.ZipInfo(name, _ZIPPED)
    info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
    # An element is many small pieces: gathered, that takes a quarter off.
    with archive.open(info, "w") as file, io.BufferedWriter(file, 1 << 16) as gathered:
        yield gathered

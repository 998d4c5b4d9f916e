"""One YAML file to plain data with a line for every value; whatever is in the file, the answer is data or a fault.

The safe loader's scanner and parser are used, but nothing is constructed: every scalar stays the text that was written
(or None when nothing was), so `no`, `12:30` and `0123` are what they look like; the models decide what they must be.
What the format does not need is refused while it is read, before it can grow: tags, anchors and aliases, deep nesting.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from laveren.content.faults import KeyPath, printable
from laveren.content.yaml_problems import in_dutch

#: Longest file that is read, in bytes. The longest that ships is a tenth of it.
MAX_BYTES = 256 * 1024
#: Deepest nesting of lists and keys; a method needs eight.
MAX_DEPTH = 20

#: What stands for nothing when it is written without quotes.
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
#: Control characters, and halves of characters that are written in two: those cannot be shown, stored or sent.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Unreadable(Exception):
    """The file cannot be read as YAML that this program takes."""

    def __init__(self, line: int, problem: str, path: KeyPath = ("bestand",)) -> None:
        super().__init__(problem)
        self.line, self.problem, self.path = line, problem, path


@dataclass
class Document:
    """What was in a file: its data (dicts, lists, str, None) and, by key path, the line where each key or item stands.

    `slips` are faults that do not keep the rest from being read: (line, key path, problem).
    """

    data: Any = None
    lines: dict[KeyPath, int] = field(default_factory=lambda: {(): 1})
    slips: list[tuple[int, KeyPath, str]] = field(default_factory=list)

    def place(self, path: KeyPath) -> KeyPath:
        """The longest beginning of `path` that is in the file."""
        while path not in self.lines:
            path = path[:-1]
        return path


def read_text(file: Path) -> str:
    """The text of one file. Raises `Unreadable`, and nothing else, when it cannot be read or is no text."""
    return _text(_content(file))


def read_document(text: str) -> Document:
    """What the text of a file says. Raises `Unreadable`, and nothing else, when that is not possible."""
    try:
        return _Reader(text).document()
    except yaml.YAMLError as error:
        raise Unreadable(*in_dutch(error, text)) from None
    except Unreadable:
        raise
    except Exception as error:  # PyYAML lets some nonsense escape as ValueError, IndexError or AssertionError.
        raise Unreadable(1, "dit is geen YAML die te lezen is. Kijk naar een van de andere bestanden") from error


def _content(file: Path) -> bytes:
    try:
        # Without blocking: a pipe that is called x.yaml would otherwise wait for ever.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise Unreadable(1, "dit is geen gewoon bestand")
            content = opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(1, _why(error)) from None
    if len(content) > MAX_BYTES:
        raise Unreadable(1, f"het bestand is te groot. Hooguit {MAX_BYTES // 1024} kB")
    return content


def _why(error: OSError | ValueError) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EISDIR:
        return "dit is een map, geen bestand"
    if number in (errno.EACCES, errno.EPERM):
        return "je mag dit bestand niet lezen. Pas de rechten van het bestand aan"
    if number == errno.ENOENT:
        return "het bestand is er niet"
    if number == errno.ELOOP:
        return "deze verwijzing loopt in een kring. Zet hier een gewoon bestand neer"
    return "het bestand is niet te lezen"


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(1, "het bestand is als UTF-16 bewaard. Bewaar het als UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(line, "hier staan tekens die geen UTF-8 zijn. Bewaar het bestand als UTF-8") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(line, "hier staat een nulteken. Haal het weg, en bewaar het bestand als UTF-8")
    return text


class _Reader:
    """Turns the parser's events into data, and notes the line of each."""

    def __init__(self, text: str) -> None:
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=yaml.SafeLoader))
        self._found = Document()

    def document(self) -> Document:
        event = self._next()
        if isinstance(event, yaml.StreamStartEvent):
            event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            raise Unreadable(1, "het bestand is leeg")
        self._found.data = self._value(self._next(), (), 1)
        self._next()  # the end of this document
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise Unreadable(_line(event), "in een bestand hoort één document. Haal deze regel met --- weg")
        return self._found

    def _next(self) -> yaml.Event:
        event = next(self._events)
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable(
                _line(event),
                f"verwijzen met * kan hier niet. Hoort *{_short(event.anchor)} bij de tekst? Zet die dan tussen "
                "aanhalingstekens",
            )
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            if event.anchor is not None:
                raise Unreadable(
                    _line(event),
                    f"een anker met & kan hier niet. Hoort &{_short(event.anchor)} bij de tekst? Zet die dan tussen "
                    "aanhalingstekens",
                )
            if event.tag is not None:
                raise Unreadable(
                    _line(event),
                    f"het teken ! aan het begin kan hier niet ({_short(event.tag)}). Hoort het bij de tekst? Zet die "
                    "dan tussen aanhalingstekens",
                )
        return event

    def _value(self, event: yaml.Event, path: KeyPath, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise Unreadable(_line(event), f"hier zit te veel in elkaar: hooguit {MAX_DEPTH} lagen")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path, depth)
        return self._mapping(path, depth)

    def _scalar(self, event: yaml.ScalarEvent, path: KeyPath) -> str | None:
        value = str(event.value)
        if event.style is None and value in NOTHING:
            return None
        if CONTROLS.search(value):
            self._found.slips.append((_line(event), path, "hier staat een onzichtbaar stuurteken. Haal het weg"))
        return value

    def _list(self, path: KeyPath, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            place = (*path, len(items))
            self._found.lines[place] = _line(event)
            items.append(self._value(event, place, depth + 1))
        return items

    def _mapping(self, path: KeyPath, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise Unreadable(_line(event), "links van de dubbele punt hoort één woord", path or ("bestand",))
            key = str(event.value)
            place = (*path, key)
            if key in values:
                first = self._found.lines[place]
                problem = f"staat er twee keer, ook op regel {first}. Eén keer is genoeg"
                self._found.slips.append((_line(event), place, problem))
                self._skip()
                continue
            self._found.lines[place] = _line(event)
            values[key] = self._value(self._next(), place, depth + 1)
        return values

    def _skip(self) -> None:
        """Passes over one value, however deep, so that what follows is read too."""
        depth = 0
        while True:
            event = self._next()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth == 0:
                return


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _short(text: object) -> str:
    return printable(str(text))[:30]

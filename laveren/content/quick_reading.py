"""The data of a file read by libyaml, about twenty times as fast as `reading`; for files that are plain and sound only.

It knows no faults: whatever is wrong, unusual or read differently by libyaml makes it give up, and `reading` has the
word. So what it returns is what `reading` would return, and the lines, which only faults need, are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from laveren.content.reading import CONTROLS, MAX_DEPTH, NOTHING

#: Where libyaml reads on and PyYAML does not: a tab, a second byte order mark, a comment stuck to a | or >.
_READ_OTHERWISE = re.compile("[\t\ufeff]|[|>][-+0-9]*#")
# Not where PyYAML was built without libyaml; the wheels for Linux, macOS and Windows have it.
_LOADER: Any = getattr(yaml, "CSafeLoader", None)


class _GivenUp(Exception):
    """This file is for `reading`."""


def read_quickly(text: str) -> Any:
    """What `reading.read_document` finds in a text in which it finds nothing wrong; None for any other text."""
    if _LOADER is None or _READ_OTHERWISE.search(text):
        return None
    try:
        return _Reader(text).document()
    except Exception:  # whatever it is: `reading` will say it in Dutch
        return None


class _Reader:
    """Turns libyaml's events into data."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._quoted = 0  # question marks between quotes so far
        self._last: Any = None  # the end of the last list or mapping
        self._next: Callable[[], Any] = _LOADER(text).get_event

    def document(self) -> Any:
        self._next()  # the start of the stream
        self._next()  # and of the document
        data = self._value(self._next(), 1)
        self._next()
        if not isinstance(self._next(), yaml.StreamEndEvent):
            raise _GivenUp
        return data

    def _value(self, event: Any, depth: int) -> Any:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            text = self._scalar(event)
            return text if event.style or text not in NOTHING else None
        if depth >= MAX_DEPTH or event.anchor is not None or event.tag is not None:
            raise _GivenUp
        found: Any
        quoted = self._quoted
        if kind is yaml.SequenceStartEvent:
            found = [self._value(item, depth + 1) for item in self._until(yaml.SequenceEndEvent)]
        else:
            found = self._mapping(depth)
        # Between brackets a question mark outside quotes may begin a key or end a text: they disagree when.
        if event.flow_style and self._asks(event, self._last) != self._quoted - quoted:
            raise _GivenUp
        return found

    def _mapping(self, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in self._until(yaml.MappingEndEvent):
            key = self._scalar(event)
            if key in values:
                raise _GivenUp
            values[key] = self._value(self._next(), depth + 1)
        return values

    def _until(self, end: type[Any]) -> Iterator[Any]:
        """The events up to `end`; remembers that one, too."""
        while type(event := self._next()) is not end:
            yield event
        self._last = event

    def _scalar(self, event: Any) -> str:
        """What a scalar says; of anything else, an alias too, this raises, since it has no value or no tag."""
        text: str = event.value
        if event.anchor is not None or event.tag is not None:
            raise _GivenUp
        if event.style in ("'", '"'):
            self._quoted += self._asks(event, event)
            if CONTROLS.search(text):  # only a backslash can bring these in
                raise _GivenUp
        return text

    def _asks(self, first: Any, last: Any) -> int:
        """How many question marks stand in the text from one event to the end of another."""
        return self._text.count("?", first.start_mark.index, last.end_mark.index)

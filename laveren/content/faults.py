"""What is wrong in a file that people edit: where, which key, what is allowed; in Dutch, for the one who wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: One step on the way to a value in a file: a key, or the place in a list (0 is the first).
KeyPath = tuple[str | int, ...]


def printable(text: str) -> str:
    """`text` without anything that cannot be printed or that would steer a terminal."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


def field_name(path: Sequence[str | int]) -> str:
    """The key path as people read it, counted from one: ("stappen", 1, "minuten") is `stappen[2].minuten`."""
    name = ""
    for part in path:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part[:60]}" if name else part[:60]
    return printable(name)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a file.

    `file` is relative to the root where it lies inside it; `line` counts from 1; `field` is the Dutch key path, lists
    counted from 1 (`bestand` or `map` when it is about the whole); `problem` says what is wrong and what is allowed.
    """

    file: Path
    line: int
    field: str
    problem: str

    def __str__(self) -> str:
        return f"{printable(str(self.file))}:{self.line}: {self.field}: {self.problem}"


class ContentBroken(Exception):
    """A file in data/reference is unusable, and without it nothing works; `faults` says why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults

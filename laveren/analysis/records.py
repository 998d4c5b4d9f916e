"""All that was handed in over all workshops, as whole numbers in columns: a million answers in some 65 megabytes.

A row is an answer. Rows stand in the order of their workshop, person and case, so that people are counted by where the
next one begins, without sorting. What an answer is about is a bit for each theme of the codebook. Everybody who looks
shares one `Records`; when something changes, what changed is put in its place and a new `Records` comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from laveren.content.codebook import Codebook
from laveren.content.methods import Kind
from laveren.content.terms import Source, Status

Column = NDArray[Any]

#: What is kept of an answer. `workshop` is its place in the columns of workshops; `case`, `role`, `seat`, `source`,
#: `status`, `kind` and `scope` are places in their vocabularies, 0 for none; `twist` is the wending it was asked after;
#: `value` a choice or a scale, 1 and up; `domains` (of its case), `suggested` and `confirmed` have a bit for each;
#: `asked`: a hindrance that room could have been linked to, `bare`: to which nobody's is; `words`: something is
#: written, `waiting`: no themes were looked for yet, `coded`: a person said what it is about.
ANSWER = np.dtype(
    [
        ("workshop", "i4"), ("person", "i4"), ("case", "i2"), ("round", "u1"), ("twist", "u1"), ("role", "u1"),
        ("seat", "i2"), ("kind", "u1"), ("scope", "u1"), ("source", "u1"), ("status", "u1"), ("value", "u1"),
        ("domains", "u4"), ("suggested", "u8"), ("confirmed", "u8"), ("words", "?"), ("hidden", "?"), ("asked", "?"),
        ("bare", "?"), ("waiting", "?"), ("coded", "?"), ("id", "V16"),
    ]
)  # fmt: skip

#: What is kept of a workshop: its number in the store, its day (proleptic ordinal), its quarter (4 × year + 0–3), and
#: region and organisation as places in their vocabularies.
WORKSHOP = np.dtype([("number", "i4"), ("day", "i4"), ("quarter", "i4"), ("region", "i2"), ("organisation", "i2")])

#: So many workshops have their answers in one part.
PART = 256

KINDS = ("", *Kind)
SCOPES = ("", "person", "table", "room")
SOURCES = ("", *Source)
STATUSES = ("", *Status)


class Vocabulary:
    """Texts with a number each; 0 is none. It only grows, so that a number means the same for ever."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.texts = [""]
        self._codes = {"": 0}
        for text in known:
            self.code(text)

    def code(self, text: str | None) -> int:
        """The number of a text; a new one when it was not seen before."""
        found = self._codes.setdefault(text or "", len(self.texts))
        if found == len(self.texts):
            self.texts.append(text or "")
        return found

    def find(self, text: str) -> int:
        """The number of a text; -1, which nothing has, when it was not seen."""
        return self._codes.get(text, -1)


@dataclass
class Names:
    """What the numbers mean. `themes` are the living themes and `domains` the life domains, in the order of bits."""

    themes: list[str]
    domains: list[str]
    bits: Mapping[str, int]  # the bit that a theme counts for today; 0 for one that is retired or unknown
    cases: Vocabulary = field(default_factory=Vocabulary)
    roles: Vocabulary = field(default_factory=Vocabulary)
    seats: Vocabulary = field(default_factory=Vocabulary)
    regions: Vocabulary = field(default_factory=Vocabulary)
    organisations: Vocabulary = field(default_factory=Vocabulary)
    titles: dict[str, str] = field(default_factory=dict)  # of cases, by id

    @cached_property
    def domain_bits(self) -> Mapping[str, int]:
        """The bit of each life domain."""
        return {domain: 1 << place for place, domain in enumerate(self.domains)}

    def same_bits(self, other: Names) -> bool:
        """Whether the bits of themes and domains mean the same."""
        return (self.themes, self.domains, self.bits) == (other.themes, other.domains, other.bits)


def names_for(codebook: Codebook, domains: Iterable[str]) -> Names:
    """The names for this codebook; a theme that was merged counts as the one it went into."""
    living = [theme.id for theme in codebook.living]
    now = {theme.id: codebook.now(theme.id) for theme in codebook.themes}
    bits = {id: 1 << living.index(counts_for) if counts_for else 0 for id, counts_for in now.items()}
    return Names(living, list(domains), bits)


class Held(NamedTuple):
    """A workshop as it is handed in to be counted."""

    number: int
    day: date
    region: str
    organisation: str


class Given(NamedTuple):
    """An answer as it is handed in to be counted, in words; `id` is 16 bytes, `link` and `confirmed` may be missing."""

    id: bytes
    participant: int
    round: int
    twist: int
    kind: str
    scope: str
    case: str
    role: str
    seat: str | None
    source: str | None
    status: str | None
    link: bytes | None
    domains: Iterable[str]
    value: int
    words: bool
    hidden: bool
    waiting: bool
    suggested: Sequence[str]
    confirmed: Sequence[str] | None


@dataclass(frozen=True, eq=False)
class Records:
    """The columns of workshops, and those of answers in parts: the answers of `PART` workshops each.

    What changes in one part leaves the others where they are, so that nearly all is shared with the records before.
    """

    names: Names
    workshops: Mapping[str, Column]
    parts: tuple[Mapping[str, Column], ...]
    made: dict[Any, Any] = field(default_factory=dict)  # what was worked out of them, for who asks the same again

    def __len__(self) -> int:
        return int(self._ends[-1]) if self.parts else 0

    def column(self, name: str) -> Column:
        """A column of all answers."""
        return np.concatenate([np.empty(0, ANSWER[name]), *(part[name] for part in self.parts)])

    def at(self, name: str, place: int) -> Any:
        """What stands in a column at one place."""
        part = int(np.searchsorted(self._ends, place, side="right"))
        return self.parts[part][name][place - (self._ends[part - 1] if part else 0)]

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        return np.cumsum([len(part["workshop"]) for part in self.parts])


def no_records(names: Names) -> Records:
    """Nothing yet."""
    return Records(names, columns(np.empty(0, WORKSHOP)), ())


def columns(rows: NDArray[Any]) -> dict[str, Column]:
    """Rows as columns, each by itself in memory."""
    return {name: np.ascontiguousarray(rows[name]) for name in rows.dtype.names or ()}


def encode_workshop(held: Held, names: Names) -> tuple[int, ...]:
    """A workshop in numbers, in the order of `WORKSHOP`."""
    quarter = 4 * held.day.year + (held.day.month - 1) // 3
    region, organisation = names.regions.code(held.region), names.organisations.code(held.organisation)
    return (held.number, held.day.toordinal(), quarter, region, organisation)


def encode(place: int, given: Sequence[Given], names: Names) -> NDArray[Any]:
    """The answers of one whole workshop, which stands at `place`, in numbers and in order (`ANSWER`)."""
    room_in = {one.round for one in given if one.kind == Kind.ROOM and one.scope != "table"}
    linked = {one.link for one in given if one.kind == Kind.ROOM and one.link}
    rows = []
    for one in given:
        # Where nobody gave room the meeting had not come that far: nothing can be said about what has no room there.
        asked = bool(one.kind == Kind.HINDRANCE and one.source and one.round in room_in)
        rows.append(
            (
                place, one.participant, names.cases.code(one.case), one.round, one.twist, names.roles.code(one.role),
                names.seats.code(one.seat), KINDS.index(one.kind), SCOPES.index(one.scope),
                SOURCES.index(one.source or ""), STATUSES.index(one.status or ""), one.value,
                bits_of(one.domains, names.domain_bits), bits_of(one.suggested, names.bits),
                bits_of(one.confirmed or (), names.bits), one.words, one.hidden, asked,
                asked and one.id not in linked, one.waiting, one.confirmed is not None, one.id,
            )
        )  # fmt: skip
    encoded = np.array(rows, ANSWER)
    return encoded[np.lexsort((encoded["case"], encoded["person"]))] if len(rows) else encoded


def bits_of(ids: Iterable[str], bits: Mapping[str, int]) -> int:
    """The bits of these together; what has none counts for nothing."""
    together = 0
    for id in ids:
        together |= bits.get(id, 0)
    return together


def splice(records: Records, workshops: Mapping[int, tuple[int, ...]], answers: NDArray[Any]) -> Records:
    """Other records, in which the workshops at these places are as told, with `answers` for what they had before.

    New workshops come after the last. The old records stay as they were, for who is still looking at them.
    """
    now = len(records.workshops["number"])
    size = max([now, *(place + 1 for place in workshops)])
    kept = np.empty(size, WORKSHOP)
    for name, column in records.workshops.items():
        kept[name][:now] = column
    for place, row in workshops.items():
        kept[place] = row
    stale = np.zeros(size, bool)
    stale[list(workshops)] = True
    parts = [*records.parts, *([columns(np.empty(0, ANSWER))] * (-(-size // PART) - len(records.parts)))]
    for part in {place // PART for place in workshops}:
        parts[part] = _renewed(parts[part], stale, answers[answers["workshop"] // PART == part])
    return Records(records.names, columns(kept), tuple(parts))


def _renewed(part: Mapping[str, Column], stale: NDArray[np.bool_], answers: NDArray[Any]) -> Mapping[str, Column]:
    stays = ~stale[part["workshop"]]
    order = np.argsort(np.concatenate([part["workshop"][stays], answers["workshop"]]), kind="stable")
    return {name: np.concatenate([old[stays], answers[name]])[order] for name, old in part.items()}

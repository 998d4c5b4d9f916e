"""The second coder: what two people said of the same answers without knowing of each other, and how far they agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from laveren.analysis.agreement import Agreement, agreement, masi
from laveren.content.codebook import Codebook
from laveren.workshop.coding import FIRST, SECOND, Coding, codings_of, newest_codings


@dataclass(frozen=True)
class Twice:
    """An answer that both coded: what each said it is about, under today's codebook.

    Of the first that is what stood there when the second coded: what they said after talking about it is no agreement.
    `settled`: the first coded it anew since.
    """

    answer: str
    first: frozenset[str]
    second: frozenset[str]
    settled: bool

    @property
    def differs(self) -> bool:
        """Whether they chose otherwise."""
        return self.first != self.second


class Row(NamedTuple):
    """How far two coders agree on a theme, "" for all themes together; `found` is None where alpha says nothing.

    `both`, `first` and `second`: how many answers both gave it, and only one of the two.
    """

    theme: str
    found: Agreement | None
    both: int
    first: int
    second: int


def coded_twice(connection: Connection, codebook: Codebook) -> list[Twice]:
    """Every answer that both coders coded as it was written then, in the order of the second coder.

    Left out is what one of them coded with a theme that counts for none any more: that cannot be compared.
    """
    theirs = sorted(newest_codings(connection, SECOND), key=lambda coding: coding.at)
    ours = codings_of(connection, [coding.answer for coding in theirs], FIRST) if theirs else {}
    found = []
    for second in theirs:
        before = [one for one in ours[second.answer] if one.at <= second.at]
        if not before or not before[-1].stands or before[-1].revision != second.revision:
            continue
        sets = _today(before[-1], codebook), _today(second, codebook)
        if None not in sets:
            found.append(Twice(second.answer, *sets, settled=len(before) < len(ours[second.answer])))  # type: ignore[arg-type]
    return found


def _today(coding: Coding, codebook: Codebook) -> frozenset[str] | None:
    now = {codebook.now(theme) for theme in coding.themes}
    return None if None in now else frozenset(theme for theme in now if theme)


def differing(twice: Sequence[Twice]) -> list[bytes]:
    """The ids of answers on which they differ, and which the first has not coded anew."""
    return [UUID(one.answer).bytes for one in twice if one.differs and not one.settled]


def agreements(twice: Sequence[Twice], codebook: Codebook) -> list[Row]:
    """Over whole sets first (MASI), then per theme that one of them used (given or not), in the codebook's order."""
    whole = agreement([(one.first, one.second) for one in twice], masi)
    same = sum(not one.differs for one in twice)
    rows = [Row("", whole, same, len(twice) - same, len(twice) - same)]
    for theme in codebook.living:
        given = [(theme.id in one.first, theme.id in one.second) for one in twice]
        counts = [given.count(pair) for pair in ((True, True), (True, False), (False, True))]
        if any(counts):
            rows.append(Row(theme.id, agreement(given), *counts))
    return rows

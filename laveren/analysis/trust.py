"""The trust matrix: what a role says of a role it can count on; only totals, and nothing that few people said.

What is shown, and what stays when the round closes, is the same: per cell a mean in halves, per row "at least so many".

What holds, and is tested. Every number belongs to one cell and every answer to one cell; a number stands for at least
five answers, and stays the same when these change places among them. So no sum or difference of numbers stands for
fewer: there are no totals of rows or columns to subtract from, a cell below five leaves nothing behind, and one band
for a whole row does not tell in which cell people had no view. And as means are rounded, nobody's view is ever certain
to who sees one matrix, not even where everybody says the same and it is known that they are five.

What does not hold. A mean at the end of the scale says much of everybody in it: that is what five or more said, and so
is an option that all chose. Who answered too can leave their own answer out, and knows of a cell of five what the
other four gave together to within two points (at worst exactly: the highest mark all four, the reader a low one). That
a cell is shown says that five had a view; that it is not, that some had none. Two matrices of the same people, one
answer apart, would tell that answer: within a round `publish` prevents that, between meetings nothing does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypedDict, TypeVar

from laveren.analysis.hiding import THRESHOLD, shown

#: How many people are said to stand behind a number: at least so many.
BANDS = (THRESHOLD, 10, 20)

#: From this difference on, two roles do not count on each other alike.
APART = 1.0

Answer = TypeVar("Answer")
Says = TypeVar("Says")
Counts = dict[str, int]


class Person(TypedDict):
    """Of one person of whom an answer was asked: the role, and per target 1..5, an option, or "geen_zicht".

    Who gave nothing has no `cells`, and is handed in like everybody: a row is asked when somebody of it is there.
    """

    role: str
    cells: Mapping[str, int | str]


class Seen(TypedDict, Generic[Says]):
    """A cell as it was last shown: what it `says`, and of how many answers (`n`, exact, so never to be shown)."""

    n: int
    says: Says


class Row(TypedDict, Generic[Says]):
    """What stays of a row: `n` people at least stand behind each of the `cells`; None when there are none."""

    n: int | None
    cells: dict[str, Says]


#: By row (every row that was asked), then target. To keep while the round is open, and to throw away when it closes.
Published = dict[str, dict[str, Seen[Says]]]

#: By row (every row that was asked). All that stays; JSON as it is.
Totals = dict[str, Row[Says]]


class Cell(NamedTuple):
    """One cell to show: whether the row was `asked`, "5+" people (or ""), and the mean, None when hidden."""

    asked: bool
    band: str
    mean: float | None

    @property
    def hidden(self) -> bool:
        """Whether the cell says <5: it was asked, and nobody to four people had a view."""
        return self.asked and self.mean is None


class Reason(NamedTuple):
    """What people with one role say that it depends on, most often, whether they count on another (`target`)."""

    role: str
    target: str
    option: str


class Asymmetry(NamedTuple):
    """`role` counts on `target` (`mean`) more than `target` on `role` (`back`)."""

    role: str
    target: str
    mean: float
    back: float


def publish(previous: Published[float] | None, people: Iterable[Person]) -> Published[float]:
    """What may be shown now of the scale, given what was shown before in this round (None: nothing).

    A cell stays as it was last shown until there are five answers more than there were then. Then at least five new
    answers lie between any two that can be compared, also when others were changed or taken back. So up to four late
    answers may never count; a cell that was shown stays when answers are taken back, for it has been seen.

    Call it when the matrix is shown, not after each answer: a cell that moves then tells who had a view. And at close.
    """
    return _renewed(previous, people, _view, _mean)


def publish_choices(previous: Published[Counts] | None, people: Iterable[Person]) -> Published[Counts]:
    """As `publish`, of the follow-up, in which a person chose one option per target: per cell the bands of options.

    A cell is there from five who chose. An option is in it from five who chose it, and only when all the others who
    chose about this target are none or at least five; the options that are not there say <5.
    """
    return _renewed(previous, people, _option, _bands)


def totals(published: Published[Says]) -> Totals[Says]:
    """All that may stay: nothing of a cell below five, no exact number of people, and one band for all of a row.

    The band is that of the smallest cell of the row. The order is that of the alphabet, as the order in which cells
    filled says who came first.
    """
    return {
        row: Row(
            n=_band(min(cell["n"] for cell in cells.values())) if cells else None,
            cells={target: cells[target]["says"] for target in sorted(cells)},
        )
        for row, cells in sorted(published.items())
    }


def matrix(kept: Totals[float], rows: Sequence[str], columns: Sequence[str]) -> list[list[Cell]]:
    """The cells to show: a list per row, with a cell per column."""
    return [[_cell(kept.get(row), column) for column in columns] for row in rows]


def asymmetries(kept: Totals[float]) -> list[Asymmetry]:
    """The pairs of cells, both shown, that differ by at least one after rounding; the biggest difference first."""
    means = {(row, target): mean for row, kept_row in kept.items() for target, mean in kept_row["cells"].items()}
    found = [
        Asymmetry(row, target, mean, means[target, row])
        for (row, target), mean in means.items()
        if (target, row) in means and mean - means[target, row] >= APART
    ]
    return sorted(found, key=lambda pair: (pair.back - pair.mean, pair.role, pair.target))


def reasons(kept: Totals[Counts]) -> list[Reason]:
    """Per cell of the follow-up the option that most people there chose, where one stands out; by role and target.

    An option that is not told was chosen by fewer than five, so by fewer than any that is.
    """
    found: list[Reason] = []
    for role, row in kept.items():
        for target, bands in row["cells"].items():
            first = [option for option, band in bands.items() if band == max(bands.values())]
            if len(first) == 1:
                found.append(Reason(role, target, first[0]))
    return sorted(found)


def _renewed(
    previous: Published[Says] | None,
    people: Iterable[Person],
    answer_in: Callable[[int | str], Answer | None],
    summary: Callable[[Sequence[Answer]], Says],
) -> Published[Says]:
    given: defaultdict[str, defaultdict[str, list[Answer]]] = defaultdict(lambda: defaultdict(list))
    for person in people:
        row = given[person["role"]]
        for target, value in person["cells"].items():
            if (answer := answer_in(value)) is not None:
                row[target].append(answer)
    renewed = {row: dict(cells) for row, cells in (previous or {}).items()}
    for role, targets in given.items():
        cells = renewed.setdefault(role, {})
        for target, answers in targets.items():
            before = cells[target]["n"] if target in cells else 0
            if shown(len(answers) - before):
                cells[target] = Seen(n=len(answers), says=summary(answers))
    return renewed


def _view(value: int | str) -> int | None:
    return value if isinstance(value, int) else None


def _option(value: int | str) -> str | None:
    return value if isinstance(value, str) else None


def _mean(views: Sequence[int]) -> float:
    """The mean, rounded to halves, a quarter up (away from zero); in whole numbers, so that 3.25 is 3.5 everywhere."""
    return (4 * sum(views) + len(views)) // (2 * len(views)) / 2


def _bands(chosen: Sequence[str]) -> Counts:
    counts = Counter(chosen)
    others = {option: len(chosen) - count for option, count in counts.items()}
    told = [o for o, count in counts.items() if shown(count) and (not others[o] or shown(others[o]))]
    return {option: _band(counts[option]) for option in sorted(told)}


def _band(people: int) -> int:
    return max(band for band in BANDS if band <= people)


def _cell(row: Row[float] | None, column: str) -> Cell:
    if row is None:
        return Cell(asked=False, band="", mean=None)
    if column not in row["cells"]:
        return Cell(asked=True, band="", mean=None)
    return Cell(asked=True, band=f"{row['n']}+", mean=row["cells"][column])

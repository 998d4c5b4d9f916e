"""What the projector draws of answers that are not words: counted from rows, in no language yet.

One function for each kind of figure; which one a step has is in its method (`scherm`, `toont`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from laveren.analysis.dots import Tally, shared_first, tally
from laveren.analysis.ternary import Centroid, Shares, centroids, shares_of
from laveren.analysis.trust import Asymmetry, Cell, Reason, asymmetries, matrix, reasons
from laveren.content.fields import Text
from laveren.content.methods import DRAWN_FROM, AnswerType, Kind, Prompt, RowsFrom, Screen
from laveren.workshop.rooms import Room
from laveren.workshop.rounds import Asked, Round
from laveren.workshop.totals import totals_of
from laveren.workshop.values import BLIND, MISFIT

SHOW_FROM = 5  # bars and counts of content appear once so many people have answered
SCALE = ("1", "2", "3", "4", "5", BLIND)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Counted:
    """So many people, or tables (`scope`), gave what is drawn."""

    people: int
    scope: str

    @property
    def enough(self) -> bool:
        """Whether it may be drawn: what tables give together is nobody's, and stands there from the first."""
        return self.people > 0 if self.scope == "table" else self.people >= SHOW_FROM


@dataclass(frozen=True)
class Spread(Counted):
    """How often each option was chosen: a line per option, or for rows a line per row with its options.

    `lines` are (label, counts by option id); a label is None where it is the scale's own number. Rows that are the rule
    cards of a case are that `case`'s, by its title: of several cases there is a spread for each.
    """

    asked: Asked
    lines: list[tuple[str, Text | None, dict[str, int]]]
    options: dict[str, Text | None]
    case: str = ""


@dataclass(frozen=True)
class Scatter(Counted):
    """Two scales against each other: how many people at each place (1..5, 1..5), and the mean place."""

    x: Prompt
    y: Prompt
    points: dict[tuple[int, int], int]
    mean: tuple[float, float] | None


@dataclass(frozen=True)
class Triangle(Counted):
    """Places among three values: (now, should) of each person, the middle of everybody and of each role."""

    corners: list[Text]
    moves: list[tuple[Shares | None, Shares | None]]
    centroids: list[Centroid]
    misfits: int


@dataclass(frozen=True)
class Trust:
    """Who counts on whom: rows say it, columns are whom it is about; cells None where nothing is shown yet."""

    names: list[Text]
    cells: list[list[Cell]] | None
    asymmetries: list[Asymmetry]
    reasons: list[tuple[Reason, Text]]  # with the option in words
    labels: dict[str, Text]


@dataclass(frozen=True)
class Dots(Counted):
    """What the dots went to, most first; `tied` share the first place."""

    texts: dict[str, Text]
    tally: list[Tally]
    tied: list[Tally]


@dataclass(frozen=True)
class Moved(Counted):
    """Before and after a twist: people per source of their hindrances, and per status of their room."""

    sources: dict[str, tuple[int, int]]
    statuses: dict[str, tuple[int, int]]
    triangle: Triangle | None
    looked: dict[str, int]  # how many look at the case differently now, by option
    options: dict[str, Text]


Figure = Spread | Scatter | Triangle | Trust | Dots | Moved


def figures_of(room: Room, rows: Sequence[Row]) -> list[Figure]:
    """What the present step draws; `rows` are the handed-in answers of the present round, with the giver's role."""
    step, round_ = room.step_now, room.round_now
    if step is None or round_ is None:
        return []
    if room.twist_now:
        return [moved(round_, rows, room.twist_now)]
    drawn = [asked for asked in room.on_screen if asked.prompt.type in DRAWN_FROM.get(step.screen, ())]
    # What is confidential is drawn as the matrix of roles, from its totals, or not at all.
    if step.screen is Screen.MATRIX:
        secret = [asked for asked in drawn if asked.prompt.confidential and asked.prompt.rows_from is RowsFrom.ROLES]
        scales = [asked for asked in secret if not asked.prompt.options]
        return [trust(room, round_, scales[0], *secret)] if scales else []
    drawn = [asked for asked in drawn if not asked.prompt.confidential]
    if not drawn:
        return []
    if step.screen is Screen.TRIANGLE:
        return [triangle([asked.prompt for asked in drawn], rows, drawn[0].scope)]
    if step.screen is Screen.SCATTER and len(drawn) > 1:
        return [scatter(drawn[0].prompt, drawn[1].prompt, rows, drawn[0].scope)]
    if step.screen is Screen.DOTS:
        return [dots(room, drawn[0], rows)]
    return [one for asked in drawn for one in spreads(room, asked, rows)]


def giver(row: Row) -> Any:
    """Who gave an answer: a person, or a table, whoever wrote it down."""
    at_table = row["scope"] == "table" and row["table_no"] is not None
    return f"table {row['table_no']}" if at_table else row["participant"]


def given_to(rows: Iterable[Row], prompt: str) -> list[Row]:
    """The answers to one prompt; what the facilitator wrote for the room stands for nobody, and is not among them."""
    there = (row for row in rows if row["prompt"] == prompt and row["scope"] != "room")
    return [row for row in there if row["value"] is not None or row["domains"]]


def spreads(room: Room, asked: Asked, rows: Iterable[Row]) -> list[Spread]:
    """Counts per option: one spread, or one per case where the rows are rule cards."""
    given, round_ = given_to(rows, asked.prompt.id), room.rounds[asked.round - 1]
    if asked.prompt.rows_from is not RowsFrom.RULES or len(round_.cases) < 2:
        return [_spread(room, asked, given, None)]
    found: list[Spread] = []
    for first, case in enumerate(round_.cases, start=1):  # tables take the cases in turn
        those = [row for row in given if round_.case_at(row["table_no"]) is case]
        found.append(replace(_spread(room, asked, those, first), case=case.title))
    return found


def _spread(room: Room, asked: Asked, given: Sequence[Row], table: int | None) -> Spread:
    scale: dict[str, Text | None] = dict.fromkeys(SCALE)
    options: dict[str, Text | None] = {**room.options(asked)} or scale
    if asked.prompt.type is AnswerType.ROWS:
        lines: list[tuple[str, Text | None, dict[str, int]]] = []
        for id, text in room.rows(asked, table).items():
            counts = Counter(str(row["value"][id]) for row in given if id in row["value"])
            lines.append((id, text, {option: counts[option] for option in options}))
    else:
        chosen = Counter(str(one) for row in given for one in _listed(row["domains"] or row["value"]))
        lines = [(id, text, {id: chosen[id]}) for id, text in options.items()]
    return Spread(len(given), asked.scope, asked, lines, options)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | dict) else [value]


def scatter(x: Prompt, y: Prompt, rows: Sequence[Row], scope: str) -> Scatter:
    """Who answered both scales with a number; who has no view on one stands nowhere."""
    xs = {giver(row): row["value"] for row in given_to(rows, x.id)}
    ys = {giver(row): row["value"] for row in given_to(rows, y.id)}
    both = [(xs[id], ys[id]) for id in xs if id in ys and isinstance(xs[id], int) and isinstance(ys[id], int)]
    mean = (sum(x for x, _ in both) / len(both), sum(y for _, y in both) / len(both)) if both else None
    return Scatter(len(both), scope, x, y, dict(Counter(both)), mean)


def triangle(prompts: Sequence[Prompt], rows: Sequence[Row], scope: str) -> Triangle:
    """Places, from one prompt (now) to the one that is linked to it (should), whichever is named first."""
    ids = {prompt.id: prompt for prompt in prompts}
    should = next((prompt for prompt in prompts if prompt.linked in ids), None)
    now = ids[should.linked] if should and should.linked else prompts[0]
    corners = [option.id for option in now.options]
    places = [_places(rows, prompt, corners) if prompt else {} for prompt in (now, should)]
    people = {id: role for found in places for id, (role, _) in found.items()}
    before, after = ({id: place for id, (_, place) in found.items()} for found in places)
    moves = [(role, before.get(id), after.get(id)) for id, role in people.items()]
    misfits = {giver(row) for p in prompts for row in given_to(rows, p.id) if row["value"] == MISFIT}
    return Triangle(
        len(people.keys() | misfits),
        scope,
        [option.text for option in now.options],
        [(was, will) for _, was, will in moves],
        centroids(moves),
        len(misfits),
    )


def _places(rows: Iterable[Row], prompt: Prompt, corners: Sequence[str]) -> dict[Any, tuple[str, Shares]]:
    return {
        giver(row): (row["role"] if row["scope"] == "person" else "", shares_of(row["value"], corners))
        for row in given_to(rows, prompt.id)
        if isinstance(row["value"], dict)
    }


def trust(room: Room, round_: Round, asked: Asked, *also: Asked) -> Trust:
    """The matrix of roles, as far as it may be shown; with, of those that `also` are shown, what tips the balance."""
    names = room.rows(asked, None)
    kept = totals_of(round_, asked.prompt.id)
    ids = list(names)
    cells = matrix(kept, ids, ids) if kept is not None else None
    tipping = [
        (reason, next(option.text for option in other.prompt.options if option.id == reason.option))
        for other in also
        if other.prompt.options and (told := totals_of(round_, other.prompt.id))
        for reason in reasons(told)
    ]
    return Trust(list(names.values()), cells, asymmetries(kept) if kept is not None else [], tipping, names)


def dots(room: Room, asked: Asked, rows: Iterable[Row]) -> Dots:
    """The dots that everybody divided; a card that was taken from the screen since has none."""
    texts, given = dict(room.options(asked)), given_to(rows, asked.prompt.id)
    counted = tally([row["value"] for row in given], list(texts))
    return Dots(len(given), asked.scope, texts, counted, shared_first(counted))


def moved(round_: Round, rows: Sequence[Row], twist: int) -> Moved:
    """What changed by a twist, of the people who looked again: before it, and after."""
    mark = f"w{twist}."
    mine = [row for row in rows if row["scope"] == "person"]
    after = [row for row in mine if row["prompt"].startswith(mark)]
    again = {row["participant"] for row in after}
    earlier = [row for row in mine if "." not in row["prompt"] and row["participant"] in again]
    look = next(prompt for prompt in round_.turn.prompts if prompt.type is AnswerType.CHOICE)
    looked = Counter(row["value"] for row in after if row["prompt"] == f"{mark}{look.id}")
    place = round_.place
    return Moved(
        len(again),
        "person",
        _before_and_after(earlier, after, Kind.HINDRANCE, "source"),
        _before_and_after(earlier, after, Kind.ROOM, "status"),
        triangle([place, round_.prompts[f"{mark}{place.id}"]], rows, "person") if place else None,
        {option.id: looked[option.id] for option in look.options},
        {option.id: option.text for option in look.options},
    )


def _before_and_after(
    before: Sequence[Row], after: Sequence[Row], kind: Kind, field: str
) -> dict[str, tuple[int, int]]:
    """People per source or status, before and after; the most named after first."""

    def people(rows: Sequence[Row]) -> Counter[str]:
        pairs = {(row[field], row["participant"]) for row in rows if row["kind"] == kind and row[field]}
        return Counter(what for what, _ in pairs)

    was, now = people(before), people(after)
    return {what: (was[what], now[what]) for what in sorted(was | now, key=lambda one: (-now[one], -was[one], one))}

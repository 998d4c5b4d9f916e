"""One workshop as it stands: its rounds, where the room is, and what is asked there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Connection, RowMapping, select

from laveren.content.fields import Text
from laveren.content.library import Library
from laveren.content.methods import AnswerType, RowsFrom, Step
from laveren.store import tables
from laveren.workshop.rounds import Asked, Round, read_round

State = Literal["voorbereid", "bezig", "gesloten"]
LOBBY: State = "voorbereid"
RUNNING: State = "bezig"
CLOSED: State = "gesloten"
CLOSING_ROUND = 0  # answers to the closing questions belong to no round


@dataclass(frozen=True)
class Room:
    """A workshop with its rounds; `round` and `step` are 1-based and 0 in the lobby."""

    id: int
    code: str
    salt: str
    title: str
    held_on: date
    place: str
    organisation: str
    region: str
    groups: int
    moderated: bool
    demo: bool
    rehearsal: bool
    starts_at: str | None
    sound: bool
    state: State
    round: int
    step: int
    ends_at: float | None
    remaining: float | None
    version: int
    board: int
    created_at: float
    closed_at: float | None
    rounds: tuple[Round, ...]
    library: Library
    cards: Mapping[str, Mapping[str, Text]]  # by prompt (wire id) the cards let through that dots go to

    @property
    def round_now(self) -> Round | None:
        """The round the room is in."""
        return self.rounds[self.round - 1] if self.round else None

    @property
    def step_now(self) -> Step | None:
        """The step the room is at; the closing step once it is closed."""
        if self.state == CLOSED:
            return self.library.fixed.closing
        return self.round_now.steps[self.step - 1] if self.round_now and self.step else None

    @property
    def twist_now(self) -> int | None:
        """Which twist the room is at, or None."""
        return self.round_now.twist_at(self.step) if self.round_now and self.state == RUNNING else None

    @property
    def last(self) -> bool:
        """Whether this is the last step of the last round."""
        here = self.round_now
        return bool(here and self.round == len(self.rounds) and self.step == len(here.steps))

    @property
    def position(self) -> tuple[int, int]:
        """Where the room is, to compare with where an answer belongs."""
        return (self.round, self.step)

    @property
    def asking(self) -> tuple[int, int]:
        """The round and step that are asked about now; the closing questions once it is closed."""
        return (CLOSING_ROUND, 0) if self.state == CLOSED else self.position

    def asked(self, round_: int, step: int) -> list[Asked]:
        """The prompts of one step."""
        if round_ == CLOSING_ROUND:
            return [Asked(f"slot.{p.id}", p, "person", 0, 0) for p in self.library.fixed.closing.prompts]
        return self.rounds[round_ - 1].asked(step)

    @property
    def asked_now(self) -> list[Asked]:
        """The prompts the room is at."""
        return self.asked(*self.asking) if self.step else []

    @property
    def mark(self) -> str:
        """What the present step is called when somebody is done with it, whatever twist comes before it."""
        return f"{self.round}.{self.round_now.key(self.step) if self.round_now and self.step else 0}"

    @property
    def divides(self) -> bool:
        """Whether dots are divided over cards now, so that the worksheets must have those that are let through."""
        return any(asked.prompt.type is AnswerType.DOTS and asked.prompt.linked for asked in self.asked_now)

    @property
    def on_screen(self) -> list[Asked]:
        """The prompts whose answers the projector shows: those that the step names, else its own."""
        step, round_ = self.step_now, self.round_now
        if step is None or round_ is None or self.state == CLOSED or not step.shows:
            return self.asked_now
        by_id = {asked.prompt.id: asked for asked in round_.everything_asked()}
        return [by_id[id] for id in step.shows]

    def park(self, round_: int) -> Asked:
        """Where solutions are parked in a round."""
        return Asked(f"{round_}.{self.library.fixed.park.id}", self.library.fixed.park, "person", round_, 0)

    def note(self, round_: int) -> Asked:
        """Where one keeps notes of one's own in a round."""
        return Asked(f"{round_}.{self.library.fixed.note.id}", self.library.fixed.note, "person", round_, 0)

    def options(self, asked: Asked) -> Mapping[str, Text]:
        """What can be chosen, by id: the prompt's own options, the life domains, or the cards let through."""
        if asked.prompt.domains:
            return {id: domain.name for id, domain in self.library.domains.items()}
        if asked.prompt.type is AnswerType.DOTS and asked.prompt.linked:
            return self.cards.get(asked.wire, {})
        return {option.id: option.text for option in asked.prompt.options}

    def rows(self, asked: Asked, table: int | None) -> dict[str, Text]:
        """The rows of a `matrixrij`, by id: its own, the roles, or the rule cards of the case of this table."""
        if asked.prompt.rows_from is RowsFrom.ROLES:
            return {role.id: role.text for role in self.library.fixed.roles}
        if asked.prompt.rows_from is RowsFrom.RULES:
            case = self.rounds[asked.round - 1].case_at(table)
            return {f"regel{n}": both(rule.article) for n, rule in enumerate(case.rules if case else [], start=1)}
        return {row.id: row.text for row in asked.prompt.rows}

    def everything_asked(self) -> dict[str, Asked]:
        """Every prompt of the workshop by its wire id."""
        found = self.asked(CLOSING_ROUND, 0)
        for round_ in self.rounds:
            if round_.method.asks:
                found += [self.park(round_.position), self.note(round_.position), *round_.everything_asked()]
        return {asked.wire: asked for asked in found}


def find_room(
    connection: Connection, library: Library, *, code: str | None = None, id: int | None = None
) -> Room | None:
    """The workshop with this code or number, or None."""
    which = tables.workshop.c.code == code if code is not None else tables.workshop.c.id == id
    row = connection.execute(select(tables.workshop).where(which)).mappings().one_or_none()
    return _room(connection, library, row) if row else None


def all_rooms(connection: Connection, library: Library) -> list[Room]:
    """Every workshop, the newest first."""
    order = (tables.workshop.c.held_on.desc(), tables.workshop.c.id.desc())
    rows = connection.execute(select(tables.workshop).order_by(*order)).mappings().all()
    return [_room(connection, library, row) for row in rows]


def _room(connection: Connection, library: Library, row: RowMapping) -> Room:
    r = tables.round_.c
    found = connection.execute(select(tables.round_).where(r.workshop == row["id"]).order_by(r.position)).mappings()
    rounds = tuple(read_round(dict(one), library.fixed.twist) for one in found)
    own = {name: value for name, value in row.items() if name != "coded"}  # that one is the analysis's, not the room's
    return Room(**own, rounds=rounds, library=library, cards=_cards(connection, row["id"], rounds))


def _cards(connection: Connection, workshop: int, rounds: Sequence[Round]) -> dict[str, dict[str, Text]]:
    """For each prompt that divides dots over cards, those cards: let through, in the order they came."""
    a = tables.answer.c
    found: dict[str, dict[str, Text]] = {}
    for round_ in rounds:
        for prompt in round_.prompts.values():
            if prompt.type is AnswerType.DOTS and prompt.linked:
                let_through = (a.workshop == workshop, a.round == round_.position, a.prompt == prompt.linked)
                cards = select(a.id, a.value).where(*let_through, a.state == "submitted", a.shown == "shown")
                rows = connection.execute(cards.order_by(a.created_at, a.id))
                found[f"{round_.position}.{prompt.id}"] = {id: both(value) for id, value in rows}
    return found


def both(text: str) -> Text:
    """What people wrote, which is in one language only."""
    return Text.model_construct(nl=text, en=text)

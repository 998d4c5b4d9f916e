"""Whatever is done, in whatever order: nothing is lost, nothing breaks, and one undo is the way back."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Table, select

from laveren.house import House
from laveren.reports.answers import answers_csv
from laveren.store import tables
from laveren.texts import reader
from laveren.ui.address import Address
from laveren.ui.projector import projector
from laveren.workshop.planning import Noting, keep_note
from laveren.workshop.refusals import Refused
from laveren.workshop.rooms import CLOSED, LOBBY
from laveren.workshop.rounds import Asked, RoundPlan
from laveren.workshop.runsheet import end_of, run_sheet
from laveren.workshop.steering import ACTIONS, TWISTS
from laveren.workshop.wire import wire_prompt
from laveren.workshop.worksheets import outcome
from tests.meeting import (
    Someone,
    a_case,
    a_method,
    a_step,
    an_answer,
    furnished,
    make_meeting,
    options,
    rules,
    twists,
)
from tests.workshop.counted import counted

TRUST = {"id": "stil", "type": "matrixrij", "rijen_uit": "rollen", "vertrouwelijk": True}
ALL = a_method(
    "alles",
    a_step({"id": "kaart", "type": "kort", "max": 2, "soort": "hindernis"}, scherm="kaarten"),
    a_step({"id": "plek", "type": "driehoek", "opties": options("a", "b", "c")}, TRUST, scherm="driehoek"),
    a_step({"id": "opkaart", "type": "stippen", "gekoppeld": "kaart"}, scherm="stippen"),
    a_step(
        {"id": "regel", "type": "matrixrij", "rijen_uit": "regels", "opties": options("p", "q")}, scherm="verdeling"
    ),
    a_step({"id": "zin", "type": "kort"}, who="plenair"),
    a_step(scherm="matrix", toont=["stil"]),
)
TALK = a_method("praten", a_step(scherm="klok"), a_step(scherm="casus"))
CASES = [
    a_case("anna", "Anna", wendingen=twists("Een", "Twee"), regels=rules("A", "B"), perspectieven=["Anna", "loket"]),
    a_case("bram", "Bram", wendingen=twists("Drie"), regels=rules("D")),
    a_case("carl", "Carl"),
]
PLANS = [
    RoundPlan("alles", ("anna", "bram", "carl"), seats=True),
    RoundPlan("praten", ("anna",)),
    RoundPlan("alles", ("bram",)),
    RoundPlan("alles"),
]
ADDRESS = Address("http://laveren.test")
STEERING = ("next",) * 14 + ("reveal",) * 5 + (*ACTIONS, *TWISTS, "undo", "undo", "undo")
SWITCHES = ("auto_on", "auto_off", "sound_off", "sound_on")
MODERATING = ("show_all",) * 3 + ("show", "hide", "unhide", "spotlight", "dim", "show_four", *SWITCHES)
FACILITATING = (*STEERING, *MODERATING, *("plan",) * 6, *("note",) * 3)
STATES = ("submitted", "submitted", "submitted", "draft", "withdrawn")
ANY = st.integers(0, 60)  # which of what there is then; a strategy must not know of ids that are made at random
ORDER = st.none() | st.lists(ANY, max_size=4)
T = TypeVar("T")


def pick(which: int, things: Sequence[T]) -> T:
    return things[which % len(things)]


@dataclass
class Drawer:
    """What somebody has in hand: their answers by id, with the prompt and the last revision."""

    who: Someone
    number: int
    answers: dict[str, tuple[str, int]] = field(default_factory=dict)


@dataclass
class Given:
    """An answer that was handed in and not taken back: it must stay."""

    value: Any
    round: int
    secret: bool


class Whatever(RuleBasedStateMachine):
    """One workshop, some people, and everything that can be done with it."""

    house: House

    @initialize(order=st.permutations(PLANS), groups=st.integers(1, 4), moderated=st.booleans(), on=st.integers(0, 9))
    def begin(self, order: list[RoundPlan], groups: int, moderated: bool, on: int) -> None:
        self.meeting = make_meeting(self.house, rounds=order[:3], groups=groups, moderated=moderated)
        self.people: list[Drawer] = []
        self.given: dict[str, Given] = {}
        for n in range(3):
            self.enters(1 + n % groups, "uitvoerder")
        for _ in range(on):
            self.attempt(self.meeting.steer, "next")

    def enters(self, table: int | None, role: str) -> None:
        one = self.meeting.someone(table, role).by_receipt  # at the close the way by the cookie goes
        self.people.append(Drawer(one, max(row["id"] for row in self.own(tables.participant))))

    # ---- what can be done ----

    def attempt(self, what: Any, *args: Any, undone: bool = False, **more: Any) -> None:
        """Does it, or is refused in words; if it is `undone`, everything must be as it was.

        What changes nothing, a note with the words it had, is no action, and there is nothing to undo.
        """
        before, done = self.seen(), len(self.own(tables.action))
        try:
            what(*args, **more)
        except Refused as refused:
            reader("nl")(f"refused.{refused.key}", **refused.values)  # fails when there are no words for it
            return
        if self.meeting.room.state == CLOSED:  # a close that is undone brings nothing confidential back
            self.check_what_was_handed_in()
        if undone and len(self.own(tables.action)) > done:
            self.meeting.steer("undo")
        if undone:
            assert self.seen() == before

    @rule(action=st.sampled_from(FACILITATING), which=ANY, order=ORDER, groups=st.integers(1, 5), undone=st.booleans())
    def the_facilitator_does(self, action: str, which: int, order: list[int] | None, groups: int, undone: bool) -> None:
        meeting, room = self.meeting, self.meeting.room
        if action == "plan":
            places = [*range(1, len(room.rounds) + 1), *PLANS]
            rounds = None if order is None else [pick(one, places) for one in order]
            self.attempt(meeting.replan, rounds, groups=groups, undone=undone)
        elif action == "note":
            line = pick(which, run_sheet(room, 0.0))
            text = pick(groups, ["", "let op", "kijk naar Kees"])
            noting = Noting(self.house.library, meeting.code, line.round, str(line.step), text)
            self.attempt(self.house.store.writer.write, keep_note, noting, undone=undone)
        elif action in MODERATING:
            answers = [id for drawer in self.people for id in drawer.answers] or ["niets"]
            self.attempt(meeting.moderate, action, pick(which, answers), undone=undone)
        elif action != "close" or undone or room.round == len(room.rounds):  # else most would end early
            self.attempt(meeting.steer, action, undone=undone and action != "undo")

    @rule(who=ANY, action=st.sampled_from(["comes", "sits", "takes", "lets go"]), table=st.integers(0, 5))
    def somebody_moves(self, who: int, action: str, table: int) -> None:
        if action == "comes" and len(self.people) < 8:
            self.attempt(self.enters, table or None, pick(who, ["uitvoerder", "beleid", "anders"]))
        elif action == "sits":
            self.attempt(pick(who, self.people).who.sits, table or None)
        else:
            self.attempt(pick(who, self.people).who.writes, action == "takes")

    @rule(who=ANY, what=ANY, which=ANY, here=st.booleans(), state=st.sampled_from(STATES))
    def somebody_writes(self, who: int, what: int, which: int, here: bool, state: str) -> None:
        room, drawer = self.meeting.room, pick(who, self.people)
        asked = pick(what, (room.asked_now if here else []) or [*room.everything_asked().values()])
        mine = [id for id, (prompt, _) in drawer.answers.items() if prompt == asked.wire]
        id = pick(which, [str(uuid.uuid4()), *mine])
        (me,) = [row for row in self.own(tables.participant) if row["id"] == drawer.number]
        prompt = wire_prompt(room, asked, me["table_no"])
        if prompt["rows"] or prompt["options"] or prompt["type"] == "kort":  # else there are no cards of that kind
            self.attempt(self.gives, drawer, asked, id, an_answer(prompt), state)

    def gives(self, drawer: Drawer, asked: Asked, id: str, answer: dict[str, Any], state: str) -> None:
        revision = drawer.answers.get(id, ("", 0))[1] + 1
        drawer.who.gives(asked.wire, **answer, id=id, revision=revision, state=state)
        drawer.answers[id] = (asked.wire, revision)
        self.given.pop(id, None)
        if state == "submitted":
            self.given[id] = Given(answer["value"], asked.round, asked.prompt.confidential)

    # ---- what must hold ----

    def own(self, table: Table) -> list[dict[str, Any]]:
        """The rows of this workshop."""
        column = table.c.id if table is tables.workshop else table.c.workshop
        with self.house.store.read() as connection:
            found = connection.execute(select(table).where(column == self.meeting.room.id)).mappings()
            return [dict(row) for row in found]

    def seen(self) -> list[Any]:
        """Everything that an undo must put back; what was wiped for good is not part of it."""
        (workshop,) = self.own(tables.workshop)
        return [
            {key: value for key, value in workshop.items() if key not in ("version", "board")},
            sorted(
                ({key: row[key] for key in row if key not in ("id", "totals")} for row in self.own(tables.round_)),
                key=lambda row: row["position"],
            ),
            {row["id"]: (row["shown"], row["spotlight"]) for row in self.own(tables.answer) if row["prompt"] != "stil"},
            {row["id"]: (row["table_no"], row["chair"], row["pen"]) for row in self.own(tables.participant)},
            {(row["round"], row["step"]): row["text"] for row in self.own(tables.note)},
        ]

    @invariant()
    def what_was_handed_in_is_still_there_but_what_is_confidential_after_its_round(self) -> None:
        self.check_what_was_handed_in()

    def check_what_was_handed_in(self) -> None:
        room, rows = self.meeting.room, {row["id"]: row for row in self.own(tables.answer)}
        for id, given in list(self.given.items()):
            if given.secret and (room.state == CLOSED or room.rounds[given.round - 1].totals.get("closed")):
                assert id not in rows
                del self.given[id]
            else:
                assert (rows[id]["state"], rows[id]["value"]) == ("submitted", given.value)
        for row in rows.values():
            if row["prompt"] == "stil":
                assert not room.rounds[row["round"] - 1].totals.get("closed"), "a draft neither"
                assert room.state != CLOSED
                assert (row["created_at"], row["stored_at"]) == (0.0, 0.0)
            if row["prompt"] == "opkaart" and row["state"] == "submitted":
                assert sum(row["value"].values()) <= 3

    @invariant()
    def the_room_is_at_a_step_that_exists(self) -> None:
        room = self.meeting.room
        if room.state == LOBBY:
            assert (room.position, room.ends_at, room.remaining) == ((0, 0), None, None)
            return
        assert 1 <= room.round <= len(room.rounds)
        assert 1 <= room.step <= len(room.rounds[room.round - 1].steps)
        assert (room.ends_at is None) == (room.remaining is not None or room.state == CLOSED)

    @invariant()
    def what_was_written_belongs_to_something_that_is_asked(self) -> None:
        asked = self.meeting.room.everything_asked()
        assert {prompt for drawer in self.people for prompt, _ in drawer.answers.values()} <= set(asked)

    @invariant()
    def nobody_sits_where_there_is_no_table_nor_on_anothers_chair_nor_with_anothers_pen(self) -> None:
        seated = [row for row in self.own(tables.participant) if row["table_no"]]
        assert all(row["table_no"] <= self.meeting.room.groups for row in seated)
        assert len({(row["table_no"], row["chair"]) for row in seated}) == len(seated)
        pens = [row["table_no"] for row in seated if row["pen"]]
        assert len(set(pens)) == len(pens)

    @invariant()
    def everybody_sees_it_and_nothing_breaks(self) -> None:
        meeting, room = self.meeting, self.meeting.room
        for table in (None, *range(1, room.groups + 2)):
            json.dumps(self.house.public(room, table))
        for drawer in self.people:
            mine = drawer.who.answers
            assert all(id in mine or prompt.endswith(".stil") for id, (prompt, _) in drawer.answers.items())
        with self.house.store.read() as connection:
            ended = outcome(connection, room)
            answers_csv(connection, room)
        json.dumps(projector(meeting.board, reader("nl"), "nl", ADDRESS, ended))
        assert len(run_sheet(room, 0.0)) == sum(len(round_.steps) for round_ in room.rounds)
        assert (end_of(room, 0.0) is None) == (room.state == CLOSED)

    def teardown(self) -> None:
        here = {id for id, row in counted(self.house).items() if row["workshop"] == self.meeting.room.id}
        uncounted = {row["id"] for row in self.own(tables.answer) if row["prompt"] in ("parkeer", "mee")}
        assert here == {id for id, given in self.given.items() if not given.secret} - uncounted


def test_nothing_is_lost_and_nothing_breaks(house: House) -> None:
    Whatever.house = furnished(house, ALL, TALK, *CASES)
    effort = settings(
        max_examples=6, stateful_step_count=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Whatever, settings=effort)

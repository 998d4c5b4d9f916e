"""Records are kept up to date: what changed is read again, and whatever happens they are what is read anew."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete

from laveren.house import House
from laveren.store import each, tables
from laveren.workshop import records as module
from laveren.workshop.records import Keeper
from laveren.workshop.refusals import Refused
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.wire import wire_prompt
from tests.meeting import (
    Meeting,
    Someone,
    an_answer,
    furnished,
    make_meeting,
)
from tests.workshop.counted import (
    ALL,
    ANNA,
    BRAM,
    FIRST,
    SECOND,
    THIRD,
    code,
    decoded,
    suggest,
    texts,
    with_codebook,
    workshops,
)
from tests.workshop.stage import rehearsed

HINDRANCE = "1.hindernis"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """Which workshops were read, each time something was."""
    seen: list[list[int]] = []
    read = module.read_answers

    def watched(connection: Any, library: Any, names: Any, numbers: Any) -> Any:
        seen.append(list(numbers))
        return read(connection, library, names, numbers)

    monkeypatch.setattr(module, "read_answers", watched)
    return seen


def test_only_what_changed_is_read_again_and_nothing_when_nothing_did(house: House, reads: list[list[int]]) -> None:
    meetings = [make_meeting(house) for _ in range(3)]
    keeper = Keeper(house.store)
    first = keeper.now(house.library)
    assert keeper.now(house.library) is first
    one = meetings[1].someone()
    card = one.gives(HINDRANCE, "a")
    assert len(keeper.now(house.library)) == 1
    suggest(house, card.id, FIRST)
    keeper.now(house.library)
    rehearsed(meetings[0]).someone().gives(HINDRANCE, "verzonnen")
    kept = keeper.now(house.library)
    assert keeper.now(house.library) is kept
    numbers = [meeting.room.id for meeting in meetings]
    assert reads == [numbers, [numbers[1]], [numbers[1]]]
    assert len(first) == 0, "who still looks at what was, sees what was"


def test_more_workshops_than_are_read_at_once_are_all_read(
    house: House, reads: list[list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PART", 2)
    for n in range(5):
        make_meeting(house).someone().gives(HINDRANCE, f"kaart {n}")
    assert len(Keeper(house.store).now(house.library)) == 5
    assert [len(numbers) for numbers in reads] == [2, 2, 1]


def test_whoever_asks_at_the_same_time_shares_what_is_read_once(house: House, reads: list[list[int]]) -> None:
    make_meeting(house).someone().gives(HINDRANCE, "a")
    keeper = Keeper(house.store)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: keeper.now(house.library), range(8)))
    assert len(set(map(id, found))) == 1
    assert len(reads) == 1


def test_what_is_changed_about_a_workshop_is_told_of_its_answers(meeting: Meeting) -> None:
    keeper = Keeper(meeting.house.store)
    meeting.someone().gives(HINDRANCE, "a")
    keeper.now(meeting.house.library)
    meeting.replan(region="Noord", organisation="Kromme Rijn", held_on=date(2027, 10, 1))
    (row,) = decoded(keeper.now(meeting.house.library)).values()
    assert (row["region"], row["organisation"], row["quarter"]) == ("Noord", "Kromme Rijn", "2027-4")


def forget(house: House, *numbers: int) -> None:
    """Deletes workshops, as nobody can from a screen."""
    gone = delete(tables.workshop).where(tables.workshop.c.id.in_(numbers))
    house.store.writer.write(each(lambda tx, _: tx.connection.execute(gone)), None)


def test_a_workshop_that_is_gone_is_gone_and_the_others_stay(house: House) -> None:
    meetings = [make_meeting(house) for _ in range(3)]
    for n, meeting in enumerate(meetings):
        meeting.someone().gives(HINDRANCE, f"kaart {n}")
    keeper, gone = Keeper(house.store), meetings[1].room.id
    keeper.now(house.library)
    forget(house, gone)
    assert set(workshops(keeper.now(house.library))) == {meetings[0].room.id, meetings[2].room.id}
    assert texts(house) == ["kaart 0", "kaart 2"]


def test_an_empty_house_has_empty_records(house: House) -> None:
    assert len(Keeper(house.store).now(house.library)) == 0


# ---- whatever happens ----

T = TypeVar("T")
ANY = st.integers(0, 60)
# What may happen, and how often: the names of what a machine can do, and of what a facilitator can.
HAPPENS = (
    *("writes",) * 5, *("changes",) * 4, *("suggests",) * 3, *("codes",) * 3, "comes", "moves", "moves", "retires",
    "meets",
)  # fmt: skip
STEERS = ("next", "next", "next", "back", "reveal", "reveal", "conceal", "close", "reopen", "undo", "undo")
MODERATES = ("hide", "hide", "hide", "unhide", "show_all")
THEMES = st.lists(st.sampled_from((FIRST, SECOND, THIRD, "onbekend")), unique=True, max_size=3)
CODEBOOKS: tuple[dict[str, list[str]], ...] = (
    {}, {FIRST: [SECOND]}, {FIRST: []}, {FIRST: [SECOND], SECOND: [THIRD]}, {FIRST: [SECOND, THIRD]},
)  # fmt: skip
PLAN = [RoundPlan("alles", ("anna", "bram"), seats=True), RoundPlan("alles", ("anna",))]
# A case that is changed stays what it was in the rounds that had it.
OTHER_ANNA = ANNA.model_copy(update={"domains": ["gezondheid"]})


def pick(which: int, things: Sequence[T]) -> T:
    return things[which % len(things)]


@dataclass
class Drawer:
    """What somebody has in hand: their answers by id, with the prompt and the last revision."""

    who: Someone
    answers: dict[str, tuple[str, int]] = field(default_factory=dict)


class Everything(RuleBasedStateMachine):
    """Some meetings, and all that changes what is counted of them; somebody looks now and then, or all the time."""

    house: House

    @initialize(always=st.booleans())
    def begin(self, always: bool) -> None:
        self.keeper, self.library, self.always = Keeper(self.house.store), self.house.library, always
        self.meetings: list[Meeting] = []
        self.people: list[Drawer] = []
        for place in range(2):
            self.meets(place, 0, [])
        for drawer in self.people:
            self.gives(drawer, "1.kaart", str(uuid.uuid4()), {"value": "a", "source": "wet"}, "submitted")

    @rule(what=st.sampled_from((*HAPPENS, *STEERS, *MODERATES, "plan", "room")), which=ANY, how=ANY, themes=THEMES)
    def something_happens(self, what: str, which: int, how: int, themes: list[str]) -> None:
        meeting = pick(which, self.meetings)
        with suppress(Refused):
            if what in HAPPENS:
                getattr(self, what)(which, how, themes)
            elif what in MODERATES:
                meeting, card = self.card(which)
                meeting.moderate(what, card)
            elif what == "plan":
                meeting.replan(region=pick(how, ["Oost", "Noord"]))
            elif what == "room":
                meeting.writes_for_the_room("1.kaart", "van ons allen", source="wet")
            else:
                meeting.steer(what)

    # ---- what can happen ----

    def meets(self, which: int, how: int, _: list[str]) -> None:
        if len(self.meetings) < 5:
            house = furnished(self.house, OTHER_ANNA) if how % 2 else self.house
            facts = {"region": pick(which, ["Oost", "West", ""]), "held_on": date(2026, 1 + which % 12, 1)}
            self.meetings.append(make_meeting(house, rounds=PLAN, rehearsal=how % 5 == 4, **facts))
            for table in (1, 2):
                self.people.append(Drawer(self.meetings[-1].someone(table).by_receipt))
            self.meetings[-1].steer("next")

    def comes(self, which: int, how: int, _: list[str]) -> None:
        one = pick(which, self.people).who
        self.people.append(Drawer(one.meeting.someone(1 + how % 4, "beleid").by_receipt))

    def moves(self, which: int, how: int, _: list[str]) -> None:
        pick(which, self.people).who.sits(1 + how % 4, role=pick(how, ["uitvoerder", "bestuur", "beleid"]))

    def writes(self, which: int, how: int, _: list[str]) -> None:
        drawer = pick(which, self.people)
        room = drawer.who.meeting.room
        asked = pick(how, [*room.everything_asked().values()])
        answer = an_answer(wire_prompt(room, asked, 1))
        if asked.prompt.linked and "value" in answer:
            answer["link"] = pick(which + how, [*drawer.answers, "onzin"])
        self.gives(
            drawer, asked.wire, str(uuid.uuid4()), answer, pick(which + how, ["submitted", "submitted", "draft"])
        )

    def changes(self, which: int, how: int, _: list[str]) -> None:
        drawer = pick(which, self.people)
        words = [id for id, (wire, _) in drawer.answers.items() if wire.partition(".")[2] in ("kaart", "ruimte", "zin")]
        if words:
            id, state = pick(which, words), pick(how, ["submitted", "submitted", "submitted", "withdrawn", "draft"])
            self.gives(drawer, drawer.answers[id][0], id, {"value": pick(how, ["a", "b", "c", "b"])}, state)

    def gives(self, drawer: Drawer, wire: str, id: str, answer: dict[str, Any], state: str) -> None:
        revision = drawer.answers.get(id, ("", 0))[1] + 1
        drawer.who.gives(wire, **answer, id=id, revision=revision, state=state)
        drawer.answers[id] = (wire, revision)

    def suggests(self, which: int, _: int, themes: list[str]) -> None:
        suggest(self.house, self.card(which)[1], *themes)

    def codes(self, which: int, how: int, themes: list[str]) -> None:
        code(self.house, self.card(which)[1], *themes, coder=pick(how, [1, 1, 2]), revision=pick(how, [None, 1]))

    def retires(self, which: int, how: int, _: list[str]) -> None:
        self.library = with_codebook(self.house.library, pick(which, CODEBOOKS), pick(how, [1, -1]))

    def card(self, which: int) -> tuple[Meeting, str]:
        """An answer that is not wiped, with its meeting."""
        kept = {row["id"] for row in self.meetings[0].rows(tables.answer)}
        cards = [(drawer.who.meeting, id) for drawer in self.people for id in drawer.answers if id in kept]
        return pick(which, cards)

    # ---- what must hold ----

    @rule()
    def somebody_looks(self) -> None:
        kept, afresh = self.keeper.now(self.library), Keeper(self.house.store).now(self.library)
        assert decoded(kept) == decoded(afresh)
        assert workshops(kept) == workshops(afresh)
        order = [kept.column(name).astype(int) for name in ("workshop", "person", "case")]
        assert (np.lexsort(order[::-1]) == np.arange(len(kept))).all(), "people stand together"

    @invariant()
    def who_never_takes_their_eyes_off_it(self) -> None:
        if self.always:
            self.somebody_looks()

    def teardown(self) -> None:
        self.somebody_looks()
        forget(self.house, *(meeting.room.id for meeting in self.meetings))


def test_what_is_kept_is_what_is_read_afresh_whatever_happens(house: House) -> None:
    Everything.house = furnished(house, ANNA, BRAM, ALL)
    effort = settings(
        max_examples=20, stateful_step_count=50, derandomize=True, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(Everything, settings=effort)

"""What the analysis is handed: all that was handed in, with everything it counts by, kept up to date, and no names."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete

from laveren.content.codebook import Codebook
from laveren.content.library import Library
from laveren.house import House
from laveren.store import each, tables
from laveren.workshop import records as module
from laveren.workshop.records import Keeper
from laveren.workshop.refusals import Refused
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.wire import wire_prompt
from tests.meeting import (
    CASE,
    Meeting,
    Someone,
    a_case,
    a_method,
    a_step,
    an_answer,
    furnished,
    make_meeting,
    options,
    twists,
)
from tests.workshop.counted import code, counted, decoded, suggest, texts, workshops
from tests.workshop.stage import rehearsed

HINDRANCE = "1.hindernis"


def only(house: House) -> dict[str, Any]:
    """The one answer there is."""
    (row,) = counted(house).values()
    return row


# ---- what is an answer ----


def test_an_answer_says_all_that_it_is_counted_by(house: House) -> None:
    meeting = make_meeting(house, region="Oost", organisation="Waterhoek", held_on=date(2026, 3, 2))
    card = meeting.someone(3, "beleid").gives(HINDRANCE, "Het loket is dicht", source="wet")
    case = house.library.cases[CASE]
    ((id, row),) = counted(house).items()
    assert id == card.id
    assert {key: row[key] for key in row if key not in ("person", "domains")} == {
        "workshop": meeting.room.id, "day": date(2026, 3, 2), "quarter": "2026-1", "region": "Oost",
        "organisation": "Waterhoek", "case": CASE, "title": case.title, "round": 1, "twist": 0, "prompt": "hindernis",
        "kind": "hindernis", "text": "Het loket is dicht", "source": "wet", "status": "", "role": "beleid", "seat": "",
        "scope": "person", "value": 0, "words": True, "hidden": False, "asked": False, "bare": False, "waiting": True,
        "suggested": [], "confirmed": [], "coded": False,
    }  # fmt: skip


def test_drafts_what_was_taken_back_and_what_was_parked_are_not_in_it(meeting: Meeting) -> None:
    one = meeting.someone()
    one.gives(HINDRANCE, "half", state="draft")
    back = one.gives(HINDRANCE, "weg")
    one.gives(HINDRANCE, "weg", id=back.id, revision=2, state="withdrawn")
    one.gives("1.parkeer", "Bel de bank")
    assert counted(meeting.house) == {}


def test_of_the_closing_questions_only_whether_it_helped_is_counted_and_in_no_round(meeting: Meeting) -> None:
    one = meeting.someone().by_receipt
    meeting.steer("next")
    meeting.steer("close")
    one.gives("slot.mee", "rust")
    one.gives("slot.helpt", 4)
    row = only(meeting.house)
    assert (row["prompt"], row["round"], row["value"], row["case"], row["words"]) == ("helpt", 0, 4, "", False)


def test_what_was_hidden_counts_and_says_so(meeting: Meeting) -> None:
    card = meeting.someone().gives(HINDRANCE, "naam van een collega")
    meeting.moderate("hide", card.id)
    assert only(meeting.house)["hidden"] is True


def test_people_are_told_apart_over_all_meetings(house: House) -> None:
    for meeting in (make_meeting(house), make_meeting(house)):
        one = meeting.someone()
        one.gives(HINDRANCE, "a")
        one.gives(HINDRANCE, "b")
    assert len({row["person"] for row in counted(house).values()}) == 2


def test_a_rehearsal_is_nowhere(meeting: Meeting) -> None:
    rehearsed(meeting).someone().gives(HINDRANCE, "verzonnen")
    records = Keeper(meeting.house.store).now(meeting.house.library)
    assert (list(workshops(records)), len(records)) == ([meeting.room.id], 0)


def test_who_takes_another_role_has_it_in_all_they_said(meeting: Meeting) -> None:
    one = meeting.someone(role="beleid")
    one.gives(HINDRANCE, "a")
    one.sits(1, role="bestuur")
    assert only(meeting.house)["role"] == "bestuur"


ANNA = a_case(
    "anna",
    "Anna",
    domeinen=["werk", "schulden"],
    wendingen=twists("Een brief", "Een buur"),
    perspectieven=["Anna", "loket"],
)
BRAM = a_case("bram", "Bram", domeinen=["wonen"])
ALL = a_method(
    "alles",
    a_step(
        {"id": "kaart", "type": "kort", "max": 3, "soort": "hindernis"},
        {"id": "ruimte", "type": "kort", "max": 3, "soort": "ruimte", "gekoppeld": "kaart"},
    ),
    a_step(
        {"id": "keus", "type": "keuze", "opties": options("a", "b")}, {"id": "helpt", "type": "schaal5"},
        {"id": "stil", "type": "matrixrij", "rijen_uit": "rollen", "vertrouwelijk": True},
    ),
    a_step({"id": "zin", "type": "kort"}, who="plenair"),
)  # fmt: skip


@pytest.fixture
def room(house: House) -> Meeting:
    """Four tables, the odd ones with Anna's case and the even ones with Bram's, at the first step."""
    plan = [RoundPlan("alles", ("anna", "bram"), seats=True), RoundPlan("alles")]
    meeting = make_meeting(furnished(house, ANNA, BRAM, ALL), rounds=plan)
    meeting.steer("next")
    return meeting


@pytest.mark.parametrize(("table", "case", "domains"), [(1, "anna", {"werk", "schulden"}), (2, "bram", {"wonen"})])
def test_an_answer_is_about_the_case_of_its_table_and_its_domains(
    room: Meeting, table: int, case: str, domains: set[str]
) -> None:
    room.someone(table).gives("1.kaart", "zin")
    row = only(room.house)
    assert (row["case"], set(row["domains"])) == (case, domains)


def test_a_tables_answer_is_its_writers_and_a_rooms_is_the_rooms_and_about_no_one_of_several_cases(
    room: Meeting,
) -> None:
    room.go_to("zin")
    writer = room.someone(2)
    writer.gives("1.zin", "van tafel 2")
    room.writes_for_the_room("1.zin", "van ons allen")
    room.writes_for_the_room("1.kaart", "en nog een")
    told = {row["text"]: row for row in counted(room.house).values()}
    assert (told["van tafel 2"]["scope"], told["van tafel 2"]["case"]) == ("table", "bram")
    assert {(row["scope"], row["case"], row["role"]) for text, row in told.items() if text != "van tafel 2"} == {
        ("room", "", "zaal")
    }
    assert len({row["person"] for row in told.values()}) == 2


def test_a_round_without_a_case_is_about_none(room: Meeting) -> None:
    room.someone().gives("2.kaart", "zin")
    row = only(room.house)
    assert (row["case"], row["domains"], row["round"]) == ("", [], 2)


def test_the_seat_somebody_looks_from_is_told(room: Meeting) -> None:
    for one in room.people(2, 1):
        one.gives("1.kaart", "zin")
    assert {row["seat"] for row in counted(room.house).values()} == {"Anna", "loket"}


def test_what_was_asked_after_a_twist_says_after_which(room: Meeting) -> None:
    one = room.someone(1)
    one.gives("1.kaart", "voor")
    for action in ("reveal", "next", "reveal"):
        room.steer(action)
    one.gives("1.w1.kijk", "nee")
    one.gives("1.w2.kijk", "ja")
    one.gives("1.w2.hindernis", "na", source="wet")
    told = {row["prompt"]: (row["twist"], row["value"], row["words"]) for row in counted(room.house).values()}
    assert told == {
        "kaart": (0, 0, True), "w1.kijk": (1, 1, False), "w2.kijk": (2, 3, False), "w2.hindernis": (2, 0, True),
    }  # fmt: skip


def test_what_is_chosen_counts_for_who_answered_and_has_no_words_to_suggest_by(room: Meeting) -> None:
    one = room.someone(1)
    one.gives("1.keus", "a")
    one.gives("1.helpt", 4)
    assert {(row["words"], row["waiting"], row["round"]) for row in counted(room.house).values()} == {(False, False, 1)}


def test_what_is_confidential_is_not_in_it(room: Meeting) -> None:
    room.someone(1).gives("1.stil", {"beleid": 4})
    assert counted(room.house) == {}


def test_a_hindrance_says_whether_room_could_be_and_is_linked_to_it(room: Meeting) -> None:
    one = room.someone(1)
    bare, linked = (one.gives("1.kaart", text, source="wet") for text in ("kaal", "met ruimte"))
    other = one.gives("2.kaart", "andere ronde", source="wet")
    one.gives("1.ruimte", "hier", status="mag", link=linked.id.upper())
    told = counted(room.house)
    assert {id: (told[id]["asked"], told[id]["bare"]) for id in (bare.id, linked.id, other.id)} == {
        bare.id: (True, True), linked.id: (True, False), other.id: (False, False),
    }  # fmt: skip


def test_a_link_to_what_is_no_answer_is_one_to_nothing(room: Meeting) -> None:
    """What a browser sends as a link is not looked at when it comes in: nothing may break on it."""
    one = room.someone(1)
    one.gives("1.kaart", "kaal", source="wet")
    for link in ("onzin", str(uuid.uuid4()), "é"):
        one.gives("1.ruimte", "hier", status="mag", link=link)
    assert [row["bare"] for row in counted(room.house).values() if row["kind"] == "hindernis"] == [True]


# ---- suggestions and codings ----

FIRST, SECOND, THIRD = "wachttijd", "papierwinkel", "regie"


def themes(house: House) -> tuple[list[str], list[str], bool, bool]:
    """What the one answer is about: suggested and confirmed, whether it waits, whether it was coded."""
    row = only(house)
    return sorted(row["suggested"]), sorted(row["confirmed"]), row["waiting"], row["coded"]


def test_an_answer_waits_until_themes_were_looked_for(meeting: Meeting) -> None:
    card = meeting.someone().gives(HINDRANCE, "lang wachten")
    assert themes(meeting.house) == ([], [], True, False)
    suggest(meeting.house, card.id, FIRST, SECOND)
    assert themes(meeting.house) == ([SECOND, FIRST], [], False, False)
    suggest(meeting.house, card.id)
    assert themes(meeting.house) == ([], [], False, False), "looked for, and nothing found"


def test_a_changed_text_loses_its_suggestions_and_another_source_does_not(meeting: Meeting) -> None:
    one = meeting.someone()
    card = one.gives(HINDRANCE, "lang wachten", source="wet")
    suggest(meeting.house, card.id, FIRST)
    one.gives(HINDRANCE, "lang wachten", id=card.id, revision=2, source="keten")
    assert themes(meeting.house) == ([FIRST], [], False, False)
    one.gives(HINDRANCE, "veel papier", id=card.id, revision=3, source="keten")
    assert themes(meeting.house) == ([], [], True, False)
    assert meeting.rows(tables.suggestion) == [], "nor is a word of the old text kept anywhere"


def test_the_newest_coding_counts_also_one_that_says_it_fits_nowhere(meeting: Meeting) -> None:
    card = meeting.someone().gives(HINDRANCE, "lang wachten")
    suggest(meeting.house, card.id, FIRST)
    code(meeting.house, card.id, SECOND, THIRD)
    assert themes(meeting.house) == ([FIRST], [SECOND, THIRD], False, True)
    code(meeting.house, card.id)
    assert themes(meeting.house) == ([FIRST], [], False, True)


def test_what_the_second_coder_says_never_counts(meeting: Meeting) -> None:
    card = meeting.someone().gives(HINDRANCE, "lang wachten")
    code(meeting.house, card.id, FIRST, coder=2)
    assert themes(meeting.house)[1:] == ([], True, False)
    code(meeting.house, card.id, SECOND)
    code(meeting.house, card.id, THIRD, coder=2)
    assert themes(meeting.house)[1] == [SECOND]


def test_a_coding_of_an_older_revision_does_not_count_any_more(meeting: Meeting) -> None:
    one = meeting.someone()
    card = one.gives(HINDRANCE, "lang wachten")
    code(meeting.house, card.id, FIRST)
    one.gives(HINDRANCE, "veel papier", id=card.id, revision=2)
    assert themes(meeting.house)[1::2] == ([], False)
    code(meeting.house, card.id, SECOND, revision=1)
    assert themes(meeting.house)[1::2] == ([], False)
    code(meeting.house, card.id, SECOND)
    assert themes(meeting.house)[1::2] == ([SECOND], True)


def with_codebook(library: Library, change: dict[str, list[str]], order: int = 1) -> Library:
    """The same with these themes retired, each gone into others; the themes in another order if that is -1."""
    now = [
        theme.model_copy(update={"retired": True, "into": change[theme.id]}) if theme.id in change else theme
        for theme in library.codebook.themes[::order]
    ]
    return replace(library, codebook=Codebook.model_construct(themes=now))


def test_a_codebook_that_changes_changes_what_was_said_before(meeting: Meeting) -> None:
    """Merged counts as what it went into, retired and split as nothing; and nothing has to be said again."""
    card = meeting.someone().gives(HINDRANCE, "lang wachten")
    suggest(meeting.house, card.id, FIRST, SECOND)
    code(meeting.house, card.id, FIRST, THIRD)
    keeper, library = Keeper(meeting.house.store), meeting.house.library

    def said(change: dict[str, list[str]]) -> tuple[list[str], list[str]]:
        row = decoded(keeper.now(with_codebook(library, change)))[card.id]
        assert (row["waiting"], row["coded"]) == (False, True)
        return sorted(row["suggested"]), sorted(row["confirmed"])

    assert said({}) == ([SECOND, FIRST], [THIRD, FIRST])
    assert said({FIRST: [SECOND]}) == ([SECOND], [SECOND, THIRD])
    assert said({FIRST: []}) == ([SECOND], [THIRD])
    assert said({FIRST: [SECOND], SECOND: [THIRD]}) == ([THIRD], [THIRD])
    assert said({FIRST: [SECOND, THIRD]}) == ([SECOND], [THIRD])
    assert said({}) == ([SECOND, FIRST], [THIRD, FIRST]), "and undone, all is as it was"


# ---- kept up to date ----


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

"""Tables: each with a case of its own in the same round, one who writes for them, and room for who does not agree."""

from __future__ import annotations

from typing import Any

import pytest

from laveren.house import House
from laveren.reports.answers import answers_of
from laveren.workshop.joining import Identity, pen, take_pen
from laveren.workshop.refusals import NotAllowed, Refused, Unknown
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.wire import public
from tests.meeting import Meeting, Someone, a_case, a_method, a_step, furnished, make_meeting, options, rules, twists
from tests.workshop.counted import counted

ANNA = a_case("anna", "Anna", regels=rules("Wet A", "Wet B", "Wet C"), wendingen=twists("Een brief", "Een buur"))
BRAM = a_case("bram", "Bram", regels=rules("Wet X"), wendingen=twists("Een aanbod"))
RULED = {"id": "regel", "type": "matrixrij", "rijen_uit": "regels", "opties": options("draagt", "blokkeert")}
METHOD = a_method(
    "tafels",
    a_step({"id": "kaart", "type": "kort", "vraag": "Wat wil [naam]?", "max": 3}, titel="Kijk naar [naam]"),
    a_step(RULED, regels=True, scherm="verdeling"),
    a_step({"id": "zin", "type": "kort"}, who="plenair"),
)


@pytest.fixture
def room(house: House) -> Meeting:
    """Four tables, the odd ones with Anna's case and the even ones with Bram's, at the first step."""
    meeting = make_meeting(furnished(house, ANNA, BRAM, METHOD), rounds=[RoundPlan("tafels", ("anna", "bram"))])
    meeting.steer("next")
    return meeting


def refused(by: Someone, *args: Any, **more: Any) -> str:
    with pytest.raises(Refused) as caught:
        by.gives(*args, **more)
    return caught.value.key


# ---- several cases in a round ----


@pytest.mark.parametrize(("table", "name"), [(1, "Anna"), (2, "Bram"), (3, "Anna"), (4, "Bram"), (None, "Anna")])
def test_each_table_sees_its_own_case_and_who_has_none_sees_the_first(
    room: Meeting, table: int | None, name: str
) -> None:
    sheet = room.someone(table).sheet
    assert sheet["case"]["title"] == f"De zaak van {name}"
    assert sheet["step"]["title"]["nl"] == f"Kijk naar {name}"
    assert sheet["prompts"][0]["question"]["nl"] == f"Wat wil {name}?"


@pytest.mark.parametrize(("table", "articles"), [(1, ["Wet A", "Wet B", "Wet C"]), (2, ["Wet X"])])
def test_the_rule_cards_and_the_rows_about_them_are_those_of_ones_own_case(
    room: Meeting, table: int, articles: list[str]
) -> None:
    one = room.someone(table)
    assert one.sheet["case"]["rules"] == []
    room.go_to("regel")
    assert [rule["article"] for rule in one.sheet["case"]["rules"]] == articles
    (prompt,) = one.sheet["prompts"]
    assert [row["text"]["nl"] for row in prompt["rows"]] == articles


def test_a_row_that_ones_own_case_has_not_is_refused(room: Meeting) -> None:
    room.go_to("regel")
    ours, theirs = room.someone(1), room.someone(2)
    assert ours.gives("1.regel", {"regel3": "draagt"})
    assert refused(theirs, "1.regel", {"regel3": "draagt"}) == "option_unknown"
    assert theirs.gives("1.regel", {"regel1": "draagt"})


def test_rules_of_different_cases_are_not_counted_as_one(room: Meeting) -> None:
    room.go_to("regel")
    for one in room.people(2, 1):
        one.gives("1.regel", {"regel1": "draagt"})
    for one in room.people(3, 2):
        one.gives("1.regel", {"regel1": "blokkeert"})
    anna, bram = room.board.figures
    assert (anna.case, anna.people, bram.case, bram.people) == ("De zaak van Anna", 2, "De zaak van Bram", 3)
    ours, theirs = ({text.nl: counts for _, text, counts in spread.lines} for spread in (anna, bram))
    assert ours["Wet A"] == {"draagt": 2, "blokkeert": 0}
    assert theirs["Wet X"] == {"draagt": 0, "blokkeert": 3}


def test_a_twist_tells_each_table_its_own_and_one_that_has_none_nothing(room: Meeting) -> None:
    ours, theirs = room.someone(1), room.someone(2)
    for titles, others in ((["Een brief"], ["Een aanbod"]), (["Een brief", "Een buur"], ["Een aanbod"])):
        room.steer("reveal")
        assert [twist["title"] for twist in ours.sheet["case"]["twists"]] == titles
        assert [twist["title"] for twist in theirs.sheet["case"]["twists"]] == others
        room.steer("next")


def test_who_goes_to_another_table_has_that_tables_case_from_then_on(room: Meeting) -> None:
    one = room.someone(1)
    before = one.gives("1.kaart", "over Anna")
    one.sits(2)
    assert one.sheet["case"]["title"] == "De zaak van Bram"
    after = one.gives("1.kaart", "over Bram")
    assert {before.id, after.id} <= set(one.answers)
    assert counted_cases(room) == {"over Anna": "anna", "over Bram": "bram"}


def counted_cases(meeting: Meeting) -> dict[str, str]:
    """The case that the analysis counts each text for."""
    return {row["text"]: row["case"] for row in counted(meeting.house).values()}


def test_what_a_table_gives_is_told_with_its_table_and_its_case_everywhere(room: Meeting) -> None:
    room.go_to("zin")
    for table in (1, 2):
        line = room.someone(table).gives("1.zin", f"zin van tafel {table}")
        room.moderate("show", line.id)
    with room.house.store.read() as connection:
        exported = {row["value"]: (row["group"], row["case"]) for row in answers_of(connection, room.room)}
    assert exported == {"zin van tafel 1": (1, "anna"), "zin van tafel 2": (2, "bram")}
    assert counted_cases(room) == {"zin van tafel 1": "anna", "zin van tafel 2": "bram"}
    room.steer("close")
    told = [(line["group"], line["case"], line["text"]) for line in lines(room)]
    assert told == [(1, "De zaak van Anna", "zin van tafel 1"), (2, "De zaak van Bram", "zin van tafel 2")]


def lines(meeting: Meeting) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = meeting.house.public(meeting.room)["outcome"]["lines"]
    return found


def test_what_was_written_for_the_whole_room_is_about_no_one_of_several_cases(room: Meeting) -> None:
    room.go_to("zin")
    line = room.writes_for_the_room("1.zin", "van ons allen")
    room.moderate("show", line.id)
    assert counted_cases(room) == {"van ons allen": ""}
    room.steer("close")
    assert [line["case"] for line in lines(room)] == [""]


def test_more_cases_than_tables_leaves_nobody_without_a_case(house: House) -> None:
    plan = [RoundPlan("tafels", ("anna", "bram"))]
    meeting = make_meeting(furnished(house, ANNA, BRAM, METHOD), rounds=plan, groups=1)
    meeting.steer("next")
    assert meeting.someone(1).sheet["case"]["title"] == "De zaak van Anna"
    assert public(meeting.room, table=9, here=0)["case"]["title"] == "De zaak van Anna"


# ---- the pen ----


def pens(*people: Someone) -> list[str | None]:
    return [one.me["pen"] for one in people]


def test_one_takes_the_pen_takes_it_over_and_lets_it_go(room: Meeting) -> None:
    one, mate, elsewhere, nowhere = room.someone(1), room.someone(1), room.someone(2), room.someone(None)
    assert pens(one, mate, elsewhere, nowhere) == ["free", "free", "free", None]
    one.writes()
    assert pens(one, mate, elsewhere, nowhere) == ["mine", "taken", "free", None]
    mate.writes()
    assert pens(one, mate, elsewhere, nowhere) == ["taken", "mine", "free", None]
    elsewhere.writes()
    mate.writes(False)
    assert pens(one, mate, elsewhere, nowhere) == ["free", "free", "mine", None]


def test_letting_go_of_a_pen_that_another_has_takes_nothing_from_them(room: Meeting) -> None:
    one, mate = room.people(2)
    one.writes()
    mate.writes(False)
    assert pens(one, mate) == ["mine", "taken"]


def test_who_goes_to_another_table_lets_go_of_the_pen_and_takes_none_along(room: Meeting) -> None:
    one, mate, elsewhere = room.someone(1), room.someone(1), room.someone(2)
    one.writes()
    elsewhere.writes()
    one.sits(2)
    assert pens(one, mate, elsewhere) == ["taken", "free", "mine"]


def test_who_joins_the_same_table_again_keeps_the_pen(room: Meeting) -> None:
    one = room.someone(1)
    one.writes()
    one.sits(1, role="beleid")
    assert pens(one) == ["mine"]


def test_two_who_take_it_at_once_do_not_both_have_it(room: Meeting) -> None:
    one, mate = room.people(2)
    takes = [(one.identity, True), (mate.identity, True)]
    room.house.store.writer.write(lambda tx, items: [pen(tx, items[0])], takes)
    assert pens(one, mate) == ["taken", "mine"]


def test_the_same_table_of_another_meeting_has_a_pen_of_its_own(house: House, room: Meeting) -> None:
    one, other = room.someone(1), make_meeting(house).someone(1)
    one.writes()
    other.writes()
    assert pens(one, other) == ["mine", "mine"]


def test_without_a_table_there_is_no_pen_and_nobody_is_told_so(room: Meeting) -> None:
    with pytest.raises(Refused, match="no_table") as caught:
        room.someone(None).writes()
    assert caught.value.field == "take"
    with pytest.raises(Unknown):
        room.house.store.writer.write(pen, (Identity(token="verzonnen"), True))


def test_the_pen_says_who_writes_and_keeps_nobody_from_writing(room: Meeting) -> None:
    """A pen that lies at home with a phone must not stop a table."""
    room.go_to("zin")
    one, mate = room.people(2)
    one.writes()
    assert mate.gives("1.zin", "toch van ons").said["revision"] == 1


def test_taking_the_pen_concerns_the_table_and_moves_no_room(room: Meeting) -> None:
    one = room.someone(3)
    heard: list[Any] = []
    room.house.store.writer.listeners.append(heard.extend)
    version = room.room.version
    one.writes()
    assert [(change.topic, change.table) for change in heard] == [("table", 3)]
    assert room.room.version == version
    assert take_pen.__doc__


# ---- who does not agree ----


def test_a_dissent_goes_with_the_tables_words_wherever_they_are_seen(room: Meeting) -> None:
    room.go_to("zin")
    one, mate = room.people(2)
    line = one.gives("1.zin", "Wij bellen", dissent="niet iedereen wil bellen")
    assert mate.answers[line.id]["dissent"] == "niet iedereen wil bellen"
    room.moderate("show", line.id)
    assert [row["dissent"] for row in room.board.cards] == ["niet iedereen wil bellen"]
    room.steer("close")
    assert [line["dissent"] for line in lines(room)] == ["niet iedereen wil bellen"]


def test_a_table_mate_can_take_the_dissent_away_and_after_the_close_it_is_wiped_with_the_words(room: Meeting) -> None:
    room.go_to("zin")
    one, mate = room.people(2)
    line = one.gives("1.zin", "Wij bellen", dissent="niet iedereen")
    mate.gives("1.zin", "Wij bellen", id=line.id, revision=2)
    assert one.answers[line.id]["dissent"] is None
    one.gives("1.zin", "Wij bellen", id=line.id, revision=3, dissent="toch niet")
    room.steer("close")
    one.by_receipt.gives("1.zin", None, id=line.id, revision=4, state="withdrawn")
    assert (one.by_receipt.answers[line.id]["value"], one.by_receipt.answers[line.id]["dissent"]) == (None, None)


def test_a_new_dissent_under_the_same_words_waits_again_before_it_is_on_the_screen(room: Meeting) -> None:
    room.go_to("zin")
    one = room.someone(1)
    line = one.gives("1.zin", "Wij bellen")
    room.moderate("show", line.id)
    one.gives("1.zin", "Wij bellen", id=line.id, revision=2, dissent="Piet Jansen durft niet")
    assert [(row["dissent"], row["shown"]) for row in room.board.cards] == [("Piet Jansen durft niet", "waiting")]


def test_another_table_may_not_write_under_our_words(room: Meeting) -> None:
    room.go_to("zin")
    line = room.someone(1).gives("1.zin", "Wij bellen")
    with pytest.raises(NotAllowed):
        room.someone(2).gives("1.zin", "Wij bellen", id=line.id, revision=2, dissent="onzin")


def test_ones_own_notes_are_a_draft_and_nothing_else(room: Meeting) -> None:
    one, mate = room.people(2)
    note = one.gives("1.notitie", "onthouden", state="draft")
    assert refused(one, "1.notitie", "onthouden", id=note.id, revision=2) == "note_is_yours"
    assert (one.answers[note.id]["state"], one.answers[note.id]["value"]) == ("draft", "onthouden")
    assert mate.answers == {}
    assert (one.sheet["note"]["id"], one.sheet["note"]["type"]) == ("1.notitie", "lang")
    one.gives("1.notitie", "onthouden", id=note.id, revision=3, state="withdrawn")
    assert one.answers[note.id]["state"] == "withdrawn"

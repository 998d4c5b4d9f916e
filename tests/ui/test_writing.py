"""Writing for the room, and typing sheets of paper over: what is typed says where it came from, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import NumberInput, Radio, Selectbox

from laveren.content.library import Library
from laveren.content.methods import Method
from laveren.house import House
from laveren.store import Transaction, each, tables
from laveren.workshop.answering import Put
from laveren.workshop.refusals import Refused
from laveren.workshop.rights import Seat
from laveren.workshop.rounds import RoundPlan
from tests.meeting import CASE, METHOD, Meeting, make_meeting
from tests.ui.visiting import SAY, Guest, press, says, sent, sound, toasts

Fill = Callable[[AppTest], object]
TRIAL, BARE = "proef", "zonder-regels"


def both(text: str) -> dict[str, str]:
    return {"nl": text, "en": text}


def ids(*names: str) -> list[dict[str, Any]]:
    return [{"id": name.replace(" ", "_"), "tekst": both(name)} for name in names]


def prompt(id: str, type_: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "vraag": both(f"vraag {id}"), "type": type_} | more


def step(who: str, *prompts: dict[str, Any]) -> dict[str, Any]:
    return {"titel": both("stap"), "minuten": 5, "wie": who, "vragen": list(prompts)}


EVERYTHING = {
    "id": TRIAL, "naam": both("Proef"), "doel": both("Alles vragen"), "bron": "-", "groep": {"min": 4, "max": 8},
    "stappen": [
        step(
            "individueel",
            prompt("hoek", "driehoek", opties=ids("wet", "eigen kracht", "tijd")),
            prompt("wie", "keuze", opties=ids("zelf", "samen")),
            prompt("wat", "meerkeuze", opties=ids("bellen", "schrijven", "wachten")),
            prompt("gebied", "meerkeuze", domeinen="ja"),
            prompt("cijfer", "schaal5", schaal=[both("niet"), both("heel")]),
            prompt("past", "matrixrij", rijen=ids("doel", "bedoeling"), opties=ids("wel", "schuurt"), max=2),
            prompt("reken", "matrixrij", rijen_uit="rollen", vertrouwelijk="ja"),
            prompt("regels", "matrixrij", rijen_uit="regels"),
        ),
        step(
            "individueel",
            prompt("thema", "kort", max=2, soort="hindernis"),
            prompt("uitleg", "lang", soort="ruimte", gekoppeld="thema"),
            prompt("stip", "stippen", gekoppeld="thema"),
        ),
        step("groep", prompt("zin", "kort")),
    ],
}  # fmt: skip


def field(window: AppTest, label: str) -> Selectbox[Any]:
    return listed(window, SAY(label))


def listed(window: AppTest, label: str) -> Selectbox[Any]:
    """The list with this label."""
    (found,) = [one for one in window.selectbox if one.label == label]
    return found


def number(window: AppTest, label: str, value: int) -> NumberInput:
    (found,) = [one for one in window.number_input if one.label == label]
    return found.set_value(value)


def choice(window: AppTest) -> Radio[Any]:
    """What can be chosen as an answer."""
    (found,) = [one for one in window.radio if one.label == SAY("console.write_text")]
    return found


def asks(window: AppTest) -> str:
    """The prompt that is being typed, as the list names it."""
    return str(field(window, "console.write_prompt").value)


def ask(window: AppTest, wire: str) -> AppTest:
    return sound(field(window, "console.write_prompt").select(wire).run())


def warnings(window: AppTest) -> list[str]:
    return [warning.value for warning in window.warning]


@pytest.fixture
def library(library: Library) -> Library:
    """What ships, and a method that asks in every way there is, and a case without rules."""
    bare = library.cases[CASE].model_copy(update={"rules": []})
    trial = Method.model_validate(EVERYTHING)
    return replace(library, methods=library.methods | {TRIAL: trial}, cases=library.cases | {BARE: bare})


@pytest.fixture
def writer(guest: Guest, meeting: Meeting) -> Guest:
    meeting.go_to("hindernis")
    return guest.holds(meeting.key(Seat.FACILITATOR))


@pytest.fixture
def trial(house: House) -> Meeting:
    """A meeting that asks in every way, at its first step."""
    meeting = make_meeting(house, rounds=[RoundPlan(TRIAL, (BARE,)), RoundPlan(METHOD, (CASE,))])
    meeting.steer("next")
    return meeting


@pytest.fixture
def typist(guest: Guest, trial: Meeting) -> Guest:
    """The facilitator of that meeting, with a pile of paper."""
    return guest.holds(trial.key(Seat.FACILITATOR))


def takes_paper(guest: Guest, meeting: Meeting) -> AppTest:
    """The console, where paper is typed over."""
    window = guest.opens("facilitate", meeting.code)
    return sound(window.radio(key="write_whose").set_value("paper").run())


def new_sheet(window: AppTest, role: str = "uitvoerder", table: int = 2) -> AppTest:
    field(window, "console.write_role").select(role)
    field(window, "console.write_table").select(table)
    return press(window, SAY("console.write_new"))


def hand_in(window: AppTest) -> AppTest:
    return press(window, SAY("console.write_save"))


def test_an_answer_for_the_room_is_handed_in_with_its_source(writer: Guest, meeting: Meeting) -> None:
    window = writer.opens("facilitate", meeting.code)
    window.text_area[0].input("de brief komt te laat")
    field(window, "console.write_source").select("keten")
    press(window, SAY("console.write_save"))
    (row,) = meeting.rows(tables.answer)
    kept = {key: row[key] for key in ("value", "source", "scope", "state", "on_paper", "prompt", "shown")}
    assert kept == {
        "value": "de brief komt te laat", "source": "keten", "scope": "room", "state": "submitted", "on_paper": False,
        "prompt": "hindernis", "shown": "waiting",
    }  # fmt: skip
    assert toasts(window) == [SAY("console.write_saved")]
    assert "de brief komt te laat" in [text.value for text in window.main.text]
    assert window.text_area[0].value == ""


def test_what_came_in_on_paper_says_so(writer: Guest, meeting: Meeting) -> None:
    window = writer.opens("facilitate", meeting.code)
    window.text_area[0].input("van het vel")
    window.checkbox[0].check()
    press(window, SAY("console.write_save"))
    (row,) = meeting.rows(tables.answer)
    assert row["on_paper"]
    assert row["source"] is None


def test_many_sheets_can_be_taken_over(writer: Guest, meeting: Meeting) -> None:
    window = writer.opens("facilitate", meeting.code)
    window.checkbox[0].check()
    for n in range(5):
        window.text_area[0].input(f"vel {n}")
        press(window, SAY("console.write_save"))
    rows = meeting.rows(tables.answer)
    assert [(row["value"], row["on_paper"]) for row in rows] == [(f"vel {n}", True) for n in range(5)]


def test_the_question_the_room_is_at_stands_first_and_others_can_be_chosen(writer: Guest, meeting: Meeting) -> None:
    meeting.go_to("ruimte")
    window = writer.opens("facilitate", meeting.code)
    questions = field(window, "console.write_prompt")
    assert questions.options[0] == "3 · Waar pak jij de ruimte, of waar zou je dat willen?"
    field(window, "console.write_status").select("mag")
    window.text_area[0].input("we bellen gewoon")
    press(window, SAY("console.write_save"))
    field(window, "console.write_prompt").select_index(1)
    sound(window.run())
    window.text_area[0].input("alsnog een hindernis")
    press(window, SAY("console.write_save"))
    given = [(row["prompt"], row["status"]) for row in meeting.rows(tables.answer)]
    assert given == [("ruimte", "mag"), ("hindernis", None)]


def test_nothing_written_is_nothing_handed_in(writer: Guest, meeting: Meeting) -> None:
    window = writer.opens("facilitate", meeting.code)
    window.text_area[0].input("   ")
    press(window, SAY("console.write_save"))
    assert meeting.rows(tables.answer) == []
    assert toasts(window) == [], "and nobody is told off for it"


def test_a_refusal_is_said_and_keeps_what_was_typed(
    writer: Guest, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_tx: Transaction, _put: Put) -> None:
        raise Refused("prompt_unknown")

    monkeypatch.setattr("laveren.ui.writing.save_answers", each(refuse))
    window = writer.opens("facilitate", meeting.code)
    window.text_area[0].input("met zorg getypt")
    field(window, "console.write_source").select("keten")
    press(window, SAY("console.write_save"))
    assert warnings(window) == [SAY("refused.prompt_unknown")]
    assert window.text_area[0].value == "met zorg getypt"
    assert field(window, "console.write_source").value == "keten"


@pytest.mark.parametrize("state", ["voorbereid", "gesloten"])
def test_the_room_writes_only_while_the_meeting_lasts(writer: Guest, meeting: Meeting, state: str) -> None:
    for step in ["close"] if state == "gesloten" else ["back", "back"]:
        meeting.steer(step)
    assert not writer.opens("facilitate", meeting.code).text_area


def test_the_room_says_words_and_nothing_that_counts_people(typist: Guest, trial: Meeting) -> None:
    window = typist.opens("facilitate", trial.code)
    assert [label.split()[-1] for label in field(window, "console.write_prompt").options] == ["thema", "uitleg", "zin"]


FILLED: dict[str, tuple[Fill, dict[str, Any]]] = {
    "hoek": (
        lambda window: [number(window, *one) for one in (("wet", 70), ("tijd", 30))],
        {"value": {"wet": 70, "eigen_kracht": 0, "tijd": 30}},
    ),
    "wie": (lambda window: choice(window).set_value("samen"), {"value": "samen"}),
    "wat": (
        lambda window: [one.check() for one in window.checkbox if one.label != "schrijven"],
        {"value": ["bellen", "wachten"]},
    ),
    "gebied": (
        lambda window: [listed(window, "Schulden").select("weet"), listed(window, "Wonen").select("vragen")],
        {"domains": {"schulden": "weet", "wonen": "vragen"}},
    ),
    "cijfer": (lambda window: choice(window).set_value(4), {"value": 4}),
    "past": (lambda window: listed(window, "bedoeling").select("schuurt"), {"value": {"bedoeling": "schuurt"}}),
    "reken": (
        lambda window: [listed(window, "beleid").select(2), listed(window, "bestuur").select("geen_zicht")],
        {"value": {"beleid": 2, "bestuur": "geen_zicht"}},
    ),
    "thema": (
        lambda window: [window.text_area[0].input("de brief"), field(window, "console.write_source").select("keten")],
        {"value": "de brief", "source": "keten"},
    ),
    "uitleg": (
        lambda window: [window.text_area[0].input("bellen"), field(window, "console.write_status").select("mag")],
        {"value": "bellen", "status": "mag"},
    ),
    "zin": (
        lambda window: [window.text_area[0].input("onze zin"), window.text_input[0].input("de helft niet")],
        {"value": "onze zin", "dissent": "de helft niet"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("asked", FILLED)
def test_a_sheet_of_paper_is_kept_as_a_browsers_answer_is_and_says_it_was_paper(
    typist: Guest, trial: Meeting, asked: str
) -> None:
    fill, given = FILLED[asked]
    window = ask(new_sheet(takes_paper(typist, trial)), f"1.{asked}")
    fill(window)
    hand_in(window)
    assert (warnings(window), toasts(window)) == ([], [SAY("console.write_saved")])
    trial.someone(group=3).gives(f"1.{asked}", **given)
    typed, sent_in = trial.rows(tables.answer)
    differ = {"id", "participant", "table_no", "created_at", "stored_at"}
    assert {key: value for key, value in typed.items() if sent_in[key] != value and key not in differ} == {
        "on_paper": True
    }
    assert (typed["table_no"], typed["state"]) == (2, "submitted")
    counts = trial.board.counts
    assert counts.joined == 2
    assert counts.authors == (2 if trial.room.everything_asked()[f"1.{asked}"].step == 1 else 0)


def test_a_triangle_of_ninety_is_told_what_is_missing_and_stays(typist: Guest, trial: Meeting) -> None:
    window = new_sheet(takes_paper(typist, trial))
    for corner, share in (("wet", 40), ("eigen kracht", 30), ("tijd", 20)):
        number(window, corner, share)
    hand_in(window)
    assert warnings(window) == ["Samen is dit 90. Er moet nog 10 bij, dan is het 100."]
    trial.someone()  # something comes in, and the console is drawn again
    assert [one.value for one in sound(window.run()).number_input] == [40, 30, 20]
    assert trial.rows(tables.answer) == []
    number(window, "tijd", 35)
    assert warnings(hand_in(window)) == ["Samen is dit 105. Er moet 5 af, dan is het 100."]
    number(window, "tijd", 30)
    assert warnings(hand_in(window)) == []
    (row,) = trial.rows(tables.answer)
    assert row["value"] == {"wet": 40, "eigen_kracht": 30, "tijd": 30}


def test_a_triangle_can_be_past_niet(typist: Guest, trial: Meeting) -> None:
    window = new_sheet(takes_paper(typist, trial))
    window.checkbox[0].check()
    hand_in(window)
    assert [row["value"] for row in trial.rows(tables.answer)] == ["past_niet"]


def test_an_empty_form_is_nothing_handed_in(typist: Guest, trial: Meeting) -> None:
    window = new_sheet(takes_paper(typist, trial))
    for asked in FILLED:
        hand_in(ask(window, f"1.{asked}"))
        assert (warnings(window), toasts(window)) == ([], []), asked
    assert trial.rows(tables.answer) == []


def test_each_sheet_is_a_participant_with_a_number_a_role_and_a_table(typist: Guest, trial: Meeting) -> None:
    trial.someone(group=1)
    window = takes_paper(typist, trial)
    assert not says(window, SAY("console.write_save")), "first one takes a sheet"
    for n, (role, table) in enumerate([("beleid", 2), ("uitvoerder", 2), ("anders", 0)], start=1):
        new_sheet(window, role, table)
        where = f"tafel {table}" if table else "geen tafel"
        assert f"**blad {n} · {role} · {where}**" in sent(window)
        choice(ask(window, "1.cijfer")).set_value(n)
        hand_in(window)
    people = [(one["number"], one["role"], one["table_no"]) for one in trial.rows(tables.participant)]
    assert people == [(1, "uitvoerder", 1), (2, "beleid", 2), (3, "uitvoerder", 2), (4, "anders", None)]
    answers = trial.rows(tables.answer)
    assert [(row["participant"], row["value"], row["on_paper"]) for row in answers] == [
        (2, 1, True), (3, 2, True), (4, 3, True)
    ]  # fmt: skip
    assert trial.board.counts.authors == 3


def test_a_page_that_is_loaded_anew_goes_on_counting_the_sheets(typist: Guest, trial: Meeting) -> None:
    for n in (1, 2):
        window = new_sheet(takes_paper(typist, trial), "beleid", 2)
        assert f"**blad {n} · beleid · tafel 2**" in sent(window)
        choice(ask(window, "1.cijfer")).set_value(n)
        hand_in(window)


def test_a_sheet_without_answers_can_still_get_another_role_and_table(typist: Guest, trial: Meeting) -> None:
    window = new_sheet(takes_paper(typist, trial), "beleid", 1)
    new_sheet(window, "bestuur", 3)
    assert "**blad 1 · bestuur · tafel 3**" in sent(window)
    (person,) = trial.rows(tables.participant)
    assert (person["role"], person["table_no"]) == ("bestuur", 3)


def test_a_sheet_is_typed_prompt_after_prompt(typist: Guest, trial: Meeting) -> None:
    trial.steer("next")
    window = new_sheet(takes_paper(typist, trial))
    order = []
    for text in ("een", "twee", "waarom"):
        order.append(asks(window))
        window.text_area[0].input(text)
        assert all(area.value == "" for area in hand_in(window).text_area)
    assert order == ["1.thema", "1.thema", "1.uitleg"], "as many as there may be, and then the next"
    assert asks(window) == "1.stip"
    assert {row["participant"] for row in trial.rows(tables.answer)} == {1}
    assert asks(new_sheet(window)) == "1.thema", "the next sheet begins at the top"


def test_what_a_sheet_says_can_belong_to_what_it_said_before(typist: Guest, trial: Meeting) -> None:
    window = takes_paper(typist, trial)
    for text in ("van een ander", "van dit blad"):
        ask(new_sheet(window), "1.thema").text_area[0].input(text)
        hand_in(window)
    ask(window, "1.uitleg").text_area[0].input("daarom")
    link = field(window, "console.write_link")
    assert link.options == ["van dit blad"]
    _theirs, own = trial.rows(tables.answer)
    link.select(own["id"])
    hand_in(window)
    assert trial.rows(tables.answer)[-1]["link"] == own["id"]


def test_an_answer_typed_again_takes_the_place_of_the_first(typist: Guest, trial: Meeting) -> None:
    window = ask(new_sheet(takes_paper(typist, trial)), "1.wie")
    assert SAY("console.write_again") not in sent(window)
    choice(window).set_value("zelf")
    hand_in(window)
    assert SAY("console.write_again") in sent(ask(window, "1.wie"))
    choice(window).set_value("samen")
    hand_in(window)
    (row,) = trial.rows(tables.answer)
    assert (row["value"], row["revision"], row["on_paper"]) == ("samen", 2, True)


def test_the_second_sheet_of_a_table_hears_that_its_table_has_answered(typist: Guest, trial: Meeting) -> None:
    window = takes_paper(typist, trial)
    for text in ("de eerste zin", "de tweede zin"):
        ask(new_sheet(window), "1.zin").text_area[0].input(text)
        hand_in(window)
    assert warnings(window) == [SAY("refused.too_many_answers", n=1)]
    assert window.text_area[0].value == "de tweede zin"
    (row,) = trial.rows(tables.answer)
    assert (row["value"], row["scope"], row["table_no"]) == ("de eerste zin", "table", 2)
    assert warnings(ask(window, "1.wie")) == [], "what was refused is said where it was refused"


def test_dots_go_to_cards_that_were_let_through(typist: Guest, trial: Meeting) -> None:
    card = trial.someone().gives("1.thema", "de brief *moet* anders")
    window = ask(new_sheet(takes_paper(typist, trial)), "1.stip")
    assert SAY("console.write_no_cards") in sent(window)
    assert not says(window, SAY("console.write_save"))
    trial.steer("next")
    trial.moderate("show", card.id)
    (dots,) = sound(window.run()).number_input
    assert (dots.label, dots.min, dots.max) == ("de brief \\*moet\\* anders", 0, 2)
    dots.set_value(2)
    hand_in(window)
    assert trial.rows(tables.answer)[-1]["value"] == {card.id: 2}


def test_too_many_dots_are_refused_and_stay(typist: Guest, trial: Meeting) -> None:
    trial.steer("next")
    cards = [trial.someone().gives("1.thema", f"kaart {n}").id for n in (1, 2)]
    for card in cards:
        trial.moderate("show", card)
    window = ask(new_sheet(takes_paper(typist, trial)), "1.stip")
    for dots in window.number_input:
        dots.set_value(2)
    assert warnings(hand_in(window)) == [SAY("refused.dots_too_many", n=3)]
    assert [dots.value for dots in window.number_input] == [2, 2]


def test_what_is_confidential_says_that_only_totals_stay(typist: Guest, trial: Meeting) -> None:
    window = ask(new_sheet(takes_paper(typist, trial)), "1.reken")
    assert SAY("console.write_confidential") in sent(window)
    assert SAY("console.write_confidential") not in sent(ask(window, "1.past"))


@pytest.mark.parametrize(("asked", "why"), [("reken", "console.write_no_row"), ("regels", "console.write_no_rows")])
def test_a_role_without_a_row_and_a_case_without_rules_are_told_so(
    typist: Guest, trial: Meeting, asked: str, why: str
) -> None:
    window = ask(new_sheet(takes_paper(typist, trial), "anders"), f"1.{asked}")
    assert SAY(why) in sent(window)
    assert not says(window, SAY("console.write_save"))


def test_what_was_refused_stays_when_the_room_goes_on_to_the_next_round(typist: Guest, trial: Meeting) -> None:
    window = new_sheet(takes_paper(typist, trial))
    number(window, "wet", 90)
    hand_in(window)
    for _ in range(4):
        trial.steer("next")
    assert trial.room.round == 2
    assert asks(sound(window.run())) == "1.hoek"
    assert field(window, "console.write_prompt").options[-1] == "1.1 · vraag hoek", "after what this round asks"
    number(window, "tijd", 10)
    hand_in(window)
    (row,) = trial.rows(tables.answer)
    assert (row["value"], row["late"]) == ({"wet": 90, "eigen_kracht": 0, "tijd": 10}, True)


def test_what_was_refused_stays_when_a_twist_comes_between_the_steps(typist: Guest, trial: Meeting) -> None:
    trial.someone(group=2).gives("1.zin", "die was eerst")
    window = ask(new_sheet(takes_paper(typist, trial)), "1.zin")
    window.text_area[0].input("met zorg getypt")
    hand_in(window)
    trial.steer("reveal")
    assert asks(sound(window.run())) == "1.zin"
    assert window.text_area[0].value == "met zorg getypt"
    assert "4 · vraag zin" in field(window, "console.write_prompt").options, "the twist asks before it"


def test_after_the_meeting_was_closed_and_opened_again_one_takes_a_new_sheet(typist: Guest, trial: Meeting) -> None:
    window = new_sheet(takes_paper(typist, trial))
    trial.steer("close")
    trial.steer("reopen")
    assert not says(sound(window.run()), SAY("console.write_save"))
    assert "**blad 2 · beleid · tafel 1**" in sent(new_sheet(window, "beleid", 1))

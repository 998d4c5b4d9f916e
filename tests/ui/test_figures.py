"""The figures on the projector: in words, only from five people on, and with titles that are true."""

from __future__ import annotations

import json
from typing import Any

import pytest

from laveren.house import House
from laveren.ui.address import Address
from laveren.ui.bars import cap
from laveren.ui.projector import projector
from laveren.workshop.figures import Moved
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.worksheets import outcome
from tests.meeting import Meeting, Someone, a_case, a_method, a_step, furnished, make_meeting, options, rules, twists
from tests.ui.visiting import SAY

ADDRESS = Address("http://laveren.test:8501")
ANNA = a_case("anna", "Anna", wendingen=twists("Een brief", "Een buur"))
BRAM = a_case("bram", "Bram", wendingen=twists("Een aanbod"))
CORNERS = options("a", "b", "c")
KINDS: dict[str, tuple[str, list[dict[str, Any]], list[Any]]] = {
    "keuze": ("verdeling", [{"id": "x", "type": "keuze", "opties": options("ja", "nee")}], ["ja"]),
    "schaal": ("verdeling", [{"id": "x", "type": "schaal5"}], [4]),
    "rij": ("verdeling", [{"id": "x", "type": "matrixrij", "rijen": options("r1", "r2"), "opties": options("p", "q")}],
            [{"r1": "p"}]),
    "spreiding": ("spreiding", [{"id": "x", "type": "schaal5"}, {"id": "y", "type": "schaal5"}], [4, 5]),
    "driehoek": ("driehoek", [{"id": "x", "type": "driehoek", "opties": CORNERS}], [{"a": 100, "b": 0, "c": 0}]),
    "stippen": ("stippen", [{"id": "x", "type": "stippen", "opties": CORNERS}], [{"b": 2, "c": 1}]),
}  # fmt: skip


def room_of(house: House, *steps: dict[str, Any], cases: tuple[str, ...] = ("anna",), **plan: Any) -> Meeting:
    house = furnished(house, ANNA, BRAM, a_method("proef", *steps))
    meeting = make_meeting(house, **{"rounds": [RoundPlan("proef", cases)], "moderated": False} | plan)
    meeting.steer("next")
    return meeting


def kind_of(house: House, kind: str, **more: Any) -> Meeting:
    screen, prompts, _ = KINDS[kind]
    return room_of(house, a_step(*prompts, scherm=screen, **more))


def fill(meeting: Meeting, kind: str, people: int, role: str = "uitvoerder", tables: int = 1) -> list[Someone]:
    """So many people who all give the same."""
    _, prompts, values = KINDS[kind]
    found = [meeting.someone(1 + n % tables, role) for n in range(people)]
    for one in found:
        for prompt, value in zip(prompts, values, strict=True):
            one.gives(f"1.{prompt['id']}", value)
    return found


def on_screen(meeting: Meeting) -> dict[str, Any]:
    with meeting.house.store.read() as connection:
        ended = outcome(connection, meeting.room)
    data = projector(meeting.board, SAY, "nl", ADDRESS, ended)
    sent: dict[str, Any] = json.loads(json.dumps(data))  # as the browser gets it
    return sent


# ---- nothing below five ----


@pytest.mark.parametrize("kind", KINDS)
def test_below_five_people_nothing_is_drawn_and_it_says_from_how_many_on(house: House, kind: str) -> None:
    meeting = kind_of(house, kind)
    fill(meeting, kind, 4)
    data = on_screen(meeting)
    assert (data["mode"], data["figure"], data["bars"]) == ("cards", None, None)
    assert data["cards"]["empty"] == SAY("figure.few")


@pytest.mark.parametrize("kind", KINDS)
def test_from_five_people_on_it_is_drawn(house: House, kind: str) -> None:
    meeting = kind_of(house, kind)
    fill(meeting, kind, 5)
    data = on_screen(meeting)
    assert (data["figure"] or data["bars"]) is not None
    assert data["mode"] == ("figure" if data["figure"] else "domains")


@pytest.mark.parametrize("kind", KINDS)
def test_what_tables_give_together_is_drawn_from_the_first_table_on(house: House, kind: str) -> None:
    """Four tables are a whole room: a table that answers together is nobody's answer."""
    meeting = kind_of(house, kind, who="groep")
    fill(meeting, kind, 4, tables=4)
    data = on_screen(meeting)
    assert (data["figure"] or data["bars"]) is not None


# ---- each kind in words ----


def test_bars_name_the_option_and_say_how_many_people(house: House) -> None:
    meeting = kind_of(house, "keuze")
    fill(meeting, "keuze", 5)
    bars = on_screen(meeting)["bars"]
    told = [(row["label"], row["value"], row["share"]) for row in bars["rows"]]
    assert told == [("De ja", "5", 1.0), ("De nee", "0", 0.0)]
    assert bars["title"] == SAY("screen.spread_majority", option="De ja")
    assert bars["note"] == SAY("figure.people", n=5)


def test_rows_are_parts_with_a_legend_of_all_options(house: House) -> None:
    meeting = kind_of(house, "rij")
    fill(meeting, "rij", 5)
    bars = on_screen(meeting)["bars"]
    assert bars["legend"] == [["c0", "De p"], ["c1", "De q"]]
    assert [(row["label"], row["parts"]) for row in bars["rows"]] == [("De r1", [["part c0", 1.0, "5"]]), ("De r2", [])]


def test_several_questions_stand_under_their_own_heading_as_far_as_five_answered(house: House) -> None:
    prompts = [{"id": "x", "type": "schaal5", "vraag": "Hoe X?"}, {"id": "y", "type": "schaal5", "vraag": "Hoe Y?"}]
    meeting = room_of(house, a_step(*prompts, scherm="verdeling"))
    people = meeting.people(5)
    for one in people:
        one.gives("1.x", 4)
    assert on_screen(meeting)["bars"]["title"] == "Hoe X?"
    for one in people:
        one.gives("1.y", "geen_zicht")
    bars = on_screen(meeting)["bars"]
    assert [row["heading"] for row in bars["rows"] if "heading" in row] == ["Hoe X?", "Hoe Y?"]
    assert [row["value"] for row in bars["rows"] if row.get("label") == SAY("figure.blind")] == ["0", "5"]


def test_questions_with_other_means_have_their_own_legend(house: House) -> None:
    rows = {"type": "matrixrij", "rijen": options("r")}
    prompts = [{"id": "x", "opties": options("p"), **rows}, {"id": "y", "opties": options("q"), **rows}]
    meeting = room_of(house, a_step(*prompts, scherm="verdeling"))
    for one in meeting.people(5):
        one.gives("1.x", {"r": "p"})
        one.gives("1.y", {"r": "q"})
    bars = on_screen(meeting)["bars"]
    assert [row["legend"] for row in bars["rows"] if "heading" in row] == [[["c0", "De p"]], [["c0", "De q"]]]
    assert "legend" not in bars


def test_rule_cards_of_several_cases_stand_under_the_name_of_their_case(house: House) -> None:
    cases = [a_case(name, name.title(), regels=rules("A", "B")) for name in ("carl", "dora")]
    prompt = {"id": "x", "type": "matrixrij", "rijen_uit": "regels", "opties": options("p"), "vraag": "Wat doet elk?"}
    house = furnished(house, *cases, a_method("wetten", a_step(prompt, scherm="verdeling")))
    meeting = make_meeting(house, rounds=[RoundPlan("wetten", ("carl", "dora"))], moderated=False)
    meeting.steer("next")
    for table in (1, 2):
        for one in meeting.people(5, table):
            one.gives("1.x", {"regel1": "p"})
    bars = on_screen(meeting)["bars"]
    assert (bars["title"], bars["note"]) == ("Wat doet elk?", SAY("figure.people", n=10))
    assert [row["heading"] for row in bars["rows"] if "heading" in row] == ["De zaak van Carl", "De zaak van Dora"]
    assert bars["legend"] == [["c0", "De p"]]


def test_two_scales_are_points_with_axes_and_the_title_claims_most_only_above_half(house: House) -> None:
    meeting = kind_of(house, "spreiding")
    fill(meeting, "spreiding", 5)
    figure = on_screen(meeting)["figure"]
    assert figure["points"] == [{"x": 4, "y": 5, "n": 5}]
    assert (figure["mean"]["x"], figure["mean"]["y"]) == (4.0, 5.0)
    assert figure["title"] == SAY("figure.scatter_high")
    for one in meeting.people(5):
        one.gives("1.x", 1)
        one.gives("1.y", 1)
    assert on_screen(meeting)["figure"]["title"] == SAY("figure.scatter_plain")


def test_a_triangle_has_arrows_that_are_nobodys_and_says_how_many_found_no_place(house: House) -> None:
    prompts = [{"id": "x", "type": "driehoek", "opties": CORNERS},
               {"id": "y", "type": "driehoek", "opties": CORNERS, "gekoppeld": "x"}]  # fmt: skip
    meeting = room_of(house, a_step(*prompts, scherm="driehoek"))
    for one in meeting.people(5):
        one.gives("1.x", {"a": 100, "b": 0, "c": 0})
        one.gives("1.y", {"a": 0, "b": 50, "c": 50})
    meeting.someone().gives("1.x", "past_niet")
    figure = on_screen(meeting)["figure"]
    assert figure["corners"] == ["de a", "de b", "de c"]
    assert figure["arrows"] == [{"from": [1.0, 0.0, 0.0], "to": [0.0, 0.5, 0.5]}] * 5
    told = [(one["label"], one["n"]) for one in figure["centroids"]]
    assert told == [(SAY("figure.everybody"), 5), ("Uitvoerder", 5)]
    assert figure["misfit"] == SAY("figure.misfit", n=1)
    assert figure["title"].startswith("De b mag gemiddeld zwaarder wegen")


def test_dots_name_the_first_only_when_nobody_shares_the_place(house: House) -> None:
    meeting = kind_of(house, "stippen")
    fill(meeting, "stippen", 5)
    bars = on_screen(meeting)["bars"]
    assert bars["title"] == SAY("figure.dots_first", option="de b")
    assert [row["value"] for row in bars["rows"]] == [SAY("figure.dots", n=n) for n in (10, 5)]
    for one in meeting.people(5):
        one.gives("1.x", {"c": 1})
    assert on_screen(meeting)["bars"]["title"] == SAY("figure.dots_tied", n=2)


def test_four_people_and_what_was_typed_in_for_the_room_are_four_people(house: House) -> None:
    meeting = room_of(house, a_step({"id": "g", "type": "meerkeuze", "domeinen": True}, scherm="leefgebieden"))
    for one in meeting.people(4):
        one.gives("1.g", domains={"werk": "weet"})
    for _ in range(2):
        meeting.writes_for_the_room("1.g", None, domains={"werk": "weet"})
    assert on_screen(meeting)["bars"]["rows"] == []


# ---- the matrix ----

TRUST = {"id": "t", "type": "matrixrij", "rijen_uit": "rollen", "vertrouwelijk": True}


def test_the_matrix_says_few_until_there_is_one_then_means_bands_and_what_was_not_asked(house: House) -> None:
    meeting = room_of(house, a_step(TRUST), a_step(scherm="matrix", toont=["t"]))
    for role, other, mark in (("uitvoerder", "beleid", 4), ("beleid", "uitvoerder", 2)):
        for one in meeting.people(5, role=role):
            one.gives("1.t", {other: mark})
    meeting.someone(role="bestuur").gives("1.t", {"beleid": 1})
    meeting.steer("next")
    figure = on_screen(meeting)["figure"]
    assert figure["rows"] == figure["columns"]
    cells = {(row, column): cell for row, line in zip(figure["rows"], figure["cells"], strict=True)
             for column, cell in zip(figure["columns"], line, strict=True)}  # fmt: skip
    assert cells["Uitvoerder", "Beleid"] == {"text": "4", "n": "5+", "level": 0.75, "asked": True}
    assert cells["Bestuur", "Beleid"] == {"text": "<5", "n": "", "level": None, "asked": True}
    assert cells["Inwoner", "Beleid"] == {
        "text": SAY("figure.not_asked"), "n": "", "level": None, "asked": False,
    }  # fmt: skip
    pair = SAY("figure.trust_pair", one="uitvoerder", other="beleid", mean="4", back="2")
    assert figure["title"] == cap(pair)
    assert figure["note"] == SAY("figure.trust_note")


def test_beside_the_matrix_stands_what_tips_the_balance_from_five_on(house: House) -> None:
    why = TRUST | {"id": "w", "opties": options("kan", "wil")}
    meeting = room_of(house, a_step(TRUST, why), a_step(scherm="matrix", toont=["t", "w"]))
    for n, one in enumerate(meeting.people(11)):
        one.gives("1.t", {"beleid": 4})
        one.gives("1.w", {"beleid": "kan" if n < 6 else "wil", "bestuur": "wil"} if n < 10 else {"beleid": "wil"})
    meeting.someone(role="bestuur").gives("1.w", {"beleid": "kan"})
    meeting.steer("next")
    figure = on_screen(meeting)["figure"]
    assert figure["remarks"] == [cap(SAY("figure.trust_reason", one="uitvoerder", other="bestuur", option="de wil"))]
    assert figure["title"] == SAY("figure.trust_plain")


def test_the_matrix_is_no_more_than_its_line_before_the_room_moved_on(house: House) -> None:
    meeting = room_of(house, a_step(TRUST, scherm="matrix"))
    assert on_screen(meeting)["cards"]["empty"] == SAY("figure.trust_few")


def test_a_matrix_of_the_follow_up_question_does_not_break_the_screen(house: House) -> None:
    why = TRUST | {"opties": options("kan", "wil")}
    meeting = room_of(house, a_step(why), a_step(scherm="matrix", toont=["t"]))
    for role, other in (("uitvoerder", "beleid"), ("beleid", "uitvoerder")):
        for one in meeting.people(5, role=role):
            one.gives("1.t", {other: "kan"})
    meeting.steer("next")
    assert on_screen(meeting)["figure"] is None


# ---- cases, twists, scripts ----

CARD = {"id": "kaart", "type": "kort", "soort": "hindernis"}


def test_with_several_cases_the_screen_says_which_tables_look_at_which(house: House) -> None:
    meeting = room_of(house, a_step(CARD, scherm="casus"), cases=("anna", "bram"), groups=3)
    data = on_screen(meeting)
    assert (data["mode"], data["case"]) == ("figure", None)
    assert data["figure"] == {
        "kind": "tables", "title": SAY("screen.tables_title"), "rows": [
            {"tables": SAY("screen.tables", tables="1, 3"), "case": "De zaak van Anna"},
            {"tables": SAY("screen.tables", tables="2"), "case": "De zaak van Bram"},
        ],
    }  # fmt: skip


def test_a_case_that_no_table_has_is_not_on_the_screen(house: House) -> None:
    meeting = room_of(house, a_step(CARD, scherm="casus"), cases=("anna", "bram"), groups=1)
    assert [row["case"] for row in on_screen(meeting)["figure"]["rows"]] == ["De zaak van Anna"]


def test_a_twist_is_told_large_until_five_have_looked_again_and_then_what_it_moved(house: House) -> None:
    meeting = room_of(house, a_step(CARD))
    people = meeting.people(5)
    for one in people:
        one.gives("1.kaart", "een kaart", source="wet")
    meeting.steer("reveal")
    twist = on_screen(meeting)["case"]["twist"]
    assert (twist["title"], twist["paragraphs"]) == ("Een brief", ["Een brief, zo blijkt nu."])
    for n, one in enumerate(people):
        one.gives("1.w1.kijk", "ja" if n else "nee")
        one.gives("1.w1.hindernis", "nu dit", source="twijfel")
    figure = on_screen(meeting)["figure"]
    assert (figure["kind"], figure["title"]) == ("moved", SAY("figure.moved", n=4, of=5))
    assert [(row["label"], row["before"], row["after"], row["kind"]) for row in figure["rows"]] == [
        (cap(SAY("source.twijfel")), 0, 5, "hindernis"),
        (cap(SAY("source.wet")), 5, 0, "hindernis"),
    ]
    assert figure["names"] == {"before": SAY("figure.before"), "after": SAY("figure.after")}


def test_how_many_look_differently_is_said_only_when_five_said_whether_they_do(house: House) -> None:
    meeting = room_of(house, a_step(CARD))
    meeting.steer("reveal")
    people = meeting.people(5)
    for one in people:
        one.gives("1.w1.hindernis", "nu dit", source="twijfel")
    people[0].gives("1.w1.kijk", "ja")
    (moved,) = meeting.board.figures
    assert isinstance(moved, Moved)
    assert (moved.people, sum(moved.looked.values())) == (5, 1)
    data = on_screen(meeting)
    assert SAY("figure.moved", n=1, of=1) not in json.dumps(data, ensure_ascii=False)


def test_a_twist_with_several_cases_shows_who_reads_what_and_none_of_the_texts(house: House) -> None:
    meeting = room_of(house, a_step(CARD), a_step(), cases=("anna", "bram"), groups=2)
    for titles in (["Een brief", "Een aanbod"], ["Een buur", "De zaak van Bram"]):
        meeting.go_to_step(meeting.room.step + bool(meeting.room.twist_now))
        meeting.steer("reveal")
        data = on_screen(meeting)
        assert data["figure"]["kind"] == "tables"
        assert [row["case"] for row in data["figure"]["rows"]] == titles
        assert "zo blijkt nu" not in json.dumps(data)


def test_a_clock_shows_the_script_or_else_the_hint(house: House) -> None:
    first = a_step(scherm="klok", script=["Eerst stil.", "Dan [naam]."])
    meeting = room_of(house, first, a_step(scherm="klok", uitleg="Kijk om je heen."))
    assert on_screen(meeting)["figure"] == {"kind": "script", "lines": ["Eerst stil.", "Dan Anna."]}
    meeting.steer("next")
    assert on_screen(meeting)["figure"] == {"kind": "script", "lines": ["Kijk om je heen."]}


def test_nothing_of_the_dots_is_on_the_screen_while_they_are_divided(house: House) -> None:
    dots = {"id": "x", "type": "stippen", "opties": CORNERS}
    meeting = room_of(house, a_step(dots, scherm="klok", script=["Kies."]), a_step(scherm="stippen", toont=["x"]))
    for one in meeting.people(6):
        one.gives("1.x", {"a": 2})
    data = on_screen(meeting)
    assert (data["bars"], data["figure"]["kind"]) == (None, "script")
    meeting.steer("next")
    assert on_screen(meeting)["bars"]["title"] == SAY("figure.dots_first", option="de a")


# ---- cards with more to say ----


def test_a_card_names_its_case_its_seat_and_who_does_not_agree(house: House) -> None:
    seated = a_case("anna", "Anna", perspectieven=["Anna", "loket"])
    method = a_method("proef", a_step(CARD), a_step({"id": "zin", "type": "kort"}, who="groep"))
    plan = [RoundPlan("proef", ("anna", "bram"), seats=True)]
    meeting = make_meeting(furnished(house, seated, BRAM, method), rounds=plan, moderated=False)
    meeting.steer("next")
    one = meeting.someone(1)
    kept = one.gives("1.kaart", "van mij")
    (card,) = on_screen(meeting)["cards"]["cards"]
    assert (card["group"], card.get("case")) == (cap(SAY("screen.seat", seat="Anna")), None)
    meeting.moderate("spotlight", kept.id)
    assert on_screen(meeting)["cards"]["light"]["seat"] == SAY("screen.seat", seat="Anna")
    meeting.steer("next")
    one.gives("1.zin", "van ons", dissent="niet iedereen wil")
    (card,) = on_screen(meeting)["cards"]["cards"]
    assert (card["case"], card["dissent"]) == ("De zaak van Anna", SAY("screen.dissent", text="niet iedereen wil"))
    assert not {"seat", "group"} & set(card)

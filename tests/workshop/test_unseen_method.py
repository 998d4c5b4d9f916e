"""A method that nobody has seen: a file in a folder, of every kind of step, and no code that knows it."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from laveren.content.library import read_library
from laveren.content.methods import AnswerType, Screen
from laveren.house import House, Stock
from laveren.reports.answers import answers_csv, answers_jsonl
from laveren.settings import ROOT
from laveren.texts import reader
from laveren.ui.address import Address
from laveren.ui.projector import projector
from laveren.workshop.refusals import Refused
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.runsheet import run_sheet
from laveren.workshop.worksheets import outcome
from tests.meeting import CASE, Meeting, Someone, an_answer, make_meeting
from tests.workshop.counted import counted

UNSEEN = """
naam: {nl: De onbekende, en: The unknown}
doel: {nl: Alles een keer doen., en: Do everything once.}
bron: Verzonnen voor een test
groep: {min: 2, max: 9}
stappen:
  - {titel: "Lees over [naam]", minuten: 2, wie: individueel, scherm: casus, regels: ja}
  - titel: Wat zie je?
    minuten: 3
    wie: individueel
    vragen:
      - {id: kaart, vraag: "Wat ziet [naam]?", type: kort, max: 2, soort: hindernis}
      - {id: verhaal, vraag: Vertel, type: lang}
      - {id: ruimte, vraag: "Welke ruimte?", type: kort, soort: ruimte, gekoppeld: kaart}
  - titel: Kies
    minuten: 3
    wie: duo
    scherm: verdeling
    vragen:
      - {id: keus, vraag: "Welke?", type: keuze, opties: [{id: a, tekst: A}, {id: b, tekst: B}]}
      - {id: keuzen, vraag: "Welke nog meer?", type: meerkeuze, opties: [{id: a, tekst: A}, {id: b, tekst: B}]}
      - {id: oordeel, vraag: "Past het?", type: matrixrij, rijen: [{id: r1, tekst: Een}, {id: r2, tekst: Twee}],
         opties: [{id: ja, tekst: Ja}, {id: nee, tekst: Nee}], max: 2}
      - {id: wetten, vraag: "Draagt het?", type: matrixrij, rijen_uit: regels,
         opties: [{id: d, tekst: D}, {id: b, tekst: B}]}
  - titel: Twee schalen
    minuten: 3
    wie: viertal
    scherm: spreiding
    vragen:
      - {id: haalbaar, vraag: "Hoe haalbaar?", type: schaal5, schaal: [niet, wel]}
      - {id: wenselijk, vraag: "Hoe wenselijk?", type: schaal5}
  - titel: Waar speelt het?
    minuten: 3
    wie: individueel
    scherm: klok
    script: ["Denk na over [naam].", Vul in.]
    vragen:
      - {id: gebieden, vraag: "Welke gebieden?", type: meerkeuze, domeinen: ja}
      - {id: plek, vraag: "Waar nu?", type: driehoek, opties: [{id: x, tekst: X}, {id: y, tekst: Y}, {id: z, tekst: Z}]}
      - {id: plek2, vraag: "Waar straks?", type: driehoek, gekoppeld: plek,
         opties: [{id: x, tekst: X}, {id: y, tekst: Y}, {id: z, tekst: Z}]}
      - {id: wie, vraag: "Op wie?", type: matrixrij, rijen_uit: rollen, vertrouwelijk: ja}
      - {id: stip, vraag: "Wat eerst?", type: stippen, max: 4, per_optie: 3,
         opties: [{id: a, tekst: A}, {id: b, tekst: B}]}
      - {id: opkaart, vraag: "Welke kaart?", type: stippen, gekoppeld: kaart}
  - {titel: Kijk, minuten: 1, wie: plenair, scherm: leefgebieden, toont: [gebieden]}
  - {titel: Kijk, minuten: 1, wie: plenair, scherm: driehoek, toont: [plek, plek2]}
  - {titel: Kijk, minuten: 1, wie: plenair, scherm: matrix, toont: [wie]}
  - {titel: Kijk, minuten: 1, wie: plenair, scherm: stippen, toont: [stip]}
  - {titel: Kijk, minuten: 1, wie: plenair, scherm: stippen, toont: [opkaart]}
  - {titel: Kijk, minuten: 1, wie: plenair, scherm: verdeling, toont: [oordeel]}
  - {titel: Kijk, minuten: 1, wie: plenair, scherm: kaarten, toont: [kaart, verhaal]}
  - titel: Samen
    minuten: 5
    wie: plenair
    vragen:
      - {id: zin, vraag: "Wat zeggen we?", type: kort}
      - {id: samen, vraag: "Wat vinden we?", type: keuze, opties: [{id: a, tekst: A}, {id: b, tekst: B}]}
"""
ROLES = ["uitvoerder"] * 6 + ["beleid"] * 5 + ["anders"]


def shelved(house: House, folder: Path, text: str, name: str = "onbekende") -> House:
    """The house with a folder of methods in which this file lies."""
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    library = read_library(ROOT, methods_dir=folder)
    assert library.faults == []
    return replace(house, stock=Stock(library, house.store))


@pytest.fixture
def room(house: House, tmp_path: Path) -> Meeting:
    """A meeting with that method, in its lobby."""
    folder = tmp_path / "werkvormen"
    folder.mkdir()
    return make_meeting(shelved(house, folder, UNSEEN), rounds=[RoundPlan("onbekende", (CASE,), seats=True)])


def on_screen(meeting: Meeting) -> dict[str, Any]:
    with meeting.house.store.read() as connection:
        ended = outcome(connection, meeting.room)
    data = {}
    for lang in ("nl", "en"):
        data = projector(meeting.board, reader(lang), lang, Address("http://laveren.test"), ended)
    sent: dict[str, Any] = json.loads(json.dumps(data))
    return sent


def drawn_as(data: dict[str, Any]) -> str:
    """What kind of thing is on the screen."""
    if data["figure"]:
        return str(data["figure"]["kind"])
    return "bars" if data["bars"] and data["bars"]["rows"] else str(data["mode"])


def plays(meeting: Meeting, people: list[Someone]) -> Iterator[tuple[str, str]]:
    """Everybody goes through all steps and answers what is asked; gives each step's screen and what it shows."""
    while not meeting.room.last:
        room = meeting.steer("next")
        for one in people:
            for prompt in one.sheet["prompts"]:
                try:
                    one.gives(prompt["id"], **an_answer(prompt))
                except Refused as refused:
                    assert refused.key in ("too_many_answers", "role_has_no_row")  # noqa: PT017
        if meeting.board.with_state("waiting"):
            meeting.moderate("show_all")
        assert room.step_now is not None
        yield room.step_now.screen, drawn_as(on_screen(meeting))


def test_the_method_asks_every_type_and_draws_every_screen(room: Meeting) -> None:
    steps = room.house.library.methods["onbekende"].steps
    assert {prompt.type for step in steps for prompt in step.prompts} == set(AnswerType)
    assert {step.screen for step in steps} == set(Screen)


def test_it_is_played_to_the_end_and_drawn_at_every_step(room: Meeting) -> None:
    people = [room.someone(1 + n % 4, role) for n, role in enumerate(ROLES)]
    assert list(plays(room, people)) == [
        ("casus", "case"),
        ("kaarten", "bars"),
        ("verdeling", "bars"),
        ("spreiding", "scatter"),
        ("klok", "script"),
        ("leefgebieden", "bars"),
        ("driehoek", "triangle"),
        ("matrix", "matrix"),
        ("stippen", "bars"),
        ("stippen", "bars"),
        ("verdeling", "bars"),
        ("kaarten", "cards"),
        ("kaarten", "cards"),
    ]
    room.steer("close")
    assert on_screen(room)["mode"] == "closed"
    told = room.house.public(room.room)["outcome"]
    assert told["participants"] == len(people)
    assert [line["group"] for line in told["lines"]] == [1, 2, 3, 4]


def test_everything_it_asked_is_in_the_export_but_what_was_confidential(room: Meeting) -> None:
    people = [room.someone(1 + n % 4, role) for n, role in enumerate(ROLES)]
    assert list(plays(room, people))
    room.steer("close")
    with room.house.store.read() as connection:
        table = list(csv.DictReader(io.StringIO(answers_csv(connection, room.room).decode("utf-8-sig"))))
        lines = [json.loads(line) for line in answers_jsonl(connection, room.room).splitlines()]
    given = Counter(row["prompt"] for row in table if row["scope"] != "totals")
    persons = dict.fromkeys(
        ("kaart", "verhaal", "ruimte", "keus", "keuzen", "oordeel", "wetten", "haalbaar", "wenselijk", "gebieden",
         "plek", "plek2", "stip", "opkaart"), len(people),
    )  # fmt: skip
    assert given == {f"1.{id}": n for id, n in (persons | {"zin": 4, "samen": 4}).items()}
    assert [row["prompt"] for row in lines] == [row["prompt"] for row in table]
    totals = {row["role"]: row["prompt"] for row in table if row["scope"] == "totals"}
    assert totals == {"beleid": "1.wie", "uitvoerder": "1.wie"}
    in_counts = Counter(row["prompt"] for row in counted(room.house).values())
    assert in_counts == {id.removeprefix("1."): n for id, n in given.items()}
    values = {row["prompt"]: row["value"] for row in lines}
    assert values["1.plek"] == {"x": 50, "y": 30, "z": 20}
    assert values["1.stip"] == {"a": 3}
    assert {row["case"] for row in table if row["scope"] != "totals"} == {CASE}


def test_twists_pauses_going_back_and_an_undo_fit_anywhere_in_it(room: Meeting) -> None:
    people = [room.someone(1 + n % 4, role) for n, role in enumerate(ROLES)]
    for step, _ in enumerate(plays(room, people)):
        room.steer("reveal")
        for one in people if step == 0 else []:  # what is said about a twist comes back with it
            one.fills_in()
        assert drawn_as(on_screen(room)) == "moved"
        assert run_sheet(room.room, 0.0)
        room.steer("undo")
        room.steer("pause")
        on_screen(room)
        room.steer("resume")
    assert room.room.last


def test_a_dozen_of_them_after_each_other_keep_their_answers_apart(room: Meeting) -> None:
    again = make_meeting(room.house, rounds=[RoundPlan("onbekende", (CASE,))] * 2)
    one = again.someone()
    for round_ in (1, 2):
        again.go_to("keus", round_)
        one.fills_in()
    assert Counter(answer["prompt"] for answer in one.answers.values()) == {
        f"{round_}.{id}": 1 for round_ in (1, 2) for id in ("keus", "keuzen", "oordeel", "wetten")
    }


# ---- methods that are a little strange ----

SMALL = """
naam: Klein
doel: Proberen.
bron: Verzonnen
groep: {{min: 2, max: 9}}
stappen:
  - titel: Een
    minuten: 3
    wie: individueel
    scherm: {screen}
    vragen: [{prompts}]
"""


def small(house: House, folder: Path, prompts: str, screen: str = "kaarten") -> Meeting:
    methods = folder / "klein"
    methods.mkdir()
    text = SMALL.format(prompts=prompts, screen=screen)
    meeting = make_meeting(shelved(house, methods, text, "klein"), rounds=[RoundPlan("klein", (CASE,))])
    meeting.steer("next")
    return meeting


@pytest.mark.parametrize("id", ["hindernis", "helpt", "kijk", "w1"])
def test_a_prompt_may_have_almost_any_name_and_is_still_a_prompt(house: House, tmp_path: Path, id: str) -> None:
    meeting = small(house, tmp_path, f"{{id: {id}, vraag: 'Wat?', type: kort}}")
    one = meeting.someone()
    asked = one.sheet
    assert [prompt["id"] for prompt in asked["prompts"]] == [f"1.{id}"]
    one.fills_in()
    assert [row["prompt"] for row in meeting.board.cards] == [id]
    assert [row["prompt"] for row in meeting.board.parked] == []
    assert [row["prompt"] for row in counted(meeting.house).values()] == [id]


@pytest.mark.parametrize("id", ["notitie", "parkeer"])
def test_a_prompt_that_is_called_like_what_every_workshop_has_is_told_when_it_is_read(tmp_path: Path, id: str) -> None:
    """With such a name it could never be handed in, or would be taken for a parked solution."""
    assert any(id in told for told in faults(tmp_path, f"{{id: {id}, vraag: 'Wat?', type: kort}}"))


def test_a_linked_triangle_with_other_corners_is_told_when_it_is_read(tmp_path: Path) -> None:
    """An arrow from one set of values to another means nothing, and cannot be drawn."""
    prompts = (
        "{id: nu, vraag: Nu, type: driehoek, opties: [{id: a, tekst: A}, {id: b, tekst: B}, {id: c, tekst: C}]}, "
        "{id: zou, vraag: Zou, type: driehoek, gekoppeld: nu,"
        " opties: [{id: p, tekst: P}, {id: q, tekst: Q}, {id: r, tekst: R}]}"
    )
    assert any("gekoppeld" in told for told in faults(tmp_path, prompts, "driehoek"))


def faults(folder: Path, prompts: str, screen: str = "kaarten") -> list[str]:
    (folder / "klein.yaml").write_text(SMALL.format(prompts=prompts, screen=screen), encoding="utf-8")
    return [str(fault) for fault in read_library(ROOT, methods_dir=folder).faults]


def test_life_domains_can_be_drawn_as_a_distribution_too(house: House, tmp_path: Path) -> None:
    meeting = small(house, tmp_path, "{id: g, vraag: 'Welke?', type: meerkeuze, domeinen: ja}", "verdeling")
    for one in meeting.people(5):
        one.fills_in()
    assert drawn_as(on_screen(meeting)) == "bars"


def test_of_choices_no_more_are_taken_than_the_method_says(house: House, tmp_path: Path) -> None:
    options = "[{id: a, tekst: A}, {id: b, tekst: B}, {id: c, tekst: C}]"
    meeting = small(house, tmp_path, f"{{id: k, vraag: 'Welke?', type: meerkeuze, max: 2, opties: {options}}}")
    one = meeting.someone()
    assert one.sheet["prompts"][0]["most"] == 2
    with pytest.raises(Refused):
        one.gives("1.k", ["a", "b", "c"])

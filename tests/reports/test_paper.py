"""Paper for a room without laptops: the right sheets, every word on them, and nothing of it read as markup."""

from __future__ import annotations

import io
import re
import sys
import time
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import pytest
from pypdf import PageObject, PdfReader

from laveren.content.cases import Case
from laveren.content.library import Library
from laveren.content.methods import AnswerType, Method
from laveren.reports import paper
from laveren.reports.paper import (
    NothingToPrint,
    case_cards,
    everything,
    perspective_cards,
    rule_cards,
    twists,
    worksheet,
)
from laveren.settings import ROOT
from laveren.texts import flat

NL = flat("nl")
CODE, ADDRESS = "K7M4PX", "https://laveren.example.nl"
UPRIGHT, ACROSS = (595, 842), (842, 595)  # an A4 in points
METHODS = sorted(file.stem for file in (ROOT / "werkvormen").glob("*.yaml"))
LAW = "Gespreksmateriaal, geen juridisch advies. Stand: "


def a_case(**given: Any) -> Case:
    """A case about Noor; what is given comes in place of what it has, by its Dutch keys."""
    whole = {
        "id": "noor", "titel": "De dag van Noor", "peildatum": date(2026, 2, 1), "fictief": True,
        "personen": [{"naam": "Noor", "leeftijd": 34, "rol": "inwoner"}], "situatie": "Noor zoekt werk.",
        "domeinen": ["werk"],
    }  # fmt: skip
    return Case.model_validate(whole | given)


def a_method(*prompts: dict[str, Any], who: str = "individueel", **step: Any) -> Method:
    """A method of one step with these prompts."""
    one = {"titel": "Een stap", "minuten": 5, "wie": who, "vragen": list(prompts)} | step
    whole = {"id": "nieuw", "naam": "Nieuw", "doel": "Kijken.", "bron": "wij", "groep": {"min": 2, "max": 9}}
    return Method.model_validate(whole | {"stappen": [one]})


def pages(pdf: bytes) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(pdf)).pages)


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    return [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages(pdf)]


def plain(text: str) -> str:
    """A text without how it happens to be broken over lines."""
    return " ".join(text.replace("\u200b", "").split())


def read(pdf: bytes) -> str:
    return plain("\n".join(page.extract_text() for page in pages(pdf)))


class Printed(NamedTuple):
    """A run of letters on a page: where it begins, in points from the lower left, and how large it is."""

    text: str
    x: float
    y: float
    size: float
    upright: bool


def printed(page: PageObject) -> Iterator[Printed]:
    found: list[Printed] = []

    def saw(text: str, place: list[float], matrix: list[float], _font: Any, size: float) -> None:
        if text.strip():
            scale = place[3] * matrix[3]
            x = matrix[4] * place[0] + matrix[5] * place[2] + place[4]
            y = matrix[4] * place[1] + matrix[5] * place[3] + place[5]
            found.append(Printed(text, x, y, abs(size * scale), scale > 0))

    page.extract_text(visitor_text=saw)
    yield from found


def off_paper(pdf: bytes) -> list[str]:
    """What is printed where there is no paper."""
    return [
        one.text
        for page in pages(pdf)
        for one in printed(page)
        if not (0 < one.x < page.mediabox.width and 0 < one.y < page.mediabox.height)
    ]


# ---- case cards ----


def test_case_cards_stand_two_to_an_a4_across() -> None:
    assert sizes(case_cards([a_case(), a_case(), a_case()], NL)) == [ACROSS, ACROSS]


def test_a_case_card_has_all_that_a_table_needs(library: Library) -> None:
    case = library.cases["erfenis-die-later-kwam"]
    text = read(case_cards([case], NL, CODE, ADDRESS))
    for wanted in (case.title, "Marleen (52), inwoner met bijstand", plain(case.situation), f"{LAW}1 februari 2026."):
        assert wanted in text
    for wanted in (case.id, "K7M 4PX", "laveren.example.nl/meedoen"):
        assert wanted in text


def test_without_a_code_there_is_nothing_about_joining() -> None:
    assert NL["paper.join"] not in read(case_cards([a_case()], NL))
    assert len(pages(case_cards([a_case()], NL))[0].images) == 0


def test_each_case_that_ships_fits_on_one_card(library: Library) -> None:
    cases = list(library.cases.values())
    assert len(pages(case_cards(cases, NL, CODE, ADDRESS))) == (len(cases) + 1) // 2


def test_a_long_case_goes_on_over_the_next_card_and_loses_nothing() -> None:
    words = [f"woord{n}" for n in range(650)]
    story = "\n\n".join(" ".join(words[n : n + 50]) for n in range(0, 650, 50))
    pdf = case_cards([a_case(situatie=story[:6000]), a_case(titel="De volgende")], NL, CODE, ADDRESS)
    whole = [word for word in words if word in story[:6000].split()]
    assert re.findall(r"woord\d+", read(pdf))[: len(whole)] == whole
    assert "1/" in read(pdf)
    assert "De volgende" in read(pdf)


def test_a_story_is_never_smaller_than_13_points() -> None:
    long = " ".join(f"woord{n}" for n in range(650))
    for story in ("woord1 is kort", long[:6000]):
        told = [one for page in pages(case_cards([a_case(situatie=story)], NL)) for one in printed(page)]
        assert min(one.size for one in told if "woord" in one.text) >= 12.99


def test_one_word_without_end_stays_on_the_paper() -> None:
    sides = pages(case_cards([a_case(situatie="x" * 6000)], NL))
    lines = [line.replace("\u200b", "") for page in sides for line in page.extract_text().splitlines()]
    endless = [line for line in lines if set(line) == {"x"}]
    assert sum(map(len, endless)) == 6000
    assert max(map(len, endless)) < 90


def test_a_title_and_people_of_the_greatest_length_leave_room_for_the_story() -> None:
    people = [{"naam": "N" * 300, "rol": "rol " * 75} for _ in range(12)]
    pdf = case_cards([a_case(titel="titel " * 50, personen=people, situatie="Het einde.")], NL)
    text = read(pdf)
    assert off_paper(pdf) == []
    assert text.count("rol") == 12 * 75
    assert "Het einde." in text


# ---- people's text is data ----

MARKUP = [
    '#import "@preview/x:1": *', "*vet* _schuin_", "$x^2$", r"\ \n \u{41}", "@noot <noot>", "[haken] {krul}",
    "= Kop", "// weg", "#panic()", "#{1 + 1}", "a -- b --- c ... d", "~ `code` https://x.nl", "/ Term: uitleg",
    '{"json": 1}', "{date} {n}",
]  # fmt: skip


@pytest.mark.parametrize("said", MARKUP)
def test_what_looks_like_markup_is_printed_as_it_was_written(said: str, library: Library) -> None:
    case = a_case(
        titel=said,
        situatie=said,
        personen=[{"naam": said, "rol": said}],
        perspectieven=[{"naam": said, "tekst": said}],
        regels=[
            {
                "artikel": said, "kaarttekst": said, "ruimte": said, "status": "gecontroleerd",
                "gecontroleerd_door": said,
            }
        ],
        wendingen=[{"titel": said, "tekst": said}],
    )  # fmt: skip
    said = plain(said)
    assert read(case_cards([case], NL)).count(said) == 4
    assert read(perspective_cards(case, NL)).count(said) == 3
    assert read(rule_cards(case, NL)).count(said) == 5
    assert read(twists(case, NL)).count(said) >= 3
    options = [{"id": "a", "tekst": said}, {"id": "b", "tekst": said}]
    prompt = {"id": "een", "vraag": said, "type": "keuze", "opties": options}
    sheet = worksheet(a_method(prompt, uitleg=said, script=[said]), None, library, NL)
    assert read(sheet).count(said) == 5


@pytest.mark.parametrize("said", ["€ 1.200 naïef ’t „zo” coëfficiënt", "Ωmega Жук", "ąğşı ế", "שלום", "سلام"])
def test_letters_of_other_languages_are_printed(said: str) -> None:
    letters = set(said) - set(" ")
    assert letters <= set(read(case_cards([a_case(situatie=said)], NL)))


def test_a_letter_that_no_font_has_leaves_the_rest_standing() -> None:
    text = read(case_cards([a_case(situatie="voor 🙃 中 na")], NL))
    assert "voor" in text
    assert "na" in text


def test_nothing_is_fetched_and_nothing_is_read_but_the_templates() -> None:
    for file in paper.TEMPLATES.glob("*.typ"):
        text = file.read_text("utf-8")
        assert set(re.findall(r'#(?:import|include) "([^"]+)"', text)) <= {
            one.name for one in paper.TEMPLATES.iterdir()
        }
        assert "@preview" not in text
        assert not re.search(r"\bread\(|\beval\(", text)


# ---- small cards ----


def test_perspectives_stand_four_to_an_a4_and_a_bare_name_has_a_question() -> None:
    seats: list[Any] = ["Noor", {"naam": "accountant", "tekst": "Je telt."}, "buur", "kind", "juf"]
    pdf = perspective_cards(a_case(perspectieven=seats), NL)
    assert sizes(pdf) == [UPRIGHT, UPRIGHT]
    assert "Je telt." in read(pdf)
    assert read(pdf).count(NL["paper.seat_question"]) == 4


def test_a_rule_card_says_its_room_its_day_and_who_has_read_it() -> None:
    rules = [
        {"artikel": "Artikel 1", "kaarttekst": "Eerst dit.", "ruimte": "Er staat kan.", "status": "niet gecontroleerd"},
        {
            "artikel": "Artikel 2", "kaarttekst": "Dan dat.", "status": "gecontroleerd",
            "gecontroleerd_door": "mr. De Wit", "peildatum": date(2026, 5, 3),
        },
    ]  # fmt: skip
    pdf = rule_cards(a_case(regels=rules), NL)
    text = read(pdf)
    assert sizes(pdf) == [UPRIGHT]
    for wanted in ("Artikel 1", "Eerst dit.", "Ruimte Er staat kan.", f"{LAW}1 februari 2026. nog niet nagelezen"):
        assert wanted in text
    for wanted in ("Artikel 2", "Dan dat.", f"{LAW}3 mei 2026. nagelezen door mr. De Wit"):
        assert wanted in text


def test_a_long_rule_goes_on_over_cards_that_each_say_it_is_no_legal_advice() -> None:
    words = " ".join(f"woord{n}" for n in range(600))
    rule = {"artikel": "Artikel 9", "kaarttekst": words[:6000], "ruimte": "Einde.", "status": "niet gecontroleerd"}
    text = read(rule_cards(a_case(regels=[rule]), NL))
    cards = int(re.findall(r"1/(\d+)", text)[0])
    assert cards > 1
    assert text.count(LAW) == text.count("Artikel 9") == cards
    assert len(re.findall(r"woord\d+", text)) == len(words[:6000].split())
    assert "Einde." in text


# ---- twists ----


def test_each_twist_has_a_sheet_of_its_own_that_says_when_to_open_it() -> None:
    both = [{"titel": "Eerst", "tekst": "Er is een broer."}, {"titel": "Dan", "tekst": "De broer is weg."}]
    first, second = (plain(page.extract_text()) for page in pages(twists(a_case(wendingen=both), NL)))
    assert "Wending 1" in first
    assert "Wending 2" in second
    assert NL["paper.sealed"] in first
    assert "Er is een broer." in first
    assert "Er is een broer." not in second


def test_nothing_of_a_twist_is_on_the_half_that_stays_outside() -> None:
    text = " ".join(f"geheim{n}" for n in range(600))
    pdf = twists(a_case(wendingen=[{"titel": "geheime titel", "tekst": text[:6000]}]), NL)
    assert len(pages(pdf)) > 1
    assert len(re.findall(r"geheim\d+", read(pdf))) == len(text[:6000].split())
    for page in pages(pdf):
        middle = float(page.mediabox.height) / 2
        inside = [one for one in printed(page) if "geheim" in one.text]
        assert inside
        assert all(one.y > middle and not one.upright for one in inside)
        assert all(one.y < middle and one.upright for one in printed(page) if NL["paper.sealed"] in one.text)


# ---- worksheets ----


OPTIONS = [{"id": "a", "tekst": "eerste"}, {"id": "b", "tekst": "tweede"}, {"id": "c", "tekst": "derde"}]
#: Of each type of answer a prompt, and what is on paper for it.
DRAWN: dict[AnswerType, tuple[dict[str, Any], list[str]]] = {
    AnswerType.SHORT: ({"soort": "hindernis", "max": 2}, ["Waar zit dat in?", "eigen twijfel"]),
    AnswerType.LONG: ({"soort": "ruimte"}, ["Doe je dit al?", "mag, doe ik niet"]),
    AnswerType.CHOICE: ({"opties": OPTIONS}, ["Kies er één.", "eerste", "derde"]),
    AnswerType.CHOICES: ({"opties": OPTIONS}, ["Kies wat past.", "eerste", "derde"]),
    AnswerType.SCALE5: ({"schaal": ["weinig", "veel"]}, ["weinig 1 2 3 4 5 veel", "geen zicht op"]),
    AnswerType.TRIANGLE: ({"opties": OPTIONS}, ["Zet één kruis", "samen 100", "eerste", "derde", "past niet"]),
    AnswerType.ROWS: (
        {"rijen": OPTIONS, "max": 2, "vertrouwelijk": True},
        ["eerste", "1 2 3 4 5", "geen zicht op", "hooguit 2 regels", "Vertrouwelijk"],
    ),
    AnswerType.DOTS: (
        {"opties": OPTIONS, "max": 4, "per_optie": 3},
        ["eerste", "Verdeel 4 stippen, hooguit 3 bij één."],
    ),
}


@pytest.mark.parametrize("kind", AnswerType)
def test_every_type_of_answer_can_be_given_by_hand(kind: AnswerType, library: Library) -> None:
    given, wanted = DRAWN[kind]
    pdf = worksheet(a_method({"id": "een", "vraag": "Wat zie je?", "type": kind} | given), None, library, NL)
    text = read(pdf)
    assert set(sizes(pdf)) == {UPRIGHT}
    assert [one for one in ("Wat zie je?", "stap 1 · 5 min · voor jezelf", *wanted) if one not in text] == []


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", METHODS)
def test_every_step_and_question_of_every_method_is_on_its_worksheets(name: str, lang: str, library: Library) -> None:
    method, case = library.methods[name], a_case()
    pdf = worksheet(method, case, library, flat(lang), lang, CODE, ADDRESS)
    text = read(pdf)
    assert off_paper(pdf) == []
    asked = [prompt.question for step in method.steps for prompt in step.prompts]
    lines = [line for step in method.steps for line in (step.title, *step.script)]
    options = [row.text for step in method.steps for prompt in step.prompts for row in (*prompt.options, *prompt.rows)]
    closing = [prompt.question for prompt in library.fixed.closing.prompts]
    for wanted in [method.name, *asked, *lines, *options, *closing]:
        said = wanted.say(lang).replace("[naam]", "Noor").replace("[name]", "Noor")
        assert plain(said) in text


def test_what_a_table_writes_is_on_a_sheet_of_its_own(library: Library) -> None:
    method = library.methods["waar-loop-je-tegenaan"]
    sheets = [plain(page.extract_text()) for page in pages(worksheet(method, a_case(), library, NL))]
    tables = next(n for n, text in enumerate(sheets) if NL["paper.sheet_table"] in text)
    mine, ours = " ".join(sheets[:tables]), " ".join(sheets[tables:])
    assert NL["paper.sheet_person"] in mine
    assert "Waar loop jij in deze casus tegenaan?" in mine
    assert NL["role.ketenpartner"] in mine
    assert "Wat is onze belangrijkste hindernis?" in ours
    assert NL["paper.dissent"] in ours
    assert NL["role.ketenpartner"] not in ours
    assert NL["paper.dissent"] not in mine


def test_the_questions_after_each_twist_are_on_the_sheet_in_their_order(library: Library) -> None:
    method = library.methods["waardendriehoek"]
    case = a_case(wendingen=[{"titel": "Eerst", "tekst": "Dit."}, {"titel": "Dan", "tekst": "Dat."}])
    text = read(worksheet(method, case, library, NL))
    assert re.findall(r"Wending \d", text) == ["Wending 1", "Wending 2"]
    assert text.count("Wat verandert er aan je hindernis?") == 2
    assert "Eerst" not in text
    assert "Wending" not in read(worksheet(method, a_case(), library, NL))


def test_room_for_an_answer_names_the_cards_it_can_belong_to(library: Library) -> None:
    first = {"id": "een", "vraag": "Wat?", "type": "kort", "max": 3, "soort": "hindernis"}
    second = {"id": "twee", "vraag": "En dan?", "type": "kort", "gekoppeld": "een"}
    text = read(worksheet(a_method(first, second), None, library, NL))
    assert "Bij welke hindernis hoort dit? 1 2 3 geen" in text


def test_rules_are_the_rows_where_the_case_is_known_and_otherwise_there_is_room(library: Library) -> None:
    rule = {"artikel": "Artikel 7", "kaarttekst": "Dit.", "status": "niet gecontroleerd"}
    method = a_method({"id": "een", "vraag": "Wat?", "type": "matrixrij", "rijen_uit": "regels", "opties": OPTIONS})
    assert "Artikel 7" in read(worksheet(method, a_case(regels=[rule]), library, NL))
    assert NL["paper.rule"] in read(worksheet(method, None, library, NL))


def test_a_worksheet_of_the_greatest_length_is_whole(library: Library) -> None:
    options = [{"id": f"o{n}", "tekst": f"keuze{n}. " + "woord " * 200} for n in range(20)]
    prompts = [{"id": f"v{n}", "vraag": f"Vraag{n}?", "type": "keuze", "opties": options} for n in range(3)]
    pdf = worksheet(a_method(*prompts), None, library, NL)
    text = read(pdf)
    assert off_paper(pdf) == []
    assert len(re.findall(r"keuze\d+\.", text)) == 60
    assert text.count("woord") == 60 * 200


def test_tables_with_different_cases_read_of_the_resident(library: Library) -> None:
    method = a_method({"id": "een", "vraag": "Wat zegt [naam]?", "type": "kort"})
    assert "Wat zegt Noor?" in read(everything([a_case()], [method], library, NL))
    assert "Wat zegt de inwoner?" in read(everything([a_case(), a_case(titel="B")], [method], library, NL))


# ---- all of it ----


def test_all_paper_of_a_workshop_comes_in_one_order_and_closes_once(library: Library) -> None:
    cases = [library.cases["erfenis-die-later-kwam"], library.cases["de-bus-voor-de-deur"]]
    methods = [library.methods["prioriteren"], library.methods["waar-loop-je-tegenaan"]]
    pdf = everything(cases, methods, library, NL, "nl", CODE, ADDRESS)
    sheets = [plain(page.extract_text()) for page in pages(pdf)]
    marks = ["case_code", "perspective", "rule", "sealed", "sheet_person"]
    kinds = [next((mark for mark in marks if NL[f"paper.{mark}"] in sheet), None) for sheet in sheets]
    assert list(dict.fromkeys(kind for kind in kinds if kind)) == marks
    assert " ".join(sheets).count("Wat neem je mee?") == 1


def test_what_a_workshop_does_not_have_is_left_out(library: Library) -> None:
    assert sizes(everything([a_case()], [], library, NL)) == [ACROSS]
    assert set(sizes(everything([], [library.methods["prioriteren"]], library, NL))) == {UPRIGHT}


def test_where_there_is_nothing_to_print_a_sentence_says_so(library: Library) -> None:
    empty = a_case()
    for asked, key in (
        (lambda: case_cards([], NL), "print_no_cases"),
        (lambda: perspective_cards(empty, NL), "print_no_perspectives"),
        (lambda: rule_cards(empty, NL), "print_no_rules"),
        (lambda: twists(empty, NL), "print_no_twists"),
        (lambda: everything([], [], library, NL), "print_nothing"),
    ):
        with pytest.raises(NothingToPrint) as refused:
            asked()
        assert refused.value.key == key
        assert {f"refused.{key}"} <= set(NL) & set(flat("en"))


def test_twenty_case_cards_take_less_than_two_seconds_and_nothing_of_typst_stays(library: Library) -> None:
    cases = (list(library.cases.values()) * 20)[:20]
    took = []
    for _ in range(3):  # the fastest of three: what else runs here is not what is measured
        start = time.monotonic()
        assert len(pages(case_cards(cases, NL, CODE, ADDRESS))) == 10
        took.append(time.monotonic() - start)
    assert min(took) < 2
    assert "typst" not in sys.modules

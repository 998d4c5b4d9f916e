"""The shipped content is sound, and one bad file never takes the others down."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from laveren.analysis.suggesting import Suggester
from laveren.content.faults import ContentBroken
from laveren.content.fields import Text
from laveren.content.library import check, read_library
from laveren.content.methods import Who

ROOT = Path(__file__).parents[2]
CASES = {
    "acht-uur-of-achtentwintig": "Dewi",
    "alleen-dingen-wegbrengen": "Sem",
    "de-bus-voor-de-deur": "Marco",
    "de-telefoon-van-gladys": "Cor",
    "drie-nachten-per-week": "Wilma",
    "erfenis-die-later-kwam": "Marleen",
    "om-de-week-een-kamer": "Jeroen",
    "te-licht-en-te-zwaar": "Nunzio",
    "tot-mijn-diploma": "Yara",
    "veertig-keer-bellen": "Gerda",
    "wat-nour-weglaat": "Adnan",
    "zes-stukjes-van-paul": "Paul",
}
METHODS = [
    "balint",
    "dilemmamethode",
    "een-twee-vier-allemaal",
    "incidentmethode",
    "omgekeerde-toets",
    "prioriteren",
    "roddelmethode",
    "vertrouwensmatrix",
    "waar-loop-je-tegenaan",
    "waardendriehoek-publieke-waarden",
    "waardendriehoek",
]
PROMPTS = [
    [],
    ["hindernis"],
    ["ruimte"],
    ["leefgebieden"],
    ["zelfbeeld", "vraag"],
    ["tafel_hindernis", "tafel_ruimte", "verdieping"],
    ["zin"],
]
THEMES = re.split(
    r"\s+",
    """verkokering papierwinkel brieven leefvorm wachttijd privacy 18plus mandaat wantrouwen ongelijkheid
schuldenstapel incasso wonen taal digitaal leefwereld stapeling terugvordering regie eigenkracht buitendeboot
wisselinkomen kinderen caseload veiligheid overig""",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the shipped content that a test may spoil."""
    for folder in ("casussen", "werkvormen", "data/reference"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def texts_in(thing: Any) -> Iterator[Text]:
    if isinstance(thing, Text):
        yield thing
    elif isinstance(thing, BaseModel):
        for name in type(thing).model_fields:
            yield from texts_in(getattr(thing, name))
    elif isinstance(thing, (list, tuple)):
        for item in thing:
            yield from texts_in(item)


def test_the_shipped_content_has_no_faults() -> None:
    assert [str(fault) for fault in check(ROOT)] == []


def test_the_twelve_cases_are_there_with_the_resident_first() -> None:
    cases = read_library(ROOT).cases
    assert {ident: case.resident for ident, case in cases.items()} == CASES
    for case in cases.values():
        assert case.rules
        assert all(rule.status == "niet gecontroleerd" for rule in case.rules)
        assert case.perspectives
        assert case.guidance
        assert case.twists


def test_a_situation_is_cut_into_paragraphs_of_a_few_sentences() -> None:
    for case in read_library(ROOT).cases.values():
        paragraphs = case.situation.split("\n\n")
        assert len(paragraphs) >= 4
        assert not any("\n" in paragraph or len(paragraph) > 300 for paragraph in paragraphs)


def test_method_a_has_its_seven_steps_and_takes_45_minutes() -> None:
    method = read_library(ROOT).methods["waar-loop-je-tegenaan"]
    assert [[prompt.id for prompt in step.prompts] for step in method.steps] == PROMPTS
    assert [step.minutes for step in method.steps] == [5, 6, 6, 4, 4, 15, 5]
    alone, pair = Who.ALONE, Who.PAIR
    assert [step.who for step in method.steps] == [alone, alone, alone, pair, pair, Who.GROUP, Who.PLENARY]


def test_a_question_on_the_projector_has_at_most_25_words() -> None:
    for method in read_library(ROOT).methods.values():
        for step in method.steps:
            assert all(len(step.title.say(lang).split()) <= 25 for lang in ("nl", "en"))


def test_every_text_that_is_shown_is_there_in_both_languages() -> None:
    library = read_library(ROOT)
    things = [*library.methods.values(), *library.domains.values(), *library.codebook.themes, library.fixed]
    texts = [text for thing in things for text in texts_in(thing)]
    assert len(texts) > 100
    same = {text.nl for text in texts if text.nl == text.en}
    assert same <= {"School"}, "the English of these is their Dutch"
    assert all(("[naam]" in text.nl) == ("[naam]" in text.en) for text in texts)


def test_every_theme_of_the_codebook_is_there_with_a_name_that_fits_beside_a_bar() -> None:
    themes = read_library(ROOT).codebook.themes
    assert [theme.id for theme in themes] == THEMES
    assert all(len(theme.nl) <= 26 and len(theme.en) <= 26 for theme in themes)
    assert all(theme.words for theme in themes if theme.id != "overig")
    for theme in themes:
        assert not set(theme.words) & set(theme.second_hit), f"{theme.id}: a word counts alone or it does not"
        assert theme.belongs_not or theme.id == "overig"


def test_the_example_of_a_theme_is_found_by_its_own_words() -> None:
    codebook = read_library(ROOT).codebook
    suggester = Suggester(codebook)
    for theme in codebook.themes:
        if theme.words:
            assert [found.theme for found in suggester.suggest(theme.example)][:1] == [theme.id], theme.example


def test_what_does_not_belong_to_a_theme_points_to_a_theme_that_exists() -> None:
    themes = read_library(ROOT).codebook.themes
    for lang, pattern in (("nl", r"\(dat is ([^)]+)\)"), ("en", r"\(that is ([^)]+)\)")):
        names = {theme.say(lang) for theme in themes}
        told = [
            name for theme in themes if theme.belongs_not for name in re.findall(pattern, theme.belongs_not.say(lang))
        ]
        assert len(told) > 20
        assert set(told) <= names


def test_one_bad_case_is_a_fault_and_the_others_still_work(root: Path) -> None:
    (root / "casussen" / "tot-mijn-diploma.yaml").write_text("titel: [", encoding="utf-8")
    library = read_library(root)
    assert set(library.cases) == set(CASES) - {"tot-mijn-diploma"}
    assert [str(fault.file) for fault in library.faults] == ["casussen/tot-mijn-diploma.yaml"]
    assert list(library.methods) == METHODS


def test_one_bad_theme_is_a_fault_and_the_others_still_count(root: Path) -> None:
    file = root / "data/reference/codebook.yaml"
    file.write_text(file.read_text("utf-8").replace("    en: Paperwork\n", "", 1), encoding="utf-8")
    library = read_library(root)
    assert [theme.id for theme in library.codebook.themes] == [theme for theme in THEMES if theme != "papierwinkel"]
    assert [(fault.field, fault.problem) for fault in library.faults] == [
        ("themas[2].en", "de tekst in het Engels ontbreekt")
    ]


@pytest.mark.parametrize("name", ["domeinen", "codebook", "vast"])
def test_an_unusable_reference_file_says_which_and_check_tells_the_rest_too(root: Path, name: str) -> None:
    (root / f"data/reference/{name}.yaml").write_text("- x\n", encoding="utf-8")
    (root / "casussen/leeg.yaml").write_text("", encoding="utf-8")
    with pytest.raises(ContentBroken, match=rf"data/reference/{name}\.yaml:1: bestand: hier horen de sleutels"):
        read_library(root)
    assert {str(fault.file) for fault in check(root)} == {f"data/reference/{name}.yaml", "casussen/leeg.yaml"}


def test_two_domains_with_one_id_are_a_fault_and_one_is_kept(root: Path) -> None:
    file = root / "data/reference/domeinen.yaml"
    file.write_text(file.read_text("utf-8").replace("- id: werk\n", "- id: school\n"), encoding="utf-8")
    library = read_library(root)
    assert "school" in library.domains
    assert ("domeinen[4].id", "de id 'school' staat al bij een ander") in [
        (fault.field, fault.problem) for fault in library.faults
    ]


def test_other_folders_can_be_given_and_are_named_as_they_are(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("elders")
    (folder / "mijn-casus.yaml").write_text("titel: Mijn casus\n", encoding="utf-8")
    faults = check(root, cases_dir=folder)
    assert {fault.file for fault in faults} == {folder / "mijn-casus.yaml"}
    assert not read_library(root, cases_dir=folder).cases


def test_a_folder_that_is_not_there_is_a_fault(root: Path) -> None:
    assert [(f.field, f.line) for f in check(root, methods_dir=root / "nergens")] == [("map", 1)]


def test_files_that_are_not_ours_are_left_alone(root: Path) -> None:
    for name in ("LEESMIJ.md", ".verborgen.yaml", "tot-mijn-diploma.yaml~"):
        (root / "casussen" / name).write_text("[", encoding="utf-8")
    assert check(root) == []

"""Whatever is in a file: a kind sentence with file, line and field, and never a traceback."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laveren.content.cases import Case
from laveren.content.checking import check_file, known_domains, links
from laveren.content.faults import Fault
from laveren.content.library import check
from laveren.content.methods import Method
from laveren.content.reading import MAX_BYTES

ROOT = Path(__file__).parents[2]
CASE = (ROOT / "casussen/tot-mijn-diploma.yaml").read_text("utf-8")
METHOD = (ROOT / "werkvormen/waar-loop-je-tegenaan.yaml").read_text("utf-8")
REVERSE = (ROOT / "werkvormen/omgekeerde-toets.yaml").read_text("utf-8")
DOMAINS = ["schulden", "school", "wonen", "gezondheid", "inkomen", "netwerk"]


def faults_of(content: str | bytes, tmp_path: Path, model: Any = Case) -> list[Fault]:
    file = tmp_path / "proef.yaml"
    file.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    across = [known_domains(DOMAINS)] if model is Case else [links]
    found, _, faults = check_file(file, Path("proef.yaml"), model, across, ident="proef")
    assert (found is None) == bool(faults)
    for fault in faults:
        assert str(fault).isprintable()
        str(fault).encode("utf-8")
        assert fault.line >= 1
    return faults


def said(faults: list[Fault]) -> str:
    return "\n".join(map(str, faults))


def line_of(piece: str, text: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


WHOLE = {
    "empty": ("", "1: bestand: het bestand is leeg"),
    "only a comment": ("# niets\n", "1: bestand: het bestand is leeg"),
    "only nothing": ("---\n...\n", "niets dan commentaar"),
    "a list": ("- a\n- b\n", "hier horen de sleutels titel, peildatum"),
    "loose text": ("zomaar wat tekst", "er staat losse tekst"),
    "a tab": ("titel: x\n\tpeildatum: y\n", "2: bestand: hier staat een tab. Gebruik spaties"),
    "an open bracket": ("titel: [a, b\n", "een haak die sluit"),
    "an open quote": ('titel: "a\n', "een aanhalingsteken wordt niet gesloten"),
    "a colon too many": ("titel: Yara: tot haar diploma\n", "1: bestand: hier staat een dubbele punt te veel"),
    "an alias": ("titel: &a x\nsituatie: *a\n", "1: bestand: een anker met & kan hier niet"),
    "an alias of nothing": ("begeleiding: [*norm]\n", "Zet die dan tussen aanhalingstekens"),
    "aliases that explode": (
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        "een anker met & kan hier niet",
    ),
    "a Python tag": ("titel: !!python/object/apply:os.system [ls]\n", "het teken ! aan het begin kan hier niet"),
    "a made-up tag": ("titel: !mijn x\n", "het teken ! aan het begin kan hier niet"),
    "not UTF-8": (b"titel: x\npeildatum: caf\xe9\n", "2: bestand: hier staan tekens die geen UTF-8 zijn"),
    "UTF-16": ("titel: x".encode("utf-16"), "als UTF-16 bewaard"),
    "a null byte": ("titel: x\nsituatie: a\0b\n", "2: bestand: hier staat een nulteken"),
    "a control character": ("titel: a\x1bb\n", "hier staat een teken dat niet te lezen is"),
    "a PNG": (b"\x89PNG\r\n\x1a\n\0\0\0", "1: bestand: hier staan tekens die geen UTF-8 zijn"),
    "10 MB": (b"a" * 10_000_000, f"te groot. Hooguit {MAX_BYTES // 1024} kB"),
    "very deep brackets": ("[" * 200_000, "hier zit te veel in elkaar"),
    "very deep keys": ("\n".join(" " * n + "a:" for n in range(500)), "hier zit te veel in elkaar"),
    "a key that is a list": ("? [a]\n: b\n", "links van de dubbele punt hoort één woord"),
    "two documents": ("titel: a\n---\ntitel: b\n", "2: bestand: in een bestand hoort één document"),
    "a character that is none": ('titel: "\\U99999999"\n', "geen YAML die te lezen is"),
    "a YAML of the future": ("%YAML 3.0\n---\ntitel: x\n", "geen YAML die te lezen is"),
    "a template": ("titel: {{ naam }}\n", "links van de dubbele punt hoort één woord"),
    "a percent sign": ("%\n", "geen YAML die te lezen is"),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_that_cannot_be_read_says_why(kind: str, tmp_path: Path) -> None:
    content, expected = WHOLE[kind]
    began = time.perf_counter()
    assert expected in said(faults_of(content, tmp_path))
    assert time.perf_counter() - began < 5


IN_A_CASE = [
    ("titel: Tot mijn diploma\n", "", 1, "titel: ontbreekt. Deze sleutel is verplicht"),
    ("titel: Tot mijn diploma\n", "titel:\n", 2, "titel: is leeg. Hier hoort een tekst"),
    ("titel: Tot mijn diploma\n", "titel: [a]\n", 2, "titel: hier staat een lijst. Hier hoort een tekst"),
    ("titel: Tot mijn diploma\n", f"titel: {'a' * 301}\n", 2, "titel: is te lang: 301 tekens, hooguit 300"),
    ("titel: Tot mijn diploma\n", 'titel: "a\\0b"\n', 2, "titel: hier staat een onzichtbaar stuurteken"),
    ("titel: Tot mijn diploma\n", 'titel: "a\\ud800b"\n', 2, "titel: hier staat een onzichtbaar stuurteken"),
    ("titel: Tot mijn diploma\n", "titel: a\ntitel: b\n", 3, "titel: staat er twee keer, ook op regel 2"),
    ("titel: Tot mijn diploma\n", "titel: a\nid: a\n", 3, "id: hoort hier niet: de naam van het bestand is de id"),
    ("titel: Tot mijn diploma\n", "title: a\n", 2, "title: deze sleutel bestaat niet (bedoel je 'titel'?)."),
    ("perspectieven:", "persepctieven:", 0, "persepctieven: deze sleutel bestaat niet (bedoel je 'perspectieven'?)"),
    ("2026-02-01", "1 februari", 3, "peildatum: '1 februari' kan hier niet. Toegestaan: een dag die bestaat"),
    ("2026-02-01", "2026-02-30", 3, "peildatum: '2026-02-30' kan hier niet. Toegestaan: een dag die bestaat"),
    ("2026-02-01", "20260201", 3, "peildatum: '20260201' kan hier niet. Toegestaan: een dag die bestaat"),
    ("2026-02-01", "2026-02-01T25:61", 3, "peildatum: '2026-02-01T25:61' kan hier niet"),
    ("fictief: ja", "fictief: nee", 4, "fictief: een casus is altijd verzonnen"),
    ("fictief: ja", "fictief: misschien", 4, "fictief: 'misschien' kan hier niet. Toegestaan: ja, nee"),
    (
        "leeftijd: 17",
        "leeftijd: zeventien",
        7,
        "personen[1].leeftijd: 'zeventien' kan hier niet. Toegestaan: een heel getal van 0 tot en met 120",
    ),
    ("leeftijd: 17", "leeftijd: 12:30", 7, "personen[1].leeftijd: '12:30' kan hier niet. Toegestaan: een heel getal"),
    ("leeftijd: 17", f"leeftijd: {'9' * 5000}", 7, "personen[1].leeftijd: '9999999999"),
    ("leeftijd: 17", "leeftijd: -1", 7, "personen[1].leeftijd: '-1' is te laag. Minstens 0"),
    (
        "domeinen: [school, wonen",
        "domeinen: [school, won",
        0,
        "domeinen[2]: 'won' is geen leefgebied (bedoel je 'wonen'?). Toegestaan: schulden, school",
    ),
    (
        "domeinen: [school, wonen",
        "domeinen: [school, no",
        0,
        "domeinen[2]: 'no' is geen leefgebied. Toegestaan: schulden, school",
    ),
    ("domeinen: [school, wonen", "domeinen: [school, school", 0, "domeinen[2]: 'school' staat er twee keer"),
    (
        "domeinen: [school, wonen, gezondheid, inkomen, netwerk]",
        "domeinen: school",
        0,
        "domeinen: hier hoort een lijst, elke regel met een streepje (-) ervoor; er staat een tekst",
    ),
    (
        "status: niet gecontroleerd",
        "status: gecheckt",
        0,
        "regels[1].status: 'gecheckt' kan hier niet. Toegestaan: niet gecontroleerd, gecontroleerd",
    ),
    ("status: niet gecontroleerd", "status: gecontroleerd", 0, "regels[1].gecontroleerd_door: ontbreekt"),
]


@pytest.mark.parametrize(("old", "new", "line", "expected"), IN_A_CASE)
def test_a_mistake_in_a_case_is_named_with_its_line_and_what_is_allowed(
    old: str, new: str, line: int, expected: str, tmp_path: Path
) -> None:
    assert old in CASE
    told = said(faults_of(CASE.replace(old, new, 1), tmp_path))
    assert f": {expected}" in told
    if line:
        assert f"proef.yaml:{line}: {expected}" in told


IN_A_METHOD = [
    (
        "minuten: 6",
        "minuten: 12:30",
        "stappen[2].minuten: '12:30' kan hier niet. Toegestaan: een heel getal van 1 tot en met 240",
    ),
    ("minuten: 6", "minuten: 0", "stappen[2].minuten: '0' is te laag. Minstens 1"),
    (
        "wie: duo",
        "wie: due",
        "stappen[4].wie: 'due' kan hier niet (bedoel je 'duo'?). Toegestaan: individueel, duo, viertal, groep,",
    ),
    (
        "scherm: leefgebieden",
        "scherm: leefgebied",
        "stappen[4].scherm: 'leefgebied' kan hier niet (bedoel je 'leefgebieden'?). Toegestaan: casus, kaarten",
    ),
    (
        "gekoppeld: hindernis",
        "gekoppeld: hinder",
        "stappen[3].vragen[1].gekoppeld: 'hinder' is geen eerdere vraag. Toegestaan: hindernis",
    ),
    ("id: zin", "id: vraag", "stappen[7].vragen[1].id: de id 'vraag' staat al bij een andere vraag"),
    (
        "domeinen: ja",
        "opties: [{id: a, tekst: A}]",
        "stappen[4].vragen[1].opties: bij type keuze, meerkeuze of stippen horen minstens twee opties",
    ),
    ("      en: Read the case\n", "", "stappen[1].titel.en: de tekst in het Engels ontbreekt"),
    ("groep: {min: 4, max: 8}", "groep: {min: 9, max: 8}", "groep.min: 9 is groter dan max (8)"),
    ("groep: {min: 4, max: 8}", "groep: 4", "groep: hier horen de sleutels min, max; er staat een tekst"),
]


@pytest.mark.parametrize(("old", "new", "expected"), IN_A_METHOD)
def test_a_mistake_in_a_method_is_named_with_its_line_and_what_is_allowed(
    old: str, new: str, expected: str, tmp_path: Path
) -> None:
    spoiled = METHOD.replace(old, new, 1)
    [fault] = [fault for fault in faults_of(spoiled, tmp_path, Method) if expected in str(fault)]
    if new:
        assert fault.line == line_of(old, METHOD)


def test_all_faults_of_a_file_come_in_one_go_in_the_order_of_the_lines(tmp_path: Path) -> None:
    spoiled = METHOD.replace("wie: duo", "wie: due").replace("id: zin", "id: ruimte").replace("max: 3", "max: x")
    faults = faults_of(spoiled, tmp_path, Method)
    assert len(faults) == 5
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


def test_a_bare_text_that_is_wrong_is_told_once(tmp_path: Path) -> None:
    faults = faults_of(METHOD.replace("naam:\n", "naam: ''\noud:\n", 1), tmp_path, Method)
    assert [fault.field for fault in faults if fault.field.startswith("naam")] == ["naam"]


def test_words_that_yaml_takes_for_something_else_stay_what_they_are(tmp_path: Path) -> None:
    file = tmp_path / "proef.yaml"
    file.write_text(CASE.replace("naam: Tom", "naam: No").replace("Tot mijn diploma", "12:30", 1), encoding="utf-8")
    case, _, faults = check_file(file, file, Case, [], ident="proef")
    assert case is not None, said(faults)
    assert (case.title, case.persons[1].name) == ("12:30", "No")


def test_a_file_full_of_mistakes_is_cut_short_and_quick(tmp_path: Path) -> None:
    began = time.perf_counter()
    keys = "\n".join(f"sleutel{n}: x" for n in range(12_000))
    faults = faults_of(f"domeinen: [{'x,' * 30_000}]\n{keys}", tmp_path)
    assert len(faults) <= 41
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    "name", ["Met Hoofdletters.yaml", "-streep.yaml", "a" * 61 + ".yaml", "é.yaml", "a.b.yaml", ".yml", "a\nb.yaml"]
)
def test_a_file_name_that_cannot_be_an_id_is_a_fault(name: str, tmp_path: Path) -> None:
    (tmp_path / ("casus.yml" if name == ".yml" else name)).write_text(CASE, encoding="utf-8")
    [fault] = check(ROOT, cases_dir=tmp_path)
    assert "de naam" in fault.problem
    assert ".yaml" in fault.problem
    assert str(fault).isprintable()


def test_what_is_called_a_file_but_is_none_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").mkdir()
    (tmp_path / "lus.yaml").symlink_to("lus.yaml")
    (tmp_path / "weg.yaml").symlink_to("nergens")
    (tmp_path / "apparaat.yaml").symlink_to("/dev/zero")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pijp.yaml")
    told = {str(fault.file.name): fault.problem for fault in check(ROOT, cases_dir=tmp_path)}
    assert told["map.yaml"] == "dit is een map, geen bestand"
    assert "in een kring" in told["lus.yaml"]
    assert told["weg.yaml"] == "het bestand is er niet"
    assert told["apparaat.yaml"] == told.get("pijp.yaml", told["apparaat.yaml"]) == "dit is geen gewoon bestand"


def test_a_file_that_may_not_be_read_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "dicht.yaml").write_text(CASE, encoding="utf-8")
    monkeypatch.setattr("laveren.content.reading.os.open", refuse)
    [fault] = check_file(tmp_path / "dicht.yaml", Path("dicht.yaml"), Case, ident="dicht")[2]
    assert "je mag dit bestand niet lezen" in fault.problem


yaml_like = st.text(st.sampled_from("abn:-?[]{}#&*!|>'\"%@`,~<= \n\t\\0.1éu\x00\x85\ufeff\ud800"), max_size=60)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(yaml_like, st.text(max_size=80)))
def test_no_text_whatever_gives_a_traceback(text: str, tmp_path: Path) -> None:
    assert faults_of(text, tmp_path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200))
def test_no_bytes_whatever_give_a_traceback(content: bytes, tmp_path: Path) -> None:
    assert faults_of(content, tmp_path)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_spoiling_of_a_good_file_gives_a_traceback(data: st.DataObject, tmp_path: Path) -> None:
    text, model = data.draw(st.sampled_from([(CASE, Case), (METHOD, Method), (REVERSE, Method)]))
    start = data.draw(st.integers(0, len(text)))
    faults_of(text[:start] + data.draw(yaml_like) + text[start + data.draw(st.integers(0, 40)) :], tmp_path, model)

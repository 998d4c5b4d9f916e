"""A case as a file and back: readable, nothing lost; and what is sent or filled in gets the faults of `check`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from laveren.content.cases import Case
from laveren.content.faults import Fault
from laveren.content.library import Library, check
from laveren.content.reading import MAX_BYTES
from laveren.content.writing import FIRST_LINE, as_data, as_yaml, read_data, read_form, read_upload
from laveren.settings import ROOT

# What a file may hold: any character but controls and halves of characters; a tab and a new line are allowed.
characters = st.one_of(
    st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\n\t '\"#:-|>&*!%@`{}[],?~é€\u2028\ufeff🙂")
)
short_ones = st.text(characters, min_size=1, max_size=60)
words = st.sampled_from(["de", "gemeente", "- 'ja'", "#", "verantwoordelijkheidsgevoel"])
long_ones = st.lists(words, min_size=20, max_size=60).map(" ".join)
lines = st.one_of(short_ones, long_ones.map(lambda text: text[:300]))
texts = st.one_of(st.lists(short_ones, min_size=1, max_size=4).map("\n\n".join), long_ones)
days = st.dates().map(lambda day: day.isoformat())


def with_maybe(needed: dict[str, Any], **more: Any) -> Any:
    return st.fixed_dictionaries(needed, optional=more)


cards = with_maybe(
    {"artikel": lines, "kaarttekst": texts, "status": st.just("gecontroleerd"), "gecontroleerd_door": lines},
    ruimte=texts,
    peildatum=days,
)
cases = with_maybe(
    {
        "titel": lines,
        "peildatum": days,
        "fictief": st.just(True),
        "personen": st.lists(
            with_maybe({"naam": lines, "rol": lines}, leeftijd=st.integers(0, 120)), min_size=1, max_size=3
        ),
        "situatie": texts,
        "domeinen": st.lists(st.sampled_from(["wonen", "werk", "taal"]), min_size=1, max_size=3, unique=True),
    },
    regels=st.lists(cards, max_size=2),
    perspectieven=st.lists(st.one_of(lines, with_maybe({"naam": lines}, tekst=texts)), max_size=3),
    begeleiding=st.lists(texts, max_size=3),
    wendingen=st.lists(st.fixed_dictionaries({"titel": lines, "tekst": texts}), max_size=2),
)


def back(case: Case) -> tuple[Case | None, list[Fault]]:
    return read_upload(as_yaml(case).encode(), f"{case.id}.yaml", ["wonen", "werk", "taal"])


@settings(max_examples=300, deadline=None)
@given(cases)
def test_reading_what_was_written_gives_the_same_case(data: dict[str, Any]) -> None:
    try:
        case = Case.model_validate({**data, "id": "proef"})
    except ValidationError:  # a text of blanks only, or too long
        assume(False)
        return
    assert back(case) == (case, [])
    assert read_data(as_data(case), Path("x"), "proef", ["wonen", "werk", "taal"]) == (case, [])


def test_every_case_that_ships_can_be_written_and_read_back(library: Library) -> None:
    for case in library.cases.values():
        assert read_upload(as_yaml(case).encode(), f"{case.id}.yaml", list(library.domains)) == (case, [])


def test_what_is_written_is_for_people_to_read(library: Library) -> None:
    written = as_yaml(library.cases["tot-mijn-diploma"])
    lines_ = written.splitlines()
    assert written.startswith(FIRST_LINE)
    keys = [line.partition(":")[0] for line in lines_ if line[:1].isalpha()]
    assert keys == ["titel", "peildatum", "fictief", "personen", "situatie", "domeinen", "regels", "perspectieven",
                    "begeleiding", "wendingen"]  # fmt: skip
    assert {"peildatum: 2026-02-01", "fictief: ja", "situatie: |", "  - naam: Yara", "    leeftijd: 17"} <= set(lines_)
    assert "domeinen: [school, wonen, gezondheid, inkomen, netwerk]" in lines_
    assert max(map(len, lines_)) <= 120
    assert "null" not in written


def test_what_stands_in_a_case_twice_is_written_out_twice(library: Library) -> None:
    case = library.cases["tot-mijn-diploma"]
    twice = case.model_copy(update={"rules": [case.rules[0]] * 2})
    assert read_upload(as_yaml(twice).encode(), "tot-mijn-diploma.yaml", list(library.domains)) == (twice, [])


def test_what_is_as_usual_is_not_written() -> None:
    data = {"titel": "T", "peildatum": "2026-01-01", "fictief": "ja", "situatie": "S", "domeinen": ["wonen"]}
    case, _ = read_data({**data, "personen": [{"naam": "P", "rol": "r"}]}, Path("x"), "proef", ["wonen"])
    assert case
    assert [line.partition(":")[0] for line in as_yaml(case).splitlines()[1:] if line[:1] not in " -"] == [
        "titel", "peildatum", "fictief", "personen", "situatie", "domeinen"]  # fmt: skip
    assert "leeftijd" not in as_yaml(case)


def test_a_seat_without_a_text_is_its_name_alone(library: Library) -> None:
    data = as_data(library.cases["tot-mijn-diploma"]) | {
        "perspectieven": ["Yara", {"naam": "Tom", "tekst": "Ik blijf."}]
    }
    case, _ = read_data(data, Path("x"), "proef", list(library.domains))
    assert case
    assert "perspectieven:\n  - Yara\n  - naam: Tom\n    tekst: Ik blijf.\n" in as_yaml(case)


BROKEN = {
    "an unknown domain": ("domeinen: [school,", "domeinen: [skool,"),
    "a key that is none": ("situatie:", "situatei:"),
    "a person without a role": ("    rol: begeleider van Yara\n", ""),
    "a tab": ("titel:", "\ttitel:"),
    "an id": ("titel:", "id: x\ntitel:"),
    "no fiction": ("fictief: ja", "fictief: nee"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_an_upload_gets_the_faults_of_check(what: str, library: Library, tmp_path: Path) -> None:
    text = (ROOT / "casussen/tot-mijn-diploma.yaml").read_text("utf-8").replace(*BROKEN[what], 1)
    (tmp_path / "mijn-casus.yaml").write_text(text, "utf-8")
    case, faults = read_upload(text.encode(), "mijn-casus.yaml", list(library.domains))
    told = [(fault.line, fault.field, fault.problem) for fault in check(ROOT, cases_dir=tmp_path)]
    assert case is None
    assert told
    assert [(fault.line, fault.field, fault.problem) for fault in faults] == told
    assert {str(fault.file) for fault in faults} == {"mijn-casus.yaml"}


@pytest.mark.parametrize(
    ("data", "name", "problem"),
    [
        (b"x" * (MAX_BYTES + 1), "a.yaml", "het bestand is te groot. Hooguit 256 kB"),
        (b"titel: \xff", "a.yaml", "hier staan tekens die geen UTF-8 zijn. Bewaar het bestand als UTF-8"),
        (b"", "a.yaml", "het bestand is leeg"),
        (b"", "a.yml", "de naam moet op .yaml eindigen: a.yaml"),
        (b"", "a", "de naam moet op .yaml eindigen"),
        (b"", "Tot mijn diploma (1).yaml", "de naam 'Tot mijn diploma (1).yaml' kan niet"),
        (b"", "", "de naam '' kan niet"),
        (b"", "../../etc/\0.yaml", "kan niet"),
        (b"", "x" * 5000 + ".yaml", "kan niet"),
        (b"", ".yaml", "de naam '.yaml' kan niet"),
    ],
)
def test_whatever_is_sent_gets_a_sentence(data: bytes, name: str, problem: str) -> None:
    case, faults = read_upload(data, name, ["wonen"])
    assert case is None
    assert any(problem in fault.problem for fault in faults)
    assert all(str(fault).isprintable() and "/" not in str(fault.file) for fault in faults)


sendings = st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore")))


@settings(max_examples=200, deadline=None)
@given(sendings, st.text(max_size=20))
def test_nothing_that_is_sent_breaks_it(data: bytes, name: str) -> None:
    case, faults = read_upload(data, name, ["wonen"])
    assert (case is None) == bool(faults)


def test_a_name_in_a_folder_is_the_name_of_the_file(library: Library) -> None:
    whole = as_yaml(library.cases["tot-mijn-diploma"]).encode()
    for name in ("mijn-casus.yaml", "C:\\casussen\\mijn-casus.yaml", "/home/mijn-casus.yaml"):
        case, _ = read_upload(whole, name, list(library.domains))
        assert case
        assert case.id == "mijn-casus"


def test_a_filled_in_form_gets_the_faults_of_check_by_the_same_names(library: Library) -> None:
    data = as_data(library.cases["tot-mijn-diploma"])
    data |= {
        "titel": " ",
        "domeinen": ["skool"],
        "personen": [{"naam": "Yara", "rol": "", "leeftijd": 200}],
        "fictief": False,
    }
    case, faults = read_form(data, "x", list(library.domains))
    assert case is None
    assert {fault.field: fault.problem for fault in faults} == {
        "titel": "is leeg. Hier hoort een tekst",
        "domeinen[1]": f"'skool' is geen leefgebied (bedoel je 'school'?). Toegestaan: {', '.join(library.domains)}",
        "personen[1].rol": "is leeg. Hier hoort een tekst",
        "personen[1].leeftijd": "'200' is te hoog. Hooguit 120",
        "fictief": "een casus is altijd verzonnen. Schrijf hier ja, en maak een echte zaak eerst onherkenbaar",
    }


def test_what_cannot_be_seen_is_left_out_of_a_form_and_paragraphs_stay(library: Library) -> None:
    data = as_data(library.cases["tot-mijn-diploma"]) | {"situatie": "Een\x0b brief.\r\n\r\nTwee\x07."}
    case, faults = read_form(data, "x", list(library.domains))
    assert faults == []
    assert case
    assert case.situation == "Een brief.\n\nTwee."


def test_a_case_that_no_file_could_hold_is_refused(library: Library) -> None:
    data = as_data(library.cases["tot-mijn-diploma"]) | {"begeleiding": ["woord " * 1000] * 20}
    data["regels"] = [
        {"artikel": "A", "kaarttekst": "é" * 6000, "ruimte": "é" * 6000, "status": "niet gecontroleerd"}
    ] * 20
    case, faults = read_form(data, "x", list(library.domains))
    assert case is None
    assert [fault.problem for fault in faults] == ["de casus is te lang. Hooguit 256 kB"]

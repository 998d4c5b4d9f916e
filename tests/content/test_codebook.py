"""A codebook somebody wrote: what is wrong in it is said with its line; what counts today; and the file of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from laveren.content.codebook import MOST_THEMES, Codebook, fingerprint
from laveren.content.faults import Fault
from laveren.content.library import CODEBOOK, read_codebook
from laveren.content.reading import MAX_BYTES
from laveren.content.writing import (
    HEAD,
    as_file,
    codebook_data,
    read_codebook_data,
    read_codebook_form,
    read_codebook_upload,
)
from laveren.settings import ROOT

BOOK = """themas:
  - {{id: wachttijd, nl: Wachttijd, en: Waiting, hoort: Wachten., voorbeeld: Lang., woorden: [{first}]}}
  - {{id: brieven, nl: Brieven, en: Letters, hoort: Post., voorbeeld: Een brief., woorden: [{second}]}}
  - {{id: overig, nl: Overig, en: Other, hoort: De rest., voorbeeld: Iets.{rest}}}
"""


def faults(
    tmp_path: Path, first: str = "wachtlijst", second: str = "brief", rest: str = ""
) -> list[tuple[int, str, str]]:
    file = tmp_path / "codeboek.yaml"
    file.write_text(BOOK.format(first=first, second=second, rest=rest), "utf-8")
    codebook, found = read_codebook(file)
    assert (codebook is None) is bool(found)
    return [(fault.line, fault.field, fault.problem) for fault in found]


def a_theme(id: str, *into: str, **more: Any) -> dict[str, Any]:
    """A theme as a file holds it, retired when it went `into` others."""
    theme = {
        "id": id,
        "nl": id.title(),
        "en": id.title(),
        "hoort": id,
        "voorbeeld": id,
        "woorden": [f"over {id}"],
        **more,
    }
    return theme | ({"vervallen": "ja", "opgegaan_in": list(into)} if into else {})


def read(*themes: dict[str, Any]) -> tuple[Codebook | None, list[Fault]]:
    return read_codebook_data({"themas": list(themes)}, Path("codeboek"))


def book(*themes: dict[str, Any]) -> Codebook:
    found, wrong = read(*themes)
    assert found, wrong
    return found


# ---- words ----


def test_a_sound_codebook_has_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path) == []
    assert read_codebook(ROOT / CODEBOOK)[1] == []


@pytest.mark.parametrize("again", ["wachtlijst", "Wachtlijst", '" wachtlijst "'])
def test_a_word_in_two_themes_names_the_other_theme(tmp_path: Path, again: str) -> None:
    ((line, field, problem),) = faults(tmp_path, second=f"brief, {again}")
    assert (line, field) == (3, "themas[2].woorden[2]")
    assert "staat ook bij wachttijd. Laat het bij één thema, of zet het bij tweede_treffer" in problem


def test_a_theme_without_words_is_a_fault_but_for_the_rest(tmp_path: Path) -> None:
    assert faults(tmp_path, first="") == [
        (2, "themas[1].woorden", "dit thema heeft geen woorden: er wordt nooit iets voor voorgesteld")
    ]


@pytest.mark.parametrize("word", ["e*", "*en", "de *n", "d*e"])
def test_a_star_that_fits_nearly_everything_is_a_fault(tmp_path: Path, word: str) -> None:
    ((line, field, problem),) = faults(tmp_path, first=f'"{word}"')
    assert (line, field) == (2, "themas[1].woorden[1]")
    assert "past op bijna alles: zet bij een * ten minste 3 letters" in problem


def test_all_faults_come_in_one_go(tmp_path: Path) -> None:
    assert len(faults(tmp_path, first='"*", "e*", brief', second="brief")) == 3


def test_a_file_that_is_not_there_is_a_fault_like_any_other(tmp_path: Path) -> None:
    codebook, found = read_codebook(tmp_path / "weg.yaml")
    assert codebook is None
    assert len(found) == 1


# ---- what is retired ----


def test_a_retired_theme_needs_no_words_and_leaves_them_to_others() -> None:
    assert read(a_theme("oud", woorden=["brief"], vervallen="ja"), a_theme("nieuw", woorden=["brief"]))[1] == []
    assert read(a_theme("oud", woorden=[], vervallen=True), a_theme("nieuw"))[1] == []


@pytest.mark.parametrize("said", ["nee", False, "misschien", None, []])
def test_a_theme_that_is_not_retired_keeps_its_words_to_itself(said: Any) -> None:
    _, wrong = read(a_theme("oud", woorden=["brief"], vervallen=said), a_theme("nieuw", woorden=["brief"]))
    assert "themas[2].woorden[1]" in [fault.field for fault in wrong]


@pytest.mark.parametrize(
    ("themes", "field", "problem"),
    [
        ([a_theme("a", "b"), a_theme("c")], "themas[1].opgegaan_in[1]", "'b' is geen thema van dit codeboek"),
        ([a_theme("a", "wachtijd"), a_theme("wachttijd")], "themas[1].opgegaan_in[1]", "(bedoel je 'wachttijd'?)"),
        ([a_theme("a", "b") | {"vervallen": "nee"}, a_theme("b")], "themas[1].opgegaan_in", "met 'vervallen: ja'"),
        ([a_theme("a", "a"), a_theme("b")], "themas[1].opgegaan_in[1]", "dit loopt rond"),
        ([a_theme("a", "b"), a_theme("b", "c", "a"), a_theme("c")], "themas[2].opgegaan_in[2]", "dit loopt rond"),
        ([a_theme("a", "b", "b"), a_theme("b")], "themas[1].opgegaan_in[2]", "'b' staat er twee keer"),
        ([a_theme("a", "overig"), a_theme("overig")], "themas[1].opgegaan_in[1]", "gaat niet op in overig"),
        ([a_theme("a"), a_theme("overig", vervallen="ja")], "themas[2].vervallen", "overig kan niet vervallen"),
        ([a_theme("a"), a_theme("overig", "a")], "themas[2].vervallen", "overig kan niet vervallen"),
    ],
)
def test_what_a_theme_went_into_is_there_and_does_not_go_round(
    themes: list[dict[str, Any]], field: str, problem: str
) -> None:
    codebook, wrong = read(*themes)
    assert codebook is None
    assert any(fault.field == field and problem in fault.problem for fault in wrong), wrong


def test_what_is_wrong_with_the_rest_is_said_with_its_line(tmp_path: Path) -> None:
    ((line, field, _),) = faults(tmp_path, rest=", vervallen: ja")
    assert (line, field) == (4, "themas[3].vervallen")


def test_only_so_many_themes_count_as_there_are_bits_and_retired_ones_do_not() -> None:
    full = [a_theme(f"t{n:02}") for n in range(MOST_THEMES)]
    assert len(book(*full, a_theme("weg", vervallen="ja")).living) == MOST_THEMES == 63
    codebook, wrong = read(a_theme("weg", vervallen="ja"), *full, a_theme("teveel"), a_theme("nogeen"))
    assert codebook is None
    ((field, problem),) = [(fault.field, fault.problem) for fault in wrong]
    assert field == "themas[65]"
    assert "er zijn 65 thema's die niet vervallen zijn; hooguit 63" in problem


def test_what_was_coded_counts_for_the_theme_that_it_went_into() -> None:
    codebook = book(
        a_theme("blijft"), a_theme("een", "twee"), a_theme("twee", "blijft"), a_theme("weg", vervallen=True),
        a_theme("los", "blijft", "ook"), a_theme("daarvoor", "los"), a_theme("ook"), a_theme("overig"),
    )  # fmt: skip
    assert [theme.id for theme in codebook.living] == ["blijft", "ook", "overig"]
    assert {theme.id: codebook.now(theme.id) for theme in codebook.themes} == {
        "blijft": "blijft", "een": "blijft", "twee": "blijft", "weg": None, "los": None, "daarvoor": None, "ook": "ook",
        "overig": "overig",
    }  # fmt: skip
    assert codebook.now("bestaat-niet") is None


def test_themes_that_go_round_count_for_none() -> None:
    themes = [a_theme("a", "b"), a_theme("b", "a"), a_theme("c", "weg")]
    assert [Codebook.model_validate({"themas": themes}).now(id) for id in ("a", "b", "c")] == [None] * 3


# ---- what decides suggestions ----


def test_the_fingerprint_is_that_of_what_decides_suggestions() -> None:
    first = book(a_theme("a", woorden=["een", "twee"], tweede_treffer=["drie"], uitsluiten=["vier"]), a_theme("b"))
    known = fingerprint(first)
    assert len(known) == 16
    assert int(known, 16) >= 0
    (a, b) = codebook_data(first)["themas"]
    same = [
        [{**a, "nl": "Anders", "en": "Other", "hoort": "x", "hoort_niet": "y", "voorbeeld": "z"}, b],
        [{**a, "woorden": ["twee", "een", "een"]}, b],
        [a, b, a_theme("weg", vervallen=True)],
    ]
    assert {fingerprint(book(*themes)) for themes in same} == {known}
    other = [
        [{**a, "woorden": ["een"]}, b],
        [{**a, "tweede_treffer": []}, b],
        [{**a, "uitsluiten": ["vijf"]}, b],
        [{**a, "woorden": ["een", "twee", "drie"], "tweede_treffer": []}, b],
        [{**a, "id": "c"}, b],
        [a, {**b, "vervallen": True}],
        [b, a],
    ]
    assert len({known, *(fingerprint(book(*themes)) for themes in other)}) == 1 + len(other)


# ---- the file ----


# What a file may hold: any character but controls and halves of characters; a tab and a new line are allowed.
characters = st.one_of(
    st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\n\t '\"#:-|>&*!%@`{}[],?~é€\u2028\ufeff🙂")
)
lines = st.text(characters, min_size=1, max_size=60)
texts = st.one_of(lines, st.lists(st.sampled_from(["de", "- id: x", "#", "themas:"]), min_size=30).map(" ".join))
sayings = st.one_of(texts, st.fixed_dictionaries({"nl": texts, "en": texts}))
patterns = st.lists(
    st.one_of(lines.map(lambda text: f"abc{text}"), st.sampled_from(["*afdelingen", "ja", "null", "1"]))
)
some_themes = st.fixed_dictionaries(
    {"nl": lines, "en": lines, "hoort": sayings, "voorbeeld": lines},
    optional={"hoort_niet": sayings, "woorden": patterns, "uitsluiten": patterns, "tweede_treffer": patterns},
)


@settings(max_examples=150, deadline=None)
@given(st.lists(some_themes, min_size=1, max_size=3))
def test_reading_the_file_of_a_codebook_gives_the_same_codebook(written: list[dict[str, Any]]) -> None:
    named = [theme | {"id": f"t{at}", "vervallen": at > 0} for at, theme in enumerate(written)]
    named[0].pop("vervallen")
    codebook, _ = read(*named)
    assume(codebook is not None)
    assert codebook
    assert read_codebook_upload(as_file(codebook), "x") == (codebook, [])
    assert read_codebook_data(codebook_data(codebook), Path("x")) == (codebook, [])


def test_the_codebook_that_ships_can_be_written_and_read_back(tmp_path: Path) -> None:
    shipped, _ = read_codebook(ROOT / CODEBOOK)
    assert shipped
    (tmp_path / "codeboek.yaml").write_bytes(as_file(shipped))
    assert read_codebook(tmp_path / "codeboek.yaml") == (shipped, [])


def test_the_file_is_for_people_to_read() -> None:
    shipped, _ = read_codebook(ROOT / CODEBOOK)
    assert shipped
    gone = book(a_theme("nieuw"), a_theme("oud", "nieuw"))
    text, small = as_file(shipped).decode(), as_file(gone).decode()
    assert text.startswith(f"{HEAD}themas:\n  - id: verkokering\n    nl: Ieder zijn eigen stukje\n")
    assert "\n\n  - id: papierwinkel\n" in text
    assert max(map(len, text.splitlines())) <= 120
    assert "    uitsluiten: [domeinnaam*, over het geheel, in zijn geheel, kijken elkaar aan, een stukje taart," in text
    assert "    woorden: [over oud]\n    vervallen: ja\n    opgegaan_in: [nieuw]\n" in small
    assert "null" not in text
    words = [word for theme in shipped.themes for word in theme.words if "'" not in word]
    assert [word for word in words if word not in text] == [], "no word is broken at the end of a line"


@pytest.mark.parametrize(
    ("data", "name", "problem"),
    [
        (b"x" * (MAX_BYTES + 1), "a.yaml", "het bestand is te groot. Hooguit 256 kB"),
        (b"themas: \xff", "a.yaml", "hier staan tekens die geen UTF-8 zijn. Bewaar het bestand als UTF-8"),
        (b"", "", "het bestand is leeg"),
        (b"themas: []", "../../etc/\0", "heeft 0 regels; minstens 1"),
        (b"casussen: []", "a.yaml", "deze sleutel bestaat niet"),
        (b"[", "a.yaml", ""),
    ],
)
def test_whatever_is_sent_gets_a_sentence(data: bytes, name: str, problem: str) -> None:
    codebook, wrong = read_codebook_upload(data, name)
    assert codebook is None
    assert any(problem in fault.problem for fault in wrong)
    assert all(str(fault).isprintable() and "/" not in str(fault.file) for fault in wrong)


def test_what_cannot_be_seen_is_left_out_of_a_form() -> None:
    codebook, wrong = read_codebook_form({"themas": [a_theme("a", nl="Een\x07 naam", woorden=["brief\x00"])]})
    assert wrong == []
    assert codebook
    assert (codebook.themes[0].nl, codebook.themes[0].words) == ("Een naam", ["brief"])


def test_a_codebook_that_would_not_fit_in_a_file_is_too_long() -> None:
    words = [f"woord{n} " + "x" * 250 for n in range(1100)]
    codebook, (fault,) = read_codebook_form({"themas": [a_theme("a", woorden=words)]})
    assert codebook is None
    assert fault.problem == "het codeboek is te lang. Hooguit 256 kB"

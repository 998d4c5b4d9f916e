"""A codebook somebody wrote: what is wrong with its words is said, in one go and with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from laveren.content.library import CODEBOOK, read_codebook
from laveren.settings import ROOT

BOOK = """themas:
  - {{id: wachttijd, nl: Wachttijd, en: Waiting, hoort: Wachten., voorbeeld: Lang., woorden: [{first}]}}
  - {{id: brieven, nl: Brieven, en: Letters, hoort: Post., voorbeeld: Een brief., woorden: [{second}]}}
  - {{id: overig, nl: Overig, en: Other, hoort: De rest., voorbeeld: Iets.}}
"""


def faults(tmp_path: Path, first: str = "wachtlijst", second: str = "brief") -> list[tuple[int, str, str]]:
    file = tmp_path / "codeboek.yaml"
    file.write_text(BOOK.format(first=first, second=second), "utf-8")
    codebook, found = read_codebook(file)
    assert (codebook is None) is bool(found)
    return [(fault.line, fault.field, fault.problem) for fault in found]


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

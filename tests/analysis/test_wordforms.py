"""Lemmas and parts of compounds: what is found, what must not be, and when the dictionary is loaded."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laveren.analysis.wordforms import LONGEST, SHORTEST, lemma, parts


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("schulden", "schuld"),
        ("huurschulden", "huurschuld"),
        ("gewacht", "wachten"),
        ("doorverwezen", "doorverwijzen"),
        ("beslistermijnen", "beslistermijn"),
        ("kostendelersnormen", "kostendelersnorm"),
        ("foto's", "foto"),
        ("schuld", "schuld"),
        ("proefrijden", "proefrijden"),  # known as a whole, whatever its last part is a form of
        ("was", "was"),
        ("zrqwxv", "zrqwxv"),
        ("", ""),
    ],
)
def test_a_lemma_is_what_a_dictionary_has_the_word_under(word: str, expected: str) -> None:
    assert lemma(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("huurschuld", "huur schuld"),
        ("gerechtsdeurwaarder", "gerecht deurwaarder"),
        ("kostendelersnorm", "kosten delers norm"),
        ("bezwaartermijn", "bezwaar termijn"),
        ("productenboek", "producten boek"),
        ("ziektebeeld", "ziekte beeld"),
        ("inburgeringsexamen", "inburgering examen"),
        ("keukentafelgesprek", "keuken tafelgesprek"),  # the longest known end
    ],
)
def test_a_compound_falls_into_known_words_without_what_links_them(word: str, expected: str) -> None:
    assert parts(word) == tuple(expected.split())


@pytest.mark.parametrize(
    "word",
    """
    normaal betaald enorm schuld termijn planmatig persoonlijk terugbetalen kwijtschelden uitbetaald kwartaal
    vertrouw godinnen vriendschap meegedacht meegegeven zrqwxvtermijn
    """.split(),  # noqa: SIM905 (a list of words)
)
def test_what_only_looks_like_a_compound_stays_whole(word: str) -> None:
    assert parts(word) == ()


@given(st.text(max_size=60))
def test_any_text_has_a_lemma_and_parts_that_stand_in_it_in_a_row(text: str) -> None:
    assert isinstance(lemma(text), str)
    at = 0
    for part in parts(text):
        assert len(part) >= SHORTEST
        at = text.index(part, at) + len(part)


def test_a_word_without_end_takes_no_time() -> None:
    lemma("warm")
    begin = perf_counter()
    for word in ("q" + "tijd" * 10_000, "tijd" * 10_000, "q" + "wachttijdens" * 3, "q" * LONGEST):
        assert (parts(word), lemma(word)) == ((), word)
    assert perf_counter() - begin < 0.5


def test_the_dictionary_is_loaded_by_the_first_word_and_not_before() -> None:
    watched = """
import sys
opened = []
sys.addaudithook(lambda event, told: opened.append(str(told[0])) if event == "open" else None)
from laveren.analysis.suggesting import Suggester
from laveren.content.library import CODEBOOK, read_codebook
from laveren.settings import ROOT
suggester = Suggester(read_codebook(ROOT / CODEBOOK)[0])
assert any("wordforms" in name for name in opened)
before = [name for name in opened if "plzma" in name]
suggester.suggest("wachttijd")
print(before, len([name for name in opened if "plzma" in name]))
"""
    done = subprocess.run([sys.executable, "-c", watched], capture_output=True, text=True, check=True)
    assert done.stdout == "[] 1\n"

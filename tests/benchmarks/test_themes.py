"""How the quality of suggestions is measured: on known answers, and on texts that are in order."""

from __future__ import annotations

import pytest

from benchmarks.themes import labelled, quality
from laveren.content.checking import REST
from laveren.content.library import CODEBOOK, read_codebook
from laveren.settings import ROOT


def test_the_figures_are_those_of_a_sum_by_hand() -> None:
    found, wanted = [{"a"}, {"a", "b"}, set()], [{"a"}, {"b"}, {"c"}]
    got = quality(found, wanted, ["a", "b", "c"])
    assert got.macro_f1 == pytest.approx((2 / 3 + 1 + 0) / 3)
    assert (got.precision, got.recall) == pytest.approx((2 / 3, 2 / 3))


def test_who_suggests_nothing_or_is_asked_nothing_scores_nothing() -> None:
    assert quality([set()], [{"a"}], ["a"]) == (0, 0, 0)
    assert quality([set()], [set()], ["a"]) == (0, 0, 0)


@pytest.mark.parametrize(("name", "size"), [("kept_apart", 260), ("to_learn_from", 130)])
def test_the_labelled_texts_are_short_unlike_and_of_themes_that_there_are(name: str, size: int) -> None:
    texts, codebook = labelled(name), read_codebook(ROOT / CODEBOOK)[0]
    assert codebook
    themes = {theme.id for theme in codebook.themes if theme.id != REST}
    assert len({text for text, _ in texts}) == len(texts) == size
    assert all(len(text) <= 140 and found <= themes and len(found) <= 3 for text, found in texts)
    assert set().union(*(found for _, found in texts)) == themes, "each theme is asked for"


def test_no_text_is_in_both() -> None:
    assert not {text for text, _ in labelled("kept_apart")} & {text for text, _ in labelled("to_learn_from")}

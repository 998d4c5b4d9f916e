"""How good and how quick the suggestions of themes are, on short answers that were labelled by hand.

`texts/kept_apart.jsonl` (260) was written from the definitions of the themes alone, by somebody who had not seen the
codebook's words, and is not looked at by who changes them: only its figures are. `texts/to_learn_from.jsonl` (130) was
written likewise, and may be looked at. One writer labelled each; two people would agree less with one another.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.outcome import Outcome
from laveren.analysis.suggesting import Suggester
from laveren.content.checking import REST
from laveren.content.library import CODEBOOK, read_codebook
from laveren.settings import ROOT

TEXTS = Path(__file__).parent / "texts"
ANSWERS = 100_000  # short ones, to see how quick it is
PER_SECOND = 10_000


class Quality(NamedTuple):
    """Over themes (macro) and over labels (precision, recall), 0..1."""

    macro_f1: float
    precision: float
    recall: float


def quality(found: Sequence[set[str]], wanted: Sequence[set[str]], themes: Sequence[str]) -> Quality:
    """What was suggested for each text against what a person gave it; a theme that neither names counts as nothing."""
    hits: Counter[str] = Counter()
    given: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for one, other in zip(found, wanted, strict=True):
        hits.update(one & other)
        given.update(one)
        asked.update(other)
    scores = [2 * hits[id] / (given[id] + asked[id]) if given[id] + asked[id] else 0.0 for id in themes]
    return Quality(
        sum(scores) / len(scores),
        hits.total() / given.total() if given else 0.0,
        hits.total() / asked.total() if asked else 0.0,
    )


def labelled(name: str) -> list[tuple[str, set[str]]]:
    """The texts of a file with the themes a person gave them."""
    lines = (TEXTS / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [(row["text"], set(row["themes"])) for row in map(json.loads, lines)]


async def themes(quick: bool, _method: str) -> list[Outcome]:
    """Quality on both sets, and how many answers a second one core does once it is warm."""
    codebook, _ = read_codebook(ROOT / CODEBOOK)
    assert codebook
    suggester, ids = Suggester(codebook), [theme.id for theme in codebook.themes if theme.id != REST]
    outcomes = []
    for name, title in (("kept_apart", "written apart from the words"), ("to_learn_from", "looked at while writing")):
        texts = labelled(name)
        found = [{one.theme for one in suggester.suggest(text)} for text, _ in texts]
        got = quality(found, [wanted for _, wanted in texts], ids)
        said = f"macro-F1 {got.macro_f1:.2f}, precision {got.precision:.2f}, recall {got.recall:.2f}"
        outcomes.append(Outcome(f"themes of {len(texts)} texts, {title}", "as it is", said, True, got._asdict()))
    texts_ = [text for text, _ in labelled("kept_apart")]
    many = [f"{texts_[n % len(texts_)]} {n}" for n in range(ANSWERS // 10 if quick else ANSWERS)]
    began = time.process_time()
    for text in many:
        suggester.suggest(text)
    rate = len(many) / (time.process_time() - began)
    outcomes.append(
        Outcome(
            "suggestions for short answers, one core, warm",
            f"≥ {PER_SECOND:,} a second",
            f"{rate:,.0f} a second",
            rate >= PER_SECOND,
            {"per_second": round(rate)},
        )
    )
    return outcomes

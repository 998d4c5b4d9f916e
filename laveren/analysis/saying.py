"""True titles: what may be claimed of the counts, as a key of `laveren/texts` and the values that go in.

The words themselves are not here; `spell` puts them in with functions the page hands over. The rules: *de meeste* only
above half; *vaker dan* only when the interval of the paired difference over workshops leaves out zero; else *het
vaakst*, unless there is a tie; else simply what is shown. Hidden numbers are never said nor hinted at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from laveren.analysis.counting import Themes, askable, hindrances, lead, unmatched, without_room
from laveren.analysis.hiding import THRESHOLD, shown
from laveren.analysis.intervals import paired_difference
from laveren.analysis.records import SOURCES
from laveren.analysis.selecting import Selection, TooFew

#: So many themes at most are named side by side; more in a tie stand out from nothing.
NAMED_IN_A_TIE = 3


@dataclass(frozen=True)
class Name:
    """Something with a name of its own in each language: a theme, a source, a life domain or a status."""

    of: Literal["theme", "source", "domain", "status"]
    id: str


@dataclass(frozen=True)
class Share:
    """A share between 0 and 1, to be written as a percentage."""

    value: float


@dataclass(frozen=True)
class Finding:
    """A sentence or a part of one: the key of its text and what goes in; `n` decides between one and more."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


Value = int | str | Share | Name | tuple[Name, ...] | Finding


@dataclass(frozen=True)
class Words:
    """What `spell` needs of a language: `say(key, **values)`, names of themes and sources, "65 %" and "a, b en c"."""

    say: Callable[..., str]
    name: Callable[[Name], str]
    percent: Callable[[float], str]
    listed: Callable[[list[str]], str]


def spell(finding: Finding, words: Words) -> str:
    """The finding as it stands on the screen; a sentence begins with a capital."""
    said = _spell(finding, words)
    return said[:1].upper() + said[1:]


def _spell(value: Value, words: Words) -> str:
    if isinstance(value, Finding):
        inside = {key: part if isinstance(part, int) else _spell(part, words) for key, part in value.values.items()}
        return words.say(value.key, **inside)
    if isinstance(value, Name):
        return words.name(value)
    if isinstance(value, tuple):
        return words.listed([words.name(name) for name in value])
    if isinstance(value, Share):
        return words.percent(value.value)
    return str(value)


def too_few(refusal: TooFew) -> Finding:
    """What a page says instead of everything else when a selection may not be shown."""
    if refusal.without is None:
        return Finding("themes.few", {"threshold": THRESHOLD})
    name = Finding(f"themes.filters.{refusal.without}")
    return Finding("themes.few_left_out", {"threshold": THRESHOLD, "filter": name})


def themes_headline(recurrence: pd.DataFrame) -> list[Finding]:
    """What recurs, in one to three sentences, from `theme_recurrence`: how often, over how many cases, and where."""
    seen = recurrence.dropna(subset=["workshops"])
    if seen.empty:
        return [Finding("themes.headline.none")]
    top = seen.iloc[0]
    level = seen[seen["workshops"] == top["workshops"]]
    counts: dict[str, Value] = {
        "hits": int(top["workshops"]),
        "n": int(top["of"]),
        "share": Share(top["share"]),
        "low": Share(top["low"]),
        "high": Share(top["high"]),
    }
    if len(level) > NAMED_IN_A_TIE:
        return [Finding("themes.headline.level", {"themes": len(level), **counts})]
    if len(level) > 1:
        names = tuple(Name("theme", theme) for theme in level["theme"])
        return [Finding("themes.headline.tie", {"themes": names, **counts})]
    cases: Value = ""
    if pd.notna(top["cases"]):
        cases = Finding("themes.headline.cases", {"hits": int(top["cases"]), "n": int(top["of_cases"])})
    sentences = [Finding("themes.headline.single", {"theme": Name("theme", top["theme"]), "cases": cases, **counts})]
    if top["regions"] > 0:
        sentences.append(Finding("themes.headline.regions", {"n": int(top["regions"])}))
    # One role with five people says nothing of the other roles; two or more say that it is not one kind of person.
    if pd.notna(top["roles"]) and top["roles"] > 1:
        sentences.append(Finding("themes.headline.roles", {"n": int(top["roles"]), "threshold": THRESHOLD}))
    return sentences


def themes_title(recurrence: pd.DataFrame, themes: Themes) -> Finding:
    """The title above the themes, from `theme_recurrence` of the same themes."""
    seen = recurrence.dropna(subset=["workshops"])
    # One workshop is no recurrence; and a theme that is hidden can be in one workshop at most, so it never ties.
    if seen.empty or seen.iloc[0]["workshops"] < 2 or _ties(seen, "workshops"):
        return Finding("themes.recurrence.title.shown")
    top = seen.iloc[0]
    theme = Name("theme", top["theme"])
    others = list(seen["theme"].iloc[1:])
    beaten = [_occurs_more_often(themes, top["theme"], other) for other in others]
    if len(others) > 1 and all(beaten):
        return Finding("themes.recurrence.title.more_than_any", {"theme": theme})
    # Of several that share the second place, none is named as if it were the runner-up.
    if beaten and beaten[0] and not _ties(seen.iloc[1:], "workshops"):
        return Finding("themes.recurrence.title.more_often", {"theme": theme, "other": Name("theme", others[0])})
    if 2 * top["workshops"] > top["of"]:
        return Finding("themes.recurrence.title.most", {"theme": theme})
    return Finding("themes.recurrence.title.most_often", {"theme": theme})


def sources_title(by_source: pd.DataFrame, answers: Selection) -> Finding:
    """The title above the hindrances per source, from `hindrances_by_source` and the answers it was made of."""
    seen = by_source.dropna(subset=["participants"])
    if seen.empty or _ties(seen, "participants"):
        return Finding("themes.sources.title.shown")
    top = seen.iloc[0]
    source = Name("source", top["source"])
    if len(seen) > 1:
        second = seen.iloc[1]["source"]
        codes = SOURCES.index(top["source"]), SOURCES.index(second)
        if lead(hindrances(answers), "source", *codes).above_zero:
            return Finding("themes.sources.title.more_often", {"source": source, "other": Name("source", second)})
    # Of everyone, also of those who named no hindrance at all: that is what "most people" says.
    if 2 * top["participants"] > answers.people:
        return Finding("themes.sources.title.most", {"source": source})
    return Finding("themes.sources.title.most_often", {"source": source})


def without_room_title(answers: Selection) -> Finding:
    """The title above the hindrances without room: how many of how many, whatever source or case they belong to."""
    bare = without_room(answers)
    if not shown(bare.people):
        return Finding("themes.without.title.shown")
    n = len(askable(answers))
    key = "themes.without.title.most" if 2 * len(bare) > n else "themes.without.title.some"
    return Finding(key, {"hits": len(bare), "n": n})


def without_room_most_often(by_source: pd.DataFrame) -> Finding | None:
    """Which source most people name where there is no room yet; None when that cannot be said of one."""
    seen = by_source.dropna(subset=["participants"])
    if seen.empty or _ties(seen, "participants"):
        return None
    return Finding("themes.without.most_often", {"source": Name("source", seen.iloc[0]["source"])})


def unmatched_note(answers: Selection) -> Finding | None:
    """How many of the written answers no theme was found for; None when that stands for too few people."""
    left = unmatched(answers)
    if not shown(left.people):
        return None
    key = f"themes.unmatched.{answers.basis}"
    return Finding(key, {"hits": len(left), "n": int((answers.read["words"] & ~answers.read["waiting"]).sum())})


def _ties(seen: pd.DataFrame, column: str) -> bool:
    return len(seen) > 1 and bool(seen.iloc[0][column] == seen.iloc[1][column])


def _occurs_more_often(themes: Themes, first: str, second: str) -> bool:
    one, other = (themes.occurs[:, themes.names.index(theme)] for theme in (first, second))
    of = int(themes.counts.sum())
    return paired_difference(int((one & ~other).sum()), int((other & ~one).sum()), of).above_zero

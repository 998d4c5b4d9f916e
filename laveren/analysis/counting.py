"""What recurs, counted in workshops and people, not in notes; what stands for too few people is hidden already.

A theme occurs in a workshop when at least three of its participants name it: one note in a room of 300 proves little,
and the notes of one room depend on each other. So workshops are counted, with Wilson's interval.
"""

from __future__ import annotations

from typing import Literal

import pandas as pd

from laveren.analysis.frames import people
from laveren.analysis.hiding import hide, shown
from laveren.analysis.intervals import Interval, paired_difference, wilson
from laveren.content.methods import Kind
from laveren.content.terms import Source

#: So many participants of a workshop must name a theme there.
NAMED_BY = 3

RECURRENCE_COLUMNS = (
    "theme", "workshops", "of", "share", "low", "high", "cases", "of_cases", "regions", "roles", "participants",
)  # fmt: skip


def occurrences(answers: pd.DataFrame, suggestions: pd.DataFrame) -> pd.DataFrame:
    """In which workshops which themes occur: `theme`, `workshop`, `participants` (how many name it there).

    For counting on, not for showing: nothing is hidden yet.
    """
    return _occurring(_named(answers, suggestions), ["theme", "workshop"])


def theme_recurrence(answers: pd.DataFrame, workshops: pd.DataFrame, suggestions: pd.DataFrame) -> pd.DataFrame:
    """Per theme that anybody names: in how many workshops it occurs, and how sure that is; the commonest first.

    `workshops` of `of` (those in which at least three people answered: elsewhere nothing can occur), `share`, `low`,
    `high` (Wilson, 95 %); `cases` of `of_cases` (those with which it occurs in some workshop), `regions` (of the
    workshops it occurs in), `roles` (named there by enough people with that role) and `participants` (who name it
    there). Numbers that stand for too few people are missing; those rows come last, in the order of their ids.
    """
    known = answers[answers["workshop"].isin(workshops["id"])]
    named = _named(known, suggestions)
    everyone = known.assign(person=people(known), theme="")
    occurring = _occurring(named, ["theme", "workshop"])
    with_case = _occurring(named[named["case"].fillna("") != ""], ["theme", "workshop", "case"])
    cases_done = _occurring(everyone[everyone["case"].fillna("") != ""], ["theme", "workshop", "case"])
    of = len(_occurring(everyone, ["theme", "workshop"]))
    rows = []
    for theme in sorted(named["theme"].unique()):
        there = occurring[occurring["theme"] == theme]
        behind = named[(named["theme"] == theme) & named["workshop"].isin(there["workshop"])]
        case_pairs = with_case[with_case["theme"] == theme]
        by_case = behind.merge(case_pairs[["workshop", "case"]], on=["workshop", "case"])
        by_role = behind.groupby("role")["person"].nunique()
        roles = [role for role, count in by_role.items() if shown(int(count))]
        rate = wilson(len(there), of) if of else Interval(0.0, 0.0, 0.0)
        rows.append(
            {
                "theme": theme,
                "workshops": len(there),
                "of": of,
                "share": rate.value,
                "low": rate.low,
                "high": rate.high,
                "cases": case_pairs["case"].nunique(),
                "of_cases": cases_done["case"].nunique(),
                "regions": behind["region"].replace("", pd.NA).nunique(),
                "roles": len(roles),
                "participants": behind["person"].nunique(),
                "case_people": by_case["person"].nunique(),
                "role_people": behind.loc[behind["role"].isin(roles), "person"].nunique(),
            }
        )
    counts = pd.DataFrame(rows, columns=[*RECURRENCE_COLUMNS, "case_people", "role_people"])
    counts = counts.astype({"theme": "str", "share": "float64", "low": "float64", "high": "float64"})
    hidden = hide(counts, ["cases", "of_cases"], "case_people")
    hidden = hide(hidden, ["roles"], "role_people")
    hidden = hide(hidden, [name for name in RECURRENCE_COLUMNS if name not in ("theme", "cases", "of_cases", "roles")])
    return _ordered(hidden, "theme", ["workshops", "participants"])[list(RECURRENCE_COLUMNS)]


def hindrances(answers: pd.DataFrame) -> pd.DataFrame:
    """The hindrances that say where they sit (`bron`); a table's lines do not, so they are not among them."""
    return answers[(answers["kind"] == Kind.HINDRANCE) & answers["source"].isin(list(Source))]


def hindrances_by_source(answers: pd.DataFrame) -> pd.DataFrame:
    """Per source: `participants` who name it, `of` (all who say where a hindrance sits), `share`, and `answers`.

    All sources are there, those named by most people first; what stands for too few is missing and comes last.
    """
    stuck = hindrances(answers)
    stuck = stuck.assign(person=people(stuck))
    of = stuck["person"].nunique()
    rows = []
    for source in Source:
        these = stuck[stuck["source"] == source]
        count = these["person"].nunique()
        rows.append((source.value, count, of, count / of if of else 0.0, len(these)))
    counts = pd.DataFrame(rows, columns=["source", "participants", "of", "share", "answers"])
    return _ordered(hide(counts, ["participants", "of", "share", "answers"]), "source", ["participants"])


def askable(answers: pd.DataFrame, everyone: pd.DataFrame | None = None) -> pd.DataFrame:
    """The hindrances of the rounds in which somebody gave room: those that room could have been linked to.

    Where nobody did, the meeting had not come that far, and nothing can be said about it. `everyone`: all answers, when
    `answers` is a selection from them.
    """
    stuck = hindrances(answers)
    all_answers = answers if everyone is None else everyone
    rounds = ["workshop", "round"]
    room = all_answers.loc[(all_answers["kind"] == Kind.ROOM) & (all_answers["scope"] != "table"), rounds]
    return stuck[pd.MultiIndex.from_frame(stuck[rounds]).isin(pd.MultiIndex.from_frame(room))]


def without_room(answers: pd.DataFrame, everyone: pd.DataFrame | None = None) -> pd.DataFrame:
    """The hindrances, of those that room could have been linked to, to which nobody's room is linked."""
    stuck = askable(answers, everyone)
    all_answers = answers if everyone is None else everyone
    linked = all_answers.loc[all_answers["kind"] == Kind.ROOM, "link"]
    return stuck[~stuck["id"].isin(linked.dropna())]


def hindrances_without_room(
    answers: pd.DataFrame, everyone: pd.DataFrame | None = None, by: Literal["source", "case"] = "source"
) -> pd.DataFrame:
    """Per source or case: `hindrances`, how many are `without` room, the `share`, and `participants` behind those.

    As `without_room` counts them. Most participants first; what stands for too few is missing and comes last.
    """
    stuck = askable(answers, everyone)
    bare = without_room(answers, everyone)
    stuck, bare = stuck.assign(person=people(stuck)), bare.assign(person=people(bare))
    keys = [source.value for source in Source] if by == "source" else sorted(set(stuck["case"].dropna()) - {""})
    rows = []
    for key in keys:
        these, those = stuck[stuck[by] == key], bare[bare[by] == key]
        share = len(those) / len(these) if len(these) else 0.0
        rows.append((key, len(these), len(those), share, those["person"].nunique()))
    counts = pd.DataFrame(rows, columns=[by, "hindrances", "without", "share", "participants"])
    hidden = hide(counts.astype({"share": "float64"}), ["hindrances", "without", "share", "participants"])
    return _ordered(hidden, by, ["participants"])


def unmatched(answers: pd.DataFrame, suggestions: pd.DataFrame) -> pd.DataFrame:
    """The written answers for which the codebook's words suggest no theme."""
    return answers[(answers["text"].str.strip() != "") & ~answers["id"].isin(suggestions["answer"])]


def lead(answers: pd.DataFrame, column: str, first: str, second: str) -> Interval:
    """How much oftener a workshop has more people with `first` in `column` than with `second`: the paired difference.

    Workshops are compared, not people: what people of one room say depends on each other.
    """
    counted = answers.assign(person=people(answers)).groupby(["workshop", column])["person"].nunique()
    table = counted.unstack(column, fill_value=0).reindex(columns=[first, second], fill_value=0)
    if table.empty:
        return Interval(0.0, -1.0, 1.0)
    more, less = int((table[first] > table[second]).sum()), int((table[first] < table[second]).sum())
    return paired_difference(more, less, len(table))


def _named(answers: pd.DataFrame, suggestions: pd.DataFrame) -> pd.DataFrame:
    """One row per answer and theme."""
    whose = answers.assign(person=people(answers))
    return whose.merge(suggestions[["answer", "theme"]].drop_duplicates(), left_on="id", right_on="answer")


def _occurring(named: pd.DataFrame, where: list[str]) -> pd.DataFrame:
    counted = named.groupby(where)["person"].nunique().rename("participants").reset_index()
    return counted[counted["participants"] >= NAMED_BY]


def _ordered(frame: pd.DataFrame, key: str, numbers: list[str]) -> pd.DataFrame:
    """Highest numbers first, hidden rows last, alike by key: the order of hidden rows must not tell their numbers."""
    ordered = frame.sort_values([*numbers, key], ascending=[False] * len(numbers) + [True], na_position="last")
    return ordered.reset_index(drop=True)

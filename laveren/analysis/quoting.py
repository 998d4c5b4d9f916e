"""How people say it: the answers behind a mark, and a fair pick of quotes from them."""

from __future__ import annotations

from hashlib import blake2b

import pandas as pd

from laveren.analysis.counting import occurrences
from laveren.analysis.frames import count_people, people
from laveren.analysis.hiding import shown

#: What is told of a quote: nothing that leads to a table or a person.
QUOTE_COLUMNS = ("id", "text", "kind", "source", "status", "case", "case_title")


def behind_theme(answers: pd.DataFrame, suggestions: pd.DataFrame, theme: str) -> pd.DataFrame:
    """The answers behind a theme's mark: those that name it, in the workshops in which it occurs."""
    of_theme = suggestions[suggestions["theme"] == theme]
    there = occurrences(answers, of_theme)["workshop"]
    return answers[answers["id"].isin(of_theme["answer"]) & answers["workshop"].isin(there)]


def quotes(behind: pd.DataFrame, n: int = 3) -> pd.DataFrame:
    """At most `n` quotes from the answers behind one mark; none if the mark stands for too few people.

    What a moderator kept off the screen counts for the mark and is never quoted. The pick is the same each time and
    goes round: over the workshops first, then over the people of a workshop; no text twice.
    """
    if not shown(count_people(behind)):
        return behind.iloc[:0][list(QUOTE_COLUMNS)]
    text = behind["text"].str.strip()
    sayable = behind[~behind["hidden"].astype(bool) & (text != "")]
    shuffled = sayable.assign(
        person=people(sayable),
        chance=[blake2b(ident.encode(), digest_size=8).hexdigest() for ident in sayable["id"]],
        said=text[sayable.index].str.casefold(),
    ).sort_values(["chance", "id"])
    shuffled = shuffled.drop_duplicates("said")
    # The first quote of everybody comes before anybody's second; so too with workshops, over those.
    shuffled = shuffled.assign(again=shuffled.groupby("person").cumcount()).sort_values(["again", "chance", "id"])
    shuffled = shuffled.assign(turn=shuffled.groupby("workshop").cumcount()).sort_values(["turn", "chance", "id"])
    return shuffled[list(QUOTE_COLUMNS)].head(n).reset_index(drop=True)

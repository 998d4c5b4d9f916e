"""What the data frames hold that `workshop` hands in, and who counts as one person in them."""

from __future__ import annotations

import pandas as pd

#: One row per answer that was handed in. `id` str; `workshop` int; `participant` int, unique over all workshops;
#: `date` datetime64, the workshop's; `case_domains` list[str]; `round` int, 0 outside rounds; `kind`
#: "hindernis" | "ruimte" | "overig"; `text` "" where nothing is typed; `source`, `status`, `link` missing where not
#: given; `domains` dict[str, str]; `scope` "person" | "table" | "room"; `hidden`: kept off the screen by a moderator.
ANSWER_COLUMNS = (
    "id", "workshop", "participant", "date", "region", "organisation", "case", "case_title", "case_domains", "round",
    "prompt", "kind", "text", "source", "status", "link", "domains", "role", "group", "scope", "hidden", "demo",
)  # fmt: skip

#: One row per workshop. `participants` int: how many joined; `cases` list[str].
WORKSHOP_COLUMNS = ("id", "code", "title", "date", "region", "organisation", "participants", "cases", "demo")


def people(answers: pd.DataFrame) -> pd.Series[int]:
    """Per answer a number for the person it counts for, on the index of `answers`.

    A table's answer counts for whoever wrote it down; all that was written for a whole room counts as one person of
    that workshop, for nobody knows how many said it.
    """
    room = -1 - answers["workshop"].astype("int64")
    whoever = answers["participant"].astype("int64").where(answers["scope"] != "room", room)
    return whoever.rename("person")


def count_people(answers: pd.DataFrame) -> int:
    """How many different people the answers stand for."""
    return int(people(answers).nunique())

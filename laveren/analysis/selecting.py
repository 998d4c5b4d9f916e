"""Which answers are looked at: the filters for period, region, case, domain and role, and whether enough is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from laveren.analysis.frames import count_people
from laveren.analysis.hiding import shown


@dataclass(frozen=True)
class Selection:
    """What the filters leave. If it stands for too few people, `enough` is False and nothing at all is in it."""

    answers: pd.DataFrame
    workshops: pd.DataFrame
    participants: int
    enough: bool


def narrow(
    answers: pd.DataFrame,
    workshops: pd.DataFrame,
    *,
    period: tuple[date | None, date | None] = (None, None),
    region: str | None = None,
    case: str | None = None,
    domain: str | None = None,
    role: str | None = None,
) -> Selection:
    """The answers that fit all the filters, and the workshops they come from.

    `period` is first and last day, both included; None leaves a filter open. `domain` looks at the domains of the case
    that was worked on. Which rounds a workshop had does not matter: only where something was handed in counts.
    """
    keep = pd.Series(True, index=answers.index)
    first, last = period
    if first is not None:
        keep &= answers["date"] >= pd.Timestamp(first)
    if last is not None:
        keep &= answers["date"] < pd.Timestamp(last) + pd.Timedelta(days=1)
    for column, wanted in (("region", region), ("case", case), ("role", role)):
        if wanted is not None:
            keep &= answers[column] == wanted
    if domain is not None:
        keep &= answers["case_domains"].map(lambda domains: domain in domains).astype(bool)
    chosen = answers[keep]
    participants = count_people(chosen)
    if not shown(participants):
        return Selection(answers.iloc[:0], workshops.iloc[:0], 0, enough=False)
    return Selection(chosen, workshops[workshops["id"].isin(chosen["workshop"])], participants, enough=True)

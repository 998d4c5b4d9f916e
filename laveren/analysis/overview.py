"""Everything the page Thema's shows of one selection, worked out once for all who look at the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from laveren.analysis import apart, counting, crossing, moving
from laveren.analysis.apart import Played
from laveren.analysis.records import Records
from laveren.analysis.saying import Finding, unmatched_note
from laveren.analysis.selecting import Basis, Filters, Selection, closing, narrow
from laveren.analysis.story import titles
from laveren.analysis.together import together
from laveren.analysis.trends import Trend

#: So many selections are kept of the same records.
KEPT = 12


@dataclass(frozen=True)
class Overview:
    """The counts of a selection, with all that stands for too few people hidden; no answers are in it any more."""

    basis: Basis
    workshops: int
    answers: int
    people: int
    read: int  # answers whose themes are known
    recurrence: pd.DataFrame
    sources: pd.DataFrame
    without: pd.DataFrame
    kinds: pd.DataFrame
    domains: pd.DataFrame
    roles: pd.DataFrame
    seats: pd.DataFrame
    quarters: pd.DataFrame
    trends: Mapping[str, Trend]
    together: pd.DataFrame
    room: pd.DataFrame
    played: list[Played]
    looks: pd.DataFrame
    around: Mapping[str, pd.DataFrame]
    helped: pd.DataFrame
    titles: Mapping[str, Finding]
    unmatched: Finding | None


def overview(records: Records, filters: Filters, basis: Basis) -> Overview:
    """The counts of what the filters leave. Raises TooFew."""
    return cast(Overview, _made(records, (filters, basis), lambda: _overview(narrow(records, filters, basis))))


def apart_on(records: Records, filters: Filters, basis: Basis, case: str) -> pd.DataFrame:
    """How far apart the rooms lie that worked on a case: `rooms_apart`, of what the filters leave. Raises TooFew."""
    key = (filters, basis, case)
    found = _made(records, key, lambda: apart.rooms_apart(narrow(records, filters, basis), case))
    return cast(pd.DataFrame, found)


def _made(records: Records, key: Hashable, make: Callable[[], Any]) -> Any:
    """What was made of these records before, or is made now; others may be looking at the same moment."""
    found = records.made.get(key)
    if found is None:
        found = make()
        if len(records.made) >= KEPT:
            records.made.clear()
        records.made[key] = found
    return found


def _overview(chosen: Selection) -> Overview:
    themes = counting.themes_of(chosen)
    quarters = moving.by_quarter(themes)
    frames = {
        "recurrence": counting.theme_recurrence(themes),
        "sources": counting.hindrances_by_source(chosen),
        "without": counting.hindrances_without_room(chosen),
        "kinds": crossing.by_kind(themes),
        "domains": crossing.by_domain(themes),
        "roles": crossing.by_role(themes),
        "seats": crossing.by_seat(themes),
        "quarters": quarters,
        "together": together(themes),
        "room": crossing.room_by_domain(chosen),
        "looks": moving.looks_after_twist(chosen),
        "helped": moving.helped(closing(chosen)),
    }
    trends = moving.theme_trends(themes)
    return Overview(
        basis=chosen.basis,
        workshops=chosen.workshop_count,
        answers=len(chosen),
        people=chosen.people,
        read=len(chosen.read),
        trends=trends,
        played=apart.played(chosen),
        around=moving.around_twist(chosen),
        titles=titles(chosen, themes, frames, trends),
        unmatched=unmatched_note(chosen),
        **frames,
    )

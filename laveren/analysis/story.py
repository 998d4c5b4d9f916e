"""The title of each picture, and the story on top: the titles that claim something, in the order one would tell them.

A title that finds nothing says what is shown (its key ends in `.shown`) and is not part of the story.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from laveren.analysis import saying
from laveren.analysis.apart import furthest_apart
from laveren.analysis.counting import Themes
from laveren.analysis.moving import LEVELS, LOOKS, WELL_FILLED
from laveren.analysis.saying import Finding, Name, Share, Value
from laveren.analysis.selecting import Selection
from laveren.analysis.trends import QUARTERS, Trend

#: So many themes that move the same way are named; of more only the number is told.
NAMED = 4

#: What recurs is told by the headline; which theme goes with which domain depends on the cases that were chosen.
UNTOLD = ("recurrence", "domains")

#: Answers to "did it help" from here on say that it did.
HELPS = "4"


def titles(
    answers: Selection, themes: Themes, frames: Mapping[str, pd.DataFrame], trends: Mapping[str, Trend]
) -> dict[str, Finding]:
    """The title of each picture, by its name, in the order of the story."""
    return {
        "recurrence": saying.themes_title(frames["recurrence"], themes),
        "quarters": moving_title(frames["quarters"], trends),
        "together": together_title(frames["together"]),
        "sources": saying.sources_title(frames["sources"], answers),
        "without": saying.without_room_title(answers),
        "kinds": Finding("themes.kinds.title.shown"),
        "domains": domains_title(frames["domains"]),
        "roles": Finding("themes.roles.title.shown"),
        "seats": Finding("themes.seats.title.shown"),
        "room": room_title(frames["room"]),
        "looks": looks_title(frames["looks"]),
        "helped": helped_title(frames["helped"]),
    }


def story(found: Mapping[str, Finding]) -> list[Finding]:
    """The titles that claim something, but those of `UNTOLD`."""
    return [title for name, title in found.items() if name not in UNTOLD and not title.key.endswith(".shown")]


def moving_title(quarters: pd.DataFrame, trends: Mapping[str, Trend]) -> Finding:
    """Which themes rise and which fall; that none does; or that there are too few quarters to say."""
    if not trends:
        usable = quarters.loc[quarters["of"].fillna(0) >= WELL_FILLED, "quarter"].nunique()
        values: dict[str, Value] = {"n": int(usable), "needed": QUARTERS, "least": WELL_FILLED}
        return Finding("themes.quarters.title.short.shown", values)
    parts: dict[str, Value] = {}
    for direction in ("rises", "falls"):
        moving = tuple(Name("theme", theme) for theme, trend in trends.items() if trend.direction == direction)
        if moving:
            listed: Value = moving if len(moving) <= NAMED else Finding("themes.quarters.many", {"n": len(moving)})
            parts[direction] = Finding(f"themes.quarters.title.{direction}", {"themes": listed, "n": len(moving)})
    if not parts:
        return Finding("themes.quarters.title.none", {"n": len(trends)})
    if len(parts) == 2:
        return Finding("themes.quarters.title.both", parts)
    (only,) = parts.values()
    assert isinstance(only, Finding)
    return only


def together_title(pairs: pd.DataFrame) -> Finding:
    """The two themes that most clearly come together more often than chance."""
    clear = pairs[pairs["clear"].astype(bool)]
    if clear.empty:
        return Finding("themes.together.title.shown")
    top = clear.iloc[0]
    values: dict[str, Value] = {"theme": Name("theme", top["theme"]), "other": Name("theme", top["other"])}
    return Finding("themes.together.title.more", values)


def domains_title(domains: pd.DataFrame) -> Finding:
    """Which theme is named by most people with which life domain, unless another cell is as large."""
    seen = domains.dropna(subset=["participants"]).sort_values("participants", ascending=False)
    if seen.empty or (len(seen) > 1 and seen.iloc[0]["participants"] == seen.iloc[1]["participants"]):
        return Finding("themes.domains.title.shown")
    top = seen.iloc[0]
    values: dict[str, Value] = {"theme": Name("theme", top["theme"]), "domain": Name("domain", top["domain"])}
    return Finding("themes.domains.title.most_often", values)


def room_title(room: pd.DataFrame) -> Finding:
    """In which life domain more than half of those who see room say the same of it; the largest share."""
    seen = room.dropna(subset=["participants", "of"])
    seen = seen.assign(share=seen["participants"].astype(float) / seen["of"].astype(float))
    over = seen[seen["share"] > 0.5].sort_values("share", ascending=False)
    if over.empty or (len(over) > 1 and over.iloc[0]["share"] == over.iloc[1]["share"]):
        return Finding("themes.room.title.shown")
    top = over.iloc[0]
    values: dict[str, Value] = {"domain": Name("domain", top["domain"]), "status": Name("status", top["status"])}
    return Finding("themes.room.title.most", values)


def looks_title(looks: pd.DataFrame) -> Finding:
    """How many of those who were asked look at the case differently after a twist, be it a little."""
    return _from("looks", looks, LOOKS.index("little"))


def helped_title(helped: pd.DataFrame) -> Finding:
    """How many of those who said so found that the meeting helps (4 or 5 of 5)."""
    return _from("helped", helped, LEVELS.index(HELPS))


def _from(picture: str, scale: pd.DataFrame, step: int) -> Finding:
    """How many stand at a step of a scale or higher, when it is not merged with a lower one."""
    high = scale[scale["first"] >= step]
    if high.empty or step not in set(high["first"]):
        return Finding(f"themes.{picture}.title.shown")
    hits, of = int(high["participants"].sum()), int(high["of"].iloc[0])
    values: dict[str, Value] = {"hits": hits, "n": of, "share": Share(hits / of)}
    return Finding(f"themes.{picture}.title.{'most' if 2 * hits > of else 'some'}", values)


def apart_title(rooms: pd.DataFrame) -> Finding:
    """On which theme the rooms that worked on one case surely lie apart, from `rooms_apart`."""
    widest = furthest_apart(rooms)
    if widest is None:
        return Finding("themes.apart.title.shown")
    theme, low, high = widest
    return Finding("themes.apart.title.wide", {"theme": Name("theme", theme), "low": Share(low), "high": Share(high)})

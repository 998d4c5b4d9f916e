"""The pictures of Thema's, one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from laveren.analysis import saying
from laveren.analysis.overview import apart_on
from laveren.analysis.quoting import Mark
from laveren.analysis.saying import Finding
from laveren.analysis.story import apart_title
from laveren.content.methods import Kind
from laveren.content.terms import Source, Status
from laveren.texts import day, percent
from laveren.ui import charts
from laveren.ui.charts import Labels, Spec
from laveren.ui.themes.desk import Desk
from laveren.ui.themes.picture import Picture, first, words_of

MOST_LINES = 12  # themes whose course over time is drawn
AROUND = {"source": "around_source", "status": "around_status"}


def recurrence(desk: Desk) -> Picture:
    """In how many workshops each theme occurs."""
    frame = desk.found.recurrence.rename(columns={"participants": "there"})  # of the workshops in which it occurs
    said = words_of(
        frame, "theme", "workshops",
        lambda row: desk.say("themes.recurrence.value", hits=row["workshops"], n=row["of"]),
    )  # fmt: skip
    notes = [desk.say("themes.recurrence.rule")]
    return Picture(
        "recurrence", desk.found.titles["recurrence"], frame, ("theme",), charts.recurrence,
        lambda theme: Mark(theme=theme, there=True), {"theme": desk.themes}, said,
        of=first(frame, "of"), notes=notes,
    )  # fmt: skip


def together(desk: Desk) -> Picture:
    """Which themes the same people name more often than chance."""
    frame = desk.found.together.copy()
    frame["lift"] = frame["lift"].where(frame["clear"].astype(bool))
    clear = set(frame.loc[frame["clear"].astype(bool), ["theme", "other"]].to_numpy().ravel())
    order = [theme for theme in desk.themes if theme in clear]
    frame = frame[frame["theme"].isin(order) & frame["other"].isin(order)]
    frame = frame.sort_values(["theme", "other"], key=lambda ids: ids.map(order.index)).reset_index(drop=True)

    def draw(frame: pd.DataFrame, labels: Labels, *, dark: bool) -> Spec:
        def times(lift: float) -> str:
            return desk.say("themes.together.times", n=f"{lift:.1f}".replace(".", "," if desk.lang == "nl" else "."))

        return charts.heat(frame, labels, "other", "theme", "lift", dark, times, "", start=1)

    return Picture(
        "together", desk.found.titles["together"], frame, ("theme", "other"), draw,
        lambda theme, other: Mark(theme=theme, other=other), {"theme": desk.themes, "other": desk.themes},
        columns=("theme", "other", "participants", "workshops", "expected", "lift"),
        notes=[desk.say("themes.together.rule")],
    )  # fmt: skip


def sources(desk: Desk) -> Picture:
    """Where the hindrances sit."""
    frame = desk.found.sources
    said = words_of(
        frame, "source", "participants", lambda row: desk.say("themes.sources.value", n=row["participants"])
    )
    of = first(frame, "of")
    return Picture(
        "sources", desk.found.titles["sources"], frame, ("source",), charts.by_source,
        lambda source: Mark(kind=Kind.HINDRANCE, source=source), {"source": _sources(desk)}, said, of=of, themed=False,
    )  # fmt: skip


def without_room(desk: Desk) -> Picture:
    """Hindrances that nobody sees room for yet."""
    frame = desk.found.without
    said = words_of(
        frame, "source", "without",
        lambda row: desk.say("themes.without.value", hits=row["without"], n=row["hindrances"]),
    )  # fmt: skip
    most = saying.without_room_most_often(frame)
    notes = [*([desk.spell(most)] if most else []), desk.say("themes.without.rule")]
    return Picture(
        "without", desk.found.titles["without"], frame, ("source",), charts.without_room,
        lambda source: Mark(source=source, bare=True), {"source": _sources(desk)}, said, notes=notes, themed=False,
    )  # fmt: skip


def kinds(desk: Desk) -> Picture:
    """Hindrance and room side by side."""
    words = {"hindrance": desk.say("themes.columns.hindrance"), "room": desk.say("themes.columns.room")}
    return Picture(
        "kinds", desk.found.titles["kinds"], desk.found.kinds, ("theme",), charts.side_by_side,
        lambda theme: Mark(theme=theme), {"theme": desk.themes}, words,
    )  # fmt: skip


def domains(desk: Desk) -> Picture:
    """Themes beside life domains, in people."""
    called = {"theme": desk.themes, "domain": desk.domains}
    return _heat(desk, "domains", desk.found.domains, "theme", "domain", called)


def roles(desk: Desk) -> Picture:
    """Themes beside roles, in people."""
    called = {"theme": desk.themes, "role": {role: desk.say(f"role.{role}") for role in desk.found.roles["role"]}}
    # How many have each role is not told: they are all the people, and the role of a few could be worked out.
    return _heat(desk, "roles", desk.found.roles.drop(columns="of"), "theme", "role", called)


def seats(desk: Desk) -> Picture:
    """Themes beside the seats people looked from, in people."""
    called = {"theme": desk.themes, "seat": {seat: seat for seat in desk.found.seats["seat"]}}
    return _heat(desk, "seats", desk.found.seats, "theme", "seat", called, none="themes.seats.none")


def room(desk: Desk) -> Picture:
    """The map of room: life domains beside how much room people see."""
    called = {"domain": desk.domains, "status": {str(one): desk.say(f"status.{one}") for one in Status}}
    by_domain = desk.found.room.sort_values("domain", key=lambda ids: ids.map(list(desk.domains).index), kind="stable")
    return _heat(desk, "room", by_domain, "domain", "status", called, themed=False)


def _heat(
    desk: Desk, name: str, frame: pd.DataFrame, row: str, column: str, called: Mapping[str, Mapping[Any, str]], *,
    themed: bool = True, none: str | None = None,
) -> Picture:  # fmt: skip
    def draw(frame: pd.DataFrame, labels: Labels, *, dark: bool) -> Spec:
        return charts.heat(frame, labels, row, column, "participants", dark)

    def mark(**picked: Any) -> Mark:
        return Mark(kind=None if themed else Kind.ROOM, **picked)

    return Picture(
        name, desk.found.titles[name], frame, (row, column), draw, mark, called,
        notes=[desk.say(f"themes.{name}.rule")], themed=themed, none=none,
    )  # fmt: skip


def quarters(desk: Desk) -> Picture:
    """Themes over the quarters, those that move first."""
    frame, trends = desk.found.quarters, desk.found.trends
    moving = [theme for theme, trend in trends.items() if trend.direction != "none"]
    order = [*moving, *(theme for theme in dict.fromkeys(frame["theme"]) if theme not in moving)][:MOST_LINES]
    frame = frame[frame["theme"].isin(order)].sort_values(
        "theme", key=lambda ids: ids.map(order.index), kind="stable"
    )  # fmt: skip
    frame = frame.assign(direction=frame["theme"].map({theme: str(trend.direction) for theme, trend in trends.items()}))
    years = {quarter: quarter.split("-") for quarter in frame["quarter"]}
    called = {quarter: desk.say("themes.quarters.quarter", n=int(n), year=year) for quarter, (year, n) in years.items()}
    tell = desk.say
    notes = [tell("themes.quarters.rule")]
    if frame["theme"].nunique() < desk.found.quarters["theme"].nunique():
        notes.append(tell("themes.quarters.most", n=MOST_LINES))
    values = {"rises": tell("themes.quarters.rises"), "falls": tell("themes.quarters.falls")}
    values |= {"none": tell("themes.quarters.flat"), "of": tell("themes.quarters.of")}
    values |= {str(n): tell("themes.quarters.short", n=n) for n in range(1, 5)}
    return Picture(
        "quarters", desk.found.titles["quarters"], frame.reset_index(drop=True), ("theme",), charts.quarters,
        lambda theme: Mark(theme=theme, there=True),
        {"theme": desk.themes, "quarter": called, "direction": {id: values[id] for id in ("rises", "falls", "none")}},
        values, ("theme", "quarter", "of", "share", "low", "high", "direction"), notes=notes,
    )  # fmt: skip


def apart(desk: Desk, case: str) -> Picture:
    """How far apart the rooms lie that worked on a case."""
    frame = apart_on(desk.records, desk.filters, desk.basis, case)
    ends = frame.dropna(subset=["share"]).groupby("theme")["share"].agg(["min", "max"])
    said = {
        str(theme): desk.say("themes.apart.value", low=percent(low, desk.lang), high=percent(high, desk.lang))
        for theme, low, high in zip(ends.index, ends["min"].tolist(), ends["max"].tolist(), strict=True)
    }
    called: dict[str, Mapping[Any, str]] = {"theme": desk.themes}
    called["workshop"] = _rooms(desk, frame["workshop"].unique().tolist())
    return Picture(
        "apart", apart_title(frame), frame, ("theme",), charts.rooms_apart,
        lambda theme: Mark(theme=theme, case=case), called, said,
        ("theme", "workshop", "participants", "of", "share", "low", "high"), notes=[desk.say("themes.apart.rule")],
    )  # fmt: skip


def _rooms(desk: Desk, numbers: Sequence[int]) -> dict[int, str]:
    """What the workshops with these numbers in the store are called: by whom and when."""
    places, organisations = desk.records.workshops, desk.records.names.organisations.texts
    found = {}
    for number in numbers:
        place = int((places["number"] == number).argmax())
        when = day(date.fromordinal(int(places["day"][place])), desk.lang)
        found[number] = " · ".join(part for part in (organisations[places["organisation"][place]], when) if part)
    return found


def looks(desk: Desk) -> Picture:
    """Whether people look differently after a twist."""
    frame = desk.found.looks.drop(columns=["first", "last"])
    steps = {look: " / ".join(desk.say(f"themes.looks.{one}") for one in look.split()) for look in frame["look"]}
    said = words_of(frame, "look", "participants", lambda row: desk.say("themes.looks.value", n=row["participants"]))

    def draw(frame: pd.DataFrame, labels: Labels, *, dark: bool) -> Spec:
        return charts.levels(frame, labels, dark, by="look")

    return Picture(
        "looks", desk.found.titles["looks"], frame, ("look",), draw, lambda look: Mark(after=True, look=look),
        {"look": steps},
        said, notes=[desk.say("themes.looks.rule")], themed=False, none="themes.looks.none",
    )  # fmt: skip


def around(desk: Desk, by: str) -> Picture:
    """What people named before and after a twist, by "source" or "status"."""
    frame, name = desk.found.around[by], AROUND[by]
    called = _sources(desk) if by == "source" else {str(one): _cap(desk.say(f"status.{one}")) for one in Status}

    def draw(frame: pd.DataFrame, labels: Labels, *, dark: bool) -> Spec:
        return charts.before_after(frame, labels, dark, by=by)

    values = {end: desk.say(f"themes.columns.{end}") for end in ("before", "after")}
    of = first(frame, "of")
    return Picture(
        name, Finding(f"themes.{name}.title.shown"), frame, (by,), draw, lambda **picked: Mark(after=True, **picked),
        {by: called}, values, notes=[desk.say(f"themes.{name}.rule", n=of)], themed=False,
    )  # fmt: skip


def helped(desk: Desk) -> Picture:
    """Whether the meeting helped."""
    frame = desk.found.helped.drop(columns=["first", "last"])
    steps = {level: "–".join(dict.fromkeys((level[0], level[-1]))) for level in frame["level"]}
    said = words_of(
        frame, "level", "participants",
        lambda row: desk.say("themes.helped.value", n=row["participants"], share=percent(row["share"], desk.lang)),
    )  # fmt: skip
    return Picture(
        "helped", desk.found.titles["helped"], frame, ("level",), charts.levels, lambda **_: Mark(), {"level": steps},
        said, of=first(frame, "of"), notes=[desk.say("themes.helped.rule")], themed=False, none="themes.helped.none",
    )  # fmt: skip


def _sources(desk: Desk) -> dict[str, str]:
    return {str(source): _cap(desk.say(f"source.{source}")) for source in Source}


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


def all_pictures(desk: Desk) -> list[Picture]:
    """Every picture that has something in it, in the order of the page, for who takes all of it away."""
    found = [
        recurrence(desk),
        together(desk),
        sources(desk),
        without_room(desk),
        kinds(desk),
        domains(desk),
        room(desk),
    ]
    found += [roles(desk), seats(desk), quarters(desk)]
    found += [apart(desk, played.case) for played in desk.found.played[:1]]
    found += [looks(desk), around(desk, "source"), around(desk, "status"), helped(desk)]
    return [picture for picture in found if not picture.empty]

"""Whatever is answered by whomever: no number and no quote that is shown stands for fewer than five people.

What each number should be is worked out here from the small dicts, without the package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations
from random import Random
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from laveren.analysis import saying
from laveren.analysis.apart import played, rooms_apart
from laveren.analysis.counting import hindrances_by_source, hindrances_without_room, theme_recurrence, themes_of
from laveren.analysis.crossing import by_domain, by_kind, by_role, by_seat, room_by_domain
from laveren.analysis.moving import LOOKS, around_twist, by_quarter, helped, looks_after_twist
from laveren.analysis.overview import overview
from laveren.analysis.quoting import Mark, behind, quotable
from laveren.analysis.saying import Finding
from laveren.analysis.selecting import Basis, Filters, TooFew, closing, everything, narrow
from laveren.analysis.together import together
from tests.analysis.rooms import Answers, Look, Told

FIVE = 5
THEMES = ("tijd", "geld", "taal")
DOMAINS = {"erfenis": ("inkomen", "schulden"), "bus": ("schulden", "wonen"), "": ()}
ROLES = ("uitvoerder", "beleid", "zaal")
SOURCES, STATUSES = ("wet", "keten"), ("mag", "nodig")
SAID = ("tijd", "geld", "tijd geld", "wachten taal", "iets", "")


def an_answer(chance: Random, workshop: int, who: int) -> Told:
    """Something that somebody may have said; what is the same in all answers of a person comes from who it is."""
    pick = chance.choice
    asked, scope = pick((0, 1, 1, 1, 2, 2)), pick(("person", "person", "person", "table", "room"))
    kind = pick(("hindernis", "hindernis", "ruimte")) if asked else "overig"
    told: Told = {
        "workshop": workshop, "participant": 100 * workshop + who, "role": ROLES[who % 2],
        "region": ("Oost", "West")[workshop % 2], "date": date(2025, 3 * (workshop % 2) + 1, workshop),
        "round": asked, "case": pick((*DOMAINS,)) if asked else "", "kind": kind, "scope": scope if asked else "person",
        "source": pick((*SOURCES, None)) if kind == "hindernis" else None, "link": pick(("a1", "a2", "a3", None)),
        "status": pick((*STATUSES, None)) if kind == "ruimte" else None, "seat": pick(("de buur", "het loket", None)),
        "text": pick(SAID) if asked else "", "hidden": chance.random() < 0.4, "waiting": chance.random() < 0.1,
        "twist": chance.randrange(2) if asked else 0, "value": pick((0, 1, 2, 3)) if asked else (1, 2, 4, 5)[who % 4],
    }  # fmt: skip
    told |= {"role": "zaal"} if told["scope"] == "room" else {}
    return told | ({"confirmed": pick(SAID)} if chance.random() < 0.6 else {})


@st.composite
def whatever(draw: st.DrawFn) -> list[Told]:
    """Some workshops of a few people each, who say anything at all."""
    chance = Random(draw(st.integers(0, 2**32 - 1)))
    answers, workshops, people = draw(st.integers(0, 90)), draw(st.integers(1, 5)), draw(st.integers(1, 9))
    return [an_answer(chance, chance.randint(1, workshops), chance.randint(1, people)) for _ in range(answers)]


bases = st.sampled_from(["suggested", "confirmed"])
effort = settings(max_examples=100, deadline=None, derandomize=True)


# ---- the same, without the package ----


def person(row: Told) -> tuple[int, int]:
    """Who an answer counts for."""
    return (row["workshop"], -1 if row["scope"] == "room" else row["participant"])


def people(rows: Iterable[Told]) -> int:
    return len({person(row) for row in rows})


def asked(rows: list[Told]) -> list[Told]:
    """What was answered in rounds."""
    return [row for row in rows if row["round"]]


def about(row: Told, basis: Basis) -> set[str]:
    """The themes of an answer; `wachten` went into `tijd`."""
    said = row.get("confirmed", "") if basis == "confirmed" else row["text"]
    return {"tijd" if word == "wachten" else word for word in said.split()} & set(THEMES)


def known(rows: list[Told], basis: Basis) -> list[Told]:
    """The answers whose themes are known."""
    return [row for row in asked(rows) if basis == "suggested" or "confirmed" in row]


def per_workshop(rows: Iterable[Told]) -> dict[int, int]:
    """How many people of each workshop."""
    who = {person(row) for row in rows}
    return {workshop: sum(one[0] == workshop for one in who) for workshop in {one[0] for one in who}}


def named(rows: list[Told], theme: str, basis: Basis) -> list[Told]:
    return [row for row in known(rows, basis) if theme in about(row, basis)]


def occurring(rows: list[Told], theme: str, basis: Basis) -> set[int]:
    """The workshops in which a theme occurs."""
    return {workshop for workshop, n in per_workshop(named(rows, theme, basis)).items() if n >= 3}


def says(frame: pd.DataFrame, number: str, stands_for: Callable[[Any], Iterable[Told]], *more: str) -> None:
    """Each number of a frame is how many people there are, and is hidden with `more` exactly when those are too few."""
    for row in frame.to_dict("records"):
        count = people(stands_for(row))
        if count < FIVE:
            assert all(pd.isna(row[name]) for name in (number, *more)), row
        else:
            assert row[number] == count


def everyone_once(frame: pd.DataFrame, counts: list[int]) -> None:
    """Everybody is in one row: steps are told together until five people stand in each, and nobody is left out."""
    rows = frame.to_dict("records")
    assert bool(rows) == (sum(counts) >= FIVE)
    told = [step for row in rows for step in range(row["first"], row["last"] + 1)]
    assert told == (list(range(len(counts))) if rows else [])
    for row in rows:
        assert row["participants"] == sum(counts[row["first"] : row["last"] + 1]) >= FIVE
        assert row["of"] == sum(counts)
    for row in rows[:-1]:
        assert sum(counts[row["first"] : row["last"]]) < FIVE, "no more is told together than must be"


# ---- everything that is shown ----


@effort
@given(whatever(), bases)
def test_recurrence_its_titles_and_its_quotes(look: Look, rows: list[Told], basis: Basis) -> None:
    found = look(*rows, basis=basis)
    themes = themes_of(found)
    recurrence = theme_recurrence(themes)
    assert set(recurrence["theme"]) == {theme for theme in THEMES if named(rows, theme, basis)}
    for row in recurrence.to_dict("records"):
        there = occurring(rows, row["theme"], basis)
        behind_it = [one for one in named(rows, row["theme"], basis) if one["workshop"] in there]
        quotes = quotable(behind(found, Mark(row["theme"], there=True)))
        if people(behind_it) < FIVE:
            assert all(pd.isna(value) for name, value in row.items() if name != "theme")
            assert quotes == []
            continue
        assert (row["workshops"], row["participants"]) == (len(there), people(behind_it))
        assert row["of"] == sum(n >= 3 for n in per_workshop(known(rows, basis)).values())
        assert row["low"] <= row["share"] <= row["high"]
        assert len(quotes) == sum(bool(one["text"]) and not one["hidden"] for one in behind_it)
        cases = {
            case: [one for one in behind_it if one["case"] == case and one["workshop"] in occurs]
            for case in ("erfenis", "bus")
            if (occurs := occurring([one for one in rows if one["case"] == case], row["theme"], basis))
        }
        with_case = people(one for some in cases.values() for one in some)
        assert pd.isna(row["cases"]) if with_case < FIVE else row["cases"] == len(cases)
        roles = [people(one for one in behind_it if one["role"] == role) for role in ROLES]
        assert pd.isna(row["roles"]) if max(roles) < FIVE else row["roles"] == sum(n >= FIVE for n in roles)
    shown = set(recurrence.dropna(subset=["participants"])["theme"])
    title = saying.themes_title(recurrence, themes)
    assert {name.id for name in title.values.values() if isinstance(name, saying.Name)} <= shown
    headline = saying.themes_headline(recurrence)
    assert (headline == [Finding("themes.headline.none")]) == (not shown)


@effort
@given(whatever())
def test_sources_and_hindrances_without_room(look: Look, rows: list[Told]) -> None:
    found = look(*rows)
    stuck = [row for row in rows if row["kind"] == "hindernis" and row["source"]]
    says(
        hindrances_by_source(found), "participants",
        lambda row: (one for one in stuck if one["source"] == row["source"]), "of", "share", "answers",
    )  # fmt: skip
    room = [row for row in rows if row["kind"] == "ruimte"]
    rounds = {(row["workshop"], row["round"]) for row in room if row["scope"] != "table"}
    linked = {(row["workshop"], row["link"]) for row in room}
    bare = [
        row
        for number, row in enumerate(rows, start=1)
        if row in stuck and (row["workshop"], row["round"]) in rounds and (row["workshop"], f"a{number}") not in linked
    ]
    without = hindrances_without_room(found)
    says(
        without, "participants", lambda row: (one for one in bare if one["source"] == row["source"]), "hindrances",
        "without", "share",
    )  # fmt: skip
    title = saying.without_room_title(found)
    assert ("hits" in title.values) == (people(bare) >= FIVE)
    for said in (saying.sources_title(hindrances_by_source(found), found), saying.without_room_most_often(without)):
        for name in said.values.values() if said else ():
            assert isinstance(name, saying.Name)
            assert people(row for row in stuck if row["source"] == name.id) >= FIVE


@effort
@given(whatever(), bases)
def test_what_no_theme_was_found_for(look: Look, rows: list[Told], basis: Basis) -> None:
    left = [row for row in known(rows, basis) if row["text"] and not row["waiting"] and not about(row, basis)]
    found = saying.unmatched_note(look(*rows, basis=basis))
    assert (found.values["hits"] if found else None) == (len(left) if people(left) >= FIVE else None)


@effort
@given(whatever(), bases)
def test_themes_beside_domains_roles_seats_and_kinds(look: Look, rows: list[Told], basis: Basis) -> None:
    themes = themes_of(look(*rows, basis=basis))
    columns: dict[str, tuple[pd.DataFrame, Callable[[Told, str], bool]]] = {
        "domain": (by_domain(themes), lambda one, domain: domain in DOMAINS[one["case"]]),
        "role": (by_role(themes), lambda one, role: one["role"] == role),
        "seat": (by_seat(themes), lambda one, seat: one["seat"] == seat),
    }
    for column, (frame, fits) in columns.items():

        def of(row: Any, fits: Any = fits, column: str = column) -> list[Told]:
            return [one for one in known(rows, basis) if fits(one, row[column])]

        says(frame, "of", of)
        says(frame, "participants", lambda row, of=of: (one for one in of(row) if row["theme"] in about(one, basis)))
    for number, kind in (("hindrance", "hindernis"), ("room", "ruimte")):
        says(
            by_kind(themes), number,
            lambda row, kind=kind: (one for one in named(rows, row["theme"], basis) if one["kind"] == kind),
        )  # fmt: skip


@effort
@given(whatever())
def test_the_map_of_room(look: Look, rows: list[Told]) -> None:
    frame = room_by_domain(look(*rows))

    def of(row: Any) -> list[Told]:
        return [
            one for one in rows if one["kind"] == "ruimte" and one["status"] and row["domain"] in DOMAINS[one["case"]]
        ]

    says(frame, "of", of)
    says(frame, "participants", lambda row: (one for one in of(row) if one["status"] == row["status"]))


@effort
@given(whatever(), bases)
def test_quarters(look: Look, rows: list[Told], basis: Basis) -> None:
    frame = by_quarter(themes_of(look(*rows, basis=basis)))
    there = {theme: occurring(rows, theme, basis) for theme in THEMES}
    shown = {t for t, w in there.items() if people(r for r in named(rows, t, basis) if r["workshop"] in w) >= FIVE}
    assert set(frame["theme"]) == shown
    enough = {workshop for workshop, n in per_workshop(known(rows, basis)).items() if n >= 3}

    def held(row: Any) -> set[int]:
        return {workshop for workshop in enough if f"2025-{workshop % 2 + 1}" == row["quarter"]}

    def naming(row: Any) -> Iterable[Told]:
        where = held(row) & there[row["theme"]]
        return (one for one in named(rows, row["theme"], basis) if one["workshop"] in where)

    def answering(row: Any) -> Iterable[Told]:
        return (one for one in known(rows, basis) if one["workshop"] in held(row))

    says(frame, "participants", naming, "workshops", "share", "low", "high")
    for row in frame.to_dict("records"):
        assert pd.isna(row["of"]) or (people(answering(row)) >= FIVE and row["of"] == len(held(row)))
    for row in frame.dropna().to_dict("records"):
        assert row["workshops"] == len(held(row) & there[row["theme"]])


@effort
@given(whatever())
def test_twists(look: Look, rows: list[Told]) -> None:
    found = look(*rows)
    values: dict[Any, int] = {}
    for row in asked(rows):
        if row["twist"] and row["value"]:
            values[person(row)] = max(values.get(person(row), 0), row["value"])
    everyone_once(looks_after_twist(found), [[*values.values()].count(look) for look in range(1, len(LOOKS) + 1)])
    for column, kind in (("source", "hindernis"), ("status", "ruimte")):
        these = [row for row in asked(rows) if row["kind"] == kind and row[column]]
        before, after = ({(person(row), row["round"]) for row in these if row["twist"] == twist} for twist in (0, 1))
        both = [row for row in these if (person(row), row["round"]) in before & after]
        frame = around_twist(found)[column]
        assert frame.empty == (people(both) < FIVE)
        assert set(frame["of"]) <= {people(both)}
        for number, twist in (("before", 0), ("after", 1)):
            says(
                frame, number,
                lambda row, both=both, column=column, twist=twist: (
                    one for one in both if one["twist"] == twist and one[column] == row[column]
                ),
            )  # fmt: skip


@effort
@given(whatever())
def test_whether_the_meeting_helped(look: Look, rows: list[Told]) -> None:
    chosen = look(*rows)
    there = {person(row) for row in asked(rows)}
    said = {(person(row), row["value"]) for row in rows if not row["round"] and person(row) in there}
    everyone_once(helped(closing(chosen)), [sum(value == level for _, value in said) for level in range(1, 6)])


@effort
@given(whatever(), bases)
def test_what_goes_together(look: Look, rows: list[Told], basis: Basis) -> None:
    found = look(*rows, basis=basis)
    frame = together(themes_of(found)).set_index(["theme", "other"])
    for pair in combinations(THEMES, 2):
        one, other = ({person(row) for row in named(rows, theme, basis)} for theme in pair)
        both, where = one & other, {who[0] for who in one & other}
        assert (pair in frame.index) == (len(both) >= FIVE and len(where) >= 3)
        if pair in frame.index:
            assert tuple(frame.loc[pair, ["participants", "workshops"]]) == (len(both), len(where))
        quotes = quotable(behind(found, Mark(pair[0], other=pair[1])))
        assert len(both) >= FIVE or not quotes


@effort
@given(whatever(), bases, st.sampled_from(["erfenis", "bus"]))
def test_rooms_on_one_case(look: Look, rows: list[Told], basis: Basis, case: str) -> None:
    found = look(*rows, basis=basis)
    on_it = [row for row in known(rows, basis) if row["case"] == case]
    enough = {workshop: n for workshop, n in per_workshop(on_it).items() if n >= FIVE}
    frame = rooms_apart(found, case)
    assert set(frame["workshop"]) <= set(enough)
    says(
        frame, "participants",
        lambda row: (r for r in on_it if r["workshop"] == row["workshop"] and row["theme"] in about(r, basis)),
        "share", "low", "high",
    )  # fmt: skip
    assert all(row["of"] == enough[row["workshop"]] for row in frame.to_dict("records"))
    assert [one[1:] for one in played(found) if one.case == case] == (
        [(len(enough), sum(enough.values()))] if len(enough) > 1 else []
    )


@effort
@given(
    whatever(), st.sampled_from(["erfenis", "bus", None]), st.sampled_from(["beleid", None]),
    st.sampled_from(["Oost", None]), st.sampled_from([date(2025, 4, 1), None]), st.sampled_from(["wonen", None]),
)  # fmt: skip
def test_selections_and_what_they_leave_out(
    answers: Answers, rows: list[Told], case: str | None, role: str | None, region: str | None, first: date | None,
    domain: str | None,
) -> None:  # fmt: skip
    tests: dict[str, Callable[[Told], bool]] = {
        "period": lambda row: first is None or row["date"] >= first,
        "region": lambda row: region in (None, row["region"]),
        "case": lambda row: case in (None, row["case"]),
        "domain": lambda row: domain is None or domain in DOMAINS[row["case"]],
        "role": lambda row: role in (None, row["role"]),
    }

    def fitting(without: str | None = None) -> list[Told]:
        return [row for row in asked(rows) if all(test(row) for name, test in tests.items() if name != without)]

    chosen = fitting()
    left_out = {name: people(row for row in fitting(name) if row not in chosen) for name in tests}
    left_out["all"] = people(row for row in asked(rows) if row not in chosen)
    few = {name for name, n in left_out.items() if 0 < n < FIVE}
    filters = Filters((first, None), region=region, case=case, domain=domain, role=role)
    try:
        found = narrow(answers(*rows), filters)
    except TooFew as refusal:
        refused_for: str | None = refusal.without
    else:
        assert (len(found), found.people) == (len(chosen), people(chosen))
        refused_for = "nothing"
    assert refused_for in ({None} if people(chosen) < FIVE else few or {"nothing"})


@effort
@given(whatever())
def test_no_quote_is_of_what_was_kept_off_the_screen(answers: Answers, rows: list[Told]) -> None:
    found = everything(answers(*rows))
    hidden = {number for number, row in enumerate(rows, start=1) if row["hidden"] or not row["text"]}
    quoted = {int.from_bytes(found.records.at("id", place).tobytes()) for place in quotable(found)}
    assert not quoted & hidden
    assert bool(quoted) == (
        people(asked(rows)) >= FIVE and any(row["text"] and not row["hidden"] for row in asked(rows))
    )


@effort
@given(whatever(), bases)
def test_titles_that_tell_how_many(answers: Answers, rows: list[Told], basis: Basis) -> None:
    try:
        found = overview(answers(*rows), Filters(), basis)
    except TooFew:
        assert people(asked(rows)) < FIVE
        return
    twisted = {person(row) for row in asked(rows) if row["twist"] and row["value"]}
    closed = {person(row) for row in rows if not row["round"]} & {person(row) for row in asked(rows)}
    for name, of in (("looks", len(twisted)), ("helped", len(closed))):
        said = found.titles[name].values
        assert not said or (said["n"] == of and said["hits"] >= FIVE and said["hits"] not in range(of - FIVE + 1, of))

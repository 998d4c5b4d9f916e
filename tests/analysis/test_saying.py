"""Titles that claim must be true: each claim is made when it holds and withheld when it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from laveren.analysis import saying
from laveren.analysis.counting import (
    hindrances_by_source,
    hindrances_without_room,
    occurrences,
    theme_recurrence,
)
from laveren.analysis.saying import Finding, Name, Share, Words, spell

Frame = Callable[..., pd.DataFrame]
Titled = Callable[..., Finding]


def room(workshop: int, people: int, text: str = "anders", **more: Any) -> list[dict[str, Any]]:
    start = more.pop("start", 0)
    return [
        {"workshop": workshop, "participant": 1000 * workshop + start + n, "text": text, **more} for n in range(people)
    ]


def rooms(theme: str, *numbers: int, people: int = 5) -> list[dict[str, Any]]:
    return [row for number in numbers for row in room(number, people, theme)]


@pytest.fixture
def title(answers: Frame, workshops: Frame, about: Frame) -> Titled:
    def of(*rows: dict[str, Any]) -> Finding:
        frame = answers(*rows)
        themes = about(frame[~frame["text"].isin(["anders"])])
        recurrence = theme_recurrence(frame, workshops(frame), themes)
        return saying.themes_title(recurrence, occurrences(frame, themes))

    return of


@pytest.fixture
def headline(answers: Frame, workshops: Frame, about: Frame) -> Callable[..., list[Finding]]:
    def of(*rows: dict[str, Any]) -> list[Finding]:
        frame = answers(*rows)
        themes = about(frame[~frame["text"].isin(["anders"])])
        return saying.themes_headline(theme_recurrence(frame, workshops(frame), themes))

    return of


@pytest.fixture
def sources(answers: Frame) -> Titled:
    def of(*rows: dict[str, Any]) -> Finding:
        frame = answers(*rows)
        return saying.sources_title(hindrances_by_source(frame), frame)

    return of


TWELVE = range(1, 13)


def test_more_often_is_said_when_the_paired_difference_is_clear(title: Titled) -> None:
    found = title(*rooms("tijd", *TWELVE), *rooms("geld", 1, 2))
    assert found == Finding("themes.title.more_often", {"theme": Name("theme", "tijd"), "other": Name("theme", "geld")})


def test_more_than_any_is_said_when_it_is_clear_of_every_other(title: Titled) -> None:
    found = title(*rooms("tijd", *TWELVE), *rooms("geld", 1, 2), *rooms("taal", 1, 3))
    assert found == Finding("themes.title.more_than_any", {"theme": Name("theme", "tijd")})


def test_no_runner_up_is_named_when_several_share_the_second_place(title: Titled) -> None:
    nine = TWELVE[:9]
    found = title(*rooms("tijd", *TWELVE), *rooms("geld", *nine), *rooms("taal", *nine))
    assert found.key != "themes.title.more_often"


def test_more_often_is_not_said_when_the_interval_holds_zero(title: Titled) -> None:
    found = title(*rooms("tijd", *range(1, 9)), *rooms("geld", *range(1, 7)), *rooms("anders", *TWELVE))
    assert found.key == "themes.title.most"


def test_most_is_not_said_of_exactly_half(title: Titled) -> None:
    half = [*rooms("tijd", *range(1, 7)), *rooms("geld", *range(1, 6)), *rooms("anders", *TWELVE)]
    assert title(*half) == Finding("themes.title.most_often", {"theme": Name("theme", "tijd")})
    assert title(*half, *rooms("tijd", 7)).key == "themes.title.most"


def test_most_often_is_not_said_on_a_tie(title: Titled) -> None:
    tie = [*rooms("tijd", *range(1, 6)), *rooms("geld", *range(3, 8)), *rooms("anders", *TWELVE)]
    assert title(*tie) == Finding("themes.title.shown")


def test_one_workshop_is_no_recurrence(title: Titled) -> None:
    assert title(*rooms("tijd", 1)) == Finding("themes.title.shown")


def test_no_theme_is_named_in_a_title_when_all_stand_for_too_few(title: Titled) -> None:
    assert title(*rooms("tijd", 1, people=4)) == Finding("themes.title.shown")
    assert title() == Finding("themes.title.shown")


def test_a_theme_that_is_hidden_is_never_the_other_one(title: Titled) -> None:
    found = title(*rooms("tijd", *TWELVE), *rooms("geheim", 1, people=3))
    assert found == Finding("themes.title.most", {"theme": Name("theme", "tijd")})


def test_the_headline_says_workshops_interval_and_cases(headline: Callable[..., list[Finding]]) -> None:
    policy = room(3, 5, "tijd", role="beleid", start=100)
    first, second, third = headline(*rooms("tijd", *range(1, 8)), *policy, *rooms("geld", 1), *rooms("anders", *TWELVE))
    values = dict(first.values)
    assert first.key == "themes.headline.single"
    assert (values["theme"], values["hits"], values["n"]) == (Name("theme", "tijd"), 7, 12)
    assert values["share"] == Share(7 / 12)
    assert values["cases"] == Finding("themes.headline.cases", {"hits": 1, "n": 1})
    assert second == Finding("themes.headline.regions", {"n": 2})
    assert third == Finding("themes.headline.roles", {"n": 2, "threshold": 5})


def test_one_role_alone_is_not_said_for_others_may_have_named_it_too(headline: Callable[..., list[Finding]]) -> None:
    found = headline(*rooms("tijd", 1, 2), *room(1, 4, "tijd", role="beleid", start=100))
    assert [sentence.key for sentence in found] == ["themes.headline.single", "themes.headline.regions"]


def test_the_headline_leaves_out_cases_regions_and_roles_that_stand_for_too_few(
    headline: Callable[..., list[Finding]],
) -> None:
    scattered = [
        {"workshop": 1, "participant": n, "text": "tijd", "case": f"c{n}", "role": f"rol{n}", "region": ""}
        for n in range(6)
    ]
    (only,) = headline(*scattered)
    assert only.values["cases"] == ""


@pytest.mark.parametrize(("tied", "key"), [(2, "tie"), (3, "tie"), (4, "level")])
def test_the_headline_puts_no_theme_first_on_a_tie(headline: Callable[..., list[Finding]], tied: int, key: str) -> None:
    (found,) = headline(*(row for n in range(tied) for row in rooms(f"thema{n}", 1, 2)))
    assert found.key == f"themes.headline.{key}"
    named = found.values["themes"]
    assert named == (4 if key == "level" else tuple(Name("theme", f"thema{n}") for n in range(tied)))


def test_the_headline_says_that_nothing_recurred(headline: Callable[..., list[Finding]]) -> None:
    assert headline(*rooms("tijd", 1, people=4)) == [Finding("themes.headline.none")]


def test_a_source_is_named_more_often_only_over_workshops_not_over_one_full_room(sources: Titled) -> None:
    everywhere = [row for w in TWELVE for row in room(w, 5, source="werkproces") + room(w, 1, source="wet")]
    assert sources(*everywhere) == Finding(
        "themes.sources.title.more_often", {"source": Name("source", "werkproces"), "other": Name("source", "wet")}
    )
    full = [*room(1, 300, source="werkproces"), *room(2, 9, source="wet"), *room(3, 9, source="wet")]
    assert sources(*full).key == "themes.sources.title.most"


def test_most_participants_are_more_than_half_of_all_who_answered_anything(sources: Titled) -> None:
    six = [*room(1, 6, source="wet"), *room(1, 5, source="keten", start=50)]
    assert sources(*six).key == "themes.sources.title.most"
    silent = room(1, 1, kind="ruimte", source=None, start=80)
    assert sources(*six, *silent).key == "themes.sources.title.most_often"


def test_no_source_is_named_on_a_tie_or_when_all_stand_for_too_few(sources: Titled) -> None:
    assert sources(*room(1, 6, source="wet"), *room(1, 6, source="keten", start=50)).key.endswith("shown")
    assert sources(*room(1, 4, source="wet")).key.endswith("shown")


def stuck(bare: int, with_room: int) -> list[dict[str, Any]]:
    """Hindrances a1, a2 … of different people; room is linked to the last of them."""
    room_given = room(1, with_room, kind="ruimte", start=bare)
    for n, row in enumerate(room_given):
        row["link"] = f"a{bare + n + 1}"
    return [*room(1, bare + with_room), *room_given, {"workshop": 1, "participant": 1, "kind": "ruimte"}]


def test_most_hindrances_without_room_is_said_above_half_and_not_at_half(answers: Frame) -> None:
    assert saying.without_room_title(answers(*stuck(6, 5))) == Finding(
        "themes.without.title.most", {"hits": 6, "n": 11}
    )
    assert saying.without_room_title(answers(*stuck(6, 6))).key == "themes.without.title.some"


def test_no_number_of_hindrances_without_room_is_said_of_four_people(answers: Frame) -> None:
    assert saying.without_room_title(answers(*stuck(4, 9))) == Finding("themes.without.title.shown")


def test_the_source_most_named_without_room_is_not_said_on_a_tie(answers: Frame) -> None:
    def most(*rows: dict[str, Any]) -> Finding | None:
        asked = {"workshop": 1, "kind": "ruimte"}
        return saying.without_room_most_often(hindrances_without_room(answers(*rows, asked)))

    six, five = room(1, 6, source="wet"), room(1, 5, source="keten", start=50)
    assert most(*six, *five) == Finding("themes.without.most_often", {"source": Name("source", "wet")})
    assert most(*six, *five, *room(1, 1, source="keten", start=70)) is None
    assert most(*room(1, 4)) is None


def test_how_many_answers_found_no_theme_is_said_of_five_people_and_not_of_four(answers: Frame, about: Frame) -> None:
    four = [*room(1, 4), *room(1, 7, "tijd", start=50)]
    frame = answers(*four)
    assert saying.unmatched_note(frame, about(frame[frame["text"] == "tijd"])) is None
    frame = answers(*four, *room(1, 1, start=90))
    found = saying.unmatched_note(frame, about(frame[frame["text"] == "tijd"]))
    assert found == Finding("themes.unmatched", {"hits": 5, "n": 12})


TEXTS = {
    "headline": "{theme} kwam terug in {hits} van {n} bijeenkomsten ({share}, {low}–{high}){cases}.",
    "cases": ", bij {hits} van {n} casussen",
    "tie": "{themes} kwamen elk terug",
}
WORDS = Words(
    say=lambda key, **values: TEXTS[key].format(**values),
    name=lambda name: {"papierwinkel": "papierwinkel", "tijd": "wachttijd"}[name.id],
    percent=lambda share: f"{share:.0%}".replace("%", " %"),
    listed=" en ".join,
)


def test_a_finding_is_spelled_with_the_words_of_a_language() -> None:
    values = {
        "theme": Name("theme", "papierwinkel"),
        "hits": 34,
        "n": 52,
        "share": Share(34 / 52),
        "low": Share(0.518),
        "high": Share(0.768),
        "cases": Finding("cases", {"hits": 5, "n": 8}),
    }
    assert spell(Finding("headline", values), WORDS) == (
        "Papierwinkel kwam terug in 34 van 52 bijeenkomsten (65 %, 52 %–77 %), bij 5 van 8 casussen."
    )
    assert spell(Finding("headline", {**values, "cases": ""}), WORDS).endswith("77 %).")
    names = (Name("theme", "papierwinkel"), Name("theme", "tijd"))
    assert spell(Finding("tie", {"themes": names}), WORDS) == "Papierwinkel en wachttijd kwamen elk terug"


def test_too_few_people_says_from_how_many_something_is_shown() -> None:
    assert saying.too_few() == Finding("themes.few", {"threshold": 5})

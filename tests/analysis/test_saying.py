"""Titles that claim must be true: each claim is made when it holds and withheld when it does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from laveren.analysis import saying
from laveren.analysis.counting import hindrances_by_source, hindrances_without_room, theme_recurrence, themes_of
from laveren.analysis.saying import Finding, Name, Share, Words, spell
from laveren.analysis.selecting import TooFew
from tests.analysis.rooms import Look, Told, room, rooms

Titled = Callable[..., Finding]


@pytest.fixture
def title(look: Look) -> Titled:
    def of(*rows: Told) -> Finding:
        themes = themes_of(look(*rows))
        return saying.themes_title(theme_recurrence(themes), themes)

    return of


@pytest.fixture
def headline(look: Look) -> Callable[..., list[Finding]]:
    return lambda *rows: saying.themes_headline(theme_recurrence(themes_of(look(*rows))))


@pytest.fixture
def sources(look: Look) -> Titled:
    def of(*rows: Told) -> Finding:
        found = look(*rows)
        return saying.sources_title(hindrances_by_source(found), found)

    return of


TWELVE = range(1, 13)


def test_more_often_is_said_when_the_paired_difference_is_clear(title: Titled) -> None:
    found = title(*rooms("tijd", *TWELVE), *rooms("geld", 1, 2))
    assert found == Finding(
        "themes.recurrence.title.more_often", {"theme": Name("theme", "tijd"), "other": Name("theme", "geld")}
    )


def test_more_than_any_is_said_when_it_is_clear_of_every_other(title: Titled) -> None:
    found = title(*rooms("tijd", *TWELVE), *rooms("geld", 1, 2), *rooms("taal", 1, 3))
    assert found == Finding("themes.recurrence.title.more_than_any", {"theme": Name("theme", "tijd")})


def test_no_runner_up_is_named_when_several_share_the_second_place(title: Titled) -> None:
    """Clear of the one and not of the other: of those two, neither is the second."""
    ten, four = range(1, 11), range(1, 5)
    others = [*rooms("anders", *range(1, 21)), *rooms("geld", *four)]
    assert title(*rooms("tijd", *ten), *others).key == "themes.recurrence.title.more_often"
    assert (
        title(*rooms("tijd", *ten), *others, *rooms("taal", *range(11, 15))).key == "themes.recurrence.title.most_often"
    )


def test_rooms_in_which_nothing_can_occur_make_it_no_less_clear(title: Titled) -> None:
    clear = [*rooms("tijd", *TWELVE), *rooms("geld", *range(1, 8))]
    for more in ([], rooms("anders", *range(20, 70), people=2)):
        assert title(*clear, *more).key == "themes.recurrence.title.more_often"


def test_more_often_is_not_said_when_the_interval_holds_zero(title: Titled) -> None:
    found = title(*rooms("tijd", *range(1, 9)), *rooms("geld", *range(1, 7)), *rooms("anders", *TWELVE))
    assert found.key == "themes.recurrence.title.most"


def test_most_is_not_said_of_exactly_half(title: Titled) -> None:
    half = [*rooms("tijd", *range(1, 7)), *rooms("geld", *range(1, 6)), *rooms("anders", *TWELVE)]
    assert title(*half) == Finding("themes.recurrence.title.most_often", {"theme": Name("theme", "tijd")})
    assert title(*half, *rooms("tijd", 7)).key == "themes.recurrence.title.most"


def test_most_often_is_not_said_on_a_tie(title: Titled) -> None:
    tie = [*rooms("tijd", *range(1, 6)), *rooms("geld", *range(3, 8)), *rooms("anders", *TWELVE)]
    assert title(*tie) == Finding("themes.recurrence.title.shown")


def test_one_workshop_is_no_recurrence(title: Titled) -> None:
    assert title(*rooms("tijd", 1)) == Finding("themes.recurrence.title.shown")


def test_no_theme_is_named_in_a_title_when_all_stand_for_too_few(title: Titled) -> None:
    assert title(*rooms("tijd", 1, people=4)) == Finding("themes.recurrence.title.shown")
    assert title() == Finding("themes.recurrence.title.shown")


def test_a_theme_that_is_hidden_is_never_the_other_one(title: Titled) -> None:
    found = title(*rooms("tijd", *TWELVE), *rooms("zorg", 1, people=3))
    assert found == Finding("themes.recurrence.title.most", {"theme": Name("theme", "tijd")})


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
    themes = ("tijd", "geld", "taal", "zorg")[:tied]
    (found,) = headline(*(row for theme in themes for row in rooms(theme, 1, 2)))
    assert found.key == f"themes.headline.{key}"
    named = found.values["themes"]
    assert named == (4 if key == "level" else tuple(Name("theme", theme) for theme in sorted(themes)))


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


def stuck(bare: int, with_room: int) -> list[Told]:
    """Hindrances a1, a2 … of different people; room is linked to the last of them."""
    room_given = room(1, with_room, kind="ruimte", start=bare)
    for n, row in enumerate(room_given):
        row["link"] = f"a{bare + n + 1}"
    return [*room(1, bare + with_room), *room_given, *room(1, 1, kind="ruimte")]


def test_most_hindrances_without_room_is_said_above_half_and_not_at_half(look: Look) -> None:
    assert saying.without_room_title(look(*stuck(6, 5))) == Finding("themes.without.title.most", {"hits": 6, "n": 11})
    assert saying.without_room_title(look(*stuck(6, 6))).key == "themes.without.title.some"


def test_no_number_of_hindrances_without_room_is_said_of_four_people(look: Look) -> None:
    assert saying.without_room_title(look(*stuck(4, 9))) == Finding("themes.without.title.shown")


def test_the_source_most_named_without_room_is_not_said_on_a_tie(look: Look) -> None:
    def most(*rows: Told) -> Finding | None:
        asked = room(1, 1, kind="ruimte", start=99)
        return saying.without_room_most_often(hindrances_without_room(look(*rows, *asked)))

    six, five = room(1, 6, source="wet"), room(1, 5, source="keten", start=50)
    assert most(*six, *five) == Finding("themes.without.most_often", {"source": Name("source", "wet")})
    assert most(*six, *five, *room(1, 1, source="keten", start=70)) is None
    assert most(*room(1, 4)) is None


def test_how_many_answers_found_no_theme_is_said_of_five_people_and_not_of_four(look: Look) -> None:
    four = [*room(1, 4), *room(1, 7, "tijd", start=50), *room(1, 9, " ", start=60), *room(1, 9, waiting=True, start=70)]
    assert saying.unmatched_note(look(*four)) is None
    found = saying.unmatched_note(look(*four, *room(1, 1, start=90)))
    assert found == Finding("themes.unmatched.suggested", {"hits": 5, "n": 12})


def test_how_many_answers_fit_nowhere_is_said_of_those_that_were_coded(look: Look) -> None:
    coded = [*room(1, 5, "tijd", confirmed=""), *room(1, 3, confirmed="geld", start=50), *room(1, 9, start=60)]
    found = saying.unmatched_note(look(*coded, basis="confirmed"))
    assert found == Finding("themes.unmatched.confirmed", {"hits": 5, "n": 8})


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
    assert saying.too_few(TooFew()) == Finding("themes.few", {"threshold": 5})


def test_too_few_left_out_says_by_which_filter() -> None:
    name = Finding("themes.filters.role")
    assert saying.too_few(TooFew("role")) == Finding("themes.few_left_out", {"threshold": 5, "filter": name})

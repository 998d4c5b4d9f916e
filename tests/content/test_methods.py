"""The methods that ship do what each is known for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from laveren.content.fields import Text
from laveren.content.library import read_library
from laveren.content.methods import AnswerType, Option, Prompt, RowsFrom, Screen, Step, Who

METHODS = read_library(Path(__file__).parents[2]).methods
ALONE, PAIR, FOUR, PLENARY = Who.ALONE, Who.PAIR, Who.FOUR, Who.PLENARY

#: Shortest and longest each method may take, in minutes.
MINUTES = {
    "waar-loop-je-tegenaan": (45, 45),
    "omgekeerde-toets": (60, 60),
    "waardendriehoek": (15, 15),
    "waardendriehoek-publieke-waarden": (15, 15),
    "vertrouwensmatrix": (20, 20),
    "een-twee-vier-allemaal": (12, 12),
    "dilemmamethode": (60, 90),
    "incidentmethode": (65, 65),
    "roddelmethode": (30, 60),
    "balint": (45, 90),
    "prioriteren": (10, 30),
}
TALK = ["roddelmethode", "balint"]
TRIANGLES = {
    "waardendriehoek": ["wet", "eigen_kracht", "efficientie"],
    "waardendriehoek-publieke-waarden": ["legitimiteit", "betrokkenheid", "rendement"],
}
PAIRS = [(ident, step) for ident, method in METHODS.items() for step in method.steps]


def prompts(ident: str) -> dict[str, Prompt]:
    """The prompts of a method by their ids."""
    return {prompt.id: prompt for step in METHODS[ident].steps for prompt in step.prompts}


def asked(step: Step) -> dict[str, str]:
    """What a step asks: the type of each prompt by its id."""
    return {prompt.id: str(prompt.type) for prompt in step.prompts}


def ids(options: list[Option]) -> list[str]:
    return [option.id for option in options]


def texts_of(step: Step) -> Iterator[Text]:
    yield from [step.title, *([step.hint] if step.hint else []), *step.script]
    for prompt in step.prompts:
        yield from [prompt.question, *([prompt.hint] if prompt.hint else []), *(prompt.scale or ())]
        yield from (option.text for option in [*prompt.options, *prompt.rows])


def test_the_shelf_holds_the_eleven_methods_that_ship() -> None:
    assert set(METHODS) == set(MINUTES)


@pytest.mark.parametrize("ident", MINUTES)
def test_a_method_takes_as_long_as_it_is_known_to_take(ident: str) -> None:
    shortest, longest = MINUTES[ident]
    assert shortest <= METHODS[ident].minutes <= longest


@pytest.mark.parametrize("ident", MINUTES)
def test_every_step_says_what_to_do_and_every_question_fits_the_projector(ident: str) -> None:
    for step in METHODS[ident].steps:
        assert step.hint, step.title.nl
        for text in [step.title, *(prompt.question for prompt in step.prompts)]:
            assert all(len(text.say(lang).split()) <= 25 for lang in ("nl", "en")), text.nl


@pytest.mark.parametrize("ident", MINUTES)
def test_every_text_of_a_method_differs_in_its_two_languages(ident: str) -> None:
    method = METHODS[ident]
    texts = [method.name, method.purpose, *(text for step in method.steps for text in texts_of(step))]
    assert [text.nl for text in texts if text.nl == text.en] == []
    assert [text.nl for text in texts if ("[naam]" in text.nl) != ("[naam]" in text.en)] == []


@pytest.mark.parametrize("ident", [ident for ident in MINUTES if ident != "waar-loop-je-tegenaan"])
def test_whoever_never_led_a_method_can_read_step_by_step_what_to_do(ident: str) -> None:
    for step in METHODS[ident].steps:
        assert step.script, step.title.nl
        for line in step.script:
            assert all(len(line.say(lang)) <= 90 for lang in ("nl", "en")), line.nl


def test_the_methods_of_others_are_credited() -> None:
    credited = {
        "omgekeerde-toets": "Stimulansz",
        "waardendriehoek-publieke-waarden": "Instituut voor Publieke Waarden",
        "vertrouwensmatrix": "Mayer, Davis en Schoorman",
        "een-twee-vier-allemaal": "Liberating Structures",
        "dilemmamethode": "moreel beraad",
        "incidentmethode": "Pigors",
        "balint": "Balint",
    }
    assert [ident for ident, name in credited.items() if name not in METHODS[ident].origin] == []


# The reverse test


def test_the_reverse_test_opens_the_rules_in_its_fourth_step_and_nowhere_else() -> None:
    assert [step.rules for step in METHODS["omgekeerde-toets"].steps] == [False, False, False, True, False]
    assert [step.minutes for step in METHODS["omgekeerde-toets"].steps] == [10, 10, 15, 15, 10]
    assert {ident for ident, step in PAIRS if step.rules} == {"omgekeerde-toets"}


def test_the_reverse_test_asks_from_the_effect_to_the_reasons() -> None:
    effect, grounds, weighing, rules, reasons = METHODS["omgekeerde-toets"].steps
    assert asked(effect) == {"effect": "kort", "wie_zegt": "keuze"}
    assert asked(grounds) == {"grondslagen": "matrixrij", "waarom": "kort"}
    assert asked(weighing) == {
        "haalbaar": "schaal5",
        "wenselijk": "schaal5",
        "gevolgen": "matrixrij",
        "vergelijkbaar": "keuze",
    }
    assert (weighing.screen, weighing.shows) == (Screen.SCATTER, ["haalbaar", "wenselijk"])
    assert asked(rules)["regel"] == "matrixrij"
    assert reasons.scope == "table"
    assert {type_ for type_ in asked(reasons).values() if type_ != "keuze"} == {"kort", "lang"}


def test_the_reverse_test_lays_the_effect_beside_five_intentions_and_the_rules_of_the_case() -> None:
    found = prompts("omgekeerde-toets")
    grounds, rule, consequences = found["grondslagen"], found["regel"], found["gevolgen"]
    assert ids(grounds.rows) == ["zelfredzaamheid", "aanvullend", "hulp", "bestaanszekerheid", "meedoen"]
    assert ids(grounds.options) == ["past", "schuurt", "weet_niet"]
    assert rule.rows_from is RowsFrom.RULES
    assert ids(rule.options) == ["draagt", "geeft_ruimte", "blokkeert", "uitzoeken"]
    assert ids(consequences.rows) == ["inwoner", "gemeente", "maatschappij"]
    assert len(consequences.options) == 3


def test_only_an_effect_that_does_not_fit_is_a_candidate_for_a_signal() -> None:
    assert ids(prompts("omgekeerde-toets")["uitkomst"].options) == ["past", "past_met_motivering", "past_niet"]
    signals = [
        (ident, prompt.id, option.id)
        for ident, step in PAIRS
        for prompt in step.prompts
        for option in prompt.options
        if option.signal
    ]
    assert signals == [("omgekeerde-toets", "uitkomst", "past_niet")]


# The triangles


@pytest.mark.parametrize("ident", TRIANGLES)
def test_a_triangle_is_asked_twice_over_the_same_corners_and_shown_once(ident: str) -> None:
    now, should = prompts(ident)["nu"], prompts(ident)["zou"]
    assert now.type is should.type is AnswerType.TRIANGLE
    assert should.linked == "nu"
    assert ids(now.options) == ids(should.options) == TRIANGLES[ident]
    shown = [(step.who, step.shows) for step in METHODS[ident].steps if step.screen is Screen.TRIANGLE]
    assert shown == [(PLENARY, ["nu", "zou"])]


def test_the_two_sets_of_values_share_no_corner_so_that_they_are_never_pooled() -> None:
    first, second = TRIANGLES.values()
    assert not set(first) & set(second)


@pytest.mark.parametrize("ident", TRIANGLES)
def test_a_triangle_ends_with_the_two_sentences_about_fairness(ident: str) -> None:
    last = METHODS[ident].steps[-1]
    assert last.title.nl == "Is het eerlijk om iedereen hetzelfde te behandelen?"
    assert last.hint is not None
    assert "ongelijke gevallen ongelijk behandelen, voor zover ze verschillen" in last.hint.nl
    assert list(asked(last).values()) == ["kort"]


# The trust matrix


def test_trust_is_asked_from_ones_own_row_and_only_totals_stay() -> None:
    trust, follow_up = prompts("vertrouwensmatrix")["vertrouwen"], prompts("vertrouwensmatrix")["doorslag"]
    assert trust.rows_from is follow_up.rows_from is RowsFrom.ROLES
    assert trust.confidential
    assert follow_up.confidential
    assert trust.scale
    assert not trust.options
    assert (follow_up.max, ids(follow_up.options)) == (2, ["kan", "wil", "woord"])
    assert not trust.required
    assert not follow_up.required
    assert {ident for ident, step in PAIRS for prompt in step.prompts if prompt.confidential} == {"vertrouwensmatrix"}


def test_nothing_of_trust_is_on_the_screen_while_it_is_asked() -> None:
    steps = METHODS["vertrouwensmatrix"].steps
    assert [step.screen for step in steps] == [Screen.CLOCK, Screen.CLOCK, Screen.MATRIX, Screen.CARDS]
    assert steps[2].shows == ["vertrouwen", "doorslag"]
    assert asked(steps[3]) == {"stap": "kort"}


@pytest.mark.parametrize(
    ("lang", "label", "totals", "change"),
    [
        ("nl", "gespreksinstrument, geen meting", "Alleen totalen", "'wijzig'"),
        ("en", "tool for conversation, not a measurement", "Only totals", "'change'"),
    ],
)
def test_the_trust_matrix_says_what_it_is_and_what_to_do_with_another_role(
    lang: str, label: str, totals: str, change: str
) -> None:
    method = METHODS["vertrouwensmatrix"]
    hint = method.steps[0].hint
    assert hint is not None
    for text in (method.purpose, hint):
        assert label in text.say(lang)
        assert totals in text.say(lang)
    assert change in hint.say(lang)


# Alone, in twos, in fours; the moral dilemma; intervision; dots


def test_one_two_four_all_grows_from_one_to_the_room_and_hears_the_odd_idea() -> None:
    steps = METHODS["een-twee-vier-allemaal"].steps
    assert [(step.who, step.minutes) for step in steps] == [(ALONE, 1), (PAIR, 2), (FOUR, 4), (ALONE, 1), (PLENARY, 4)]
    assert list(asked(steps[3])) == ["nog_niet_gehoord"]
    assert steps[4].shows == ["vier", "nog_niet_gehoord"]


def test_the_dilemma_method_goes_from_the_moral_question_to_what_remains() -> None:
    found = prompts("dilemmamethode")
    order = ["startvraag", "feiten", "optie_a", "schade_a", "optie_b", "schade_b", "perspectief", "waarde", "norm"]
    order += ["alternatief", "afweging", "zeker", "besluit", "rest"]
    assert [ident for ident in found if ident in order] == order
    chain = [found["perspectief"], found["waarde"], found["norm"]]
    assert [(prompt.type, prompt.answers, prompt.linked) for prompt in chain] == [
        (AnswerType.SHORT, 4, None),
        (AnswerType.SHORT, 4, "perspectief"),
        (AnswerType.SHORT, 4, "waarde"),
    ]


def test_a_dilemma_is_weighed_alone_and_unseen_and_then_laid_out() -> None:
    steps = METHODS["dilemmamethode"].steps
    [place] = [place for place, step in enumerate(steps) if "afweging" in asked(step)]
    weighing, after = steps[place], steps[place + 1]
    assert (weighing.who, weighing.screen) == (ALONE, Screen.CLOCK)
    assert (asked(weighing)["afweging"], asked(weighing)["zeker"]) == ("keuze", "schaal5")
    assert ids(prompts("dilemmamethode")["afweging"].options) == ["a", "b"]
    assert (after.screen, after.shows) == (Screen.SPREAD, ["afweging", "zeker"])


def test_the_incident_method_asks_nothing_in_its_question_round_and_advice_only_after_it() -> None:
    steps = METHODS["incidentmethode"].steps
    assert [step.minutes for step in steps] == [5, 10, 5, 15, 10, 10, 10]
    questions = steps[3]
    assert not questions.prompts
    assert questions.script[0].nl.startswith("Alleen vragen. Geen advies")
    assert questions.script[0].en.startswith("Only questions. No advice")
    assert [place for place, step in enumerate(steps) if "advies" in asked(step)] == [5]


@pytest.mark.parametrize("ident", TALK)
def test_a_method_that_is_only_talk_asks_nothing_and_shows_a_clock(ident: str) -> None:
    assert not METHODS[ident].asks
    assert {step.screen for step in METHODS[ident].steps} == {Screen.CLOCK}
    assert "niets bewaard" in METHODS[ident].purpose.nl
    assert "Nothing is kept" in METHODS[ident].purpose.en


def test_only_the_methods_that_are_talk_ask_nothing() -> None:
    assert {ident for ident, method in METHODS.items() if not method.asks} == set(TALK)


def test_dots_are_three_with_two_at_most_on_one_and_hidden_until_all_are_given() -> None:
    name, read_out, give, outcome = METHODS["prioriteren"].steps
    dots = prompts("prioriteren")["stippen"]
    assert (asked(name), prompts("prioriteren")["thema"].answers, name.scope) == ({"thema": "kort"}, 2, "table")
    assert (read_out.who, read_out.shows, asked(read_out)) == (PLENARY, ["thema"], {})
    assert (dots.type, dots.linked, dots.most, dots.most_on_one) == (AnswerType.DOTS, "thema", 3, 2)
    assert (give.who, give.screen) == (ALONE, Screen.CLOCK)
    assert (outcome.who, outcome.screen, outcome.shows) == (PLENARY, Screen.DOTS, ["stippen"])
    assert any("hardop" in line.nl for line in outcome.script), "a tie is broken aloud"

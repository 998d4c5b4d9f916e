"""What a method is made of: steps, and in each step prompts with their answer types.

A new method of these kinds of steps needs a file, and no code: what a type asks of its answers is decided here and in
`workshop/answering.py`, what it shows in `workshop/figures.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, Field, model_validator

from laveren.content.fields import Edited, Ident, Line, Text, YesNo, wrong


class Who(StrEnum):
    """With whom a step is done (`wie`)."""

    ALONE = "individueel"
    PAIR = "duo"
    FOUR = "viertal"
    GROUP = "groep"
    PLENARY = "plenair"


class Kind(StrEnum):
    """What an answer is about (`soort`); it decides its colour, its shape and what goes with it."""

    HINDRANCE = "hindernis"
    ROOM = "ruimte"
    OTHER = "overig"


class AnswerType(StrEnum):
    """How a prompt is answered (`type`)."""

    SHORT = "kort"
    LONG = "lang"
    CHOICE = "keuze"
    CHOICES = "meerkeuze"
    SCALE5 = "schaal5"
    TRIANGLE = "driehoek"
    ROWS = "matrixrij"
    DOTS = "stippen"


class Screen(StrEnum):
    """What the projector shows during a step (`scherm`)."""

    CASE = "casus"
    CARDS = "kaarten"
    DOMAINS = "leefgebieden"
    SPREAD = "verdeling"
    SCATTER = "spreiding"
    TRIANGLE = "driehoek"
    MATRIX = "matrix"
    DOTS = "stippen"
    CLOCK = "klok"


class RowsFrom(StrEnum):
    """Where the rows of a `matrixrij` come from when they are not written out (`rijen_uit`)."""

    ROLES = "rollen"
    RULES = "regels"


WORDS = (AnswerType.SHORT, AnswerType.LONG)
MAX_CHARS = {AnswerType.SHORT: 140, AnswerType.LONG: 400}
DOTS = 3  # dots to divide, and how many of them may go to one option, unless the file says otherwise
DOTS_ON_ONE = 2
CORNERS = 3
RESERVED = ("parkeer", "notitie")  # what every workshop asks, whatever the method
#: Which types of answer each figure on the projector is drawn from.
DRAWN_FROM: dict[Screen, tuple[AnswerType, ...]] = {
    Screen.SPREAD: (AnswerType.CHOICE, AnswerType.CHOICES, AnswerType.SCALE5, AnswerType.ROWS),
    Screen.SCATTER: (AnswerType.SCALE5,),
    Screen.TRIANGLE: (AnswerType.TRIANGLE,),
    Screen.MATRIX: (AnswerType.ROWS,),
    Screen.DOTS: (AnswerType.DOTS,),
}


class Option(Edited):
    """One of the answers to choose from, or one of the rows; `signal` marks what is a candidate for a signal."""

    id: Ident
    text: Text = Field(alias="tekst")
    signal: YesNo = Field(False, alias="signaal")


def _distinct(ids: list[Option]) -> list[Option]:
    if len({option.id for option in ids}) != len(ids):
        raise ValueError("twee opties hebben dezelfde id")
    return ids


Options = Annotated[list[Option], AfterValidator(_distinct)]


class Prompt(Edited):
    """One question with its answer type (`vraag`).

    `max` is for words how many answers one may give, for `stippen` how many dots, for `matrixrij` how many rows.
    """

    id: Ident
    question: Text = Field(alias="vraag")
    hint: Text | None = Field(None, alias="uitleg")
    type: AnswerType
    max: int | None = Field(None, ge=1, le=20)
    per_option: int | None = Field(None, alias="per_optie", ge=1, le=20)
    options: Options = Field([], alias="opties", max_length=20)
    rows: Options = Field([], alias="rijen", max_length=20)
    rows_from: RowsFrom | None = Field(None, alias="rijen_uit")
    scale: tuple[Text, Text] | None = Field(None, alias="schaal")
    required: YesNo = Field(False, alias="verplicht")
    kind: Kind = Field(Kind.OTHER, alias="soort")
    linked: Ident | None = Field(None, alias="gekoppeld")
    domains: YesNo = Field(False, alias="domeinen")
    confidential: YesNo = Field(False, alias="vertrouwelijk")

    @model_validator(mode="after")
    def what_is_given_fits_the_type(self) -> Prompt:
        for key, problem in _misfits(self):
            raise wrong(problem, key)
        return self

    @property
    def max_chars(self) -> int | None:
        """How many characters an answer may have; None where nothing is typed."""
        return MAX_CHARS.get(self.type)

    @property
    def answers(self) -> int:
        """How many answers somebody may give."""
        return self.max or 1 if self.type in WORDS else 1

    @property
    def most(self) -> int | None:
        """How many dots or rows one answer may have; None where that says nothing."""
        return self.max or DOTS if self.type is AnswerType.DOTS else self.max

    @property
    def most_on_one(self) -> int:
        """How many dots may go to one option."""
        return self.per_option or min(DOTS_ON_ONE, self.most or DOTS)


def _misfits(prompt: Prompt) -> Iterator[tuple[str, str]]:
    """What of a prompt does not go with its type, as (Dutch key, what is wrong)."""
    type_ = prompt.type
    from_cards = type_ is AnswerType.DOTS and prompt.linked is not None
    chooses = type_ in (AnswerType.CHOICE, AnswerType.CHOICES, AnswerType.DOTS) and not prompt.domains
    if chooses and len(prompt.options) < 2 and not from_cards:
        yield "opties", "bij type keuze, meerkeuze of stippen horen minstens twee opties"
    if type_ is AnswerType.TRIANGLE and len(prompt.options) != CORNERS:
        yield "opties", f"bij type driehoek horen precies drie opties, de hoeken; er staan er {len(prompt.options)}"
    if prompt.options and not chooses and type_ not in (AnswerType.TRIANGLE, AnswerType.ROWS):
        yield "opties", "horen alleen bij type keuze, meerkeuze, stippen, driehoek of matrixrij (zonder domeinen: ja)"
    if prompt.options and from_cards:
        yield "opties", "bij stippen met gekoppeld zijn de kaartjes van die vraag de opties. Haal een van de twee weg"
    if type_ is AnswerType.ROWS and bool(prompt.rows) == bool(prompt.rows_from):
        yield "rijen", "bij type matrixrij hoort een lijst rijen, of rijen_uit, en niet allebei"
    if (prompt.rows or prompt.rows_from) and type_ is not AnswerType.ROWS:
        yield "rijen" if prompt.rows else "rijen_uit", "hoort alleen bij type matrixrij"
    if prompt.per_option and type_ is not AnswerType.DOTS:
        yield "per_optie", "hoort alleen bij type stippen"
    if prompt.domains and type_ is not AnswerType.CHOICES:
        yield "domeinen", "ja hoort alleen bij type meerkeuze"
    if prompt.confidential and type_ is not AnswerType.ROWS:
        yield "vertrouwelijk", "ja hoort alleen bij type matrixrij: daarvan blijven alleen totalen over"


class Step(Edited):
    """A part of a method: minutes, with whom, which prompts, what the projector shows (`stap`).

    `shows` names the prompts, of this step or an earlier one, that the projector draws (`toont`); `rules` opens the
    rule cards on the worksheets; `script` is what to do, line by line.
    """

    title: Text = Field(alias="titel")
    hint: Text | None = Field(None, alias="uitleg")
    minutes: int = Field(alias="minuten", ge=1, le=240)
    who: Who = Field(alias="wie")
    prompts: list[Prompt] = Field([], alias="vragen", max_length=12)
    screen: Screen = Field(Screen.CARDS, alias="scherm")
    shows: list[Ident] = Field([], alias="toont", max_length=6)
    rules: YesNo = Field(False, alias="regels")
    script: list[Text] = Field([], alias="script", max_length=8)

    @property
    def scope(self) -> Literal["person", "table"]:
        """Whose an answer in this step is: in a group or plenary step the table gives it."""
        return "table" if self.who in (Who.GROUP, Who.PLENARY) else "person"


class GroupSize(Edited):
    """How many people make a table."""

    min: int = Field(ge=1, le=50)
    max: int = Field(ge=1, le=50)

    @model_validator(mode="after")
    def min_is_not_above_max(self) -> GroupSize:
        if self.min > self.max:
            raise wrong(f"{self.min} is groter dan max ({self.max})", "min")
        return self


class Outline(NamedTuple):
    """One step as the checks across steps see it: (id, linked to, type, ids of options) of its prompts, and so on.

    The values are as they are in a file, which may be anything.
    """

    prompts: Sequence[tuple[Any, Any, Any, Sequence[Any]]]
    shows: Sequence[Any]
    screen: Any


def link_faults(steps: Sequence[Outline]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where prompts share an id or refer to what does not come before them, and where a screen has nothing to draw.

    Yields (key path, problem).
    """
    seen: dict[Any, Any] = {}
    for s, step in enumerate(steps):
        for p, (ident, linked, type_, options) in enumerate(step.prompts):
            at = ("stappen", s, "vragen", p)
            if ident in RESERVED:
                yield (*at, "id"), f"de id '{ident}' is al van elke bijeenkomst. Kies een andere"
            if ident is not None and ident in seen:
                yield (*at, "id"), f"de id '{ident}' staat al bij een andere vraag"
            if linked is not None and linked not in seen:
                yield (*at, "gekoppeld"), f"'{linked}' is geen eerdere vraag. {_allowed(seen)}"
            elif linked is not None and (fits := _link_misfit((type_, options), seen[linked])):
                yield (*at, "gekoppeld"), f"'{linked}' past niet: {fits}"
            seen[ident] = (type_, options)
        for place, shown in enumerate(step.shows):
            if shown not in seen:
                yield ("stappen", s, "toont", place), f"'{shown}' is geen vraag tot hier. {_allowed(seen)}"
        wanted = _drawn_from(step.screen)
        types = [seen[shown][0] for shown in step.shows if shown in seen] or [prompt[2] for prompt in step.prompts]
        if wanted and not set(types) & set(wanted):
            problem = (
                f"'{step.screen}' heeft een vraag nodig van type {' of '.join(wanted)}: in deze stap, of bij toont"
            )
            yield ("stappen", s, "scherm"), problem


def _allowed(seen: dict[Any, Any]) -> str:
    return f"Toegestaan: {', '.join(map(str, list(seen)[:20])) or 'geen, dit is de eerste vraag'}"


def _drawn_from(screen: Any) -> tuple[AnswerType, ...]:
    return DRAWN_FROM.get(Screen(screen), ()) if screen in set(Screen) else ()


def _link_misfit(prompt: tuple[Any, Sequence[Any]], to: tuple[Any, Sequence[Any]]) -> str | None:
    """Why a prompt of this type and options cannot be linked to that one, or None."""
    if prompt[0] == AnswerType.DOTS and to[0] not in set(WORDS):
        return "stippen worden verdeeld over kaartjes, dus over een vraag van type kort of lang"
    if prompt[0] == AnswerType.TRIANGLE and (to[0] != AnswerType.TRIANGLE or set(prompt[1]) != set(to[1])):
        return "een driehoek hoort bij een eerdere driehoek met dezelfde hoeken"
    return None


class Method(Edited):
    """A way of working through a case: ordered steps (`werkvorm`); its id is the file's name."""

    id: Ident
    name: Text = Field(alias="naam")
    purpose: Text = Field(alias="doel")
    origin: Line = Field(alias="bron")
    group: GroupSize = Field(alias="groep")
    steps: list[Step] = Field(alias="stappen", min_length=1, max_length=40)

    @model_validator(mode="after")
    def prompts_are_distinct_and_refer_back(self) -> Method:
        outlines = [
            Outline(
                [(p.id, p.linked, p.type, [option.id for option in p.options]) for p in step.prompts],
                step.shows,
                step.screen,
            )
            for step in self.steps
        ]
        for path, problem in link_faults(outlines):
            raise wrong(problem, *path)
        return self

    @property
    def minutes(self) -> int:
        """How long the whole takes, in minutes."""
        return sum(step.minutes for step in self.steps)

    @property
    def asks(self) -> bool:
        """Whether anything at all is asked: of a method that is only talk nothing is kept, notes neither."""
        return any(step.prompts for step in self.steps)


class Fixed(Edited):
    """What every workshop has, whatever the method: parking place, own notes, a twist's questions, the closing."""

    park: Prompt = Field(alias="parkeer")
    note: Prompt = Field(alias="notitie")
    twist: Step = Field(alias="wending")
    closing: Step = Field(alias="afsluiting")
    roles: Options = Field(alias="rollen", min_length=2)

"""What a case, a method, the domains and the codebook are made of; the keys people edit are Dutch.

Python names are English, the YAML keys Dutch aliases, so that an error can name the key that is in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from laveren.content.fields import Body, Day, Ident, Line, MadeUp, Paragraphs, Word, YesNo, wrong


class Role(StrEnum):
    """Who somebody is in the room; `ROOM` is the facilitator writing for everyone."""

    PRACTITIONER = "uitvoerder"
    MANAGER = "leidinggevende"
    POLICY = "beleid"
    BOARD = "bestuur"
    CHAIN = "ketenpartner"
    EXPERIENCE = "ervaringsdeskundige"
    OTHER = "anders"
    ROOM = "zaal"


class Source(StrEnum):
    """Where a hindrance sits (`bron`)."""

    LAW = "wet"
    POLICY = "beleid"
    PROCESS = "werkproces"
    CHAIN = "keten"
    HABIT = "gewoonte"
    MANDATE = "mandaat"
    DOUBT = "twijfel"


class Status(StrEnum):
    """How much room somebody takes (`status`)."""

    DOING = "doe_ik"
    ALLOWED = "mag"
    UNSURE = "weet_niet"
    NEEDED = "nodig"


class Certainty(StrEnum):
    """How sure somebody is that a domain plays a part."""

    KNOW = "weet"
    SUSPECT = "vermoed"
    ASK = "vragen"


class Who(StrEnum):
    """With whom a step is done (`wie`)."""

    ALONE = "individueel"
    PAIR = "duo"
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


MAX_CHARS = {AnswerType.SHORT: 140, AnswerType.LONG: 400}


class Edited(BaseModel):
    """Something people edit: unknown keys are faults. In files only the Dutch keys fit, in code also the names."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True)


class Text(Edited):
    """A text in Dutch and in English; a bare string is Dutch and stands for both."""

    nl: Body
    en: Body

    @model_validator(mode="before")
    @classmethod
    def bare_string_is_both(cls, value: Any) -> Any:
        return {"nl": value, "en": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        both = handler.resolve_ref_schema(handler(core))
        return {"anyOf": [{"type": "string", "minLength": 1}, both]}

    def say(self, lang: str) -> str:
        """The text in `lang` ("nl" or "en")."""
        return self.en if lang == "en" else self.nl


class Person(Edited):
    """Somebody in a case; made up."""

    name: Line = Field(alias="naam")
    age: int | None = Field(None, alias="leeftijd", ge=0, le=120)
    role: Line = Field(alias="rol")


class RuleCard(Edited):
    """An article of law and what room it gives, in plain words."""

    article: Line = Field(alias="artikel")
    text: Paragraphs = Field(alias="kaarttekst")
    status: Literal["niet gecontroleerd", "gecontroleerd"]
    checked_by: Line | None = Field(None, alias="gecontroleerd_door")

    @model_validator(mode="after")
    def checked_needs_a_checker(self) -> RuleCard:
        if self.status == "gecontroleerd" and not self.checked_by:
            raise wrong("ontbreekt: bij status gecontroleerd hoort wie het heeft nagelezen", "gecontroleerd_door")
        return self


class Twist(Edited):
    """A fact of a case that comes out later (`wending`)."""

    title: Line = Field(alias="titel")
    text: Paragraphs = Field(alias="tekst")


class Case(Edited):
    """A fictional vignette (`casus`); its id is the file's name."""

    id: Ident
    title: Line = Field(alias="titel")
    as_of: Day = Field(alias="peildatum")
    fictional: MadeUp = Field(alias="fictief")
    persons: list[Person] = Field(alias="personen", min_length=1, max_length=12)
    situation: Paragraphs = Field(alias="situatie")
    domains: list[Ident] = Field(alias="domeinen", min_length=1, max_length=11)
    rules: list[RuleCard] = Field([], alias="regels", max_length=20)
    perspectives: list[Line] = Field([], alias="perspectieven", max_length=12)
    guidance: list[Paragraphs] = Field([], alias="begeleiding", max_length=20)
    twists: list[Twist] = Field([], alias="wendingen", max_length=6)

    @property
    def resident(self) -> str:
        """The name that stands for [naam] in a prompt: the first person of the case."""
        return self.persons[0].name


class Option(Edited):
    """One of the answers to choose from."""

    id: Ident
    text: Text = Field(alias="tekst")


def _distinct(ids: list[Option]) -> list[Option]:
    if len({option.id for option in ids}) != len(ids):
        raise ValueError("twee opties hebben dezelfde id")
    return ids


class Prompt(Edited):
    """One question with its answer type (`vraag`)."""

    id: Ident
    question: Text = Field(alias="vraag")
    hint: Text | None = Field(None, alias="uitleg")
    type: AnswerType
    max: int = Field(1, ge=1, le=20)
    options: Annotated[list[Option], AfterValidator(_distinct)] = Field([], alias="opties", max_length=20)
    scale: tuple[Text, Text] | None = Field(None, alias="schaal")
    required: YesNo = Field(False, alias="verplicht")
    kind: Kind = Field(Kind.OTHER, alias="soort")
    linked: Ident | None = Field(None, alias="gekoppeld")
    domains: YesNo = Field(False, alias="domeinen")

    @model_validator(mode="after")
    def options_fit_the_type(self) -> Prompt:
        chooses = self.type in (AnswerType.CHOICE, AnswerType.CHOICES) and not self.domains
        if chooses and len(self.options) < 2:
            raise wrong("bij type keuze of meerkeuze horen minstens twee opties", "opties")
        if self.options and not chooses:
            raise wrong("horen alleen bij type keuze of meerkeuze (zonder domeinen: ja)", "opties")
        if self.domains and self.type is not AnswerType.CHOICES:
            raise wrong("ja hoort alleen bij type meerkeuze", "domeinen")
        return self

    @property
    def max_chars(self) -> int | None:
        """How many characters an answer may have; None where nothing is typed."""
        return MAX_CHARS.get(self.type)


class Step(Edited):
    """A part of a method: minutes, with whom, which prompts, what the projector shows (`stap`)."""

    title: Text = Field(alias="titel")
    hint: Text | None = Field(None, alias="uitleg")
    minutes: int = Field(alias="minuten", ge=1, le=240)
    who: Who = Field(alias="wie")
    prompts: list[Prompt] = Field([], alias="vragen", max_length=12)
    screen: Literal["casus", "kaarten", "leefgebieden"] = Field("kaarten", alias="scherm")

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


def link_faults(steps: Sequence[Sequence[tuple[Any, Any]]]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where two prompts of a method share an id, or one is linked to a prompt that does not come before it.

    `steps` holds for each step its prompts as (id, linked to), as they are in the file; yields (key path, problem).
    """
    seen: dict[Any, None] = {}
    for s, prompts in enumerate(steps):
        for p, (ident, linked) in enumerate(prompts):
            if ident is not None and ident in seen:
                yield ("stappen", s, "vragen", p, "id"), f"de id '{ident}' staat al bij een andere vraag"
            if linked is not None and linked not in seen:
                allowed = ", ".join(map(str, list(seen)[:20])) or "geen, dit is de eerste vraag"
                yield (
                    ("stappen", s, "vragen", p, "gekoppeld"),
                    f"'{linked}' is geen eerdere vraag. Toegestaan: {allowed}",
                )
            seen[ident] = None


class Method(Edited):
    """A way of working through a case: ordered steps (`werkvorm`); its id is the file's name."""

    id: Ident
    name: Text = Field(alias="naam")
    purpose: Text = Field(alias="doel")
    origin: Line = Field(alias="bron")
    group: GroupSize = Field(alias="groep")
    steps: list[Step] = Field(alias="stappen", min_length=1, max_length=40)

    @model_validator(mode="after")
    def prompts_are_distinct_and_links_look_back(self) -> Method:
        steps = [[(prompt.id, prompt.linked) for prompt in step.prompts] for step in self.steps]
        for path, problem in link_faults(steps):
            raise wrong(problem, *path)
        return self

    @property
    def minutes(self) -> int:
        """How long the whole takes, in minutes."""
        return sum(step.minutes for step in self.steps)


class Domain(Edited):
    """A life domain (`leefgebied`): a tag, never a score of a resident."""

    id: Ident
    name: Text = Field(alias="naam")
    covers: Text = Field(alias="is")


class Domains(Edited):
    """The list of life domains."""

    domains: list[Domain] = Field(alias="domeinen", min_length=1)


class Theme(Edited):
    """What recurs (`thema`), with what belongs to it and the words that suggest it.

    A word may begin or end with `*` for any letters, and may be a few words in a row. A word that matches `exclude`
    is no hit. Those in `second_hit` are too broad to count alone: they need another hit of the same theme beside them.
    """

    id: Ident
    nl: Line
    en: Line
    belongs: Text = Field(alias="hoort")
    belongs_not: Text | None = Field(None, alias="hoort_niet")
    example: Line = Field(alias="voorbeeld")
    words: list[Word] = Field([], alias="woorden")
    exclude: list[Word] = Field([], alias="uitsluiten")
    second_hit: list[Word] = Field([], alias="tweede_treffer")

    def say(self, lang: str) -> str:
        """The theme's name in `lang` ("nl" or "en")."""
        return self.en if lang == "en" else self.nl


class Codebook(Edited):
    """The defined list of themes (`codeboek`)."""

    themes: list[Theme] = Field(alias="themas", min_length=1)


class Fixed(Edited):
    """What every workshop has, whatever the method: the parking place and the closing questions."""

    park: Prompt = Field(alias="parkeer")
    closing: Step = Field(alias="afsluiting")

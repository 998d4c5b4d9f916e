"""What a case is made of: its people, its story, its rule cards, twists and seats. All of it fiction."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from laveren.content.fields import Day, Edited, Ident, Line, MadeUp, Paragraphs, wrong


class Person(Edited):
    """Somebody in a case; made up."""

    name: Line = Field(alias="naam")
    age: int | None = Field(None, alias="leeftijd", ge=0, le=120)
    role: Line = Field(alias="rol")


class RuleCard(Edited):
    """An article of law in plain words, what room it gives, on what day that was so, and who has read it over."""

    article: Line = Field(alias="artikel")
    text: Paragraphs = Field(alias="kaarttekst")
    room: Paragraphs | None = Field(None, alias="ruimte")
    as_of: Day | None = Field(None, alias="peildatum")
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


class Perspective(Edited):
    """A seat to look at the case from (`perspectief`); a bare string is its name."""

    name: Line = Field(alias="naam")
    text: Paragraphs | None = Field(None, alias="tekst")

    @model_validator(mode="before")
    @classmethod
    def bare_string_is_the_name(cls, value: Any) -> Any:
        return {"naam": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        whole = handler.resolve_ref_schema(handler(core))
        return {"anyOf": [{"type": "string", "minLength": 1}, whole]}


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
    perspectives: list[Perspective] = Field([], alias="perspectieven", max_length=12)
    guidance: list[Paragraphs] = Field([], alias="begeleiding", max_length=20)
    twists: list[Twist] = Field([], alias="wendingen", max_length=6)

    @property
    def resident(self) -> str:
        """The name that stands for [naam] in a prompt: the first person of the case."""
        return self.persons[0].name

    def day_of(self, rule: RuleCard) -> date:
        """The day on which a rule card was so: its own, or the case's."""
        return rule.as_of or self.as_of

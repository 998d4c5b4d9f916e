"""The kinds of value that the files people edit are made of, each with what may be in it.

Python names are English, the YAML keys Dutch aliases, so that an error can name the key that is in the file.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError


def _one_line_a_paragraph(text: str) -> str:
    """Joins the lines of each paragraph: files are wrapped for the editor, screens wrap for themselves."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n[ \t]*\n", text))


def _day(value: Any) -> Any:
    """Only a whole date: a bare number would be taken for seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)):
        return value
    raise PydanticCustomError("date_parsing", "geen datum")


def _yes_or_no(value: Any) -> Any:
    return {"ja": True, "nee": False}.get(value.strip().lower(), value) if isinstance(value, str) else value


def _made_up(value: bool) -> bool:
    if not value:
        raise ValueError("een casus is altijd verzonnen. Schrijf hier ja, en maak een echte zaak eerst onherkenbaar")
    return value


FEWEST_LETTERS = 3  # beside a star; with fewer a word fits nearly everything


def _pattern(value: str) -> str:
    if not all(re.search(r"[^\W_]", word) for word in value.split()):
        raise ValueError("een * staat voor letters in een woord: er moeten ook gewone letters of cijfers staan")
    broad = [word for word in value.split() if "*" in word and len(re.findall(r"[^\W_]", word)) < FEWEST_LETTERS]
    if broad:
        raise ValueError(f"'{broad[0][:20]}' past op bijna alles: zet bij een * ten minste {FEWEST_LETTERS} letters")
    return value


def wrong(problem: str, *path: str | int) -> PydanticCustomError:
    """What a check on a whole finds wrong, with the key path to where it shows."""
    return PydanticCustomError("inside", "{problem}", {"problem": problem, "path": path})


_YES_NO_SCHEMA = WithJsonSchema({"enum": [True, False, "ja", "nee"]})

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Body = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=6000)]
Paragraphs = Annotated[Body, AfterValidator(_one_line_a_paragraph)]
Ident = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]
Day = Annotated[date, BeforeValidator(_day)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no), _YES_NO_SCHEMA]
MadeUp = Annotated[YesNo, AfterValidator(_made_up), WithJsonSchema({"enum": [True, "ja"]})]
Word = Annotated[Line, AfterValidator(_pattern)]


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

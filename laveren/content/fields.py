"""The kinds of value that the files people edit are made of, each with what may be in it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError


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


def _pattern(value: str) -> str:
    if not all(re.search(r"[^\W_]", word) for word in value.split()):
        raise ValueError("een * staat voor letters in een woord: er moeten ook gewone letters of cijfers staan")
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

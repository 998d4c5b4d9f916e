"""What pydantic finds wrong, said in Dutch with what is allowed there."""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterable
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from laveren.content.faults import KeyPath, printable

_KIND = {dict: "een groep sleutels", list: "een lijst", str: "een tekst", type(None): "niets"}
_IDENT = "kleine letters, cijfers, - en _, hooguit 60, met een letter of cijfer voorop"


def problem_of(error: ErrorDetails, model: type[BaseModel]) -> str:
    """The Dutch sentence for one of pydantic's errors about data for `model`."""
    kind, given, ctx, path = error["type"], error["input"], error.get("ctx", {}), error["loc"]
    if kind == "missing":
        return _missing(path, model)
    if kind == "extra_forbidden":
        return _unknown_key(path, model)
    if kind == "value_error":
        return str(ctx["error"])
    if kind == "inside":
        return str(ctx["problem"])
    if kind in ("enum", "literal_error"):
        allowed = [str(value) for value in _choices(annotation_at(model, path))]
        return f"{_quoted(given)} kan hier niet{nearest(given, allowed)}. Toegestaan: {', '.join(allowed)}"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"hier horen de sleutels {', '.join(keys_at(model, path))}; er staat {_kind(given)}"
    if kind in ("list_type", "tuple_type"):
        return f"hier hoort een lijst, elke regel met een streepje (-) ervoor; er staat {_kind(given)}"
    if given is None or (isinstance(given, str) and not given.strip()):
        return f"is leeg. {_wanted(kind, model, path)}"
    if kind == "string_too_long":
        return f"is te lang: {len(str(given).strip())} tekens, hooguit {ctx['max_length']}"
    if kind == "string_pattern_mismatch":
        return f"{_quoted(given)} kan hier niet. Toegestaan: {_IDENT}"
    if kind in ("too_long", "too_short"):
        least, most = ctx.get("min_length"), ctx.get("max_length")
        return f"heeft {ctx['actual_length']} regels; " + (
            f"hooguit {most}" if kind == "too_long" else f"minstens {least}"
        )
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"{_quoted(given)} is te {'laag' if 'ge' in ctx else 'hoog'}. " + (
            f"Minstens {ctx['ge']}" if "ge" in ctx else f"Hooguit {ctx['le']}"
        )
    if isinstance(given, (dict, list)):
        return f"hier staat {_kind(given)}. {_wanted(kind, model, path)}"
    return f"{_quoted(given)} kan hier niet. {_wanted(kind, model, path)}"


def nearest(given: Any, allowed: Iterable[str]) -> str:
    """ " (bedoel je 'x'?)" when one of the allowed words looks like the given one, else nothing."""
    near = difflib.get_close_matches(str(given)[:80].lower(), list(allowed), n=1)
    return f" (bedoel je '{near[0]}'?)" if near else ""


def _wanted(kind: str, model: type[BaseModel], path: tuple[int | str, ...]) -> str:
    if kind.startswith("int"):
        return f"Toegestaan: een heel getal{_limits(model, path)}"
    if kind.startswith("bool"):
        return "Toegestaan: ja, nee"
    if kind.startswith("date"):
        return "Toegestaan: een dag die bestaat, als jaar-maand-dag, bijvoorbeeld 2026-02-01"
    if kind.startswith("string"):
        return "Hier hoort een tekst"
    return "Vul in wat hier hoort"


def _limits(model: type[BaseModel], path: tuple[int | str, ...]) -> str:
    """ " van 1 tot en met 240", when the model says so."""
    parent = _model_in(annotation_at(model, path[:-1]))
    fields = parent.model_fields if parent else {}
    bounds = [bound for name, field in fields.items() if path[-1] in (field.alias, name) for bound in field.metadata]
    least = next((bound.ge for bound in bounds if hasattr(bound, "ge")), None)
    most = next((bound.le for bound in bounds if hasattr(bound, "le")), None)
    return f" van {least} tot en met {most}" if least is not None and most is not None else ""


def _missing(path: tuple[int | str, ...], model: type[BaseModel]) -> str:
    if path[-1] in ("nl", "en"):
        return f"de tekst in het {'Nederlands' if path[-1] == 'nl' else 'Engels'} ontbreekt"
    if isinstance(path[-1], int):
        return f"ontbreekt: in deze lijst hoort ook een {path[-1] + 1}e regel"
    wanted = annotation_at(model, path)
    allowed = [str(value) for value in _choices(wanted)]
    return f"ontbreekt. Toegestaan: {', '.join(allowed)}" if allowed else "ontbreekt. Deze sleutel is verplicht"


def _unknown_key(path: tuple[int | str, ...], model: type[BaseModel]) -> str:
    parent = _model_in(annotation_at(model, path[:-1]))
    if parent is None:
        return "deze sleutel bestaat niet"
    by_name = {name: field.alias or name for name, field in parent.model_fields.items()}
    if path[-1] == "id" and len(path) == 1:
        return "hoort hier niet: de naam van het bestand is de id. Haal deze regel weg"
    allowed = keys_at(model, path[:-1])
    english = by_name.get(str(path[-1]))
    hint = f" (bedoel je '{english}'?)" if english in allowed else nearest(path[-1], allowed)
    return f"deze sleutel bestaat niet{hint}. Toegestaan: {', '.join(allowed)}"


def keys_at(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """The Dutch keys that may stand at `path`; at the root without `id`, which is the file's name."""
    found = _model_in(annotation_at(model, path))
    keys = [field.alias or name for name, field in found.model_fields.items()] if found else []
    return [key for key in keys if path or key != "id"]


def annotation_at(model: type[BaseModel], path: tuple[int | str, ...]) -> Any:
    """What type the models say belongs at `path`; None when nothing does."""
    at: Any = model
    for part in path:
        if isinstance(part, int):
            at = _item(at)
            continue
        found = _model_in(at)
        fields = found.model_fields if found else {}
        at = next((field.annotation for name, field in fields.items() if part in (field.alias, name)), None)
    return at


def _item(annotation: Any) -> Any:
    if get_origin(annotation) in (list, tuple):
        return get_args(annotation)[0]
    if get_origin(annotation) in (Annotated, Union, types.UnionType):
        return next((found for arg in get_args(annotation) if (found := _item(arg))), None)
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Annotated, Union, types.UnionType):
        return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)
    return None


def _choices(annotation: Any) -> list[Any]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [member.value for member in annotation]
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    if get_origin(annotation) in (Annotated, Union, types.UnionType):
        return [choice for arg in get_args(annotation) for choice in _choices(arg)]
    return []


def _kind(given: Any) -> str:
    return _KIND.get(type(given), "iets anders")


def _quoted(given: Any) -> str:
    text = printable(str(given).strip())
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"


def full_path(error: ErrorDetails) -> KeyPath:
    """Where the error is: some checks on a whole name the place inside it."""
    return (*error["loc"], *error.get("ctx", {}).get("path", ()))

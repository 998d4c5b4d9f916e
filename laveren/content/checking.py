"""A file's data checked against its model: typed content, and every fault in it in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from laveren.content.faults import Fault, KeyPath, field_name
from laveren.content.fields import YesNo
from laveren.content.methods import Outline, link_faults
from laveren.content.quick_reading import read_quickly
from laveren.content.reading import Document, Unreadable, read_document, read_text
from laveren.content.saying import full_path, keys_at, nearest, problem_of

#: So many faults of one file are told; who has more has other things to do first.
MAX_FAULTS = 40

#: The theme of what fits nowhere.
REST = "overig"

M = TypeVar("M", bound=BaseModel)
#: Looks at plain data, whatever shape it has, for what no single value shows: (key path, what is wrong).
Across = Callable[[Any], Iterator[tuple[KeyPath, str]]]
_yes_no = TypeAdapter(YesNo)


def check_file(
    file: Path, shown: Path, model: type[M], across: Sequence[Across] = (), ident: str | None = None
) -> tuple[M | None, Document | None, list[Fault]]:
    """Reads `file` as a `model`; `shown` is how faults call it, `ident` the id that its name gives it.

    The model is None when there is any fault that it cannot do without; the faults are in the order of the lines.
    The document is there when there is something to tell about it: not of a sound file, nor of what is no YAML.
    """
    try:
        text = read_text(file)
        quick = read_quickly(text)
        found, faults = check_data(Document(quick), shown, model, across, ident)
        if not faults:
            return found, None, []
        document = read_document(text)  # again, with the line of everything
    except Unreadable as error:
        return None, None, [Fault(shown, error.line, field_name(error.path), error.problem)]
    found, faults = check_data(document, shown, model, across, ident)
    return found, document, faults


def check_data(
    document: Document, shown: Path, model: type[M], across: Sequence[Across] = (), ident: str | None = None
) -> tuple[M | None, list[Fault]]:
    """The second half of `check_file`: what was read, against the model."""
    data = document.data
    faults = [_fault(document, shown, path, problem, line) for line, path, problem in document.slips]
    if not isinstance(data, dict):
        what = "een lijst" if isinstance(data, list) else "niets dan commentaar" if data is None else "losse tekst"
        problem = f"hier horen de sleutels {', '.join(keys_at(model, ()))}; er staat {what}"
        return None, [*faults, Fault(shown, 1, "bestand", problem)]
    for check in across:
        faults += [_fault(document, shown, path, problem) for path, problem in islice(check(data), MAX_FAULTS)]
    if ident is not None and "id" in data:
        problem = "hoort hier niet: de naam van het bestand is de id. Haal deze regel weg"
        faults.append(_fault(document, shown, ("id",), problem))
    found: M | None = None
    try:
        found = model.model_validate(data if ident is None else {**data, "id": ident}, by_alias=True, by_name=False)
    except ValidationError as errors:
        for error in islice(errors.errors(include_url=False), 2 * MAX_FAULTS):
            if error["loc"] != ("id",) or ident is None:
                faults.append(_fault(document, shown, full_path(error), problem_of(error, model)))
    # The same text may be wrong in both languages, and a model may find what a check across found: once is enough.
    faults = sorted(dict.fromkeys(faults), key=lambda fault: fault.line)
    if len(faults) > MAX_FAULTS:
        more = Fault(shown, faults[MAX_FAULTS].line, "bestand", "er zijn nog meer fouten. Verbeter eerst deze")
        faults = [*faults[:MAX_FAULTS], more]
    return (None if faults else found), faults


def _fault(document: Document, shown: Path, path: KeyPath, problem: str, line: int | None = None) -> Fault:
    place = document.place(path)
    if path != place and path[-1] in ("nl", "en") and isinstance(_at(document.data, place), str | None):
        path = place  # a bare string stands for both languages: name the key that is in the file
    return Fault(shown, line or document.lines[place], field_name(path) or "bestand", problem)


def _at(data: Any, path: KeyPath) -> Any:
    for part in path:
        data = data[part]
    return data


def _items(data: Any, key: str) -> list[Any]:
    """The list at `key`, or an empty one when something else is there."""
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []


def _value(data: Any, key: str) -> Any:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, str) else None


def links(data: Any) -> Iterator[tuple[KeyPath, str]]:
    """Prompts of a method that share an id, and what refers to a prompt that does not come before it."""
    yield from link_faults(
        [
            Outline(
                [
                    (
                        _value(prompt, "id"),
                        _value(prompt, "gekoppeld"),
                        _value(prompt, "type"),
                        [_value(option, "id") for option in _items(prompt, "opties")],
                    )
                    for prompt in _items(step, "vragen")
                ],
                [shown if isinstance(shown, str) else None for shown in _items(step, "toont")],
                _value(step, "scherm"),
            )
            for step in _items(data, "stappen")
        ]
    )


def known_domains(allowed: Sequence[str]) -> Across:
    """Domains of a case that do not exist, or stand there twice."""

    def check(data: Any) -> Iterator[tuple[KeyPath, str]]:
        for place, domain in enumerate(items := _items(data, "domeinen")):
            if isinstance(domain, str) and domain.strip() not in allowed:
                hint = nearest(domain, allowed)
                yield (
                    ("domeinen", place),
                    f"'{domain[:40]}' is geen leefgebied{hint}. Toegestaan: {', '.join(allowed)}",
                )
            elif isinstance(domain, str) and domain in items[:place]:
                yield ("domeinen", place), f"'{domain}' staat er twee keer. Eén keer is genoeg"

    return check


def own_words(data: Any) -> Iterator[tuple[KeyPath, str]]:
    """Themes of a codebook without a word, and words that count alone for two; the rest (`overig`) needs none.

    Retired themes keep their words, and others may have them.
    """
    whose: dict[str, str] = {}
    for place, theme in enumerate(_items(data, "themas")):
        if _is_retired(theme):
            continue
        ident = _value(theme, "id") or str(place + 1)
        words = [word for word in _items(theme, "woorden") if isinstance(word, str)]
        if ident != REST and not words:
            yield ("themas", place, "woorden"), "dit thema heeft geen woorden: er wordt nooit iets voor voorgesteld"
        for at, word in enumerate(words):
            other = whose.setdefault(" ".join(word.lower().split()), ident)
            if other != ident:
                path: KeyPath = ("themas", place, "woorden", at)
                yield (
                    path,
                    f"'{word[:40]}' staat ook bij {other}. Laat het bij één thema, of zet het bij tweede_treffer",
                )


def _is_retired(theme: Any) -> bool:
    try:
        return isinstance(theme, dict) and _yes_no.validate_python(theme.get("vervallen", False))
    except ValidationError:
        return False


def successors(data: Any) -> Iterator[tuple[KeyPath, str]]:
    """What themes of a codebook went into: themes that are there, without going round; the rest (`overig`) stays."""
    themes = _items(data, "themas")
    into = {_value(theme, "id"): [id for id in _items(theme, "opgegaan_in") if isinstance(id, str)] for theme in themes}
    for place, theme in enumerate(themes):
        went, path = _items(theme, "opgegaan_in"), ("themas", place, "opgegaan_in")
        if _is_retired(theme) and _value(theme, "id") == REST:
            yield ("themas", place, "vervallen"), f"{REST} kan niet vervallen: hier hoort wat nergens anders past"
        if went and not _is_retired(theme):
            yield path, "dit hoort alleen bij een thema met 'vervallen: ja'"
        for at, id in enumerate(went):
            if isinstance(id, str) and id not in into:
                hint = nearest(id, [known for known in into if known])
                yield (*path, at), f"'{id[:40]}' is geen thema van dit codeboek{hint}"
            elif id == REST:
                yield (*path, at), f"een thema gaat niet op in {REST}. Laat het dan vervallen, zonder opgegaan_in"
            elif id in went[:at]:
                yield (*path, at), f"'{id}' staat er twee keer. Eén keer is genoeg"
            elif isinstance(id, str) and _value(theme, "id") in reached(id, into):
                yield (*path, at), "dit loopt rond: zo gaat dit thema in zichzelf op"


def reached(id: str, into: Mapping[str | None, list[str]]) -> set[str]:
    """This theme and all that it went into, and those went into."""
    found, left = set[str](), [id]
    while left:
        if (one := left.pop()) not in found:
            found.add(one)
            left += into.get(one, [])
    return found


def distinct_ids(key: str) -> Across:
    """Items of the list at `key` that share an id."""

    def check(data: Any) -> Iterator[tuple[KeyPath, str]]:
        seen: set[str] = set()
        for place, item in enumerate(_items(data, key)):
            ident = _value(item, "id")
            if ident in seen:
                yield (key, place, "id"), f"de id '{ident}' staat al bij een ander"
            if ident is not None:
                seen.add(ident)

    return check


#: What is looked at across the themes of a codebook.
THEMES: Sequence[Across] = (distinct_ids("themas"), own_words, successors)

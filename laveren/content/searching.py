"""Finding cases: by words, whatever their capitals and accents, by domain, and by the articles on their rule cards."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from laveren.content.cases import Case

#: What a law is called here, when a card has another name for it.
NAMES = {
    "algemene verordening gegevensbescherming": "AVG",
    "algemene wet bestuursrecht": "Awb",
    "besluit bijstandverlening zelfstandigen": "Bbz",
    "burgerlijk wetboek": "BW",
    "faillissementswet": "Fw",
    "internationaal verdrag inzake de rechten van het kind": "IVRK",
    "pw": "Participatiewet",
    "uitvoeringswet avg": "UAVG",
    "verdrag inzake de rechten van het kind": "IVRK",
    "verdrag voor de rechten van het kind": "IVRK",
    "wet gemeentelijke schuldhulpverlening": "Wgs",
    "wet maatschappelijke ondersteuning": "Wmo",
    "zorgverzekeringswet": "Zvw",
}
_ACCENTS = re.compile("[\u0300-\u036f]")
_LAW = re.compile(r"(.*?)(?: +artikel(?:en)?| +art\.?)? *(?=[\d,(]|$)")
_BEFORE = re.compile(r"(?: *(?:19|20)\d\d(?![\w:.]))?[, ]*(?:artikel(?:en)? |art\.? )? *")
_NUMBER = re.compile(r"\d+[a-z]*(?:[:.]\d+[a-z]*)*")
_NEXT = re.compile(r"(?:,| en| of| tot en met) (?=\d)")


@dataclass(frozen=True)
class Entry:
    """A case made ready to be searched: its texts folded, and the laws and articles on its cards."""

    case: Case
    title: str
    everything: str
    rules: frozenset[str]


def fold(text: str) -> str:
    """The same without capitals and accents: `Eén` is `een`."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def rules_named(article: str) -> list[str]:
    """The law that a card names, and each of its articles: "Participatiewet, artikel 31 en 34" is Participatiewet,
    Participatiewet 31, Participatiewet 34.
    """
    named = _LAW.match(article)
    if named is None or not named[1].strip():
        return [article.strip()]
    law = NAMES.get(fold(named[1].strip()), named[1].strip())
    names, number = [law], _NUMBER.match(article, _until(_BEFORE, article, named.end()))
    while number:
        names.append(f"{law} {number[0]}")
        number = _NUMBER.match(article, _until(_NEXT, article, number.end()))
    return names


def _until(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where `pattern` ends, or the end of the text where it does not begin at `start`."""
    found = pattern.match(text, start)
    return found.end() if found else len(text)


def prepare(cases: Iterable[Case]) -> list[Entry]:
    """Makes cases ready; once for each library, since it reads every word of it."""
    return [
        Entry(
            case,
            fold(case.title),
            fold("\n".join(_texts(case))),
            frozenset(name for rule in case.rules for name in rules_named(rule.article)),
        )
        for case in cases
    ]


def _texts(case: Case) -> Iterable[str]:
    yield case.title
    yield case.situation
    for person in case.persons:
        yield f"{person.name}, {person.role}"
    for rule in case.rules:
        yield f"{rule.article}\n{rule.text}\n{rule.room or ''}"
    for seat in case.perspectives:
        yield f"{seat.name}\n{seat.text or ''}"


def search(entries: Sequence[Entry], words: str, domain: str | None = None, rule: str | None = None) -> list[Case]:
    """The cases in which every one of these words occurs, those with more of them in the title first.

    `domain` is the id of a life domain, `rule` one of `rules_of`; None lets everything through.
    """
    wanted = fold(words).split()
    found = [
        entry
        for entry in entries
        if (domain is None or domain in entry.case.domains)
        and (rule is None or rule in entry.rules)
        and all(word in entry.everything for word in wanted)
    ]
    found.sort(key=lambda entry: -sum(word in entry.title for word in wanted))
    return [entry.case for entry in found]


def rules_of(entries: Iterable[Entry]) -> list[str]:
    """Every law on the cards, each followed by its articles: Awb, Awb 3:4, Awb 4:84, …"""
    return sorted({rule for entry in entries for rule in entry.rules}, key=_order)


def _order(rule: str) -> list[str | int]:
    """Awb 3:4 stands before Awb 3:46 and Awb 10:1."""
    return [int(part) if place % 2 else part for place, part in enumerate(re.split(r"(\d+)", fold(rule)))]

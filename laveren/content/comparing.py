"""What changed between two versions of a case, part by part, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from laveren.content.cases import Case, RuleCard


@dataclass(frozen=True)
class Part:
    """A part of a case that changed, by its Dutch key; which of its lines are gone and which have come."""

    key: str
    gone: list[str]
    come: list[str]


def compare(old: Case, new: Case) -> list[Part]:
    """The parts that differ, in the order of a file; nothing for two equal cases."""
    was, now = dict(_parts(old)), dict(_parts(new))
    return [_part(key, was[key], now[key]) for key in was if was[key] != now[key]]


def _part(key: str, old: list[str], new: list[str]) -> Part:
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    gone = [line for tag, a, b, _, _ in steps if tag != "equal" for line in old[a:b]]
    come = [line for tag, _, _, a, b in steps if tag != "equal" for line in new[a:b]]
    return Part(key, gone, come)


def _parts(case: Case) -> Iterator[tuple[str, list[str]]]:
    """Every part as lines; a paragraph is one."""
    yield "titel", [case.title]
    yield "peildatum", [case.as_of.isoformat()]
    people = [(person.name, person.age, person.role) for person in case.persons]
    yield "personen", [", ".join(str(said) for said in person if said is not None) for person in people]
    yield "situatie", case.situation.split("\n\n")
    yield "domeinen", list(case.domains)
    yield "regels", [line for rule in case.rules for line in _card(rule)]
    yield "perspectieven", [line for seat in case.perspectives for line in _titled(seat.name, seat.text)]
    yield "begeleiding", list(case.guidance)
    yield "wendingen", [line for twist in case.twists for line in _titled(twist.title, twist.text)]


def _card(rule: RuleCard) -> Iterator[str]:
    yield from _titled(rule.article, rule.text)
    more = {"ruimte": rule.room, "peildatum": rule.as_of, "status": rule.status, "gecontroleerd door": rule.checked_by}
    for what, said in more.items():
        if said is not None:
            yield from _titled(f"{rule.article}, {what}", str(said))


def _titled(title: str, text: str | None) -> Iterator[str]:
    for paragraph in text.split("\n\n") if text else []:
        yield f"{title}: {paragraph}"
    if not text:
        yield title

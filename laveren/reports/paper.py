"""Paper for a room without laptops: cards, sealed twists and blank worksheets as PDF, set by Typst.

What stands in `paper/*.typ` is how it looks; what people wrote goes there as data and is never read as markup.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import segno
from babel.dates import format_date

from laveren.content.cases import Case
from laveren.content.library import Library
from laveren.content.methods import Method
from laveren.content.terms import Role
from laveren.reports.blanks import Data, Words, blank_steps
from laveren.workshop.refusals import Refused
from laveren.workshop.rounds import Reveal, Round

TEMPLATES = Path(__file__).parent / "paper"
#: The words of the templates themselves, under `paper` in the texts.
LABELS = (
    "case_code", "choose_more", "choose_one", "cross", "dissent", "fold", "fold_1", "fold_2", "fold_3", "join",
    "misfit", "no_names", "perspective", "role", "room", "rule", "sealed", "seat_question", "shares", "table",
)  # fmt: skip

# Typst keeps what it measured: 500 MB after a few large PDFs. In a process of its own, which costs 20 ms, that is gone
# again. It gets only the fonts it carries, so that paper looks the same from every machine, and one folder to read in.
_SET = """
import sys, typst
data = sys.stdin.buffer.read().decode()
pdf = typst.compile(sys.argv[1], root=sys.argv[2], ignore_system_fonts=True, sys_inputs={"data": data})
sys.stdout.buffer.write(pdf)
"""


class NothingToPrint(Refused):
    """There is nothing of this kind to print; `key` names the sentence, under `refused`."""

    status = 404


def case_cards(
    cases: Sequence[Case], words: Words, code: str | None = None, address: str | None = None, *, lang: str = "nl"
) -> bytes:
    """The stories, A5, two to an A4; with `code` and `address` (https://…) how one joins. Raises NothingToPrint."""
    return _pdf([_some(_cases(cases, words, lang), "print_no_cases")], words, lang, code, address)


def perspective_cards(case: Case, words: Words, *, lang: str = "nl") -> bytes:
    """The seats of a case, A6, four to an A4. Raises NothingToPrint."""
    return _pdf([_some(_seats([case]), "print_no_perspectives")], words, lang)


def rule_cards(case: Case, words: Words, *, lang: str = "nl") -> bytes:
    """The rule cards of a case, A6, four to an A4, each with its day and who read it over. Raises NothingToPrint."""
    return _pdf([_some(_rules([case], words, lang), "print_no_rules")], words, lang)


def twists(case: Case, words: Words, *, lang: str = "nl") -> bytes:
    """The twists of a case, each on an A4 of its own that is folded shut. Raises NothingToPrint."""
    return _pdf([_some(_twists([case], words), "print_no_twists")], words, lang)


def worksheet(
    method: Method,
    case: Case | None,
    library: Library,
    words: Words,
    lang: str = "nl",
    code: str | None = None,
    address: str | None = None,
) -> bytes:
    """The blank worksheets of a method: one for each person, and one for each table if tables are asked something.

    Each has its own steps. On that of a person are also the questions about each twist of the case, what is parked
    and the closing questions.
    """
    return _pdf(_sheets(method, [case] if case else [], library, words, lang), words, lang, code, address)


def everything(
    cases: Sequence[Case],
    methods: Sequence[Method],
    library: Library,
    words: Words,
    lang: str = "nl",
    code: str | None = None,
    address: str | None = None,
) -> bytes:
    """All paper of a workshop in one PDF: cases, perspectives, rules, twists, worksheets. Raises NothingToPrint."""
    parts = [_cases(cases, words, lang), _seats(cases), _rules(cases, words, lang), _twists(cases, words)]
    for n, method in enumerate(methods, start=1):
        parts += _sheets(method, cases, library, words, lang, last=n == len(methods))
    parts = [part for part in parts if part["kind"] == "sheet" or part["cards"]]
    if not parts:
        raise NothingToPrint("print_nothing")
    return _pdf(parts, words, lang, code, address)


def _some(part: Data, otherwise: str) -> Data:
    """The part, if there is anything in it; `otherwise` is the key of the sentence that says there is not."""
    if not part["cards"]:
        raise NothingToPrint(otherwise)
    return part


def _pdf(parts: list[Data], words: Words, lang: str, code: str | None = None, address: str | None = None) -> bytes:
    """Sets the parts one after the other."""
    labels = {name: words[f"paper.{name}"] for name in LABELS}
    labels |= {"no_view": words["door.no_view"], "name": words["name"]}
    data = {"lang": lang, "words": labels, "join": _join(code, address), "parts": parts}
    set_ = [sys.executable, "-P", "-c", _SET, str(TEMPLATES / "main.typ"), str(TEMPLATES)]
    return subprocess.run(set_, input=json.dumps(data).encode(), stdout=subprocess.PIPE, check=True, timeout=60).stdout


def _join(code: str | None, address: str | None) -> Data | None:
    if not code:
        return None
    shown: Data = {"code": f"{code[:3]} {code[3:]}", "address": "", "qr": ""}
    if address:
        picture = io.BytesIO()
        segno.make(f"{address}/meedoen/{code}", error="m").save(picture, kind="svg", border=0, dark="#12304A")
        shown |= {"address": f"{address.split('://', 1)[-1]}/meedoen", "qr": picture.getvalue().decode()}
    return shown


def _cases(cases: Sequence[Case], words: Words, lang: str) -> Data:
    return {
        "kind": "cases",
        "cards": [
            {
                "title": case.title,
                "people": [
                    f"{p.name} ({p.age}), {p.role}" if p.age is not None else f"{p.name}, {p.role}"
                    for p in case.persons
                ],
                "text": _paragraphs(case.situation),
                "note": _note(case.as_of, words, lang),
                "id": case.id,
            }
            for case in cases
        ],
    }


def _seats(cases: Sequence[Case]) -> Data:
    return {
        "kind": "perspectives",
        "cards": [
            {"title": seat.name, "text": _paragraphs(seat.text), "case": case.title, "id": case.id}
            for case in cases
            for seat in case.perspectives
        ],
    }


def _rules(cases: Sequence[Case], words: Words, lang: str) -> Data:
    return {
        "kind": "rules",
        "cards": [
            {
                "title": rule.article,
                "text": _paragraphs(rule.text),
                "room": _paragraphs(rule.room),
                "checked": words["cases.checked"].format(who=rule.checked_by)
                if rule.status == "gecontroleerd"
                else words["cases.unchecked"],
                "note": _note(case.day_of(rule), words, lang),
                "case": case.title,
                "id": case.id,
            }
            for case in cases
            for rule in case.rules
        ],
    }


def _twists(cases: Sequence[Case], words: Words) -> Data:
    return {
        "kind": "twists",
        "cards": [
            {
                "name": words["paper.twist"].format(n=n),
                "title": twist.title,
                "text": _paragraphs(twist.text),
                "case": case.title,
                "id": case.id,
            }
            for case in cases
            for n, twist in enumerate(case.twists, start=1)
        ],
    }


def _paragraphs(text: str | None) -> list[str]:
    return [paragraph for paragraph in (text or "").split("\n\n") if paragraph]


def _note(day: date, words: Words, lang: str) -> str:
    written = format_date(day, "d MMMM y", locale=lang).replace(" ", "\u00a0")
    return str(words["law_note"]).format(date=written)


def _sheets(
    method: Method, cases: Sequence[Case], library: Library, words: Words, lang: str, *, last: bool = True
) -> list[Data]:
    """The worksheets of a method as data; the closing questions are on the last one of a workshop only."""
    most = max((len(case.twists) for case in cases), default=0) if method.asks else 0
    end = len(method.steps)
    # Each is put in where the steps of the method end, before the ones that are there already.
    reveals = tuple(Reveal(n, end) for n in range(most, 0, -1))
    round_ = Round(1, tuple(cases), method, False, reveals, {}, library.fixed.twist)
    mine, ours = blank_steps(round_, library, words, lang, last=last)
    common = {
        "kind": "sheet",
        "title": method.name.say(lang),
        "purpose": method.purpose.say(lang),
        "case": round_.title if round_.case else "",
        "note": _note(round_.case.as_of, words, lang) if round_.case else "",
    }
    roles = [words[f"role.{role}"] for role in Role if role is not Role.ROOM]
    return [
        common | {"name": words[f"paper.{name}"], "roles": ticked, "steps": steps}
        for name, ticked, steps in (("sheet_person", roles, mine), ("sheet_table", [], ours))
        if steps
    ]

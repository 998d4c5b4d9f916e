"""What the screens say: there in both languages, with the same things filled in, and nothing missing or unused."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from laveren.content.methods import Who
from laveren.content.terms import Certainty, Role, Source, Status
from laveren.texts import LANGUAGES, all_texts, day, flat, number, percent, reader

ROOT = Path(__file__).parents[2]
PYTHON = sorted([*(ROOT / "laveren").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"])
DOOR = ROOT / "laveren/api/door"
REFUSALS = {"Refused", "NotFound", "NotAllowed", "Unknown", "Gone", "Moved", "TooMany", "TooLarge"}
SPEAKERS = {"say", "tell", "reader", "Finding"}
PLAIN = ("access", "receipt")  # our small pages with a section of texts each
HOLE = "\0"  # stands in a pattern for what an f-string fills in


@cache
def trees() -> dict[Path, ast.Module]:
    return {file: ast.parse(file.read_text("utf-8")) for file in PYTHON}


def nodes(kind: type[Any]) -> Iterator[tuple[Path, Any]]:
    for file, tree in trees().items():
        yield from ((file, node) for node in ast.walk(tree) if isinstance(node, kind))


def name_of(call: ast.Call) -> str:
    """What is called: the last name of it, also of `say()(…)`."""
    func: ast.expr = call.func
    if isinstance(func, ast.Call):
        return name_of(func)
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def literals(node: ast.expr) -> Iterator[str]:
    """The texts an expression can be, where that can be read."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def said() -> Iterator[tuple[str, str, ast.Call]]:
    """Every text that Python says by its whole key: where, the key and the call."""
    for file, call in nodes(ast.Call):
        spoken = name_of(call) in SPEAKERS
        if spoken and call.args:
            for key in literals(call.args[0]):
                if key not in LANGUAGES:
                    yield f"{file.relative_to(ROOT)}:{call.lineno}", key, call


def refusals() -> Iterator[tuple[str, str]]:
    for file, call in nodes(ast.Call):
        if name_of(call) in REFUSALS and call.args:
            for key in literals(call.args[0]):
                yield f"{file.relative_to(ROOT)}:{call.lineno}", f"refused.{key}"


@cache
def constants() -> frozenset[str]:
    return frozenset(node.value for _, node in nodes(ast.Constant) if isinstance(node.value, str))


@cache
def patterns() -> frozenset[str]:
    """The f-strings of the program that could be keys, with a hole for what is filled in.

    One that begins with a hole counts only where it is said: elsewhere it is some other text with a dot.
    """
    said_there = {id(call.args[0]) for _, call in nodes(ast.Call) if name_of(call) in SPEAKERS and call.args}
    found = set()
    for _, node in nodes(ast.JoinedStr):
        text = "".join(part.value if isinstance(part, ast.Constant) else HOLE for part in node.values)
        begins = not text.startswith(HOLE) or id(node) in said_there
        if begins and re.fullmatch(rf"[\w.{HOLE}]+", text) and "." in text:
            found.add(text)
    return frozenset(found)


def fits(key: str, pattern: str, known: frozenset[str] | set[str]) -> bool:
    """Whether a pattern can become the key with words that the program itself names."""
    regex = re.escape(pattern).replace(re.escape(HOLE), r"(\w+)")
    found = re.fullmatch(regex, key)
    return bool(found) and all(word in known for word in found.groups())


# ---- the light door, which is JavaScript ----


@cache
def scripts() -> str:
    return "\n".join(file.read_text("utf-8") for file in sorted(DOOR.glob("*.js")) if file.stem not in PLAIN)


def first_argument(code: str, start: int) -> str:
    """What stands between an opening bracket and the comma or bracket that ends the first argument."""
    depth, quote, at = 0, "", start
    while at < len(code):
        char = code[at]
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'`":
            quote = char
        elif char in "([{":
            depth += 1
        elif depth == 0 and char in ",)":
            break
        elif char in ")]}":
            depth -= 1
        at += 1
    return code[start:at]


def door_keys_said() -> set[str]:
    """The keys the light door says in so many words."""
    code = scripts()
    keys = set(re.findall(r'data-t="(\w+)"', (DOOR / "door.html").read_text("utf-8")))
    for call in re.finditer(r"(?<![\w$])(?:t|tell)\(", code):
        argument = first_argument(code, call.end())
        if "=>" not in argument:
            keys |= set(re.findall(r'"(\w+)"', re.sub(r'(?:[!=]==) *"\w+"', "", argument)))
    keys |= set(re.findall(r'noted\(\w+, (?:[^)]*\? )?"(\w+)"', code))
    return keys


@cache
def door_words() -> set[str]:
    """Every word in quotes in the scripts, what the page names, and with whom a step can be, which comes along."""
    values = re.findall(r'value="(\w+)"', (DOOR / "door.html").read_text("utf-8"))
    return set(re.findall(r'["\'](\w+)["\']', scripts())) | set(values) | set(Who)


def door_patterns() -> set[str]:
    found = re.findall(r"`([\w$]*\$\{[^`]*?\}\w*)`", scripts())
    holed = {re.sub(r"\$\{[^}]*\}", HOLE, text) for text in found}
    return {text for text in holed if re.fullmatch(rf"[\w{HOLE}]+", text) and text.strip(HOLE)}


# ---- the tests ----


def holes(text: Any) -> set[str]:
    """The names that are filled in, in any of a text's forms."""
    forms = text.values() if isinstance(text, dict) else [text]
    return {field for form in forms for _, field, _, _ in Formatter().parse(str(form)) if field}


def test_every_text_is_there_in_both_languages() -> None:
    assert set(flat("nl")) == set(flat("en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_and_every_plural_has_both_forms(lang: str) -> None:
    for key, text in flat(lang).items():
        forms = text if isinstance(text, dict) else {"one": text, "other": text}
        assert set(forms) == {"one", "other"}, key
        assert all(isinstance(form, str) and form.strip() for form in forms.values()), key


def test_the_same_is_filled_in_in_both_languages() -> None:
    differing = {key: (holes(flat("nl")[key]), holes(flat("en").get(key, ""))) for key in flat("nl")}
    assert {key: both for key, both in differing.items() if both[0] != both[1]} == {}


def test_a_text_with_a_plural_has_one_in_both_languages() -> None:
    kinds = {key for key in flat("nl") if isinstance(flat("nl")[key], dict) != isinstance(flat("en").get(key), dict)}
    assert kinds == set()


def test_no_text_is_missing_that_python_says() -> None:
    missing = [(where, key) for where, key, _ in said() if key not in flat("nl")]
    missing += [(where, key) for where, key in refusals() if key not in flat("nl")]
    assert missing == []


def test_what_a_text_fills_in_is_given_to_it() -> None:
    wrong = []
    for where, key, call in said():
        if name_of(call) == "Finding" or any(keyword.arg is None for keyword in call.keywords):
            continue
        text = flat("nl").get(key, "")
        wanted = holes(text) | ({"n"} if isinstance(text, dict) else set())
        if lacking := wanted - {str(keyword.arg) for keyword in call.keywords}:
            wrong.append((where, key, lacking))
    assert wrong == []


def test_no_text_is_missing_that_the_light_door_says() -> None:
    assert door_keys_said() - set(all_texts("nl")["door"]) == set()


def test_the_light_door_says_every_choice_by_its_name() -> None:
    wanted = {f"role_{role}" for role in set(Role) - {Role.ROOM}} | {f"who_{who}" for who in Who}
    wanted |= {f"source_{source}" for source in Source} | {f"status_{status}" for status in Status}
    wanted |= {f"certainty_{certainty}" for certainty in Certainty}
    assert wanted <= set(all_texts("nl")["door"])


def test_no_text_stands_there_that_nobody_says() -> None:
    refused = {key for _, key in refusals()} | {f"refused.{word}" for word in constants() if word.isidentifier()}
    unused = []
    for key in flat("nl"):
        section, _, rest = key.partition(".")
        if section == "door":
            used = rest in door_keys_said() | door_words() or any(
                fits(rest, pattern, door_words()) for pattern in door_patterns()
            )
        elif section in PLAIN:
            script = (DOOR / f"{section}.js").read_text("utf-8")
            used = bool(re.search(rf'"{rest}"|texts\.{rest}\b', script)) or key in constants()
        else:
            used = key in constants() or key in refused or any(fits(key, one, constants()) for one in patterns())
        if not used:
            unused.append(key)
    assert unused == []


def test_a_number_chooses_the_form() -> None:
    say = reader("nl")
    assert say("door.here", n=1) == "1 mens is hier."
    assert say("door.here", n=0) == "0 mensen zijn hier."
    assert say("door.here", n=2914) == "2.914 mensen zijn hier."


def test_a_text_that_is_not_there_is_an_error_and_not_a_blank_screen() -> None:
    with pytest.raises(KeyError):
        reader("nl")("bestaat.niet")


def test_numbers_and_days_are_written_as_each_language_does() -> None:
    assert (number(2914, "nl"), number(2914, "en")) == ("2.914", "2,914")
    assert (percent(0.65, "nl"), percent(0.65, "en")) == ("65\u00a0%", "65%")
    assert (day(date(2025, 11, 14), "nl"), day(date(2025, 11, 14), "en")) == ("14 november 2025", "14 November 2025")

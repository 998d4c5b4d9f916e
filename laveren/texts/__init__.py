"""What the screens say, in Dutch and English: one reader for Python and the browser alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

LANGUAGES = ("nl", "en")
Say = Callable[..., str]


@cache
def all_texts(lang: str) -> dict[str, Any]:
    """The whole tree of texts of one language."""
    tree = yaml.safe_load((Path(__file__).parent / f"{lang}.yaml").read_text("utf-8"))
    assert isinstance(tree, dict)
    return tree


@cache
def flat(lang: str) -> dict[str, Any]:
    """The same as dotted keys: a text, or its plural forms as {"one": …, "other": …}."""
    found: dict[str, Any] = {}

    def walk(prefix: str, node: Any) -> None:
        if isinstance(node, dict) and set(node) != {"one", "other"}:
            for key, child in node.items():
                walk(f"{prefix}.{key}" if prefix else str(key), child)
        else:
            found[prefix] = node

    walk("", all_texts(lang))
    return found


@cache
def reader(lang: str) -> Say:
    """`say(key, **values)` for one language; a number `n` chooses the plural form. An unknown key is a KeyError."""
    texts, plural = flat(lang), Locale(lang).plural_form

    def say(key: str, /, **values: object) -> str:
        text = texts[key]
        if isinstance(text, dict):
            n = values.get("n", 0)
            text = text[plural(n) if isinstance(n, int | float) else "other"]
        shown = {k: number(v, lang) if isinstance(v, int) and k != "code" else v for k, v in values.items()}
        return str(text).format(**shown) if values else str(text)

    return say


def number(value: float, lang: str) -> str:
    """2914 → "2.914" in Dutch."""
    return format_decimal(value, locale=lang)


def percent(share: float, lang: str) -> str:
    """0.65 → "65 %" in Dutch, "65%" in English."""
    text = format_percent(share, locale=lang)
    return text.replace("%", "\u00a0%") if lang == "nl" else text


def day(value: date, lang: str) -> str:
    """14 november 2025."""
    return format_date(value, "d MMMM y", locale=lang)

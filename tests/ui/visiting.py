"""Who opens pages in the tests: a browser's cookies and address, without a browser."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from google.protobuf.json_format import MessageToJson  # type: ignore[import-untyped]
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from laveren.api.asking import KEY_COOKIE, LANGUAGE_COOKIE
from laveren.house import House
from laveren.settings import ROOT
from laveren.texts import reader
from tests.meeting import Kept, Meeting

MAIN = ROOT / "laveren/ui/main.py"
PATHS = {
    "home": "", "join": "deelnemen", "screen": "scherm", "facilitate": "begeleiden", "workshops": "bijeenkomsten",
    "plan": "plan", "practice": "eigen-praktijk", "cases": "casussen", "themes": "themas", "codebook": "codeboek",
    "coding": "coderen", "guide": "uitleg",
}  # fmt: skip
SAY = reader("nl")


@dataclass
class Guest:
    """Somebody at the pages of a house; windows opened together share the cookies, as tabs of one browser do."""

    house: House
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = "http://laveren.test:8501"

    def holds(self, *keys: str) -> Guest:
        """From now on these keys are in the cookie."""
        self.cookies[KEY_COOKIE] = "~".join(keys)
        return self

    def speaks(self, lang: str) -> Guest:
        self.cookies[LANGUAGE_COOKIE] = lang
        return self

    def opens(self, page: str, code: str = "", theme: str = "light") -> AppTest:
        """A page in a window of its own; an exception on it fails the test."""
        window = AppTest.from_file(MAIN, default_timeout=30)
        window.context = {"url": f"{self.address}/{PATHS[page]}", "theme": theme}
        window.run()
        if code:
            window.query_params["code"] = code
        window.switch_page(f"../../pages/{page}.py").run()
        return sound(window)


def sound(window: AppTest) -> AppTest:
    """The window, which shows no exception."""
    assert [fault.value for fault in window.exception] == []
    return window


def sent(window: AppTest) -> str:
    """Everything this page sent to the browser, whatever shows it."""
    protos = [proto for node in window.main.root if (proto := getattr(node, "proto", None)) is not None]
    return "\n".join(MessageToJson(proto, ensure_ascii=False) for proto in protos)


def button(window: AppTest, label: str) -> Button:
    """The one button that says this."""
    (found,) = [one for one in window.button if one.label == label]
    return found


def says(window: AppTest, label: str) -> bool:
    """Whether there is a button that says this."""
    return any(one.label == label for one in window.button)


def press(window: AppTest, label: str) -> AppTest:
    return sound(button(window, label).click().run())


def titles(window: AppTest) -> list[str]:
    return [title.value for title in window.title]


def toasts(window: AppTest) -> list[str]:
    return [toast.value for toast in window.toast]


def drawn(window: AppTest, component: str) -> dict[str, Any]:
    """The data that one of our components was given."""
    protos = [one.proto for one in window.get("bidi_component")]
    (found,) = [proto for proto in protos if proto.component_name == f"laveren_{component}"]
    data: dict[str, Any] = json.loads(found.json)
    return data


def room_writes(meeting: Meeting, people: int, prompt: str = "1.hindernis", **more: Any) -> list[Kept]:
    """So many people each hand in one answer: *kaart 1*, *kaart 2* and so on."""
    return [meeting.someone().gives(prompt, f"kaart {n}", **more) for n in range(1, people + 1)]

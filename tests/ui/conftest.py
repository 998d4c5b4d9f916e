"""The house as the pages find it, and somebody who opens them."""

from __future__ import annotations

import pytest
from streamlit.runtime.context import ContextProxy

from laveren.house import House
from tests.ui.visiting import Guest


@pytest.fixture
def guest(house: House, monkeypatch: pytest.MonkeyPatch) -> Guest:
    """Somebody without a key at the pages of the house."""
    return receive(house, monkeypatch)


def receive(house: House, monkeypatch: pytest.MonkeyPatch) -> Guest:
    """Lets the pages find this house and this guest's cookies: AppTest knows no cookies.

    No page sets a process to work in the background; who wants that calls `Suggesting.start`.
    """
    guest = Guest(house)
    monkeypatch.setattr(house.suggesting, "wake", lambda _: None)
    monkeypatch.setattr("laveren.ui.session.the_house", lambda: house)
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: guest.cookies))
    return guest

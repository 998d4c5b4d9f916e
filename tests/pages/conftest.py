"""Somebody who opens pages, as in the tests of laveren.ui; and the shelf of cases."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from laveren.house import House, open_house
from laveren.settings import ROOT, Settings
from laveren.workshop.rights import Seat
from tests.shelf import Shelf
from tests.ui.conftest import guest, receive
from tests.ui.visiting import Guest

__all__ = ["guest"]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with two of the cases that ship."""
    folder = tmp_path / "casussen"
    folder.mkdir()
    for name in ("de-bus-voor-de-deur", "tot-mijn-diploma"):
        shutil.copy(ROOT / f"casussen/{name}.yaml", folder)
    return folder


@pytest.fixture
def opened(tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Guest]]:
    """`opened()` opens a house with the cases of that folder, for its organiser."""
    houses: list[House] = []

    def open_it() -> Guest:
        houses.append(open_house(Settings(data=tmp_path / "data", url=None, cases=files)))
        return receive(houses[-1], monkeypatch).holds(houses[-1].keys.make(Seat.ORGANISER))

    yield open_it
    for house in houses:
        house.close()


@pytest.fixture
def organiser(guest: Guest) -> Guest:
    return guest.holds(guest.house.keys.make(Seat.ORGANISER))


@pytest.fixture
def shelf(guest: Guest) -> Shelf:
    return Shelf(guest.house)

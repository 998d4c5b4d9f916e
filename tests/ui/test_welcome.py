"""What the terminal says at the start."""

from __future__ import annotations

import pytest

from laveren.house import House
from laveren.settings import Settings
from laveren.ui.welcome import print_welcome
from laveren.workshop.rights import Seat


def said(house: House, capsys: pytest.CaptureFixture[str]) -> str:
    print_welcome(house)
    out = capsys.readouterr()
    assert out.out == "", "standard output is for programs"
    return out.err


@pytest.fixture(autouse=True)
def own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laveren.ui.welcome.network_address", lambda: "192.168.1.20")


def test_the_terminal_says_where_and_the_organisers_key_behind_a_hash(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(house, capsys)
    assert "http://localhost:8501\n" in text
    assert "http://192.168.1.20:8501\n" in text
    assert f"http://localhost:8501/toegang#{house.keys.make(Seat.ORGANISER)}\n" in text
    assert str(house.settings.data) in text


def test_an_address_that_was_set_stands_alone(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    object.__setattr__(house, "settings", Settings(data=house.settings.data, url="https://laveren.gemeente.nl"))
    text = said(house, capsys)
    assert "https://laveren.gemeente.nl/toegang#o." in text
    assert "localhost" not in text
    assert "192.168" not in text

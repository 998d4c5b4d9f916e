"""The address a room can reach, and the code that leads there."""

from __future__ import annotations

import base64
import socket
from pathlib import Path

import pytest

from laveren.settings import Settings, network_address, read_settings
from laveren.ui.address import Address, qr_code, room_address


@pytest.fixture(autouse=True)
def own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine stands in a network."""
    monkeypatch.setattr("laveren.ui.address.network_address", lambda: "192.168.1.20")


def reached(opened: str, url: str | None = None) -> Address:
    return room_address(Settings(Path("data"), url), opened)


def test_the_url_that_was_set_goes_before_everything() -> None:
    url = "https://laveren.gemeente.nl"
    assert reached("http://localhost:8501/scherm", url) == Address(url)


def test_the_url_in_the_environment_loses_its_slash_and_an_empty_one_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAVEREN_URL", " https://laveren.gemeente.nl/ ")
    assert read_settings().url == "https://laveren.gemeente.nl"
    monkeypatch.setenv("LAVEREN_URL", " ")
    assert read_settings().url is None


@pytest.mark.parametrize(
    ("opened", "wanted"),
    [
        ("http://laptop-van-els:8501/begeleiden", "http://laptop-van-els:8501"),
        ("https://laveren.gemeente.nl/scherm", "https://laveren.gemeente.nl"),
        ("http://192.168.1.4:8501/", "http://192.168.1.4:8501"),
        ("http://[2001:db8::1]:8501/scherm", "http://[2001:db8::1]:8501"),
    ],
)
def test_else_it_is_the_host_the_page_was_opened_with(opened: str, wanted: str) -> None:
    assert reached(opened) == Address(wanted)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.1.1", "[::1]", "0.0.0.0", "LOCALHOST"])
def test_a_name_only_this_machine_knows_becomes_its_address_on_the_network_with_a_warning(host: str) -> None:
    assert reached(f"http://{host}:8501/scherm") == Address("http://192.168.1.20:8501", guessed=True)


@pytest.mark.parametrize("host", ["localhost.gemeente.nl", "127.gemeente.nl"])
def test_a_name_that_begins_like_one_is_not_one(host: str) -> None:
    assert reached(f"http://{host}:8501/") == Address(f"http://{host}:8501")


def test_without_a_network_it_stays_what_it_was_and_warns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laveren.ui.address.network_address", lambda: None)
    assert reached("http://localhost:8501/scherm") == Address("http://localhost:8501", guessed=True)


def test_what_one_types_has_no_http() -> None:
    assert Address("http://192.168.1.20:8501").short == "192.168.1.20:8501"


@pytest.mark.parametrize(("own", "wanted"), [("10.1.2.3", "10.1.2.3"), ("127.0.0.1", None), (OSError(), None)])
def test_this_machine_asks_the_system_for_its_address_and_sends_nothing(
    monkeypatch: pytest.MonkeyPatch, own: str | OSError, wanted: str | None
) -> None:
    class Probe(socket.socket):
        def connect(self, address: object) -> None:
            assert address
            if isinstance(own, OSError):
                raise own

        def getsockname(self) -> tuple[str, int]:
            return (str(own), 1)

        def send(self, *_: object) -> int:
            raise AssertionError("nothing is sent")

    monkeypatch.setattr("laveren.settings.socket.socket", Probe)
    network_address.cache_clear()
    assert network_address() == wanted
    network_address.cache_clear()


def test_a_qr_code_is_an_image_that_is_in_the_page_itself() -> None:
    kind, _, data = qr_code("http://192.168.1.20:8501/meedoen/K7M4PX").partition(",")
    picture = base64.b64decode(data).decode()
    assert kind == "data:image/svg+xml;base64"
    assert "<svg" in picture
    assert 'fill="#fff"' in picture.replace("#FFFFFF", "#fff"), "also on a dark page it is dark on white"
    assert qr_code("http://a/meedoen/AAAAAA") != qr_code("http://a/meedoen/CCCCCC")

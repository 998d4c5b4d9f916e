"""What tests start from: a house of its own for each, with the content that ships, and a meeting in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from laveren.api import guessing, routes
from laveren.api.front import our_app
from laveren.content.library import Library, read_library
from laveren.house import House, open_house
from laveren.settings import ROOT, Settings
from tests.meeting import Browser, Meeting, make_meeting


@pytest.fixture(scope="session")
def library() -> Library:
    """The content that ships, read once."""
    return read_library(ROOT)


@pytest.fixture
def house(tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house with an empty database."""
    monkeypatch.setattr("laveren.house.read_library", lambda *_: library)
    house = open_house(Settings(data=tmp_path / "data", url=None))
    yield house
    house.close()


@pytest.fixture
def meeting(house: House) -> Meeting:
    """A meeting in its lobby: one round, one case, four tables, moderation on."""
    return make_meeting(house)


@pytest.fixture
def anyio_backend() -> str:
    """The loop that serves."""
    return "asyncio"


@pytest.fixture
async def browser(house: House, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[[], Browser]]:
    """`browser()` opens one more browser at the house; the bus runs."""
    monkeypatch.setattr(routes, "wrong_codes", guessing.WrongCodes())
    app = our_app(house)
    house.bus.start()
    async with AsyncExitStack() as stack:
        clients: list[httpx.AsyncClient] = []

        def open_one() -> Browser:
            transport = httpx.ASGITransport(app, client=("10.0.0.1", 1))
            clients.append(httpx.AsyncClient(transport=transport, base_url="http://laveren"))
            stack.push_async_callback(clients[-1].aclose)
            return Browser(clients[-1], app)

        yield open_one
    house.bus.stop()

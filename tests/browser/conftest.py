"""What the browser tests share: a server, a browser per module, a stage per test."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.server import Server, Workshop
from tests.browser.stage import ARTEFACTS, OTHER_HOST, PATIENCE, Stage, launch, picture

FAILED = pytest.StashKey[bool]()
expect.set_options(timeout=PATIENCE)  # what has a promise says so itself


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers that a test failed, for who cleans up after it."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The Laveren that most tests share; each has a workshop of its own in it."""
    serving = Server(tmp_path_factory.mktemp("laveren") / "data")
    serving.start()
    yield serving
    serving.stop()
    serving.house.close()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A Laveren that may be killed."""
    serving = Server(tmp_path / "data")
    serving.start()
    yield serving
    serving.stop()
    serving.house.close()


@pytest.fixture
def workshop(server: Server) -> Workshop:
    """A meeting in its lobby: one round, one case, four tables, moderation on."""
    return server.prepares()


# Not for the whole session: while Playwright's loop lives, tests of another folder cannot start theirs.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def stage(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Windows for this test; afterwards all of them are looked back on."""
    name = "own_server" if "own_server" in request.fixturenames else "server"
    port = request.getfixturevalue(name).port
    opened = Stage(chromium, {f"localhost:{port}", f"{OTHER_HOST}:{port}"})
    yield opened
    if request.node.stash.get(FAILED, False):  # what everybody saw when it went wrong
        for number, page in enumerate(opened.pages()):
            picture(page, f"mislukt-{re.sub('[^a-z_]', '', request.node.name)[:60]}-{number}")
    opened.look_back()

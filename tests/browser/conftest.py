"""Stories in a real browser against the real server process; nothing here knows the database."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.browser.server import Server, demo_server
from tests.browser.watching import Problems, assert_accessible
from tests.databases import WORKER, home

DESK = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 10_000


class Person(Protocol):
    """Opens a browser of its own and steps into a role of the demonstration."""

    def __call__(
        self, who: str = "", *, viewport: ViewportSize = DESK, javascript: bool = True
    ) -> Page: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a story in a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A story that fails shows the end of the server's log."""
    report = yield
    server = getattr(item, "funcargs", {}).get("server")
    if report.failed and isinstance(server, Server):
        report.sections.append(("the server's log", "\n".join(server.log.splitlines()[-40:])))
    return report


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server of this worker: `base_url`, `restart()`, `log`."""
    one = demo_server(home(), WORKER or "main")
    one.start()
    yield one
    one.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    names = [os.environ.get("CHROMIUM", ""), *CHROMIUM_NAMES]
    program = next(filter(None, (shutil.which(name) for name in names if name)), None)
    if program is None:
        pytest.fail("No Chromium was found; `make chromium` installs it or says how.")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def problems() -> Problems:
    """What the pages of this story complain of; `allow()` what the story provokes."""
    return Problems()


@pytest.fixture(autouse=True)
def no_console_errors(request: pytest.FixtureRequest, problems: Problems) -> Iterator[None]:
    """After every story: no complaint in a browser, no traceback on the server."""
    server = request.getfixturevalue("server") if "server" in request.fixturenames else None
    read = len(server.log) if server else 0
    yield
    assert not problems.unexpected(), "\n".join(problems.unexpected())
    if server:
        assert "Traceback (most recent call last)" not in server.log[read:]


@pytest.fixture
def person(
    server: Server, browser: Browser, problems: Problems, no_console_errors: None
) -> Iterator[Person]:
    """`person("Anna")` or `person("anna@…")`: a page in that role; `person()`: nobody's."""
    contexts = []

    def step_in(who: str = "", *, viewport: ViewportSize = DESK, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=server.base_url,
            viewport=viewport,
            java_script_enabled=javascript,
            locale="pl-PL",
            timezone_id="Europe/Warsaw",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        problems.watch(context)
        page = context.new_page()
        if who:
            _step_into(page, who)
        return page

    yield step_in
    for context in contexts:
        context.close()


def _step_into(page: Page, who: str) -> None:
    """Press the button of the demonstration's bar that carries this address or these words."""
    page.goto("/demo/")
    buttons = page.locator("button[name=who]")
    exact = page.locator(f'button[name=who][value="{who}"]')
    (exact if "@" in who else buttons.filter(has_text=who)).click()
    page.wait_for_load_state()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)`: no violation of WCAG 2.2 AA, nor of axe's best practices."""
    return assert_accessible


def pytest_generate_tests(metafunc: Any) -> None:
    """A story that asks for `viewport` runs at a desk's width and at a phone's."""
    if "viewport" in metafunc.fixturenames:
        metafunc.parametrize("viewport", [DESK, PHONE], ids=["1280", "390"])

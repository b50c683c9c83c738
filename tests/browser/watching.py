"""What a browser complains of, and what axe finds: both must be nothing."""

import re
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response, WebError

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Problems:
    """Console errors (refused content among them), uncaught exceptions and answers of 500."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._allowed: list[re.Pattern[str]] = []

    def watch(self, context: BrowserContext) -> None:
        """Listen to every page of this context."""
        context.on("console", self._console)
        context.on("weberror", self._uncaught)
        context.on("response", self._answer)

    def allow(self, pattern: str) -> None:
        """Expect complaints that match, such as «status of 404» where a page is not there."""
        self._allowed.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        """What nobody allowed."""
        return [one for one in self.found if not any(it.search(one) for it in self._allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.found.append(f"console: {message.text} ({where})")

    def _uncaught(self, error: WebError) -> None:
        self.found.append(f"uncaught: {error.error}")

    def _answer(self, response: Response) -> None:
        if response.status >= 500:
            self.found.append(f"answer: {response.status} {response.url}")


def assert_accessible(page: Page) -> None:
    """Run axe on the page as it stands; every violation is named with its elements.

    The script goes in through the debugger's channel, which a content policy does not stop, so
    pages are judged under the very policy they are served with.
    """
    page.evaluate(AXE_SCRIPT)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    results = page.evaluate("options => axe.run(document, options)", options)
    found = [_describe(one) for one in results["violations"]]
    assert not found, f"axe on {page.url}:\n" + "\n".join(found)


def _describe(violation: dict[str, Any]) -> str:
    nodes = [f"    {' '.join(map(str, it['target']))}  {it['html']}" for it in violation["nodes"]]
    return "\n".join([f"  {violation['id']} ({violation['impact']}): {violation['help']}", *nodes])

"""What people do on a page: find by role and name, press, type; by the keyboard when they must."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 250
Axe = Callable[[Page], None]


def link(page: Page, name: str | re.Pattern[str]) -> Locator:
    """The first link of the page's own content with this name."""
    return page.get_by_role("main").get_by_role("link", name=name).first


def button(page: Page, name: str | re.Pattern[str]) -> Locator:
    """The button of the page's own content with this name; a link that looks like one too."""
    return page.get_by_role("main").get_by_role("button", name=name).first


def press_to(page: Page, target: Locator) -> Locator:
    """Press Tab until the focus is on the target, as somebody without a mouse does."""
    target.wait_for()
    for _ in range(MOST_TABS):
        if target.evaluate("it => it === document.activeElement"):
            return target
        page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_TABS} presses of Tab on {page.url} do not reach {target}")


def press(page: Page, target: Locator) -> None:
    """Tab to a link or a button, press Enter, and wait for the page it leads to."""
    press_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page: Page, field: Locator, words: str) -> None:
    """Tab to a field and type over what stands in it."""
    press_to(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def pick(page: Page, field: Locator, words: str) -> None:
    """Tab to a list and go down with the arrow until it shows these words."""
    press_to(page, field)
    for _ in range(field.locator("option").count()):
        shown = field.evaluate("it => it.selectedOptions[0].text")
        if words in " ".join(shown.split()):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"«{words}» is not in the list")


def mark(page: Page, group: Locator, name: str) -> None:
    """Tab into a group of radio buttons and go down with the arrow to this one."""
    choices, wanted = group.get_by_role("radio"), group.get_by_role("radio", name=name)
    press_to(page, choices.first)
    page.keyboard.press("Space")
    for _ in range(choices.count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"«{name}» is not in the group")


def told(page: Page, words: str | re.Pattern[str]) -> None:
    """The page says at its top that it is done."""
    expect(page.locator(".uw-notice--success").last).to_contain_text(words)

"""Somebody without an account comments by the keyboard alone, without scripts, on a phone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Person

LINK = re.compile(r"http://\S+(/potwierdz/\S+/)")


def test_a_guest_files_a_comment_by_keyboard_without_scripts_on_a_phone(
    person: Person, axe: Callable[[Page], None]
) -> None:
    page = person(viewport=PHONE, javascript=False)
    page.goto("/k/program-2027/uwagi/nowa/")
    fits(page)
    reach(page, "select[name=kind]")
    page.keyboard.type("pytanie")
    reach(page, "textarea[name=reasons]")
    page.keyboard.type("Czy w programie będą dyżury?")
    reach(page, "input[name=email]")
    page.keyboard.type("gosc.bez.konta@poczta.test")
    reach(page, "main button:not([name])")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/uwagi/wyslana/$"))
    fits(page)
    page.goto(link_from_the_post(page, "gosc.bez.konta@poczta.test"))
    fits(page)
    expect(page.locator("main")).to_contain_text("Czy w programie będą dyżury?")
    reach(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-panel--confirmation")).to_be_visible()
    fits(page)
    page.reload()
    expect(page.locator(".govuk-panel--confirmation")).to_be_visible()


def test_the_pages_of_a_guest_are_accessible(
    person: Person, axe: Callable[[Page], None], problems: object
) -> None:
    problems.allow(r"status of 422")  # type: ignore[attr-defined]
    page = person(viewport=PHONE)
    page.goto("/k/program-2027/uwagi/nowa/")
    axe(page)
    page.locator("main button:not([name])").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    axe(page)
    page.locator("select[name=kind]").select_option("question")
    page.locator("textarea[name=reasons]").fill("Kiedy dyżury?")
    page.locator("input[name=email]").fill("druga.bez.konta@poczta.test")
    page.locator("main button:not([name])").click()
    expect(page).to_have_url(re.compile(r"/uwagi/wyslana/$"))
    axe(page)
    page.goto(link_from_the_post(page, "druga.bez.konta@poczta.test"))
    axe(page)
    page.locator("main form button").click()
    expect(page.locator(".govuk-panel--confirmation")).to_be_visible()
    axe(page)


def reach(page: Page, selector: str) -> None:
    """Walk with the Tab key until this has the focus."""
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.locator(selector).first.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def link_from_the_post(page: Page, address: str) -> str:
    """The newest letter to the address; the loop sends it within a second or two."""
    post = page.context.new_page()
    for _look in range(40):
        post.goto("/demo/poczta/")
        letter = post.locator(".uw-letter").filter(has_text=address)
        if letter.count():
            found = LINK.search(letter.first.inner_text())
            assert found is not None, letter.first.inner_text()
            post.close()
            return found[1]
        post.wait_for_timeout(250)
    raise AssertionError("no letter came")

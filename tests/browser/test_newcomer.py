"""Somebody who was never here: an account by a code from the post, and the bar without scripts."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import PHONE, Person


def test_a_stranger_signs_up_reads_the_code_in_the_post_and_is_back_where_she_was(
    person: Person, axe: Callable[[Page], None], viewport: ViewportSize
) -> None:
    page = person(viewport=viewport)
    address = f"nowa.{viewport['width']}@poczta.test"
    page.goto("/konto/signup/?next=/k/program-2027/projekt/")
    page.locator("input[name=email]").fill(address)
    press_the_green_button(page)
    axe(page)
    page.locator("input[name=code]").fill("0")
    press_the_green_button(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    axe(page)
    page.locator("input[name=code]").fill(code_from_the_post(page, address))
    press_the_green_button(page)
    expect(page).to_have_url(re.compile(r"/k/program-2027/projekt/$"))
    expect(page.locator(".uw-who")).to_have_text(address)


def press_the_green_button(page: Page) -> None:
    page.locator("main .govuk-button:not(.govuk-button--secondary)").click()


def code_from_the_post(page: Page, address: str) -> str:
    post = page.context.new_page()
    post.goto("/demo/poczta/")
    letter = post.locator(".uw-letter").filter(has_text=address).first
    code = letter.locator(".uw-letter__code b").inner_text()
    post.close()
    return code


def test_the_bar_works_without_scripts_on_a_phone(person: Person) -> None:
    page = person(viewport=PHONE, javascript=False)
    page.goto("/k/program-2027/")
    page.locator("#demo-who").select_option("marta.wisniak@przykladowo.example")
    page.locator("form:has(#demo-who) button").click()
    expect(page).to_have_url(re.compile(r"/k/program-2027/$"))
    expect(page.locator(".uw-who")).to_have_text("Marta Wiśniak")

"""A saved phrase goes into an answer: at once with scripts, by the server without, on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Person

OFFICER = "marta.wisniak@przykladowo.example"
QUEUE = "/biuro/k/program-2027/uwagi/?stan=admitted"
PHONE: ViewportSize = {"width": 390, "height": 844}


def with_a_phrase(page: Page, name: str) -> None:
    """Saves a phrase and opens the first comment to answer."""
    page.goto("/biuro/zwroty/nowy/")
    page.locator("#id_name").fill(name)
    page.locator("#id_text").fill("Uwaga {numer} dotyczy przepisu: {przepis}.")
    page.locator("#id_outcome").select_option("explained")
    page.locator("main form button").first.click()
    page.wait_for_url("**/biuro/zwroty/")
    page.goto(QUEUE)
    page.locator(".uw-q tbody a").first.click()
    page.locator("#answercomment_reasons").fill("Dziękujemy.")
    option = page.locator("#answercomment_phrase option", has_text=name).get_attribute("value")
    page.locator("#answercomment_phrase").select_option(option)
    page.locator("button[name=wstaw]").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_phrase_is_inserted_and_nothing_typed_is_lost(
    person: Person, axe: Callable[[Page], None], *, javascript: bool
) -> None:
    page = person(OFFICER, viewport=PHONE, javascript=javascript)
    with_a_phrase(page, f"Przepis {javascript}")
    reasons = page.locator("#answercomment_reasons").input_value()
    assert reasons.startswith("Dziękujemy.\n\nUwaga ")
    assert "{" not in reasons
    expect(page.locator("input[name=outcome][value=explained]")).to_be_checked()
    assert ("odpowiedz" in page.url) is not javascript
    if javascript:
        axe(page)
    width = page.evaluate("document.documentElement.scrollWidth") if javascript else 0
    assert width <= PHONE["width"]

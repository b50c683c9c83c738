"""Drafts in a browser: kept while one types, found again, filed together; without scripts too."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.acting import press, press_to
from tests.browser.conftest import PHONE, Person
from tests.browser.watching import Problems

WHO = "olena.hajduczyk@mosty.example"
FORM = "/k/program-2027/uwagi/nowa/"
DRAFTS = "/k/program-2027/szkice/"


def write(page: Page, words: str) -> None:
    page.locator("[name=in_name_of][value=own]").check()
    page.locator("[name=kind]").select_option("question")
    page.locator("[name=reasons]").fill(words)


def left(page: Page) -> int:
    """How many drafts this browser keeps itself."""
    found = "() => Object.keys(localStorage).filter(one => one.startsWith('uwaga.draft.')).length"
    return int(page.evaluate(found))


def test_what_is_typed_is_on_the_server_and_survives_signing_out(
    person: Person, axe: Callable[[Page], None]
) -> None:
    page = person(WHO)
    page.goto(FORM)
    write(page, "Słowa, które przetrwają.")
    expect(page.locator("[data-draft-status]")).not_to_be_empty()
    expect(page.locator("[name=version]")).to_have_value("1")
    assert left(page) == 0
    again = person(WHO)
    again.goto(DRAFTS)
    expect(again.get_by_text("Słowa, które przetrwają.")).to_be_visible()
    axe(again)
    again.locator(".uw-comment .uw-row a").first.click()
    expect(again.locator("[name=reasons]")).to_have_value("Słowa, które przetrwają.")
    axe(again)
    again.goto(DRAFTS)
    again.locator("main a[href$='/usun/']").last.click()
    axe(again)
    again.locator("main form button").click()
    expect(again.get_by_text("Słowa, które przetrwają.")).to_have_count(0)


def test_what_the_server_has_not_got_is_offered_again(person: Person, problems: Problems) -> None:
    problems.allow("Failed to load resource")
    page = person(WHO)
    page.goto(FORM)
    page.route("**/szkice/zachowaj/**", lambda route: route.abort())
    write(page, "Bez sieci.")
    expect(page.locator("[data-draft-status]")).not_to_be_empty()
    assert left(page) == 1
    page.unroute("**/szkice/zachowaj/**")
    page.goto(FORM)
    expect(page.locator("[name=reasons]")).to_have_value("")
    page.locator("[data-draft-restore]").click()
    expect(page.locator("[name=reasons]")).to_have_value("Bez sieci.")
    expect(page.locator("[name=version]")).to_have_value("1")
    page.locator("main form[data-draft] > .govuk-button-group button:not([name])").click()
    expect(page).to_have_url(re.compile(r"/uwagi/\d+/\?zgloszona$"))
    assert left(page) == 0


def test_what_is_typed_before_the_script_has_come_is_kept_too(person: Person) -> None:
    page = person(WHO)
    held: list[Route] = []
    page.route("**/drafting*.js", lambda route: held.append(route))  # noqa: PLW0108 - it is marked
    with page.expect_request("**/drafting*.js"):
        page.goto(FORM, wait_until="commit")
    page.locator("[name=reasons]").fill("Szybciej niż skrypt.")
    for script in held:
        script.continue_()
    expect(page.locator("[name=version]")).to_have_value("1")
    page.goto(DRAFTS)
    page.locator("main a[href$='/usun/']").last.click()
    page.locator("main form button").click()
    expect(page.get_by_text("Szybciej niż skrypt.")).to_have_count(0)


def test_by_the_keyboard_and_without_scripts_two_are_filed_together(person: Person) -> None:
    page = person(WHO, viewport=PHONE, javascript=False)
    for words in ("Pierwszy szkic.", "Drugi szkic."):
        page.goto(FORM)
        write(page, words)
        press(page, page.locator("button[name=szkic]"))
        expect(page.locator("[name=reasons]")).to_have_value(words)
    page.goto(f"{DRAFTS}sprawdz/")
    boxes = page.locator("[name=szkic]")
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        expect(box).to_be_checked()
    send = page.locator("main form button.govuk-button").last
    press_to(page, send)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/szkice/zgloszone/\?nr=\d+&nr=\d+$"))
    expect(page.locator(".govuk-panel--confirmation strong")).to_have_text(re.compile(r"\d+, \d+"))

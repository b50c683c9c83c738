"""The office in a browser: the queue by keyboard and by phone, a clash, an import."""

from collections.abc import Callable

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Person
from tests.browser.watching import Problems

OFFICER, SECOND = "marta.wisniak@przykladowo.example", "pawel.grzelec@przykladowo.example"
QUEUE = "/biuro/k/program-2027/uwagi/"
TEXT = "§ 1. Program obejmuje:\n1) zadania,\n3) środki."


def test_the_pages_of_the_office_are_accessible(
    person: Person, viewport: ViewportSize, axe: Callable[[Page], None]
) -> None:
    page = person(OFFICER, viewport=viewport)
    for place in (
        "/biuro/",
        "/biuro/dokumenty/nowy/",
        f"{QUEUE}?uwaga=1",
        f"{QUEUE}?stan=received",
        "/biuro/k/program-2027/papier/",
        "/biuro/k/otwarte-miasto/import/",
    ):
        page.goto(place)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_an_officer_goes_through_the_queue_by_keyboard(person: Person) -> None:
    page = person(OFFICER)
    page.goto(f"{QUEUE}?stan=received")
    links = page.locator(".uw-q tbody a")
    second = links.nth(1).inner_text()
    links.first.focus()
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(links.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#uwaga")).to_be_focused()
    page.keyboard.press("p")  # admits what is open; the next one opens
    expect(page.locator(".uw-notice--success").last).to_be_visible()
    expect(page.locator(".uw-q tr.is-cur a")).to_have_text(second)
    expect(page.locator("#uwaga")).to_be_focused()


def test_letters_typed_into_an_answer_press_nothing(person: Person) -> None:
    page = person(OFFICER)
    page.goto(f"{QUEUE}?stan=admitted")
    page.locator(".uw-q tbody a").first.click()
    reasons = page.locator("#answercomment_reasons")
    reasons.focus()
    page.keyboard.type("ja po")
    expect(reasons).to_have_value("ja po")


def test_shortcuts_can_be_switched_off(person: Person) -> None:
    page = person(OFFICER)
    page.goto(f"{QUEUE}?stan=admitted")
    page.locator("[data-keys-toggle]").click()
    links = page.locator(".uw-q tbody a")
    links.first.focus()
    page.keyboard.press("j")
    expect(links.first).to_be_focused()


def test_two_officers_who_answer_at_once_lose_nothing(
    person: Person, axe: Callable[[Page], None], problems: Problems
) -> None:
    problems.allow("status of 409")
    first, second = person(OFFICER), person(SECOND)
    first.goto(f"{QUEUE}?stan=admitted")
    place = first.locator(".uw-q tbody a").last.get_attribute("href") or ""
    for page, words in ((first, "Pierwsza odpowiedź."), (second, "Druga odpowiedź.")):
        page.goto(place)
        page.locator("#answercomment_outcome label").first.click()
        page.locator("#answercomment_reasons").fill(words)
    for page in (first, second):
        page.locator("#act-answer button").click()
    expect(second.locator(".uw-clash").first).to_contain_text("Pierwsza odpowiedź.")
    expect(second.locator(".uw-clash textarea[name=reasons]")).to_have_value("Druga odpowiedź.")
    axe(second)


def test_a_text_is_looked_at_as_a_tree_before_it_is_saved(
    person: Person, axe: Callable[[Page], None]
) -> None:
    page = person(OFFICER)
    page.goto("/biuro/k/otwarte-miasto/import/")
    page.locator("#id_text").fill(TEXT)
    page.locator("button[name=read]").click()
    expect(page.locator(".uw-branch")).to_have_count(3)
    page.locator(".uw-warnings a").click()
    expect(page.locator(".uw-branch:target")).to_contain_text("3)")
    axe(page)


def test_the_queue_works_without_scripts(person: Person) -> None:
    page = person(OFFICER, javascript=False)
    page.goto(f"{QUEUE}?stan=admitted")
    page.locator(".uw-q tbody a").first.click()
    page.locator("#answercomment_outcome label").first.click()
    page.locator("#answercomment_reasons").fill("Bez skryptów też.")
    page.locator("#act-answer button").click()
    expect(page.locator(".uw-notice--success").last).to_be_visible()

"""A roll call from paper: marked by keys, compared by another clerk, then corrected."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import Axe, button, link
from tests.browser.conftest import PHONE, Person
from tests.browser.server import Server, demo_server
from tests.browser.watching import Problems
from tests.databases import WORKER, home

DRAFT = re.compile("Rady Działalności Pożytku Publicznego")
FIRST, SECOND = "barbara.ciesielniak@przykladowo.example", "dorota.wronowicz@przykladowo.example"
# For 31, against 5, abstained 3, without a vote 1, absent 3: the keys as they are pressed.
KEYS = "z" * 31 + "p" * 5 + "w" * 3 + "o" + "n" * 3
# The sums stay at the bottom of the window; the vote in focus stands above them.
SEEN = """() => document.activeElement.getBoundingClientRect().bottom
    <= document.querySelector("[data-ballot-sum]").getBoundingClientRect().top"""
MINUTES = {
    "Za": "31",
    "Przeciw": "5",
    "Wstrzymujące się": "3",
    "Obecni, którzy nie głosowali": "1",
    "Nieobecni": "3",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One of its own: here the council votes, which other stories still wait for."""
    one = demo_server(home(), f"{WORKER or 'main'}-votes")
    one.start()
    yield one
    one.stop()


def opens(page: Page) -> None:
    page.goto("/rada/")
    link(page, DRAFT).first.click()


def test_a_roll_call_from_paper_takes_two_persons(
    person: Person, axe: Axe, problems: Problems
) -> None:
    problems.allow(r"status of 422")  # other totals than were entered
    one = person(FIRST, viewport=PHONE)
    marks_by_keys(one, axe)
    axe(one)
    button(one, "Zapisz to głosowanie").click()
    expect(one.get_by_role("main")).to_contain_text("Czeka na drugą osobę.")
    axe(one)
    compares(person(SECOND, viewport=PHONE), axe)
    one.reload()
    expect(one.get_by_role("main")).to_contain_text("za 31, przeciw 5, wstrzymało się 3")
    corrects(one, axe)
    compares(person(SECOND, viewport=PHONE), axe)
    stands(one, axe)


def marks_by_keys(page: Page, axe: Axe) -> None:
    opens(page)
    link(page, "Zamiast tego wpisz głosy imiennie").click()
    sums = page.locator("[data-ballot-sum]")
    expect(sums).to_be_visible()  # the script counts
    first = page.locator("[data-ballot] input[type=radio]").first
    first.focus()
    for key in KEYS:
        page.keyboard.press(key)
        assert page.evaluate(SEEN), "the row in focus is behind the sums"
    expect(sums).to_contain_text("za 31")
    expect(sums).to_contain_text("nie zaznaczono 0")
    expect(sums).to_contain_text("obecni 40 / kworum 22")
    axe(page)
    button(page, "Sprawdź listę").click()
    expect(page.get_by_role("main")).to_contain_text("Według tej listy projekt jest uchwalony.")


def compares(page: Page, axe: Axe) -> None:
    page.goto("/rada/")
    link(page, "Porównanie głosowania").click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for label, count in MINUTES.items():
        page.get_by_label(label, exact=True).fill("30" if label == "Za" else count)
    button(page, "Potwierdź głosowanie imienne").click()
    expect(page.get_by_role("alert")).to_contain_text("to 30, a wpisano 31")
    axe(page)
    page.get_by_label("Za", exact=True).fill("31")
    button(page, "Potwierdź głosowanie imienne").click()
    expect(page.get_by_role("main")).to_contain_text("Potwierdzono i wprowadzono")


def corrects(page: Page, axe: Axe) -> None:
    link(page, "Sprostuj błędnie wpisane głosowanie imienne").click()
    page.get_by_label("Dlaczego zastępujesz głosowanie imienne").fill("Pominięto jeden głos.")
    page.get_by_label("System do głosowania").check()
    axe(page)
    button(page, "Sprawdź listę").click()
    button(page, "Zapisz to głosowanie").click()
    expect(page.get_by_role("alert")).to_contain_text("też wymaga dwóch")
    page.locator("input[name=source][value=paper]").check()
    button(page, "Sprawdź listę").click()
    button(page, "Zapisz to głosowanie").click()
    expect(page.get_by_role("main")).to_contain_text("Czeka na drugą osobę.")


def stands(page: Page, axe: Axe) -> None:
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Pominięto jeden głos.")
    link(page, "Oba głosowania imienne").click()
    expect(page.get_by_role("main")).to_contain_text("Wcześniejsze głosowania imienne")
    axe(page)

"""The road seen live: an organisation comments, the office answers, each in her own browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Person

NGO = "alicja.kurzyk@podworka.example"
OFFICER = "marta.wisniak@przykladowo.example"
APPROVER = "ewa.skowronik@przykladowo.example"
SLUG = "program-2027"
QUEUE = f"/biuro/k/{SLUG}/uwagi/"
BELL = ".uw-bell [data-live-counter]"
A_SECOND = 1_500  # the promise is one second; half a one for a busy machine


def test_an_organisation_comments_and_sees_its_answer_arrive(
    person: Person, axe: Callable[[Page], None]
) -> None:
    officer = person(OFFICER)
    officer.goto(f"{QUEUE}?stan=all")
    expect(officer.locator("[data-live-status]:not(.is-off)")).to_be_visible()
    ngo = person(NGO)
    number = file_a_comment(ngo, axe)
    expect(officer.locator("[data-live-counter='desk:program-2027']")).to_be_visible(
        timeout=A_SECOND
    )
    axe(officer)
    admit_and_answer(officer, number, axe)
    approve(person(APPROVER), number, axe)
    ngo.goto(f"/k/{SLUG}/uwagi/{number}/")
    expect(ngo.locator("[data-live-status]:not(.is-off)")).to_be_visible()
    before = int(ngo.locator(BELL).inner_text())
    publish(officer, number)
    expect(ngo.locator(BELL)).to_have_text(str(before + 1), timeout=A_SECOND)
    expect(ngo.locator(f"[data-live-counter='k:{SLUG}']").first).to_be_visible()
    assert ngo.locator("text=Trzydzieści dni").count() == 0, "the page moved under the reader"
    ngo.reload()
    expect(ngo.get_by_text("Trzydzieści dni wprowadzimy")).to_be_visible()
    axe(ngo)


def file_a_comment(page: Page, axe: Callable[[Page], None]) -> str:
    """Open a provision, change its wording, send; gives the number."""
    page.goto(f"/k/{SLUG}/projekt/")
    page.locator("a[href*='przepis=']").nth(4).click()
    axe(page)
    form = page.locator("form:has([name=reasons])")
    words = form.locator("[name=proposed_wording]")
    form.locator("[name=in_name_of]").first.check()
    words.fill(words.input_value() + " Termin wynosi 30 dni.")
    form.locator("[name=reasons]").fill("Ofertę piszemy po pracy, trzy tygodnie to za mało.")
    form.locator("button.govuk-button:not(.govuk-button--secondary)").click()
    expect(page).to_have_url(re.compile(rf"/k/{SLUG}/uwagi/\d+/"))
    axe(page)
    found = re.search(r"/uwagi/(\d+)/", page.url)
    assert found is not None
    return found[1]


def admit_and_answer(page: Page, number: str, axe: Callable[[Page], None]) -> None:
    page.goto(f"{QUEUE}?stan=all&uwaga={number}")
    page.locator("#act-admit button").click()
    page.goto(f"{QUEUE}?stan=all&uwaga={number}")
    form = page.locator("#act-answer")
    form.locator("input[name=outcome]").nth(1).check()
    form.locator("[name=accepted_part]").fill("Termin wydłużamy do 30 dni, ale dopiero za rok.")
    form.locator("[name=reasons]").fill("Trzydzieści dni wprowadzimy od przyszłego roku.")
    form.locator("button").click()
    page.goto(f"{QUEUE}?stan=all&uwaga={number}")
    assert page.locator("#act-approve").count() == 0, "nobody signs their own answer"
    axe(page)


def approve(page: Page, number: str, axe: Callable[[Page], None]) -> None:
    page.goto(f"{QUEUE}?stan=all&uwaga={number}")
    axe(page)
    page.locator("#act-approve button").click()


def publish(page: Page, number: str) -> None:
    page.goto(f"{QUEUE}?stan=all&uwaga={number}")
    page.locator("#act-publish button").click()


def test_after_a_lost_connection_the_page_catches_up(person: Person, server: object) -> None:
    page = person(OFFICER)
    page.goto(f"{QUEUE}?stan=all")
    expect(page.locator("[data-live-status]:not(.is-off)")).to_be_visible()
    page.context.set_offline(True)
    ngo = person(NGO)
    file_a_comment(ngo, lambda _page: None)
    page.context.set_offline(False)
    expect(page.locator("[data-live-counter='desk:program-2027']")).to_be_visible(timeout=40_000)


def test_without_javascript_a_comment_is_filed(
    person: Person,
) -> None:
    page = person(NGO, javascript=False)
    file_a_comment(page, lambda _page: None)


@pytest.mark.postgres
def test_on_postgresql_and_valkey_the_office_sees_a_comment_arrive(person: Person) -> None:
    officer = person(OFFICER)
    officer.goto(f"{QUEUE}?stan=all")
    expect(officer.locator("[data-live-status]:not(.is-off)")).to_be_visible()
    file_a_comment(person(NGO), lambda _page: None)
    expect(officer.locator("[data-live-counter='desk:program-2027']")).to_be_visible(
        timeout=A_SECOND
    )

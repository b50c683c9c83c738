"""A comment is filed, its receipt is taken home, and it still proves what was said."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.acting import Axe, button, link
from tests.browser.conftest import Person

OPEN = "program-2027"
WORDS = "Prosimy o salę także w soboty: zażółć gęślą jaźń."
SOON = 30_000  # milliseconds: the head is signed within ten seconds


def test_a_receipt_proves_the_comment_without_the_site(
    person: Person, axe: Axe, tmp_path: Path
) -> None:
    page = person("alicja.kurzyk@podworka.example")
    number = files(page)
    kept = saves_the_receipt(page, number, tmp_path)
    checks_itself(page, kept)
    page.goto("/log/")
    page.get_by_label("Potwierdzenie lub zapis").set_input_files(kept)
    button(page, "Sprawdź plik").click()
    expect(page.get_by_role("main")).to_contain_text("Plik zgadza się z rejestrem")
    axe(page)
    forged = tmp_path / "inne.html"
    forged.write_bytes(kept.read_bytes().replace(b'id="record">', b'id="record">AAAA'))
    page.get_by_label("Potwierdzenie lub zapis").set_input_files(forged)
    button(page, "Sprawdź plik").click()
    expect(page.get_by_role("main")).to_contain_text("Plik nie zgadza się z rejestrem")
    axe(page)


def files(page: Page) -> str:
    page.goto(f"/k/{OPEN}/uwagi/nowa/")
    page.get_by_role("radio", name="Podwórka Przykładowa").check()
    page.get_by_label("Uzasadnienie").fill(WORDS)
    button(page, "Wyślij uwagę").click()
    page.wait_for_url(re.compile("zgloszona"))
    return page.url.split("/")[-2]


def saves_the_receipt(page: Page, number: str, where: Path) -> Path:
    address = f"/k/{OPEN}/uwagi/{number}/potwierdzenie/"
    for _second in range(SOON // 1000):
        if "content-disposition" in page.request.get(address).headers:
            break
        page.wait_for_timeout(1000)
    with page.expect_download() as coming:
        link(page, "Zapisz potwierdzenie").click()
    kept = where / coming.value.suggested_filename
    coming.value.save_as(kept)
    return kept


def checks_itself(page: Page, kept: Path) -> None:
    """Opened from the disk, with the network away."""
    browser = page.context.browser
    assert browser is not None
    alone = browser.new_context(offline=True, locale="pl-PL")
    try:
        receipt = alone.new_page()
        receipt.goto(kept.as_uri())
        expect(receipt.get_by_role("status")).to_contain_text("Zapis się zgadza.")
        expect(receipt.locator("#facts")).to_contain_text(WORDS)
    finally:
        alone.close()


def test_anybody_checks_the_record_of_a_draft(person: Person, axe: Axe) -> None:
    page = person()
    page.goto(f"/k/{OPEN}/dziennik/")
    link(page, "Sprawdź zgodność").click()
    expect(page.get_by_role("main")).to_contain_text("Dziennik zgadza się z rejestrem")
    axe(page)

"""A sheet of comments by keyboard alone on a phone: read, tried, entered, found in the register."""

import re

from playwright.sync_api import FilePayload, Page, ViewportSize, expect

from tests.browser.acting import Axe, button, link, press
from tests.browser.conftest import Person
from tests.register.sheets import in_xlsx, with_rows

OFFICER, OPEN = "marta.wisniak@przykladowo.example", "program-2027"
PHONE: ViewportSize = {"width": 390, "height": 844}
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def fits(page: Page, axe: Axe) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_sheet_is_entered_by_keyboard_on_a_phone(person: Person, axe: Axe) -> None:
    page = person(OFFICER, viewport=PHONE)
    page.goto(f"/biuro/k/{OPEN}/papier/")
    press(page, link(page, "Wpisz wiele uwag z arkusza"))
    fits(page, axe)
    rows = with_rows({1: "", 7: "", 8: "Powód z arkusza."}, {1: "", 6: "§ 999"})
    file: FilePayload = {"name": "u.xlsx", "mimeType": MIME, "buffer": in_xlsx(rows)}
    page.get_by_label("Plik").set_input_files(file)  # the system's own window chooses it
    press(page, button(page, "Wczytaj arkusz"))
    main = page.get_by_role("main")
    expect(main).to_contain_text("nie ma jednostki redakcyjnej „§ 999”")
    expect(main).to_contain_text("Powód z arkusza.")
    fits(page, axe)
    press(page, button(page, "Wpisz te uwagi"))
    expect(main).to_contain_text("Arkusz został wpisany.")
    fits(page, axe)
    press(page, link(page, re.compile("^Rejestr$")))
    expect(main).to_contain_text("Rejestr uwag")
    fits(page, axe)
    page.goto(f"/biuro/k/{OPEN}/uwagi/?stan=all&szukaj=Powód z arkusza")
    expect(main).to_contain_text("Jan Testowy")

"""The text in the browser: edited with its cause, kept while one types, read by others."""

import re

from playwright.sync_api import Page, expect

from tests.browser.acting import Axe, button, link
from tests.browser.conftest import Person
from tests.browser.watching import Problems

REVIEW = "opieka-nad-zwierzetami"
DESK = f"/biuro/k/{REVIEW}/tekst/"
OFFICER, SECOND = "marta.wisniak@przykladowo.example", "pawel.grzelec@przykladowo.example"


def test_a_change_goes_from_the_officers_desk_to_the_councillors_phone(
    person: Person, axe: Axe
) -> None:
    page = person(OFFICER)
    page.goto(DESK)
    expect(page.get_by_role("main")).to_contain_text(
        "Uwzględnione uwagi, które niczego nie zmieniły"
    )
    axe(page)
    writes_the_accepted_change(page, axe)
    publishes(page, axe)
    reads_why(person(), axe)
    marks_as_seen(person("kinga.bialowas@przykladowo.example"), axe)


def opens(page: Page, place: str) -> None:
    page.get_by_role("row").filter(
        has=page.get_by_role("rowheader", name=place, exact=True)
    ).get_by_role("link", name="zmień").click()


def writes_the_accepted_change(page: Page, axe: Axe) -> None:
    """The words come back after the page was left, and are saved with the comment as cause."""
    opens(page, "§ 7 ust. 1")
    field = page.get_by_label("Brzmienie")
    field.fill(
        "Schronisko jest otwarte co najmniej 5 dni w tygodniu, w tym w soboty i w niedziele."
    )
    expect(page.get_by_role("status").filter(has_text="jest przechowywane")).to_be_visible()
    expect(page.locator("[data-compared] ins").last).to_contain_text("niedziele")
    axe(page)
    page.goto(DESK)
    opens(page, "§ 7 ust. 1")
    expect(page.get_by_label("Brzmienie")).to_have_value(re.compile("niedziele"))
    page.get_by_role("checkbox", name=re.compile("^8 ")).check()
    button(page, "Zapisz").click()
    expect(page.get_by_role("main")).to_contain_text("Zapisano: § 7 ust. 1")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="§ 7 ust. 1"))
    expect(row).to_contain_text("uwaga 8")
    expect(link(page, re.compile(r"^Uwaga nr\s8$"))).to_have_count(0)


def publishes(page: Page, axe: Axe) -> None:
    button(page, "Opublikuj tę wersję").click()
    axe(page)
    button(page, "Opublikuj").click()
    expect(page.get_by_role("main")).to_contain_text("Wersja jest opublikowana")
    axe(page)


def reads_why(page: Page, axe: Axe) -> None:
    """A visitor: what changed, because of whom, and the comment that led to it."""
    page.goto(f"/k/{REVIEW}/zmiany/")
    main = page.get_by_role("main")
    expect(main).to_contain_text(re.compile(r"Zmieni(ły|ło) się \d+ przepis"))
    axe(page)
    link(page, re.compile("^uwaga 1 ")).click()
    expect(main).to_contain_text("Co zmieniła w tekście")
    axe(page)
    page.goto(f"/k/{REVIEW}/projekt/?wersja=2")
    expect(
        main.get_by_role("link", name="AKN").or_(main.get_by_role("link", name="XML"))
    ).to_be_visible()
    with page.expect_download() as download:
        main.get_by_role("link", name="DOCX").click()
    assert download.value.suggested_filename == f"{REVIEW}-2.docx"


def marks_as_seen(page: Page, axe: Axe) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/k/{REVIEW}/zmiany/")
    button(page, re.compile("oznacz jako obejrzane.*§ 3")).click()
    expect(button(page, re.compile("cofnij oznaczenie.*§ 3"))).to_be_visible()
    axe(page)


def test_two_officers_at_one_provision_lose_nothing(
    person: Person, axe: Axe, problems: Problems
) -> None:
    problems.allow(r"status of 409")
    first, second = person(OFFICER), person(SECOND)
    for page in (first, second):
        page.goto("/biuro/k/otwarte-miasto/tekst/")
        opens(page, "§ 1")
    first.get_by_label("Brzmienie").fill("Pomoc weterynaryjną zapewnia Miasto.")
    button(first, "Zapisz").click()
    expect(first.get_by_role("main")).to_contain_text("Zapisano: § 1")
    second.get_by_label("Brzmienie").fill("Pomoc weterynaryjną zapewnia lecznica.")
    button(second, "Zapisz").click()
    expect(second.get_by_role("heading", level=1)).to_contain_text("zmiana w trakcie pisania")
    expect(second.get_by_role("main")).to_contain_text("zapewnia Miasto")
    axe(second)
    button(second, "Zapisz moje brzmienie").click()
    expect(second.get_by_role("main")).to_contain_text("Zapisano: § 1")

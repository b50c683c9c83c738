"""The council, its office and the auditor: one story for each."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.acting import Axe, button, link
from tests.browser.conftest import PHONE, Person

REVIEW = "opieka-nad-zwierzetami"
ACTS = re.compile("Przyjmij|Przekaż|Zaproponuj|Zatwierdź|Opublikuj|Zwróć|Ukryj|Zakończ|Wprowadź")
NAMED = """Kinga Białowąs;Porozumienie Dzielnic;za
Adam Bielawiec;Zielony Rynek;przeciw
Adrianna Borucka;Wspólne Przykładowo;za"""
MINUTES = {
    "Za": "31",
    "Przeciw": "5",
    "Wstrzymujące się": "3",
    "Obecni, którzy nie głosowali": "1",
    "Nieobecni": "3",
}


def test_a_councillor_sees_on_her_phone_what_changed(person: Person, axe: Axe) -> None:
    page = person("kinga.bialowas@przykladowo.example", viewport=PHONE)
    page.goto("/rada/")
    expect(page.get_by_role("main")).to_contain_text("Następny krok: Głosowanie na sesji")
    axe(page)
    schedules(person("dorota.wronowicz@przykladowo.example"), "2026-10-29")
    page.get_by_role("button", name="+1 godzina").click()
    page.goto("/rada/")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Nowe jest to, co wydarzyło się od ostatniej wizyty")
    expect(main).to_contain_text("Projekt jest w porządku obrad sesji XLIV, 29 października 2026.")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    prints(page)


def schedules(page: Page, day: str) -> None:
    page.goto("/rada/")
    link(page, re.compile("Rady Działalności Pożytku Publicznego")).click()
    link(page, "Wprowadź projekt do porządku obrad sesji").click()
    page.get_by_label("Numer sesji").fill("XLIV")
    page.get_by_label("Dzień sesji").fill(day)
    button(page, "Wprowadź do porządku obrad").click()


def prints(page: Page) -> None:
    """On paper the draft stays, and what belongs to the screen goes."""
    link(page, re.compile("na rok 2027")).click()
    expect(button(page, "Drukuj")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(button(page, "Drukuj")).to_be_hidden()
    page.emulate_media(media="screen")


def test_a_clerk_schedules_a_session_and_looks_over_a_roll_call(person: Person, axe: Axe) -> None:
    page = person("barbara.ciesielniak@przykladowo.example")
    schedules(page, "2026-10-30")
    expect(page.get_by_role("main")).to_contain_text("XLIV, 30 października 2026")
    axe(page)
    page.get_by_label("Protokół papierowy").check()
    page.get_by_label("Albo wklej listę").fill(NAMED)
    for label, count in MINUTES.items():
        page.get_by_label(label, exact=True).fill(count)
    button(page, "Sprawdź listę").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sprawdzenie listy głosów")
    main = page.get_by_role("main")
    expect(main).to_contain_text("31 za")
    expect(main).to_contain_text("Znane są nazwiska radnych: 3 z 43.")
    expect(main.get_by_role("row").filter(has_text="Adam Bielawiec")).to_contain_text("przeciw")
    axe(page)
    button(page, "Popraw listę").click()
    expect(page.get_by_label("Przeciw", exact=True)).to_have_value("5")


def test_an_auditor_reads_the_record_and_takes_it_away(
    person: Person, axe: Axe, tmp_path: Path
) -> None:
    page = person("renata.opolczyk@przykladowo.example")
    page.goto(f"/k/{REVIEW}/dziennik/")
    axe(page)
    page.get_by_label("Czego dotyczą").select_option(label="uwagi i odpowiedzi")
    page.get_by_label("Numer uwagi").fill("2")
    button(page, "Pokaż").click()
    expect(page.get_by_role("caption")).to_contain_text("Zdarzenia")
    for row in page.get_by_role("table").locator("tbody tr").all():
        expect(row).to_contain_text("nr 2")
    axe(page)
    sheet = downloads(page, "do arkusza kalkulacyjnego (CSV)", tmp_path)
    lines = downloads(page, "dla programów (JSON lines)", tmp_path)
    events = [json.loads(line) for line in lines.splitlines()]
    assert len(events) == page.get_by_role("table").locator("tbody tr").count()
    assert "Zatwierdzono odpowiedź na uwagę nr 2." in sheet.replace("\xa0", " ")
    sees_no_acts(page)
    axe(page)


def downloads(page: Page, name: str, where: Path) -> str:
    with page.expect_download() as coming:
        link(page, name).click()
    kept = where / coming.value.suggested_filename
    coming.value.save_as(kept)
    return kept.read_text(encoding="utf-8-sig")


def sees_no_acts(page: Page) -> None:
    """She opens what the office works with, and there is nothing for her to press."""
    for place in (f"/biuro/k/{REVIEW}/uwagi/?stan=all&uwaga=7", f"/biuro/k/{REVIEW}/", "/rada/3/"):
        page.goto(place)
        main = page.get_by_role("main")
        acts = main.locator("form[method=post]:not([action$='/widoki/'])")  # a view is her own
        expect(acts).to_have_count(0)
        expect(main.get_by_role("button", name=ACTS, disabled=False)).to_have_count(0)

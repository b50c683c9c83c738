"""Every page, as every person, at a desk and on a phone: axe finds nothing, nothing spills."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import Person

OPEN, REVIEW, VOTE, DONE, NEW = (
    "program-2027",
    "opieka-nad-zwierzetami",
    "rada-pozytku",
    "program-2026",
    "otwarte-miasto",
)
PUBLIC = (
    "/",
    "/dokumenty/",
    "/dokumenty/program-2027/",
    *(f"/dokumenty/{slug}/cele/" for slug in ("program-2027", "strategia", NEW)),
    f"/k/{OPEN}/",
    f"/k/{OPEN}/projekt/",
    f"/k/{OPEN}/projekt/?tylko=uwagi",
    f"/k/{OPEN}/uwagi/",
    f"/k/{OPEN}/uwagi/?szukaj=termin&stan=czeka",
    f"/k/{OPEN}/uwagi/?szukaj=zażółć",
    f"/k/{DONE}/uwagi/",
    f"/k/{OPEN}/uwagi/1/",
    f"/k/{OPEN}/uwagi/nowa/",
    "/potwierdz/nie-ma/",
    f"/k/{OPEN}/raport/",
    f"/k/{OPEN}/dziennik/",
    f"/k/{OPEN}/droga/",
    f"/k/{OPEN}/glosowanie/",
    f"/k/{DONE}/",
    f"/k/{DONE}/projekt/",
    f"/k/{DONE}/uwagi/1/",
    f"/k/{DONE}/raport/",
    f"/k/{DONE}/glosowanie/",
    f"/k/{DONE}/dziennik/",
    f"/k/{DONE}/dziennik/?rodzaj=comment&rola=officer",
    *(f"/k/{slug}/ogloszenie/" for slug in (OPEN, REVIEW, DONE)),
    f"/k/{VOTE}/raport/",
    f"/k/{VOTE}/zmiany/",
    f"/k/{VOTE}/poprawki/",
    f"/k/{DONE}/poprawki/",
    f"/k/{DONE}/poprawki/1/",
    f"/k/{VOTE}/projekt/?wersja=2",
    f"/k/{OPEN}/zmiany/",
    f"/k/{OPEN}/dziennik/zgodnosc/",
    "/zasady/",
    "/zasady/1/",
    f"/k/{OPEN}/plan/",
    f"/k/{DONE}/plan/",
    *(f"/k/{slug}/wykonanie/" for slug in (OPEN, DONE)),
    "/rada/sesje/",
    "/log/",
    "/szukaj/",
    "/szukaj/?q=termin",
    "/szukaj/?q=zażółć",
)
SERVICE = (
    "/prywatnosc/",
    "/dostepnosc/",
    "/kod/",
    "/konto/login/code/",
    "/konto/signup/",
    "/demo/",
    "/demo/poczta/",
    "/nie-ma-takiej-strony/",
)
PAGES = {
    "": PUBLIC + SERVICE,
    "alicja.kurzyk@podworka.example": (
        "/moje/",
        "/moje/organizacje/",
        "/moje/organizacje/1/",
        "/moje/organizacje/dolacz/?q=fundacja",
        "/moje/organizacje/2/dolacz/",
        "/moje/organizacje/nowa/",
        "/konto/dane/",
        "/konto/dane/usun/",
        "/powiadomienia/",
        f"/k/{OPEN}/projekt/",
        f"/k/{OPEN}/uwagi/nowa/",
        f"/k/{OPEN}/uwagi/",
        f"/k/{OPEN}/uwagi/?szukaj=termin&stan=czeka",
        f"/k/{OPEN}/uwagi/?szukaj=zażółć",
        f"/k/{DONE}/uwagi/",
        f"/k/{OPEN}/szkice/",
        f"/k/{OPEN}/szkice/sprawdz/",
        f"/k/{OPEN}/szkice/zgloszone/",
        "/moje/uwagi/",
        f"/k/{OPEN}/uwagi/1/",
    ),
    "marta.wisniak@przykladowo.example": (
        "/zadania/",
        "/biuro/",
        "/biuro/dokumenty/nowy/",
        "/biuro/organizacje/",
        "/biuro/organizacje/1/",
        *(f"/biuro/dokumenty/{slug}/cele/" for slug in ("program-2027", "strategia")),
        "/biuro/dokumenty/program-2027/cele/20/",
        "/biuro/projekty/nowy/",
        "/powiadomienia/",
        *(f"/biuro/k/{slug}/" for slug in (NEW, OPEN, REVIEW, VOTE, DONE)),
        f"/biuro/k/{NEW}/import/",
        f"/biuro/k/{NEW}/oglos/",
        *(f"/biuro/k/{slug}/tekst/" for slug in (NEW, OPEN, REVIEW, DONE)),
        *(f"/biuro/k/{REVIEW}/tekst/{what}/" for what in ("porzuc", "opublikuj", "elementy")),
        f"/biuro/k/{OPEN}/tekst/elementy/",
        f"/biuro/k/{OPEN}/papier/",
        *(f"/biuro/k/{slug}/obciazenie/" for slug in (OPEN, REVIEW)),
        f"/biuro/k/{OPEN}/rejestr/",
        f"/biuro/k/{OPEN}/arkusz/",
        f"/biuro/k/{OPEN}/formy/",
        f"/biuro/k/{REVIEW}/plan/",
        *(f"/biuro/k/{DONE}/{act}/" for act in ("sprawozdanie", "wejscie-w-zycie")),
        *("/rada/sesje/nowa/", "/rada/sesje/1/zmien/", "/rada/sesje/1/odwolaj/"),
        f"/biuro/k/{OPEN}/sprostowanie/",
        f"/biuro/k/{OPEN}/przedluz/",
        f"/biuro/k/{NEW}/odwolaj/",
        f"/biuro/k/{OPEN}/wycofaj/",
        f"/biuro/k/{OPEN}/znak/",
        f"/biuro/k/{REVIEW}/raport/",
        f"/biuro/k/{REVIEW}/razem/",
        f"/biuro/k/{REVIEW}/uwagi/arkusz/",
        f"/biuro/k/{REVIEW}/opinie/",
        f"/biuro/k/{VOTE}/opinie/",
        *(f"/biuro/k/{slug}/repliki/" for slug in (REVIEW, DONE)),
        f"/biuro/k/{REVIEW}/wysylka/",
        "/biuro/zasady/",
        "/biuro/zasady/annual_programme/nowa/",
        f"/biuro/k/{REVIEW}/ponownie/",
        "/biuro/zwroty/",
        "/biuro/zwroty/nowy/",
        "/biuro/szablony/",
        "/biuro/szablony/?list=comment.file&jezyk=pl",
        f"/biuro/k/{REVIEW}/zakoncz/",
        f"/biuro/k/{REVIEW}/uwagi/",
        f"/biuro/k/{REVIEW}/grupy/",
        f"/biuro/k/{REVIEW}/grupy/?pokaz=utworzone",
        f"/biuro/k/{REVIEW}/uwagi/1/podobne/",
        *(f"/biuro/k/{REVIEW}/uwagi/?stan=all&uwaga={number}" for number in range(1, 11)),
        f"/biuro/k/{OPEN}/uwagi/?stan=received",
        f"/biuro/k/{OPEN}/uwagi/?stan=appeals",
    ),
    "joanna.rebacz@przykladowo.example": ("/zadania/", f"/biuro/k/{OPEN}/uwagi/"),
    "ewa.skowronik@przykladowo.example": (
        "/zadania/",
        f"/biuro/k/{REVIEW}/uwagi/?stan=proposed",
        f"/biuro/k/{REVIEW}/razem/",
        f"/biuro/k/{REVIEW}/raport/zwolnij/",
        "/biuro/zastepstwa/",
        "/biuro/dane-osobowe/",
        *(f"/biuro/k/{REVIEW}/uwagi/?stan=all&uwaga={number}" for number in range(1, 11)),
    ),
    "barbara.ciesielniak@przykladowo.example": (
        "/zadania/",
        "/rada/",
        "/rada/1/",
        "/rada/1/sprostowanie/",
        "/rada/3/",
        "/rada/3/glosowanie/",
        "/rada/3/glosowanie/imienne/",
        "/rada/3/glosowanie/imienne/?nazwiska=1",
        "/rada/3/sesja/",
        "/rada/3/odeslanie/",
        "/rada/3/wniosek/",
        "/rada/3/zdjecie/",
        "/rada/3/poczatek/",
        "/rada/3/czytanie/",
        "/rada/3/poprawki/nowa/",
        "/rada/2/publikacja/",
    ),
    "tomasz.jagielnik@przykladowo.example": ("/zadania/", f"/biuro/k/{REVIEW}/opinie/6/"),
    "kinga.bialowas@przykladowo.example": (
        "/rada/",
        "/rada/3/",
        f"/rada/k/{REVIEW}/notatka/",
        "/powiadomienia/",
    ),
    "renata.opolczyk@przykladowo.example": ("/zadania/", f"/biuro/k/{REVIEW}/uwagi/?uwaga=1"),
}


@pytest.mark.parametrize("who", PAGES, ids=lambda who: who.partition("@")[0] or "visitor")
def test_every_page_is_accessible_and_fits(
    who: str, viewport: ViewportSize, person: Person, axe: Callable[[Page], None], problems: object
) -> None:
    problems.allow(r"status of 404")  # type: ignore[attr-defined]
    page = person(who, viewport=viewport)
    for path in PAGES[who]:
        page.goto(path)
        axe(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= viewport["width"], f"{path} spills to {width}"


def test_every_page_is_accessible_in_english(person: Person, axe: Callable[[Page], None]) -> None:
    page = person("marta.wisniak@przykladowo.example")
    page.locator("button[name=language][value=en]").click()
    for path in ("/", f"/k/{OPEN}/projekt/", f"/biuro/k/{REVIEW}/uwagi/?uwaga=1", "/zadania/"):
        page.goto(path)
        axe(page)

"""The seat of an organisation and one's own comment: by keyboard, on a phone, without scripts."""

import re

from playwright.sync_api import Page, expect

from tests.browser.acting import button, link, press, press_to, type_into
from tests.browser.conftest import PHONE, Person

OPEN = "/k/program-2027"
OFFICER, SECOND = "marta.wisniak@przykladowo.example", "pawel.grzelec@przykladowo.example"
WOJCIECH, HALINA = "wojciech.piatkowiec@poczta.example", "halina.kostrzewiak@poczta.example"


def on_a_phone(person: Person, who: str) -> Page:
    return person(who, viewport=PHONE, javascript=False)


def says(page: Page, words: str | re.Pattern[str]) -> None:
    """The page says it, and fits the phone."""
    expect(page.get_by_role("main")).to_contain_text(words)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_mandate_is_asked_for_and_given(person: Person) -> None:
    page, office = on_a_phone(person, WOJCIECH), on_a_phone(person, OFFICER)
    page.goto("/moje/organizacje/")
    press(page, button(page, "Dołącz do organizacji"))
    type_into(page, page.locator("[name=q]"), "gmin dorzecza")
    press(page, button(page, "Szukaj"))
    press(page, link(page, re.compile(r"^poproś o\sumocowanie")))
    press_to(page, page.locator("[name=kind]").first)
    page.keyboard.press("Space")
    type_into(page, page.locator("[name=basis]"), "Uchwała zarządu z 1 października")
    press(page, button(page, re.compile(r"^Poproś o\sumocowanie")))
    says(page, "Stowarzyszenie Gmin Dorzecza")
    office.goto("/biuro/organizacje/")
    press(office, link(office, "Stowarzyszenie Gmin Dorzecza"))
    press(office, button(office, re.compile("^przyznaj")))
    says(office, "Wojciech Piątkowiec")
    page.goto("/moje/organizacje/")
    says(page, "obowiązuje")


def test_ones_own_comment_is_corrected_hidden_appealed_and_restored(person: Person) -> None:
    page = on_a_phone(person, HALINA)
    number = files(page)
    press(page, link(page, "Popraw tę uwagę"))
    type_into(page, page.locator("[name=reasons]"), "Czy dyżury będą także w sobotę?")
    press(page, button(page, "Popraw uwagę"))
    says(page, "Czy dyżury będą także w sobotę?")
    stops_naming(page)
    hides(on_a_phone(person, OFFICER), number)
    page.goto(f"{OPEN}/uwagi/{number}/")
    says(page, "To samo pytanie już było")
    press(page, button(page, "Odwołaj się"))
    type_into(page, page.locator("[name=reasons]"), "Pytam o sobotę, a nie o tydzień.")
    press(page, button(page, "Złóż odwołanie"))
    says(page, "Pytam o sobotę, a nie o tydzień.")
    other = on_a_phone(person, SECOND)
    other.goto(f"/biuro{OPEN}/uwagi/?stan=all&uwaga={number}#uwaga")
    press(other, button(other, "Przywróć uwagę"))
    page.goto(f"{OPEN}/uwagi/{number}/")
    expect(page.get_by_role("main")).not_to_contain_text("To samo pytanie już było")


def files(page: Page) -> str:
    page.goto(f"{OPEN}/uwagi/nowa/")
    press_to(page, page.locator("select[name=kind]"))
    page.keyboard.type("pytanie")
    type_into(page, page.locator("[name=reasons]"), "Kiedy będą dyżury?")
    press_to(page, page.locator("[name=named]"))
    page.keyboard.press("Space")
    press(page, button(page, "Wyślij uwagę"))
    says(page, "Uwaga wysłana")
    number = page.url.split("/")[-2]
    page.goto(f"{OPEN}/uwagi/{number}/")
    return number


def stops_naming(page: Page) -> None:
    words = re.compile(r"^Nie pokazuj mojego imienia i\snazwiska")
    press(page, link(page, words))
    press(page, button(page, words))
    expect(link(page, words)).to_have_count(0)


def hides(office: Page, number: str) -> None:
    office.goto(f"/biuro{OPEN}/uwagi/?stan=all&uwaga={number}#uwaga")
    press_to(office, office.locator("summary").filter(has_text="Ukryj uwagę"))
    office.keyboard.press("Enter")
    form = office.locator(f"form[action$='/uwagi/{number}/ukryj/']")
    type_into(office, form.locator("[name$=because]"), "To samo pytanie już było.")
    press(office, form.get_by_role("button"))


def test_support_is_given_and_taken_back(person: Person) -> None:
    page = on_a_phone(person, HALINA)
    page.goto(f"{OPEN}/uwagi/6/")
    press(page, button(page, "Popieram we własnym imieniu"))
    says(page, "1 osoba prywatna")
    press(page, button(page, "Cofnij moje poparcie"))
    says(page, "Nikt jeszcze nie poparł tej uwagi.")


def test_ones_data_are_asked_to_be_erased_and_the_request_is_taken_back(person: Person) -> None:
    page = on_a_phone(person, WOJCIECH)
    page.goto("/konto/dane/")
    press(page, link(page, re.compile(r"^Poproś o\susunięcie danych")))
    press_to(page, page.locator("[name=understood]"))
    page.keyboard.press("Space")
    press(page, button(page, re.compile(r"^Poproś o\susunięcie$")))
    press(page, button(page, "Wycofaj prośbę"))
    expect(link(page, re.compile(r"^Poproś o\susunięcie danych"))).to_be_visible()

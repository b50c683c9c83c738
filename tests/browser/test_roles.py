"""One story for each role; two of them touch nothing but the keyboard."""

import re

from playwright.sync_api import Page, expect

from tests.browser.acting import Axe, button, link, mark, pick, press, press_to, told, type_into
from tests.browser.conftest import Person

OPEN, REVIEW = "program-2027", "opieka-nad-zwierzetami"
QUEUE, REVIEW_QUEUE = f"/biuro/k/{OPEN}/uwagi/", f"/biuro/k/{REVIEW}/uwagi/"


def test_a_guest_follows_a_draft_from_the_notice_to_the_resolution(
    person: Person, axe: Axe
) -> None:
    page = person()
    page.goto("/")
    link(page, re.compile("na rok 2027")).click()
    link(page, "Ogłoszenie o konsultacjach").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ogłoszenie o konsultacjach")
    axe(page)
    page.go_back()
    button(page, "Czytaj i zgłaszaj uwagi").click()
    reads_a_provision_with_its_comments(page)
    axe(page)
    searches(page, "wkład własny")
    axe(page)
    page.goto(f"/k/{OPEN}/dziennik/")
    expect(page.get_by_role("table")).to_contain_text("Sprostowano ogłoszenie")
    axe(page)
    opens_the_adopted_document(page)
    axe(page)


def reads_a_provision_with_its_comments(page: Page) -> None:
    place = page.get_by_role("group", name="§ 13 ust. 2", exact=True)
    expect(place).to_contain_text("Termin składania ofert wynosi co najmniej 21 dni")
    place.get_by_role("link", name=re.compile(r"^\d+ uwag")).first.click()
    link(page, re.compile(r"nr\s1$")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uwaga nr 1")
    expect(page.get_by_role("main")).to_contain_text("przyjęta do rozpatrzenia")


def searches(page: Page, words: str) -> None:
    page.get_by_role("banner").get_by_role("link", name="Szukaj").click()
    page.get_by_role("searchbox").fill(words)
    button(page, "Szukaj").click()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"Znaleziono \d+ pozycj"))
    expect(link(page, "§ 14 ust. 2")).to_be_visible()


def opens_the_adopted_document(page: Page) -> None:
    page.get_by_role("link", name="Dokumenty", exact=True).click()
    link(page, re.compile("na rok 2026")).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Uchwała XXVI/412/25 z dnia 19 listopada 2025")
    expect(main).to_contain_text("druk nr 412")
    link(page, "Tekst z uwagami").click()
    expect(page.get_by_role("group", name="§ 6 ust. 2", exact=True)).to_be_visible()
    page.go_back()
    link(page, "Cały dziennik zdarzeń").click()
    expect(page.get_by_role("table")).to_contain_text("XXVI/412/25")


def test_a_member_of_an_organisation_needs_no_mouse(person: Person, axe: Axe) -> None:
    page = person("beata.gradkowiak@kuchnianarogu.example")
    page.goto(f"/k/{REVIEW}/")
    press(page, button(page, "Obserwuj ten projekt"))
    expect(button(page, "Nie obserwuj już tego projektu")).to_be_visible()
    axe(page)
    number = files_by_keyboard(page, axe)
    finds_the_letter(page, number)
    page.goto("/")
    press(page, page.get_by_role("link", name="Moje uwagi", exact=True))
    axe(page)
    press(page, link(page, re.compile(rf"^{number} ")))
    press(page, link(page, "Wycofaj tę uwagę"))
    press(page, button(page, "Wycofaj uwagę"))
    expect(page.get_by_role("main")).to_contain_text("wycofana")
    axe(page)


def files_by_keyboard(page: Page, axe: Axe) -> str:
    page.goto(f"/k/{OPEN}/projekt/")
    press(page, page.get_by_role("link", name="Przejdź do treści"))
    press(page, link(page, "Dodaj uwagę – § 1 pkt 3"))
    press_to(page, page.get_by_role("radio", name="Kuchnia na Rogu"))
    page.keyboard.press("Space")
    type_into(
        page, page.get_by_label("Proponowane brzmienie"), "Mieście – rozumie się Przykładowo;"
    )
    type_into(page, page.get_by_label("Uzasadnienie"), "Krócej i zrozumiale.")
    axe(page)
    press(page, button(page, "Wyślij uwagę"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Uwaga wysłana")
    axe(page)
    return page.locator(".govuk-panel__body strong").inner_text()


def finds_the_letter(page: Page, number: str) -> None:
    page.goto("/demo/poczta/")
    letter = page.get_by_role("article").filter(has_text=f"nr {number}")
    for _ in range(20):
        if letter.count():
            break
        page.wait_for_timeout(250)
        page.reload()
    expect(letter.first).to_contain_text("beata.gradkowiak@kuchnianarogu.example")


def test_an_officer_works_through_the_queue_without_a_mouse(person: Person, axe: Axe) -> None:
    page = person("marta.wisniak@przykladowo.example")
    page.goto("/biuro/k/otwarte-miasto/")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Co jeszcze stoi na przeszkodzie")
    axe(page)
    press(page, link(page, re.compile("Wymagana liczba form konsultacji: 3")))
    expect(page).to_have_url(re.compile("/biuro/k/otwarte-miasto/formy/"))
    page.goto(f"{QUEUE}?stan=received")
    goes_down_to(page, "22")
    returns_for_completion(page)
    axe(page)
    goes_down_to(page, "23")
    page.keyboard.press("p")
    told(page, "Uwaga")
    page.goto(f"{QUEUE}?stan=admitted&uwaga=23")
    passes_on(page)
    axe(page)
    records_a_paper(page, axe)


def goes_down_to(page: Page, number: str) -> None:
    """With J from the first row of the list; Enter opens the comment."""
    rows = page.locator(".uw-q tbody tr")
    press_to(page, rows.first.get_by_role("link"))
    wanted = page.locator(".uw-q tbody tr").filter(
        has=page.locator("td.uw-num", has_text=re.compile(rf"^\s*{number}\b"))
    )
    for _ in range(rows.count()):
        if wanted.locator(":focus").count():
            break
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile(f"Uwaga nr {number}:"))).to_be_visible()


def returns_for_completion(page: Page) -> None:
    press_to(page, page.locator("summary").filter(has_text="Zwróć do uzupełnienia"))
    page.keyboard.press("Enter")
    form = page.locator("details[open]").filter(has_text="Zwróć do uzupełnienia")
    type_into(page, form.get_by_role("textbox").first, "Prosimy dopisać, o którą ocenę chodzi.")
    assert form.locator("input[type=date]").input_value() == "2026-10-22"
    press(page, form.get_by_role("button"))
    told(page, "22")


def passes_on(page: Page) -> None:
    press_to(page, page.locator(".uw-q tbody a").first)
    page.keyboard.press("a")
    pick(page, page.locator("#assigncomment_department"), "Wydział Edukacji")
    press(page, page.get_by_role("button", name="Przekaż", exact=True))
    told(page, "Uwaga nr 23 została przekazana do wydziału.")


def records_a_paper(page: Page, axe: Axe) -> None:
    press(page, link(page, "Wprowadź uwagę"))
    mark(page, page.get_by_role("group", name="Sposób złożenia"), "osobiście")
    type_into(page, page.get_by_label("Jednostka redakcyjna, wpisana"), "§ 1 pkt 4")
    mark(page, page.get_by_role("group", name="Rodzaj uwagi"), "pytanie lub opinia")
    type_into(page, page.get_by_label("Uzasadnienie"), "Formularz z biura podawczego.")
    axe(page)
    press(page, button(page, "Zapisz uwagę"))
    told(page, re.compile(r"Zapisano uwagę\snr\s\d+"))


def test_an_expert_answers_from_her_tasks(person: Person, axe: Axe) -> None:
    page = person("joanna.rebacz@przykladowo.example")
    page.goto("/zadania/")
    axe(page)
    link(page, "Uwagi do odpowiedzi").click()
    link(page, re.compile("Opiekunowie, którzy sami")).click()
    axe(page)
    page.get_by_role("radio", name="częściowo uwzględniona").check()
    page.get_by_label("W jakiej części uwzględniono").fill("Termin skrócimy do 18 dni.")
    page.get_by_label("Uzasadnienie stanowiska").fill("Wprowadzimy 18 dni; na tyle starcza miejsc.")
    button(page, "Zaproponuj odpowiedź").click()
    told(page, "11")
    page.goto(f"{QUEUE}?stan=proposed&uwaga=11")
    expect(page.get_by_role("main")).to_contain_text("Proponowana odpowiedź: częściowo")
    expect(button(page, "Zatwierdź odpowiedź")).to_have_count(0)
    axe(page)


def test_an_approver_signs_for_others_and_nobody_for_himself(person: Person, axe: Axe) -> None:
    substitute = person("pawel.grzelec@przykladowo.example")
    answers_and_may_not_sign(substitute, axe)
    page = person("ewa.skowronik@przykladowo.example")
    page.goto("/zadania/")
    link(page, "Odpowiedzi do zatwierdzenia").click()
    link(page, re.compile("Po potrąceniu psa")).click()
    axe(page)
    button(page, "Zatwierdź odpowiedź").click()
    told(page, "9")
    goes_on_leave(page)
    axe(page)


def answers_and_may_not_sign(page: Page, axe: Axe) -> None:
    """He signs while the head is away, but never what he wrote himself."""
    page.goto(f"{REVIEW_QUEUE}?stan=admitted&uwaga=9")
    page.get_by_role("radio", name="uwzględniona", exact=True).check()
    page.get_by_label("Uzasadnienie stanowiska").fill("Numer dyżuru podamy na stronie Miasta.")
    button(page, "Zaproponuj odpowiedź").click()
    page.goto(f"{REVIEW_QUEUE}?stan=proposed&uwaga=9")
    expect(page.get_by_role("main")).to_contain_text("musi ją zatwierdzić inna osoba")
    expect(button(page, "Zatwierdź odpowiedź")).to_have_count(0)
    axe(page)


def goes_on_leave(page: Page) -> None:
    link(page, "Zastępstwa").click()
    page.get_by_label("Kto jest nieobecny").select_option(label="Ewa Skowronik")
    page.get_by_label("Kto podpisuje w zastępstwie").select_option(label="Marta Wiśniak")
    page.get_by_label("Pierwszy dzień").fill("2026-11-02")
    page.get_by_label("Ostatni dzień").fill("2026-11-06")
    button(page, "Zapisz zastępstwo").click()
    row = page.get_by_role("row").filter(has_text="Ewa Skowronik")
    expect(row).to_contain_text("2 listopada 2026 – 6 listopada 2026")

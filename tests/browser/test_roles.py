"""One story for each role of the demonstration; two of them touch nothing but the keyboard."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Person

OPEN, REVIEW, VOTE, DONE = "program-2027", "opieka-nad-zwierzetami", "rada-pozytku", "program-2026"
QUEUE, REVIEW_QUEUE = f"/biuro/k/{OPEN}/uwagi/", f"/biuro/k/{REVIEW}/uwagi/"
MOST_TABS = 250
NAMED = """Kinga Białowąs;Porozumienie Dzielnic;za
Adam Bielawiec;Zielony Rynek;przeciw
Adrianna Borucka;Wspólne Przykładowo;za"""
ACTS = re.compile("Przyjmij|Przekaż|Zaproponuj|Zatwierdź|Opublikuj|Zwróć|Ukryj|Zakończ|Wprowadź")
MINUTES = {
    "Za": "31",
    "Przeciw": "5",
    "Wstrzymujące się": "3",
    "Obecni, którzy nie głosowali": "1",
    "Nieobecni": "3",
}
Axe = Callable[[Page], None]


def link(page: Page, name: str | re.Pattern[str]) -> Locator:
    """The first link of the page's own content with this name."""
    return page.get_by_role("main").get_by_role("link", name=name).first


def button(page: Page, name: str | re.Pattern[str]) -> Locator:
    """The button of the page's own content with this name; a link that looks like one too."""
    return page.get_by_role("main").get_by_role("button", name=name).first


def press_to(page: Page, target: Locator) -> Locator:
    """Press Tab until the focus is on the target, as somebody without a mouse does."""
    target.wait_for()
    for _ in range(MOST_TABS):
        if target.evaluate("it => it === document.activeElement"):
            return target
        page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_TABS} presses of Tab on {page.url} do not reach {target}")


def press(page: Page, target: Locator) -> None:
    """Tab to a link or a button, press Enter, and wait for the page it leads to."""
    press_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page: Page, field: Locator, words: str) -> None:
    """Tab to a field and type over what stands in it."""
    press_to(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def pick(page: Page, field: Locator, words: str) -> None:
    """Tab to a list and go down with the arrow until it shows these words."""
    press_to(page, field)
    for _ in range(field.locator("option").count()):
        shown = field.evaluate("it => it.selectedOptions[0].text")
        if words in " ".join(shown.split()):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"«{words}» is not in the list")


def mark(page: Page, group: Locator, name: str) -> None:
    """Tab into a group of radio buttons and go down with the arrow to this one."""
    choices, wanted = group.get_by_role("radio"), group.get_by_role("radio", name=name)
    press_to(page, choices.first)
    page.keyboard.press("Space")
    for _ in range(choices.count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"«{name}» is not in the group")


def told(page: Page, words: str | re.Pattern[str]) -> None:
    """The page says at its top that it is done."""
    expect(page.locator(".uw-notice--success").last).to_contain_text(words)


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
    place.get_by_role("link", name=re.compile(r"^\d+ uwag|[Uu]wagi")).first.click()
    link(page, re.compile("Uwaga nr 1$|nr 1$")).click()
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
        has=page.get_by_role("cell", name=number, exact=True)
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
    press(page, button(page, "Przekaż"))
    told(page, "Uwaga nr 23 została przekazana do wydziału.")


def records_a_paper(page: Page, axe: Axe) -> None:
    press(page, link(page, "Wprowadź uwagę"))
    mark(page, page.get_by_role("group", name="Sposób złożenia"), "osobiście")
    pick(page, page.get_by_label("Przepis", exact=True), "§ 1 pkt 4")
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
    for place in (f"{REVIEW_QUEUE}?stan=all&uwaga=7", f"/biuro/k/{REVIEW}/", "/rada/3/"):
        page.goto(place)
        main = page.get_by_role("main")
        expect(main.locator("form[method=post]")).to_have_count(0)
        expect(main.get_by_role("button", name=ACTS, disabled=False)).to_have_count(0)

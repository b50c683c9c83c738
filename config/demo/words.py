"""What the office, the councils and the notices of the demonstration say, in Polish."""

from typing import Final

POSTED_AT: Final = (
    "Biuletyn Informacji Publicznej, dział Konsultacje\n"
    "Tablica ogłoszeń, pl. Przykładowy 1\n"
    "Strona internetowa Miasta, dział dla organizacji"
)
CONTACT: Final = "dialog@example.test, 12 000 00 00, w dni robocze od 8:00 do 15:30"
CONTACT_WRONG: Final = "dialog@example.test, 12 000 00 00, w dni robocze od 8:00 do 13:30"
ERRATUM: Final = (
    "W ogłoszeniu podano błędną godzinę. Referat przyjmuje w dni robocze do 15:30, nie do 13:30."
)
PROLONGED: Final = (
    "Na spotkaniu 10 września opiekunowie społeczni prosili o więcej czasu: do 20 września trwa "
    "miejska akcja kastracji i pracują w niej te same osoby."
)
WORKSHOP_CANCELLED: Final = (
    "Awaria wody w budynku. Warsztat odbędzie się 20 października w Urzędzie Miasta."
)

INTRODUCTIONS: Final[dict[str, str]] = {
    "wieloletni-2025-2028": (
        "Konsultacje trwały od 23 września do 15 października 2024 r. Zaproszenie wysłano do "
        "wszystkich organizacji z miejskiej bazy. Wpłynęło sześć uwag, po jednej do każdego "
        "z głównych działów programu. Każda otrzymała odpowiedź z uzasadnieniem."
    ),
    "program-2026": (
        "Konsultacje trwały od 2 do 23 października 2025 r. Pięć podmiotów zgłosiło po jednej "
        "uwadze. W spotkaniu otwartym wzięło udział 31 osób, z dyżuru eksperta skorzystało "
        "dziewięć. Wszystkie uwagi i stanowiska podajemy w całości."
    ),
    "rada-pozytku": (
        "Konsultacje trwały od 25 maja do 16 czerwca 2026 r. Warsztat z udziałem 22 osób "
        "dotyczył składu Rady i pracy między posiedzeniami. Wpłynęły cztery uwagi. Projekt "
        "zmieniono tam, gdzie odpowiedź na to wskazuje."
    ),
    "opieka-nad-zwierzetami": (
        "Konsultacje trwały od 31 sierpnia do 29 września 2026 r., po przedłużeniu o tydzień. "
        "W spotkaniu wzięło udział 48 osób. Raport zostanie uzupełniony, gdy każda uwaga "
        "otrzyma odpowiedź."
    ),
}

WITH_REMARKS: Final = (
    "Rada pozytywnie opiniuje projekt. Prosi, aby sprawozdanie z realizacji podawało także liczbę "
    "ofert odrzuconych z przyczyn formalnych."
)
POSITIVE: Final = "Rada pozytywnie opiniuje projekt i nie zgłasza uwag."
COMMISSION: Final = "Komisja Dialogu Obywatelskiego do spraw młodzieży"
COMMISSION_SAYS: Final = (
    "Komisja popiera projekt. Proponuje, aby wśród organizacji w Radzie była przynajmniej jedna "
    "młodzieżowa; nie wnosi o zmianę tekstu."
)
COMMITTEE: Final = "Komisja Praworządności Rady Miasta Przykładowo"
COMMITTEE_SAYS: Final = "Komisja pozytywnie zaopiniowała projekt: 7 głosów za, bez sprzeciwu."

MISSING: Final = (
    "Uwaga jest zgłoszona w imieniu stowarzyszenia. Proszę dopisać, kto według statutu je "
    "reprezentuje, i wskazać, których zadań ma dotyczyć późniejszy termin."
)
MISSING_OF_A_QUESTION: Final = (
    "Proszę napisać, o umowy z których konkursów chodzi. Bez tego nie wiemy, kto ma odpowiedzieć."
)
SUPPLEMENT: Final = "Chodzi o umowy z konkursów pomocy społecznej i kultury, zawarte w 2026 roku."

"""The forms of consultation of the demonstration's rounds, with attendance and minutes."""

from typing import Final

from config.demo.shapes import DemoWay

ONLINE: Final = DemoWay("online_form", "Uwaga, strona konsultacji")
EMAIL: Final = DemoWay("email", "dialog@example.test")
PAPER: Final = DemoWay("paper", "Biuro podawcze, pl. Przykładowy 1, parter")
TOWN_HALL: Final = "Urząd Miasta, pl. Przykładowy 1, sala 102 (winda, pętla indukcyjna)"
UNIT_ROOM: Final = "Referat Dialogu Obywatelskiego, ul. Zmyślona 8, pokój 12"
CULTURE: Final = "Dom Kultury „Przykład”, ul. Zmyślona 14, sala na parterze"

WAYS: Final[dict[str, tuple[DemoWay, ...]]] = {
    "wieloletni-2025-2028": (
        DemoWay(
            "open_meeting",
            TOWN_HALL,
            "2024-10-03",
            came=27,
            minutes="Omówiono kierunki współpracy na cztery lata. Pytano o umowy wieloletnie, "
            "o czas od ogłoszenia konkursu do umowy i o wkład własny w konkursach krajowych. "
            "Uczestników poproszono o wpisanie wniosków jako uwag.",
        ),
        DemoWay(
            "expert_hours",
            UNIT_ROOM,
            "2024-10-08",
            ("14:00", "16:00"),
            came=6,
            minutes="Sześć rozmów, najwięcej o waloryzacji kwot i o sposobie oceny programu.",
        ),
        ONLINE,
        EMAIL,
    ),
    "program-2026": (
        DemoWay(
            "open_meeting",
            TOWN_HALL,
            "2025-10-09",
            came=31,
            minutes="Przedstawiono zasady konkursów na rok 2026. Organizacje mówiły o kosztach "
            "księgowości, o terminie oczekiwania na poradę prawną i o pracy w komisjach. "
            "Dwie sprawy zgłoszono potem jako uwagi.",
        ),
        DemoWay(
            "expert_hours",
            UNIT_ROOM,
            "2025-10-15",
            ("14:00", "16:00"),
            came=9,
            minutes="Dziewięć rozmów o zadaniach z ochrony zwierząt i o sprawozdaniach.",
        ),
        ONLINE,
        EMAIL,
        PAPER,
    ),
    "rada-pozytku": (
        DemoWay(
            "workshop",
            CULTURE,
            "2026-06-08",
            ("16:30", "19:00"),
            came=22,
            minutes="W czterech grupach pracowano nad składem Rady, trybem zgłaszania kandydatów "
            "i obiegiem materiałów przed posiedzeniem. Grupy chciały równej liczby głosów obu "
            "stron i protokołów w postaci tekstu.",
        ),
        ONLINE,
        EMAIL,
    ),
    "opieka-nad-zwierzetami": (
        DemoWay(
            "open_meeting",
            TOWN_HALL,
            "2026-09-10",
            ("17:30", "19:30"),
            came=48,
            minutes="Opiekunowie społeczni mówili o dopłatach do kastracji, karmie latem "
            "i rejestracji co dwa lata. Kilka osób prosiło o przedłużenie konsultacji: do 20 "
            "września trwa miejska akcja kastracji. Wydział obiecał dane o liczbie zabiegów.",
        ),
        DemoWay(
            "expert_hours",
            "Wydział Gospodarki Komunalnej, ul. Zmyślona 3, pokój 4",
            "2026-09-24",
            ("15:00", "17:00"),
            came=11,
            minutes="Jedenaście rozmów, głównie o domach tymczasowych i transporcie zwierząt.",
            later=True,
        ),
        ONLINE,
        PAPER,
    ),
    "program-2027": (
        DemoWay(
            "open_meeting",
            TOWN_HALL,
            "2026-10-08",
            came=34,
            minutes="Referat omówił zmiany wobec roku 2026. Najwięcej pytań dotyczyło terminu "
            "składania ofert, wkładu własnego i małych grantów. Trzy organizacje zapowiedziały "
            "uwagi o tej samej treści do terminu. Odpowiedzi na pytania, których nie było na "
            "miejscu, referat dołączy do protokołu.",
        ),
        DemoWay("expert_hours", UNIT_ROOM, "2026-10-14", ("14:00", "16:00")),
        DemoWay("workshop", CULTURE, "2026-10-13", ("16:30", "18:30")),
        DemoWay("workshop", TOWN_HALL, "2026-10-20", ("16:30", "18:30"), later=True),
        ONLINE,
        EMAIL,
        PAPER,
    ),
    # Two of the three that are required, and no meeting yet: the guard says what is missing.
    "otwarte-miasto": (ONLINE, EMAIL),
}

"""The demonstration's invented people, departments, organisations and documents."""

from typing import Final

from config.demo.council import COUNCILLORS
from config.demo.shapes import Department, Document, Member, Organisation, StaffMember

__all__ = [
    "CITIZENS",
    "CITY",
    "COMMUNE",
    "COUNCILLORS",
    "DEPARTMENTS",
    "DOCUMENTS",
    "ORGANISATIONS",
    "STAFF",
]

CITY: Final = "Miasto Przykładowo"
COMMUNE: Final = "Gmina Przykładowo"

DEPARTMENTS: Final[tuple[Department, ...]] = (
    Department("polityka-spoleczna", "Wydział Polityki Społecznej"),
    Department("budzet", "Wydział Budżetu"),
    Department("edukacja", "Wydział Edukacji"),
    Department("kultura-i-sport", "Wydział Kultury i Sportu"),
    Department("gospodarka-komunalna", "Wydział Gospodarki Komunalnej"),
)

STAFF: Final[tuple[StaffMember, ...]] = (
    StaffMember("marta.wisniak@przykladowo.example", "Marta Wiśniak", "officer"),
    StaffMember("pawel.grzelec@przykladowo.example", "Paweł Grzelec", "officer"),
    StaffMember("ewa.skowronik@przykladowo.example", "Ewa Skowronik", "approver"),
    StaffMember("andrzej.malczyk@przykladowo.example", "Andrzej Malczyk", "approver"),
    StaffMember(
        "joanna.rebacz@przykladowo.example", "Joanna Rębacz", "expert", "polityka-spoleczna"
    ),
    StaffMember(
        "krzysztof.wojtowiec@przykladowo.example", "Krzysztof Wójtowiec", "expert", "budzet"
    ),
    StaffMember("iga.sosnowik@przykladowo.example", "Iga Sosnowik", "expert", "edukacja"),
    StaffMember(
        "michal.dereniak@przykladowo.example", "Michał Dereniak", "expert", "kultura-i-sport"
    ),
    StaffMember(
        "zofia.barcikowicz@przykladowo.example",
        "Zofia Barcikowicz",
        "expert",
        "gospodarka-komunalna",
    ),
    StaffMember("barbara.ciesielniak@przykladowo.example", "Barbara Ciesielniak", "clerk"),
    StaffMember("dorota.wronowicz@przykladowo.example", "Dorota Wronowicz", "clerk"),
    StaffMember("kinga.bialowas@przykladowo.example", "Kinga Białowąs", "councillor"),
    StaffMember("jacek.kalinowiak@przykladowo.example", "Jacek Kalinowiak", "councillor"),
    StaffMember("tomasz.jagielnik@przykladowo.example", "Tomasz Jagielnik", "krdpp_secretary"),
    StaffMember("renata.opolczyk@przykladowo.example", "Renata Opolczyk", "auditor"),
)

# The register of courts has not reached numbers beginning with 00999: these belong to nobody.
ORGANISATIONS: Final[tuple[Organisation, ...]] = (
    Organisation(
        "Stowarzyszenie „Podwórka Przykładowa”",
        "association",
        "0099900011",
        (
            Member("alicja.kurzyk@podworka.example", "Alicja Kurzyk"),
            Member("szymon.bednarowicz@podworka.example", "Szymon Bednarowicz", "drafter"),
        ),
    ),
    Organisation(
        "Fundacja „Ogon i Łapa z Przykładowa”",
        "foundation",
        "0099900022",
        (
            Member("ewelina.pietrasik@ogonilapa.example", "Ewelina Pietrasik"),
            Member("hubert.zalewniak@ogonilapa.example", "Hubert Zalewniak"),
        ),
    ),
    Organisation(
        "Dom Pomocy Parafii Świętego Idziego w Przykładowie",
        "church",
        "0099900033",
        (Member("urszula.modrzewik@dompomocy.example", "Urszula Modrzewik"),),
    ),
    Organisation(
        "Stowarzyszenie Gmin Dorzecza Przykładówki",
        "lgu_association",
        "0099900044",
        (Member("marcin.olchowiec@dorzecze.example", "Marcin Olchowiec"),),
    ),
    Organisation(
        "Spółdzielnia Socjalna „Kuchnia na Rogu” w Przykładowie",
        "social_cooperative",
        "0099900055",
        (Member("beata.gradkowiak@kuchnianarogu.example", "Beata Grądkowiak"),),
    ),
    Organisation(
        "Przykładowskie Centrum Kultury Sąsiedzkiej sp. z o.o. non profit",
        "nonprofit_company",
        "0099900066",
        (Member("julia.szczepaniec@kulturasasiedzka.example", "Julia Szczepaniec"),),
    ),
    Organisation(
        "Klub Sportowy „Przykładowianka”",
        "sports_club",
        "0099900077",
        (Member("artur.kopczyniec@przykladowianka.example", "Artur Kopczyniec"),),
    ),
    Organisation(
        "Fundacja „Mosty Przykładowa”",
        "foundation",
        "0099900088",
        (
            Member("olena.hajduczyk@mosty.example", "Olena Hajduczyk"),
            Member("lukasz.wrzosowiak@mosty.example", "Łukasz Wrzosowiak"),
        ),
    ),
)

CITIZENS: Final[tuple[Member, ...]] = (
    Member("halina.kostrzewiak@poczta.example", "Halina Kostrzewiak"),
    Member("wojciech.piatkowiec@poczta.example", "Wojciech Piątkowiec"),
)

DOCUMENTS: Final[tuple[Document, ...]] = (
    Document(
        "strategia",
        "strategy",
        "Strategia Rozwoju Miasta Przykładowo 2030 (dokument demonstracyjny)",
        "2021–2030",
    ),
    Document(
        "wieloletni-2025-2028",
        "multi_year_programme",
        "Wieloletni program współpracy Miasta Przykładowo z organizacjami pozarządowymi "
        "na lata 2025–2028 (tekst demonstracyjny)",
        "2025–2028",
        part_of="strategia",
    ),
    Document(
        "opieka-nad-zwierzetami",
        "sector_programme",
        "Program opieki nad zwierzętami w Mieście Przykładowo na lata 2027–2029 "
        "(tekst demonstracyjny)",
        "2027–2029",
        part_of="strategia",
    ),
    Document(
        "otwarte-miasto",
        "sector_programme",
        "Program integracji cudzoziemców „Otwarte Miasto” na lata 2027–2030 (tekst demonstracyjny)",
        "2027–2030",
        part_of="strategia",
    ),
    Document(
        "rada-pozytku",
        "local_act",
        "Tryb powoływania oraz organizacja i tryb działania Rady Działalności Pożytku "
        "Publicznego Miasta Przykładowo (tekst demonstracyjny)",
        "",
        part_of="strategia",
    ),
    Document(
        "program-2026",
        "annual_programme",
        "Program współpracy Miasta Przykładowo z organizacjami pozarządowymi oraz podmiotami, "
        "o których mowa w art. 3 ust. 3 ustawy, na rok 2026 (tekst demonstracyjny)",
        "2026",
        part_of="strategia",
        carries_out=("wieloletni-2025-2028",),
    ),
    Document(
        "program-2027",
        "annual_programme",
        "Program współpracy Miasta Przykładowo z organizacjami pozarządowymi oraz podmiotami, "
        "o których mowa w art. 3 ust. 3 ustawy, na rok 2027 (tekst demonstracyjny)",
        "2027",
        part_of="strategia",
        carries_out=("wieloletni-2025-2028", "opieka-nad-zwierzetami", "otwarte-miasto"),
    ),
)

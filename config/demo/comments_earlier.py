"""Invented comments on the demonstration's drafts that are further along the road."""

from typing import Final

from config.demo.authors import (
    DOM_POMOCY,
    DORZECZE,
    HALINA,
    KUCHNIA,
    KULTURA,
    OGON,
    PODWORKA,
    PRZYKLADOWIANKA,
    WOJCIECH,
)
from config.demo.shapes import DemoComment

ANIMALS: Final[tuple[DemoComment, ...]] = (
    DemoComment(
        "§ 3 ust. 1",
        OGON,
        "change",
        "Miasto pokrywa 100% kosztów kastracji psa lub kota, którego opiekun mieszka na"
        " terenie Miasta, nie więcej jednak niż 350 zł za jedno zwierzę.",
        "Cena kastracji suki dużej rasy przekracza 450 zł. Dopłata pozostaje poza "
        "zasięgiem osób, których zwierzęta najczęściej trafiają do schroniska.",
    ),
    DemoComment(
        "§ 3 ust. 3",
        OGON,
        "change",
        "Jeden opiekun może w roku kalendarzowym skorzystać z dofinansowania, o którym "
        "mowa w ust. 1, w odniesieniu do czterech zwierząt.",
        "Opiekunowie domów tymczasowych mają pod opieką więcej niż dwa zwierzęta, a to "
        "one najczęściej wymagają zabiegu.",
    ),
    DemoComment(
        "§ 3 ust. 2",
        HALINA,
        "question",
        "",
        "Czy bezpłatne znakowanie obejmuje także koty niewychodzące z domu?",
    ),
    DemoComment(
        "§ 5 ust. 1",
        HALINA,
        "change",
        "Miasto zapewnia społecznym opiekunom kotów karmę przez cały rok.",
        "Koty karmię od dwunastu lat. Latem, gdy część opiekunów wyjeżdża, karmy "
        "brakuje tak samo jak zimą.",
    ),
    DemoComment(
        "§ 5 ust. 2",
        OGON,
        "change",
        "Społecznego opiekuna kotów rejestruje się na jego wniosek na okres 4 lat.",
        "Odnawianie rejestracji co dwa lata zajmuje czas opiekunom i urzędnikom, a krąg"
        " opiekunów rzadko się zmienia.",
    ),
    DemoComment(
        "§ 5 ust. 3",
        PODWORKA,
        "change",
        "Domki dla kotów ustawia się na terenach Miasta po uzgodnieniu z zarządcą "
        "terenu, radą dzielnicy i organizacją opiekującą się kotami w danej dzielnicy.",
        "Domki ustawione bez wiedzy sąsiadów bywają niszczone. Rozmowa w radzie "
        "dzielnicy zapobiega konfliktom.",
    ),
    DemoComment(
        "§ 6",
        WOJCIECH,
        "delete",
        "",
        "Publikowanie lub gromadzenie takiej mapy może narazić zwierzęta na "
        "okrucieństwo. Wystarczy wykaz prowadzony przez organizacje.",
    ),
    DemoComment(
        "§ 7 ust. 1",
        OGON,
        "change",
        "Schronisko jest otwarte dla odwiedzających co najmniej 6 dni w tygodniu, w tym"
        " w soboty i w niedziele.",
        "Większość adopcji odbywa się w weekendy, gdy całe rodziny mogą poznać zwierzę."
        " W niedzielę schronisko jest zamknięte.",
    ),
    DemoComment(
        "§ 7 ust. 3",
        OGON,
        "change",
        "Organizacje mogą prowadzić domy tymczasowe na podstawie umowy ze schroniskiem,"
        " która zapewnia karmę, leczenie zwierzęcia oraz transport do lecznicy.",
        "Dom tymczasowy nie zawsze dysponuje samochodem, a wizyty kontrolne odbywają "
        "się co kilka dni.",
    ),
    DemoComment(
        "§ 8",
        WOJCIECH,
        "add",
        "Wykaz dyżurów podmiotu, o którym mowa w zdaniu pierwszym, oraz numer telefonu "
        "alarmowego publikuje się na stronie internetowej Miasta.",
        "Po potrąceniu psa szukałem numeru przez pół godziny. Straż miejska go nie znała.",
    ),
)

MULTI_YEAR: Final[tuple[DemoComment, ...]] = (
    DemoComment(
        "§ 4 pkt 1",
        DOM_POMOCY,
        "change",
        "zwiększenie udziału umów zawieranych na okres dłuższy niż rok z 15% do 50% "
        "wartości wszystkich dotacji;",
        "Połowa wartości dotacji dotyczy placówek, które działają nieprzerwanie. Ich "
        "umowy powinny być wieloletnie.",
    ),
    DemoComment(
        "§ 4 pkt 3",
        PODWORKA,
        "change",
        "skrócenie czasu od ogłoszenia konkursu do podpisania umowy do 60 dni;",
        "Od ogłoszenia do umowy mija dziś przeciętnie 98 dni. Cel na koniec 2028 r. "
        "może być ambitniejszy.",
    ),
    DemoComment(
        "§ 5 ust. 3",
        KUCHNIA,
        "change",
        "Kwoty dotacji w umowach wieloletnich są corocznie waloryzowane o prognozowany "
        "wskaźnik cen towarów i usług konsumpcyjnych.",
        "Słowo „mogą” nie daje żadnej pewności. Płace i energia drożeją co roku, a "
        "kwota umowy pozostaje niezmieniona.",
    ),
    DemoComment(
        "§ 6 ust. 2",
        KULTURA,
        "change",
        "Z funduszu, o którym mowa w ust. 1, organizacja może otrzymać nie więcej niż "
        "40 000 zł rocznie.",
        "Wkład wymagany w konkursach krajowych i europejskich wynosi zwykle od 30 000 "
        "zł do 50 000 zł.",
    ),
    DemoComment(
        "§ 9 ust. 1",
        DORZECZE,
        "question",
        "",
        "W jaki sposób zostanie wybrany niezależny badacz i czy organizacje będą miały "
        "wpływ na pytania badawcze?",
    ),
    DemoComment(
        "§ 7",
        WOJCIECH,
        "change",
        "Miasto wspiera wolontariat przez szkolenia, ubezpieczenie wolontariuszy "
        "następstw nieszczęśliwych wypadków oraz dwie doroczne nagrody „Pomocna Dłoń "
        "Przykładowa”.",
        "Proponuję odrębną nagrodę dla wolontariuszy, którzy nie ukończyli 18 lat, oraz"
        " budowę hali sportowej przy ulicy Lipowej na zajęcia dla młodych "
        "wolontariuszy.",
    ),
)

PROGRAM_2026: Final[tuple[DemoComment, ...]] = (
    DemoComment(
        "§ 6 ust. 2",
        PODWORKA,
        "change",
        "Miasto prowadzi portal dla organizacji i zapewnia im bezpłatne doradztwo w "
        "wymiarze co najmniej 20 godzin tygodniowo.",
        "Na poradę prawną czeka się ponad miesiąc.",
    ),
    DemoComment(
        "§ 9 ust. 2",
        DOM_POMOCY,
        "change",
        "Koszty obsługi zadania mogą być finansowane z dotacji do wysokości 12% jej kwoty.",
        "Limit nie wystarcza na pokrycie kosztów księgowości i sprawozdawczości "
        "placówki całodobowej.",
    ),
    DemoComment(
        "§ 9 ust. 4",
        PRZYKLADOWIANKA,
        "delete",
        "",
        "Osoby wskazane przez organizacje poświęcają na ocenę ofert po kilkanaście "
        "godzin i powinny otrzymywać wynagrodzenie.",
    ),
    DemoComment(
        "§ 7 pkt 4",
        OGON,
        "question",
        "",
        "Czy zadania z zakresu ochrony zwierząt obejmują domy tymczasowe?",
    ),
    DemoComment(
        "§ 10",
        DORZECZE,
        "change",
        "Program ocenia się na podstawie liczby zawartych umów, liczby organizacji "
        "realizujących zadania, liczby odbiorców zadań oraz wyników ankiety "
        "przeprowadzonej wśród organizacji.",
        "Same liczby nie mówią, jak organizacje oceniają współpracę.",
    ),
)

COUNCIL: Final[tuple[DemoComment, ...]] = (
    DemoComment(
        "§ 2 ust. 1 pkt 2",
        PODWORKA,
        "change",
        "sześciu przedstawicieli organizacji prowadzących działalność na terenie Miasta.",
        "Strony powinny mieć w Radzie tyle samo głosów. Przy obecnym składzie Miasto "
        "zawsze ma większość.",
    ),
    DemoComment(
        "§ 9",
        DORZECZE,
        "change",
        "Członkowie Rady Pożytku otrzymują dietę za udział w posiedzeniu oraz zwrot "
        "kosztów przejazdu na zasadach określonych w odrębnym zarządzeniu.",
        "Nasi przedstawiciele dojeżdżają na posiedzenia z sąsiednich gmin i biorą na ten"
        " czas urlop.",
    ),
    DemoComment(
        "§ 7 ust. 2",
        KULTURA,
        "change",
        "O terminie posiedzenia zawiadamia się członków Rady Pożytku co najmniej 14 dni "
        "wcześniej, przesyłając porządek obrad i materiały.",
        "Zarząd organizacji musi mieć czas, aby przed posiedzeniem ustalić stanowisko.",
    ),
    DemoComment(
        "§ 8",
        WOJCIECH,
        "question",
        "",
        "Czy protokoły będą publikowane jako tekst, czy jako skany podpisanych kartek?",
    ),
)

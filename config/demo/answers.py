"""Invented answers of the city office to the demonstration's comments."""

from typing import Final

from config.demo.shapes import DemoAnswer

ANIMALS_ANSWERS: Final[tuple[DemoAnswer, ...]] = (
    DemoAnswer(
        0,
        "partly",
        "Uwzględniono część uwagi: górną kwotę dofinansowania podniesiono z 250 zł do "
        "350 zł, gdyż ceny zabiegów u psów dużych ras rzeczywiście przekraczają "
        "przyjęty pułap. Pozostawiono natomiast udział Miasta na poziomie 80%. Pełne "
        "finansowanie przy tej samej kwocie zmniejszyłoby liczbę zabiegów o około jedną"
        " piątą, co oddaliłoby osiągnięcie celu z § 2 pkt 1. Zmianę wprowadzono w § 3 "
        "ust. 1.",
        ("nie więcej jednak niż 250 zł", "nie więcej jednak niż 350 zł"),
        accepted_part="Górna kwota dofinansowania wynosi 350 zł zamiast 250 zł.",
    ),
    DemoAnswer(
        1,
        "rejected",
        "Uwaga nie została uwzględniona. Ograniczenie do dwóch zwierząt ma zapewnić, że"
        " z dofinansowania skorzysta możliwie wielu opiekunów. Zwierzęta przebywające w"
        " domach tymczasowych pozostają zwierzętami schroniska, a koszt ich leczenia i "
        "kastracji ponosi Miasto na podstawie umowy, o której mowa w § 7 ust. 3. "
        "Opiekunowie domów tymczasowych nie wykorzystują zatem na nie własnego limitu.",
    ),
    DemoAnswer(
        2,
        "explained",
        "Tak. § 3 ust. 2 nie rozróżnia zwierząt wychodzących i niewychodzących: "
        "bezpłatne znakowanie przysługuje każdemu psu i kotu, którego opiekun mieszka "
        "na terenie Miasta. Znakowanie kotów domowych jest celowe, ponieważ także one "
        "się gubią, a zapis w bazie pozwala szybko ustalić opiekuna. Przepis nie wymaga"
        " zmiany.",
    ),
    DemoAnswer(
        3,
        "accepted",
        "Uwaga została uwzględniona. Dane z rejestru opiekunów potwierdzają, że "
        "zapotrzebowanie na karmę latem wynosi około 80% zapotrzebowania zimowego, a "
        "przerwa w dokarmianiu utrudnia odłów kotów do kastracji. Koszt zmiany szacuje "
        "się na 64 000 zł rocznie i mieści się on w kwocie określonej w § 9. W § 5 ust."
        " 1 okres od 1 listopada do 31 marca zastąpiono wyrazami „przez cały rok”.",
        ("w okresie od 1 listopada do 31 marca", "przez cały rok"),
    ),
    DemoAnswer(
        6,
        "rejected",
        "Uwaga nie została uwzględniona. Mapa służy planowaniu kastracji i interwencji,"
        " a jej dokładne dane – zgodnie z § 6 – otrzymują wyłącznie organizacje i "
        "zarejestrowani opiekunowie. Nie będzie ona publikowana. Rezygnacja z mapy "
        "oznaczałaby powrót do rozproszonych wykazów, których nie można zabezpieczyć w "
        "jednakowy sposób. Obawę o bezpieczeństwo zwierząt uznajemy za uzasadnioną, "
        "dlatego dostęp do danych będzie rejestrowany.",
    ),
    DemoAnswer(
        7,
        "partly",
        "Uwzględniono wniosek o otwarcie schroniska w niedziele, ponieważ to wtedy "
        "rodziny najczęściej szukają zwierzęcia do adopcji. Nie zwiększono natomiast "
        "liczby dni otwarcia do sześciu: wymagałoby to zatrudnienia dwóch dodatkowych "
        "osób, na co w roku 2027 nie zaplanowano środków. W § 7 ust. 1 wyrazy „w tym w "
        "soboty” zastąpiono wyrazami „w tym w soboty i w niedziele”.",
        ("w tym w soboty", "w tym w soboty i w niedziele"),
        accepted_part="Schronisko będzie otwarte także w niedziele.",
    ),
)

MULTI_YEAR_ANSWERS: Final[tuple[DemoAnswer, ...]] = (
    DemoAnswer(
        0,
        "rejected",
        "Uwaga nie została uwzględniona. Umowy wieloletnie stanowią obecnie 15% "
        "wartości dotacji, a ich udział może rosnąć tylko w miarę wygasania umów już "
        "zawartych. Z harmonogramu wynika, że do końca 2028 r. możliwe jest osiągnięcie"
        " poziomu 40%. Wyższy wskaźnik ograniczyłby ponadto środki na konkursy roczne, "
        "z których korzystają organizacje nowo powstałe. Wskaźnik zostanie ponownie "
        "rozważony w ocenie śródokresowej, o której mowa w § 9.",
    ),
    DemoAnswer(
        1,
        "partly",
        "Uwzględniono kierunek uwagi. Elektroniczny obieg ofert i umów, przewidziany w "
        "§ 4 pkt 4, pozwala skrócić czas zawarcia umowy, jednak samo ogłoszenie i ocena"
        " ofert wymagają – ze względu na terminy ustawowe i pracę komisji – co najmniej"
        " 50 dni. Przyjęcie 60 dni pozostawiłoby zbyt mało czasu na aktualizację "
        "kosztorysów przez organizacje. W § 4 pkt 3 wyrazy „75 dni” zastąpiono wyrazami"
        " „68 dni”.",
        ("75 dni", "68 dni"),
        accepted_part="Czas od ogłoszenia do zawarcia umowy skrócono z 75 do 68 dni.",
    ),
    DemoAnswer(
        2,
        "partly",
        "Uwzględniono wniosek, aby waloryzacja przestała zależeć wyłącznie od uznania. "
        "Wprowadzono obowiązek corocznego przeglądu kwot z udziałem organizacji. Nie "
        "przyjęto natomiast waloryzacji samoczynnej, ponieważ wysokość dotacji w "
        "kolejnych latach zależy od uchwały budżetowej i nie może być w programie "
        "przesądzona. W § 5 ust. 3 dodano zdanie: „Przeglądu kwot dokonuje się do dnia "
        "31 października każdego roku.”.",
        (
            "waloryzowane.",
            "waloryzowane. Przeglądu kwot dokonuje się do dnia 31 października każdego roku.",
        ),
        accepted_part="Dodano obowiązek corocznego przeglądu kwot do 31 października.",
    ),
    DemoAnswer(
        3,
        "rejected",
        "Uwaga nie została uwzględniona. W pierwszym roku działania fundusz będzie "
        "dysponował kwotą 500 000 zł, co przy limicie 25 000 zł pozwala wesprzeć co "
        "najmniej 20 organizacji. Podniesienie limitu do 40 000 zł zmniejszyłoby tę "
        "liczbę do 12. Wysokość limitu będzie można zmienić po roku, gdy znane będzie "
        "rzeczywiste zapotrzebowanie.",
    ),
    DemoAnswer(
        4,
        "explained",
        "Badacz zostanie wybrany w postępowaniu o udzielenie zamówienia publicznego, w "
        "którym 60% oceny stanowić będzie jakość koncepcji badania. Zakres pytań "
        "badawczych przedstawimy do zaopiniowania Radzie Działalności Pożytku "
        "Publicznego Miasta Przykładowo oraz opublikujemy na portalu dla organizacji na"
        " 14 dni przed wszczęciem postępowania. Treść § 9 ust. 1 nie wymaga zmiany.",
    ),
    DemoAnswer(
        5,
        "out_of_scope",
        "Budowa hali sportowej jest inwestycją gminną i nie należy do przedmiotu "
        "programu wieloletniego; wniosek przekazano Wydziałowi Kultury i Sportu. Jeżeli"
        " chodzi o drugą nagrodę, regulamin nagrody „Pomocna Dłoń Przykładowa” ustala "
        "odrębne zarządzenie, w którym można wyodrębnić kategorię młodzieżową bez "
        "zmiany § 7. Propozycja zostanie rozważona przy najbliższej zmianie regulaminu.",
    ),
)

PROGRAM_2026_ANSWERS: Final[tuple[DemoAnswer, ...]] = (
    DemoAnswer(
        0,
        "rejected",
        "Uwaga nie została uwzględniona w roku 2026. Zwiększenie wymiaru doradztwa "
        "wymaga zatrudnienia drugiego doradcy, na co w projekcie budżetu nie "
        "zaplanowano środków. Przyjęty wymiar – co najmniej 12 godzin tygodniowo – jest"
        " minimum i w miesiącach naboru ofert będzie zwiększany. Postulat zostanie "
        "uwzględniony w pracach nad programem na rok 2027.",
    ),
    DemoAnswer(
        1,
        "rejected",
        "Uwaga nie została uwzględniona. Limit 8% obowiązuje we wszystkich konkursach, "
        "a jego zmiana w trakcie trwających umów wieloletnich prowadziłaby do "
        "nierównego traktowania organizacji. Komórki merytoryczne zbiorą w roku 2026 "
        "dane o rzeczywistych kosztach obsługi zadań, aby limit w następnym programie "
        "odpowiadał faktycznym wydatkom.",
    ),
    DemoAnswer(
        2,
        "rejected",
        "Uwaga nie została uwzględniona. Nieodpłatny udział w komisjach wspiera ich "
        "niezależność i nie pomniejsza środków na zadania. Rozumiemy, że ocena ofert "
        "jest czasochłonna, dlatego oferty będą udostępniane członkom komisji "
        "elektronicznie, a posiedzenia odbędą się także w formie zdalnej.",
    ),
    DemoAnswer(
        3,
        "explained",
        "Tak. Pojęcie ochrony zwierząt w § 7 pkt 4 obejmuje również prowadzenie domów "
        "tymczasowych, o ile służą one zwierzętom bezdomnym z terenu Miasta. "
        "Szczegółowy zakres zadania określi ogłoszenie o konkursie. Przepis nie wymaga "
        "zmiany.",
    ),
    DemoAnswer(
        4,
        "accepted",
        "Uwaga została uwzględniona. Badanie opinii uzupełnia dane liczbowe o ocenę "
        "jakości współpracy, a jego koszt jest niewielki. W § 10 dodano wyniki ankiety "
        "przeprowadzonej wśród organizacji jako kolejną podstawę oceny programu.",
        (
            "zadania oraz liczby odbiorców zadań.",
            "zadania, liczby odbiorców zadań oraz wyników ankiety wśród organizacji.",
        ),
    ),
)

COUNCIL_ANSWERS: Final[tuple[DemoAnswer, ...]] = (
    DemoAnswer(
        0,
        "accepted",
        "Uwaga została uwzględniona. Równa liczba przedstawicieli obu stron odpowiada "
        "zasadzie partnerstwa, a ustawa nie stoi temu na przeszkodzie. W § 2 ust. 1 "
        "liczbę przedstawicieli organizacji zwiększono z pięciu do sześciu. Skład Rady "
        "Pożytku liczy zatem dwanaście osób.",
        ("pięciu przedstawicieli", "sześciu przedstawicieli"),
    ),
    DemoAnswer(
        1,
        "rejected",
        "Uwaga nie została uwzględniona. Członkowie Rady Pożytku pełnią swoje funkcje "
        "społecznie. Zwrot kosztów przejazdu przewidziany w § 9 obejmuje także "
        "uczestników z sąsiednich gmin, a posiedzenia zdalne pozwalają uniknąć dojazdu.",
    ),
    DemoAnswer(
        2,
        "partly",
        "Uwzględniono wniosek o wcześniejsze zapraszanie na posiedzenia: termin "
        "wydłużono z 5 do 7 dni. Nie przyjęto terminu 14 dni, ponieważ na wydanie opinii"
        " ustawa przewiduje łącznie 14 dni. Zmianę wprowadzono w § 7 ust. 2.",
        ("5 dni wcześniej", "7 dni wcześniej"),
        accepted_part="Zaproszenie na posiedzenie: 7 dni wcześniej zamiast 5.",
    ),
    DemoAnswer(
        3,
        "explained",
        "Tak. Protokoły zamieszcza się w Biuletynie Informacji Publicznej jako tekst, "
        "który można przeszukiwać i odczytać czytnikiem ekranu. Wynika to z przepisów o "
        "dostępności cyfrowej. Treść § 8 nie wymaga zmiany.",
    ),
)

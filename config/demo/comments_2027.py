"""Invented comments on the demonstration programme for 2027."""

from typing import Final

from config.demo.authors import (
    DOM_POMOCY,
    DORZECZE,
    HALINA,
    KUCHNIA,
    KULTURA,
    MOSTY,
    OGON,
    PODWORKA,
    PRZYKLADOWIANKA,
    WOJCIECH,
)
from config.demo.shapes import DemoComment

PROGRAM_2027: Final[tuple[DemoComment, ...]] = (
    DemoComment(
        "§ 13 ust. 2",
        PODWORKA,
        "change",
        "Termin składania ofert wynosi co najmniej 30 dni od dnia ukazania się "
        "ostatniego ogłoszenia, o którym mowa w art. 13 ust. 3 ustawy.",
        "Jesteśmy organizacją bez pracowników etatowych. Ofertę piszemy po pracy, a "
        "zebranie zgód partnerów i uchwały zarządu zajmuje zwykle ponad trzy tygodnie.",
    ),
    DemoComment(
        "§ 13 ust. 2",
        KUCHNIA,
        "change",
        "Termin składania ofert wynosi co najmniej 30 dni od dnia ukazania się "
        "ostatniego ogłoszenia, o którym mowa w art. 13 ust. 3 ustawy.",
        "Termin 21 dni jest ustawowym minimum. Przy zadaniach wymagających kosztorysu "
        "remontu lub umów z dostawcami nie wystarcza na przygotowanie rzetelnej oferty.",
    ),
    DemoComment(
        "§ 13 ust. 2",
        KULTURA,
        "change",
        "Termin składania ofert wynosi co najmniej 30 dni od dnia ukazania się "
        "ostatniego ogłoszenia, o którym mowa w art. 13 ust. 3 ustawy.",
        "Prosimy o 30 dni. Krótki termin faworyzuje duże organizacje, które mają osobę "
        "zatrudnioną do pisania wniosków, a zależy nam na udziale grup sąsiedzkich.",
    ),
    DemoComment(
        "§ 14 ust. 1",
        DOM_POMOCY,
        "change",
        "Koszty obsługi zadania, w tym koszty administracyjne, mogą być finansowane z "
        "dotacji do wysokości 15% jej kwoty.",
        "Całodobowa placówka ponosi koszty księgowości, ubezpieczenia, ochrony danych i"
        " sprawozdawczości niezależnie od wielkości dotacji. Przy limicie 10% część "
        "tych kosztów pokrywamy ze zbiórek, których wynik jest niepewny. W naszych "
        "rozliczeniach za lata 2024 i 2025 rzeczywisty udział kosztów obsługi wyniósł "
        "odpowiednio 13,8% i 14,2%. Limit 15% odpowiada zatem faktycznym wydatkom i nie"
        " zmniejsza środków na pomoc, a jedynie pozwala zapłacić za jej rzetelne "
        "rozliczenie.",
    ),
    DemoComment(
        "§ 14 ust. 2",
        PODWORKA,
        "change",
        "Wymagany wkład własny organizacji nie może przekraczać 5% całkowitych kosztów "
        "zadania, a w przypadku organizacji działających krócej niż dwa lata wkładu "
        "własnego nie wymaga się.",
        "Nowe organizacje nie mają jeszcze majątku ani stałych darczyńców. Wymóg wkładu"
        " zamyka im drogę do pierwszej dotacji, co pozostaje w sprzeczności z celem "
        "określonym w § 4 pkt 2.",
    ),
    DemoComment(
        "§ 14 ust. 3",
        PRZYKLADOWIANKA,
        "change",
        "Wkład własny może mieć postać pracy wolontariuszy, wycenianej według stawki 40"
        " zł za godzinę, a w przypadku prac specjalistycznych – 90 zł za godzinę.",
        "Proponowane stawki są niższe od wynagrodzeń trenerów i sędziów na lokalnym "
        "rynku. Wolontariusz z uprawnieniami instruktora wykonuje pracę, za którą "
        "płacimy na rynku około 90 zł za godzinę.",
    ),
    DemoComment(
        "§ 14 ust. 4",
        KUCHNIA,
        "question",
        "",
        "Czy przesunięcie do 20% liczy się od pozycji, z której środki ubywają, czy od "
        "tej, która rośnie? W ubiegłym roku dwa wydziały odpowiedziały nam na to "
        "pytanie odmiennie.",
    ),
    DemoComment(
        "§ 15 ust. 1",
        PODWORKA,
        "change",
        "Organizacja może złożyć ofertę realizacji zadania publicznego o charakterze "
        "lokalnym lub regionalnym w trybie art. 19a ustawy przez cały rok, nie później "
        "jednak niż do dnia 31 października 2027 r.",
        "Wiele wydarzeń sąsiedzkich odbywa się w listopadzie i w grudniu. Zakończenie "
        "naboru we wrześniu wymaga planowania ich z kwartalnym wyprzedzeniem, co "
        "przeczy prostocie małych grantów.",
    ),
    DemoComment(
        "§ 13 ust. 3",
        HALINA,
        "change",
        "Oferty składa się za pośrednictwem systemu teleinformatycznego udostępnionego "
        "przez Miasto albo na piśmie w biurze podawczym Urzędu Miasta Przykładowo.",
        "Pomagam w klubie seniora. Nie wszyscy członkowie zarządu mają profil zaufany, "
        "a bez podpisu dwóch osób nie możemy złożyć oferty.",
        named=True,
    ),
    DemoComment(
        "§ 13 ust. 1",
        KULTURA,
        "question",
        "",
        "Program obowiązuje od 1 stycznia 2027 r., a harmonogram ma zostać ogłoszony do"
        " 15 grudnia 2026 r. Na jakiej podstawie powstanie harmonogram i czy "
        "organizacje będą mogły zgłosić do niego uwagi?",
    ),
    DemoComment(
        "§ 4 pkt 1",
        DORZECZE,
        "change",
        "zwiększenie udziału organizacji w wykonywaniu zadań publicznych, tak aby w "
        "roku 2027 zadania Miasta realizowało co najmniej 260 organizacji, w tym co "
        "najmniej 40 organizacji realizujących zadanie po raz pierwszy;",
        "Sama liczba organizacji nie pokazuje, czy współpraca otwiera się na nowych "
        "partnerów. Proponujemy wskaźnik, który można odczytać wprost z rejestru umów.",
    ),
    DemoComment(
        "§ 5 pkt 6",
        WOJCIECH,
        "change",
        "jawności – informacje o celach, środkach, kryteriach i wynikach współpracy są "
        "publicznie dostępne, a każde rozstrzygnięcie Miasta zawiera uzasadnienie i "
        "jest publikowane w formacie umożliwiającym przeszukiwanie.",
        "Wyniki konkursów ogłasza się obecnie jako skany. Nie można ich przeszukać ani "
        "odczytać za pomocą czytnika ekranu.",
    ),
    DemoComment(
        "§ 7 ust. 3",
        DOM_POMOCY,
        "change",
        "Na zadania wymagające ciągłości, w szczególności na prowadzenie placówek, "
        "zawiera się umowy na okres od 3 do 5 lat.",
        "Prowadzimy dom dla osób w kryzysie bezdomności. Przy umowie trzyletniej połowę"
        " drugiego roku zajmuje niepewność co do zatrudnienia zespołu: opiekunowie "
        "szukają pracy gdzie indziej, zanim wiadomo, czy placówka będzie działać. "
        "Dłuższy okres pozwala też zawrzeć lepsze umowy najmu i dostaw. Dotacje "
        "udzielane na kilka lat są dopuszczalne, a Miasto zachowuje prawo kontroli i "
        "rozwiązania umowy, jeżeli zadanie jest wykonywane nienależycie. Wnosimy o "
        "przyjęcie zasady, że umowy na prowadzenie placówek zawiera się na co najmniej "
        "trzy lata.",
    ),
    DemoComment(
        "§ 8 ust. 1 pkt 4 lit. a",
        PODWORKA,
        "change",
        "doradztwo prawne, księgowe i w zakresie pozyskiwania środków, w wymiarze co "
        "najmniej 30 godzin tygodniowo,",
        "Na poradę księgową czekaliśmy wiosną pięć tygodni. Liczba godzin powinna "
        "odpowiadać liczbie organizacji, które z porad korzystają.",
    ),
    DemoComment(
        "§ 8 ust. 1 pkt 4 lit. b",
        KULTURA,
        "change",
        "salę szkoleniową dostępną w dni robocze do godziny 21.00 oraz w soboty i w "
        "niedziele do godziny 18.00,",
        "Organizacje działające społecznie spotykają się głównie w weekendy. Sala "
        "pozostaje pusta wtedy, gdy jest najbardziej potrzebna.",
    ),
    DemoComment(
        "§ 8 ust. 2",
        KUCHNIA,
        "question",
        "",
        "Czy obniżona stawka czynszu dotyczy także lokali, w których spółdzielnia "
        "socjalna prowadzi jednocześnie działalność statutową i gospodarczą?",
    ),
    DemoComment(
        "§ 9 ust. 2",
        MOSTY,
        "delete",
        "",
        "Wyłączenie całych wakacji może odsunąć pilne przepisy o dwa miesiące. "
        "Wystarczy zasada, że konsultacji nie prowadzi się w okresie świątecznym, oraz "
        "dłuższy termin latem; obecne brzmienie szkodzi także samym organizacjom, które"
        " czekają na zmianę.",
    ),
    DemoComment(
        "§ 10 pkt 1 lit. b tiret 2",
        DOM_POMOCY,
        "change",
        "krótkotrwały pobyt w placówce, do 21 dni w roku kalendarzowym,",
        "Opiekunowie, którzy sami przechodzą leczenie szpitalne, potrzebują zwykle "
        "około trzech tygodni zastępstwa. Po 14 dniach rodziny zostają bez pomocy.",
    ),
    DemoComment(
        "§ 10 pkt 5",
        OGON,
        "change",
        "ochrony zwierząt, w szczególności zapobieganie bezdomności zwierząt, opieka "
        "nad kotami wolno żyjącymi oraz prowadzenie domów tymczasowych;",
        "Domy tymczasowe przewiduje Program opieki nad zwierzętami. Jeżeli nie znajdą "
        "się wśród zadań priorytetowych, nie będzie można ogłosić na nie konkursu w "
        "roku 2027.",
    ),
    DemoComment(
        "§ 10 pkt 6",
        MOSTY,
        "change",
        "integracji cudzoziemców, w szczególności kursy języka polskiego i asystentura "
        "międzykulturowa w szkołach i w przedszkolach;",
        "Dziecko, które trafia pod opiekę asystentki w wieku pięciu lat, rozpoczyna "
        "szkołę ze znajomością języka. Późniejsze wsparcie jest dłuższe i droższe.",
    ),
    DemoComment(
        "§ 17 ust. 1 pkt 6",
        MOSTY,
        "change",
        "integracji cudzoziemców – 1 200 000 zł;",
        "Na kursy języka polskiego prowadzone przez nas w roku 2026 zgłosiło się ponad "
        "dwa razy więcej osób, niż było miejsc. Zapewnienie kursu w ciągu 60 dni, "
        "zapowiedziane w Programie „Otwarte Miasto”, wymaga uruchomienia co najmniej 15"
        " dodatkowych grup. Koszt jednej grupy, wraz z opieką nad dziećmi uczestników, "
        "szacujemy na 20 000 zł, co daje wnioskowane 300 000 zł.",
    ),
    DemoComment(
        "§ 18 ust. 2 pkt 2",
        DORZECZE,
        "change",
        "trzy osoby wskazane przez organizacje, z wyłączeniem osób wskazanych przez "
        "organizacje biorące udział w konkursie.",
        "Przy równej liczbie członków rozstrzyga w praktyce głos przewodniczącego, "
        "który reprezentuje Prezydenta. Trzecia osoba wskazana przez organizacje "
        "zwiększy zaufanie do ocen, a ostateczną decyzję i tak podejmuje Prezydent.",
    ),
    DemoComment(
        "§ 20 ust. 3",
        WOJCIECH,
        "add",
        "4. Organizacja, której oferta nie otrzymała dotacji, może w terminie 14 dni od"
        " dnia ogłoszenia wyników wystąpić o rozmowę z komórką merytoryczną na temat "
        "oceny oferty.",
        "Krótka rozmowa o przyczynach odmowy pomaga lepiej przygotować następną ofertę."
        " Samo uzasadnienie na piśmie bywa zbyt ogólne.",
    ),
    DemoComment(
        None,
        KULTURA,
        "question",
        "",
        "Czy tekst programu będzie dostępny także w wersji łatwej do czytania (ETR) i w"
        " tłumaczeniu na polski język migowy?",
    ),
)

"""Drafts to be rewritten: cooperation programmes of any length, and trees of word salad."""

from random import Random

from consultations.text.tree import Level
from tests.text.rewriting import Piece, every


def _list(words: str) -> list[str]:
    return words.split("|")


WHO = _list(
    "Gmina|Burmistrz|Rada Miejska|organizacja|komisja konkursowa|pełnomocnik do spraw współpracy|"
    "Centrum Aktywności Obywatelskiej|zespół doradczy|wydział spraw społecznych|oferent|"
    "rada pożytku publicznego|jednostka pomocnicza|ośrodek kultury|kierownik referatu"
)
DOES = _list(
    "ogłasza|przygotowuje|opiniuje|zleca|wspiera|finansuje|udostępnia nieodpłatnie|publikuje|"
    "rozlicza|prowadzi|zatwierdza|monitoruje|organizuje|przekazuje|uzgadnia|przyjmuje|koordynuje|"
    "kontroluje|ocenia|konsultuje"
)
WHAT = _list(
    "otwarte konkursy ofert|harmonogram naborów|lokale użytkowe|szkolenia dla wolontariuszy|"
    "sprawozdania końcowe|wykaz partnerów|wnioski o małe granty|zajęcia świetlicowe|"
    "umowy o wsparcie zadania|karty oceny merytorycznej|porady prawne i księgowe|"
    "dyżury telefoniczne|"
    "festyny sąsiedzkie|dożywianie uczniów|transport osób niesamodzielnych|pikniki rodzinne|"
    "wypoczynek letni|bazę danych stowarzyszeń|protokoły z posiedzeń|kosztorysy projektów|"
    "budżet obywatelski|ankiety ewaluacyjne|stypendia sportowe|wystawy plenerowe|treningi juniorów|"
    "opiekę wytchnieniową|schronisko dla zwierząt|rejestr darczyńców|spotkania branżowe|"
    "inkubator inicjatyw|zakup sprzętu rehabilitacyjnego|kampanie ekologiczne|sadzenie drzew|"
    "remonty świetlic wiejskich|przeglądy zespołów ludowych|olimpiady przedmiotowe"
)
FOR = _list(
    "na rzecz seniorów|dla rodzin wielodzietnych|wśród młodzieży szkolnej|"
    "w dzielnicach peryferyjnych|"
    "z udziałem mieszkańców|dla osób z niepełnosprawnościami|w porozumieniu z powiatem|"
    "na terenie sołectw|dla cudzoziemców|we współpracy z parafiami|dla opiekunów nieformalnych|"
    "przy wykorzystaniu środków zewnętrznych|dla bezdomnych|w zabytkowych wnętrzach|"
    "dla początkujących przedsiębiorców społecznych|poza godzinami lekcyjnymi|w parkach i lasach|"
    "pod patronatem marszałka|dla klubów uczniowskich|z poszanowaniem krajobrazu"
)
WHEN = _list(
    "w terminie {} dni od złożenia kompletu dokumentów|nie później niż do dnia {} marca|"
    "co najmniej {} razy w roku|do wysokości {} procent kosztów|najpóźniej {} dni przed sesją|"
    "po zasięgnięciu opinii właściwych podmiotów|zgodnie z zasadą uczciwej konkurencji|"
    "z zachowaniem formy pisemnej|jeżeli przepisy odrębne nie stanowią inaczej|"
    "na podstawie regulaminu przyjętego zarządzeniem|przez okres {} miesięcy|"
    "w miarę posiadanych możliwości|pod warunkiem wniesienia wkładu własnego|"
    "za pośrednictwem generatora wniosków|w siedzibie urzędu przy rynku|bez pobierania opłat|"
    "z wyłączeniem świąt i ferii|po uprzednim zawiadomieniu skarbnika"
)
FIELDS = _list(
    "kultura|sport|turystyka|edukacja|ekologia|zdrowie|pomoc społeczna|wolontariat|rewitalizacja|"
    "bezpieczeństwo|integracja cudzoziemców|ochrona zabytków|wypoczynek dzieci|"
    "promocja zatrudnienia"
)
TITLES = _list(
    "Postanowienia ogólne|Cele programu|Zasady współpracy|Zakres przedmiotowy|Formy współpracy|"
    "Priorytetowe zadania publiczne|Okres realizacji|Sposób realizacji|Wysokość środków|"
    "Sposób oceny|Tworzenie programu|Tryb powoływania komisji|Przepisy końcowe|Lokalne partnerstwa"
)
OTHER_WORDS = _list(
    "mediacja|sąsiedztwo|rower|biblioteka|kino|ogród|kuchnia|pracownia|makieta|rzeka|latarnia|most|"
    "orkiestra|teatralny|cyfrowy|pilny|zimowy|wspólny|ławka|pomnik|kronika|audyt|kaucja|patrol|"
    "schronienie|żłobek|dworzec|targ|ratownictwo|pszczelarstwo|garncarstwo|debata|referendum|"
    "rzecznik|sygnalista|dostępność|napisy|tłumacz|migowy|pętla|wyciszenie|kompostownik|retencja|"
    "łąka|kasztanowiec|nietoperz|jerzyk|budka|pasieka|woliera|żegluga|kajak|przystań|molo"
)


class Programme:
    """Writes drafts of a wanted length: prose, lists of tasks, near-duplicate amounts, twins."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def draft(self, length: int) -> list[Piece]:
        """Chapters with § until there are about so many provisions."""
        chapters: list[Piece] = []
        total = 0
        while total < length:
            kids = [self._paragraph() for _ in range(self.random.randint(2, 6))]
            title = TITLES[len(chapters) % len(TITLES)]
            title = title if len(chapters) < len(TITLES) else f"{title} {self._one(FIELDS)}"
            chapters.append(Piece(Level.CHAPTER, heading=title, kids=kids))
            total += len(every(chapters[-1:]))
        return chapters

    def sentence(self) -> str:
        parts = [self._one(WHO), self._one(DOES), self._one(WHAT), self._one(FOR)]
        when = self._one(WHEN).format(self.random.randint(2, 60))
        return " ".join([*parts, when]).replace("  ", " ") + "."

    def _paragraph(self) -> Piece:
        kind = self.random.random()
        if kind < 0.3:
            return Piece(Level.PARAGRAPH, text=self._prose())
        if kind < 0.6:
            sections = [self._section() for _ in range(self.random.randint(2, 5))]
            heading = self._one(TITLES) if self.random.random() < 0.3 else ""
            return Piece(Level.PARAGRAPH, heading=heading, kids=sections)
        if kind < 0.85:
            return Piece(Level.PARAGRAPH, text=f"{self.sentence()[:-1]}:", kids=self._tasks())
        return Piece(Level.PARAGRAPH, text=f"{self._planned()}:", kids=self._amounts())

    def _prose(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(1, 3)))

    def _section(self) -> Piece:
        if self.random.random() < 0.25:
            return Piece(Level.SECTION, text=f"{self.sentence()[:-1]}:", kids=self._tasks())
        return Piece(Level.SECTION, text=self._prose())

    def _tasks(self) -> list[Piece]:
        return [
            Piece(Level.POINT, text=f"{self._task()};") for _ in range(self.random.randint(3, 7))
        ]

    def _task(self) -> str:
        kind = self.random.random()
        if kind < 0.25:
            return self._one(FIELDS)
        return f"{self._one(WHAT)} {self._one(FOR)}" if kind < 0.8 else self._one(WHAT)

    def _planned(self) -> str:
        year = self.random.randint(2025, 2028)
        return (
            f"{self._one(WHO)} planuje w roku {year} na zadania {self._one(FOR)} następujące kwoty"
        )

    def _amounts(self) -> list[Piece]:
        some = self.random.sample(FIELDS, self.random.randint(3, 6))
        return [
            Piece(Level.POINT, text=f"{field} – {self.random.randint(11, 99)}0 000 zł;")
            for field in some
        ]

    def _one(self, words: list[str]) -> str:
        return self.random.choice(words)


def salad(random: Random, length: int, vocabulary: list[str]) -> list[Piece]:
    """Any tree of any words: short and long texts, provisions without words, uneven depth."""
    levels = [level for level in Level if level is not Level.INTRO]
    top: list[Piece] = []
    line: list[Piece] = []
    for _ in range(length):
        del line[random.randint(0, min(len(line), len(levels) - 1)) :]
        siblings = line[-1].kids if line else top
        rank = line[-1].level.rank + 1 if line else random.randint(0, 1)
        level = siblings[0].level if siblings else levels[min(rank, len(levels) - 1)]
        if line and level.rank <= line[-1].level.rank:
            continue
        count = random.choice([1, 2, 3, 5, 8, 13])
        text = " ".join(random.choice(vocabulary) for _ in range(count))
        piece = Piece(level, text=text)
        siblings.append(piece)
        line.append(piece)
    for one in every(top):
        if one.kids and random.random() < 0.4:
            one.text = ""
    return top

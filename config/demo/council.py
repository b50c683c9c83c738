"""The invented council of the demonstration: 43 members in four invented clubs, by surname."""

from typing import Final

from config.demo.shapes import Councillor

WSPOLNE: Final = "Wspólne Przykładowo"
POROZUMIENIE: Final = "Porozumienie Dzielnic"
LAD: Final = "Ład i Gospodarność"
ZIELONY: Final = "Zielony Rynek"

COUNCILLORS: Final[tuple[Councillor, ...]] = (
    Councillor("Kinga Białowąs", POROZUMIENIE),
    Councillor("Adam Bielawiec", ZIELONY),
    Councillor("Adrianna Borucka", WSPOLNE),
    Councillor("Bogdan Chmielarz", WSPOLNE),
    Councillor("Lidia Czerniejak", POROZUMIENIE),
    Councillor("Cezary Dąbrowiak", WSPOLNE),
    Councillor("Łucja Dobrzelak", WSPOLNE),
    Councillor("Damian Ewertowski", LAD),
    Councillor("Marzena Fiedorczuk", ZIELONY),
    Councillor("Eryk Frączkowiak", LAD),
    Councillor("Feliks Gołębiak", WSPOLNE),
    Councillor("Natalia Grabiec", POROZUMIENIE),
    Councillor("Gustaw Hołubiec", WSPOLNE),
    Councillor("Oliwia Hryniewicka", WSPOLNE),
    Councillor("Henryk Iwanek", ZIELONY),
    Councillor("Igor Jabłonowicz", WSPOLNE),
    Councillor("Patrycja Jaworek", LAD),
    Councillor("Jacek Kalinowiak", LAD),
    Councillor("Regina Kłosińska", LAD),
    Councillor("Bożena Kwietniewska", WSPOLNE),
    Councillor("Sylwia Leśniewicz", WSPOLNE),
    Councillor("Kamil Lipowiec", WSPOLNE),
    Councillor("Teresa Majkut", POROZUMIENIE),
    Councillor("Leszek Małachowicz", LAD),
    Councillor("Celina Morawiak", POROZUMIENIE),
    Councillor("Mirosław Nawrocik", ZIELONY),
    Councillor("Weronika Niedbał", WSPOLNE),
    Councillor("Danuta Olszanecka", POROZUMIENIE),
    Councillor("Norbert Orlikowicz", WSPOLNE),
    Councillor("Olgierd Piechowiak", POROZUMIENIE),
    Councillor("Elżbieta Prusik", POROZUMIENIE),
    Councillor("Felicja Rogalińska", ZIELONY),
    Councillor("Przemysław Rutkowiak", POROZUMIENIE),
    Councillor("Robert Sadłowicz", POROZUMIENIE),
    Councillor("Gabriela Sobolak", POROZUMIENIE),
    Councillor("Stefan Trzebiec", ZIELONY),
    Councillor("Hanna Tymczak", LAD),
    Councillor("Tadeusz Urbaniec", POROZUMIENIE),
    Councillor("Irena Walkowicz", WSPOLNE),
    Councillor("Wiktor Wierzbowiak", WSPOLNE),
    Councillor("Zenon Zagrodnik", LAD),
    Councillor("Jolanta Zarębska", WSPOLNE),
    Councillor("Łukasz Żurawik", WSPOLNE),
)

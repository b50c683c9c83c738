"""What the columns of a sheet of comments hold, guessed from their headings; days and channels."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time

# What a column may hold, in the order in which headings are tried; the first that fits has it.
# Folded: small letters without diacritics.
GUESSES: tuple[tuple[str, str], ...] = (
    ("nothing", r"stanowisk|obecn|dotychczas|aktualn|current|position|status|rozstrzyg|answer"),
    ("posted", r"stempe?l|nadan|postmark|posted"),
    ("arrived", r"wplyw|otrzyman|data zglosz|received|arrived|^data$|^date$"),
    ("channel", r"kanal|sposob|forma (zlozenia|wniesienia|zgloszenia|wplywu)|channel|how it came"),
    ("email", r"e-?mail|adres e|poczta"),
    ("organisation", r"organizacj|podmiot|nazwa ngo|organisation|organization"),
    ("first_name", r"^imie$|^first name$|^imiona$"),
    ("surname", r"^nazwisko$|^surname$|^last name$"),
    ("sender", r"imie i nazwisko|nazwisko i imie|zglaszajac|nadawc|autor|sender|^name|filed"),
    ("kind", r"rodzaj|typ uwagi|kind|type"),
    ("proposed", r"propon|propozycj|nowe brzmienie|postulowan|proposed|proposal"),
    ("reasons", r"uzasadn|reason|justification|tresc uwagi|^uwaga$|^comment$"),
    ("provision", r"jednostka|zapis|przepis|paragraf|^§|miejsce|punkt|provision|place"),
)
FIELDS = tuple(name for name, _pattern in GUESSES if name != "nothing")
CHANNELS: tuple[tuple[str, str], ...] = (
    ("epuap", r"epuap|e-?doreczen"),
    ("email", r"e-?mail|mail|elektroniczn"),
    ("fax", r"faks|fax"),
    ("meeting", r"spotkani|warsztat|dyzur|meeting|workshop"),
    ("phone", r"telefon|phone"),
    ("in_person", r"osobi|kancelari|dziennik podawczy|in person"),
    ("post", r"poczt|list|post|papier"),
)
KINDS: tuple[tuple[str, str], ...] = (
    ("delete", r"usun|wykresl|skresl|delet"),
    ("add", r"doda|nowy przepis|uzupelni|add|new provision"),
    ("question", r"pytani|opini|question|ogoln"),
    ("change", r"zmian|chang|brzmieni"),
)
MOST_BEFORE = 10  # rows above the headings: titles, explanations
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y.%m.%d", "%Y/%m/%d")


def folded(words: str) -> str:
    """Small letters without diacritics, blanks as one."""
    bare = unicodedata.normalize("NFKD", words.casefold().replace("ł", "l"))
    return " ".join("".join(one for one in bare if not unicodedata.combining(one)).split())


def guess(headings: Sequence[str]) -> dict[str, int]:
    """Which column (from 0) holds what; each thing once, the first column that fits."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = _guessed(folded(heading)) if heading else ""
        if name in FIELDS and name not in found:
            found[name] = place
    return found


def _guessed(heading: str) -> str:
    return next((name for name, pattern in GUESSES if re.search(pattern, heading)), "")


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """Which row is the headings: of the first ones that in which most columns are known."""
    first = rows[:MOST_BEFORE]
    return max(range(len(first)), key=lambda place: (len(guess(first[place])), -place))


def channel_of(words: str) -> str:
    """The channel these words mean; empty when none."""
    return _meant(words, CHANNELS)


def kind_of(words: str) -> str:
    """The kind of comment these words mean; empty when none."""
    return _meant(words, KINDS)


def _meant(words: str, known: tuple[tuple[str, str], ...]) -> str:
    bare = folded(words)
    plain = [code for code, _pattern in known if bare == code]
    return next(iter(plain), "") or next(
        (code for code, pattern in known if re.search(pattern, bare)), ""
    )


def day_of(words: str) -> tuple[date, time | None] | None:
    """The day, and the hour if it is said; None when the words are no day."""
    bare = re.sub(r"\s*(r\.|roku)?\s*$", "", words.strip()).replace("T", " ")
    day, _blank, hour = bare.partition(" ")
    for form in _DAYS:
        try:
            found = datetime.strptime(day, form).date()  # noqa: DTZ007 - a day, no instant
        except ValueError:
            continue
        return (found, None) if not hour.strip() else _with_hour(found, hour)
    return None


def _with_hour(day: date, words: str) -> tuple[date, time] | None:
    hour = re.fullmatch(r"(?:godz\.?\s*)?(\d{1,2})[:.](\d{2})(?::\d{2}(?:\.\d+)?)?", words.strip())
    if hour is None or int(hour[1]) > 23 or int(hour[2]) > 59:
        return None
    return day, time(int(hour[1]), int(hour[2]))

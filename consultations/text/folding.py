"""Texts as a search compares them: small letters, without Polish diacritics, blanks as spaces.

One table for the database and for Python, a letter for a letter, so that both databases find the
same and a place in the folded text is the same place in the text.
"""

import re
from collections.abc import Iterable

PAIRS = (
    *zip("ĄĆĘŁŃÓŚŹŻąćęłńóśźż", "acelnoszzacelnoszz", strict=True),
    *((blank, " ") for blank in "\N{NO-BREAK SPACE}\n\r\t"),
)
_TABLE = str.maketrans(
    {chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)} | dict(PAIRS)
)
# «§ 2», «ust. 1», «pkt 3»: the sign and its number are one term; else words.
_TERM = re.compile(r"(§|\b(?:art\.|ust\.|pkt|lit\.))\s*(\w+)|(\S+)")
_AROUND = "\"'„”«»(),;:.!?"
MOST_TERMS = 6


def fold(text: str) -> str:
    """The text as it is compared, of the same length."""
    return text.translate(_TABLE)


def rarest_first(found: Iterable[str]) -> list[str]:
    """The terms in the order of looking: figures are in few texts, and so are long words."""
    return sorted(found, key=lambda term: (not any(map(str.isdigit, term)), -len(term)))


def terms(said: str) -> tuple[str, ...]:
    """What a search asks for, each once; all of it must be found."""
    found = (
        f"{sign} {number}" if sign else word.strip(_AROUND)
        for sign, number, word in _TERM.findall(fold(said))
    )
    return tuple(dict.fromkeys(filter(None, found)))[:MOST_TERMS]

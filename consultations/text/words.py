"""Words as the search compares them: folded, and in their basic form (simplemma, Polish).

The dictionary takes four seconds and some 50 MB to load, so it is loaded beside the requests
(`learn_beside`). Until it is there a word is cut to its stem: less is told apart, nothing waits.
"""

import re
import threading
from functools import lru_cache
from itertools import product
from math import prod
from os.path import commonprefix

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

from consultations.text.folding import fold

LANGUAGE = "pl"
MOST_READINGS = 2_000  # of a word typed without diacritics, at 20 microseconds each
SHORTEST_STEM = 4
ENDING = 3
_WORD = re.compile(r"[^\W\d_]{2,}")
_READINGS = dict(zip("acelnosz", ("aą", "cć", "eę", "lł", "nń", "oó", "sś", "zźż"), strict=True))
_dictionary = StreamDictionaryFactory()  # the one that is small; the common one takes 370 MB
_lemmatizer = Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_dictionary))
_learning = threading.Lock()


class _Learned:
    yet = False


def learn() -> None:
    """Load the dictionary; the second call costs nothing."""
    with _learning:
        _dictionary.get_dictionary(LANGUAGE)
        _Learned.yet = True


def learn_beside() -> None:
    """Load it in a thread of its own; returns at once."""
    threading.Thread(target=learn, name="words", daemon=True).start()


def learned() -> bool:
    """Whether the dictionary is loaded."""
    return _Learned.yet


def indexed(text: str) -> str:
    """The text folded, and the basic forms of its words, each between spaces."""
    forms = sorted({form for word in _WORD.findall(text) for form in _basic(word)})
    return f" {fold(text)} {' '.join(forms)} "


@lru_cache(maxsize=50_000)
def _basic(word: str) -> frozenset[str]:
    """The basic forms of a word of a text, folded: at the head of a sentence it may be a name."""
    read = {word, word.lower()}
    return frozenset(fold(_lemmatizer.lemmatize(one, lang=LANGUAGE)) for one in read)


def ways(term: str) -> tuple[str, ...]:
    """How a folded term of a search may stand in an indexed text: one of these is enough.

    The term itself, and each basic form it may be a form of, whatever its diacritics.
    """
    if not _WORD.fullmatch(term):
        return (term,)
    forms = _forms(term) if learned() else ()
    return (term, *(forms or _stem(term)))


@lru_cache(maxsize=2_000)
def _forms(term: str) -> tuple[str, ...]:
    """The basic forms of every word that is written so without its diacritics."""
    letters = [_READINGS.get(letter, letter) for letter in term]
    if prod(len(one) for one in letters) > MOST_READINGS:
        return ()
    known = _dictionary.get_dictionary(LANGUAGE)
    readings = ("".join(one) for one in product(*letters))
    found = {known.get(one) or known.get(one.capitalize()) for one in readings}
    return tuple(sorted({f" {fold(one)} " for one in found if one}))


def _stem(term: str) -> tuple[str, ...]:
    """The beginning of a word the dictionary does not know, or is not there to ask."""
    stem = term[:-ENDING]
    return (f" {stem}",) if len(stem) >= SHORTEST_STEM else ()


def alike(term: str) -> str:
    """What the forms of a word begin with, to mark them in a text; else the word itself."""
    shared = commonprefix([one.strip() for one in ways(term)])  # noqa: RUF071 - letters
    return shared if len(shared) >= SHORTEST_STEM else term

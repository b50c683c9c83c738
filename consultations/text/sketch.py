"""Sketches of texts: the stems of their words as numbers, to tell how alike two texts are.

Pure and cheap: no dictionary has to be loaded, and every process gives the same numbers. The order
of words and sentences says nothing; what is not said («nie») does. Texts that may be alike share
a band (one-permutation min-hash with rotation), so that each is compared with few others.
"""

import re
import struct
from array import array
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from consultations.text.folding import fold

BINS = 60
BANDS = 20  # of 3 bins: at a likeness of one half 93 of 100 pairs share one
SHORTEST = 3  # letters that stay of a word when its ending is cut
LONGEST = 7  # letters of a stem: what follows forms other words of the same family
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(
    r"(?:iach|iami|ami|ach|ych|ich|ymi|imi|ego|emu|owi|iom|iem|iej|om|ow|em|ej|ym|im|ie|ia|iu|io"
    r"|a|e|i|o|u|y)$"
)
# Words that say nothing of what a comment is about, folded; «nie» and «bez» say something.
_COMMON = (
    "a aby albo ale ani az bardzo bedzie beda bo by byc byl byla bylo byly ci co czy dla do dzien"
    " dobry gdy gdyz go i ich ile im iz ja jak jako je jego jej jest jesli jestem jestesmy juz"
    " kazdy ktora ktore ktorego ktorej ktory ktorych ktorym lub ma maja mam mamy mi miec mnie moze"
    " mozna my na nad nam nas nasz nasza nasze niz no o od on ona one oni oraz pan pani panie"
    " panstwa panstwo panstwu po pod poniewaz powazaniem pozdrawiam prosimy prosze przed przez przy"
    " sa sie szanowni szanowny ta tak take takie takze tam te tego tej ten tez to tu tych tym u w"
    " we wiec witam wraz wszystko wyrazami z za ze zas zeby zatem"
)
COMMON = frozenset(_COMMON.split())
_SIGNED = 1 << 63
_EMPTY = -1

Sketch = frozenset[int]


def sketch(*texts: str) -> Sketch:
    """What the texts say together: the numbers of their stems, none for no words at all."""
    said = [word for text in texts for word in _WORD.findall(fold(text).casefold())]
    telling = [word for word in said if word not in COMMON]
    return frozenset(_number(word) for word in telling or said)


def of_comment(reasons: str, proposed: str, current: str) -> Sketch:
    """What a comment says: its reasons, and what its proposal adds to the current wording.

    The provision itself stands in every proposal to change it, so it tells nothing.
    """
    return sketch(reasons) | (sketch(proposed) - sketch(current))


@lru_cache(maxsize=100_000)
def _number(word: str) -> int:
    return _hash(stem(word).encode())


def _hash(said: bytes) -> int:
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "little", signed=True)


def stem(word: str) -> str:
    """What stays of a folded word in most of its forms."""
    if word.isdecimal():
        return word
    cut = _ENDING.sub("", word)
    return (cut if len(cut) >= SHORTEST else word)[:LONGEST]


def likeness(one: Sketch, other: Sketch) -> float:
    """From 0 to 1: which part of all they say both of them say (Jaccard)."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def packed(said: Sketch) -> bytes:
    """The sketch to be stored; the same bytes for the same sketch."""
    return array("q", sorted(said)).tobytes()


def unpacked(stored: "bytes | memoryview[int]") -> Sketch:
    """The sketch as it was stored."""
    return frozenset(array("q", bytes(stored)))


def whole(said: Sketch) -> int:
    """One number for the whole sketch."""
    return _hash(packed(said))


def bands(said: Sketch) -> list[int]:
    """The numbers under which texts that may be alike are found; 20 of them."""
    least = _filled(_least(said))
    groups = (least[first::BANDS] for first in range(BANDS))  # neighbours may hold the same
    return [_hash(struct.pack("<4Q", place, *one)) for place, one in enumerate(groups)]


def _least(said: Iterable[int]) -> list[int]:
    """The least number in each bin."""
    least = [_EMPTY] * BINS
    for number in said:
        value, place = divmod(number + _SIGNED, BINS)
        if least[place] == _EMPTY or value < least[place]:
            least[place] = value
    return least


def _filled(least: list[int]) -> list[int]:
    """An empty bin takes what the next one on its right has."""
    if all(one == _EMPTY for one in least):
        return [0] * BINS
    filled, following = least[:], _EMPTY
    for place in reversed(range(2 * BINS)):
        here = least[place % BINS]
        following = here if here != _EMPTY else following
        if place < BINS:
            filled[place] = following
    return filled

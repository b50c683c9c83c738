"""Where a search found its terms: a piece of the text with the places marked, never as HTML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consultations.text.folding import fold

BEFORE, AFTER = 60, 180  # characters around the first place


@dataclass(frozen=True)
class Piece:
    """A run of text; `hit` when it is what was searched for."""

    text: str
    hit: bool = False


def marked(text: str, terms: Sequence[str]) -> list[Piece]:
    """The whole text with every place of a term."""
    pieces, end = [], 0
    for place in _places(text, terms):
        found = Piece(text[place.start() : place.end()], hit=True)
        pieces += [Piece(text[end : place.start()]), found]
        end = place.end()
    return [one for one in [*pieces, Piece(text[end:])] if one.text]


def _places(text: str, terms: Sequence[str]) -> list[re.Match[str]]:
    longest_first = sorted(terms, key=len, reverse=True)
    pattern = "|".join(re.escape(term) for term in longest_first)
    return list(re.finditer(pattern, fold(text))) if pattern else []


def snippet(texts: Sequence[str], terms: Sequence[str]) -> list[Piece]:
    """From the first of the texts that holds a term, or the beginning of the first."""
    said = [text for text in texts if text]
    if not said:
        return []
    text, first = next(
        ((one, places[0].start()) for one in said if (places := _places(one, terms))), (said[0], 0)
    )
    start = _word_before(text, max(first - BEFORE, 0))
    end = min(first + AFTER, len(text))
    cut = ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
    return marked(cut, terms)


def _word_before(text: str, start: int) -> int:
    """The beginning of a word, so that none is cut at the left."""
    return text.find(" ", start) + 1 if start and " " in text[start : start + BEFORE] else start

"""Provisions cut in pieces: one text that is now several neighbouring ones.

A joining is a cut read backwards: the caller swaps the sides.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from consultations.text.aligning.likeness import Words, closeness, common, joined
from consultations.text.aligning.sides import Side
from consultations.text.tree import Level

_CONTAINED = 0.7  # of the piece's words stand in the whole
_SMALLER = 0.97  # of the whole is the largest piece
_WHOLE = 0.75  # how alike the pieces together are to the whole
_GAIN = 0.5  # and how much of what the best one alone misses may still be missing
_CLEARLY_LARGER = 1.5
_ENOUGH = 3.0
_NEARLY_WHOLE = 0.93


@dataclass(frozen=True)
class Cut:
    """`whole` on one side, its `pieces` in order on the other; `keeper` keeps its key."""

    whole: int
    keeper: int
    pieces: tuple[int, ...]  # without the keeper
    close: float
    clear: bool  # enough words, and no doubt which piece goes on


def cuts(whole: Side, open_whole: set[int], pieces: Side, open_pieces: set[int]) -> list[Cut]:
    """What was cut, the surest first."""
    held: dict[int, list[int]] = defaultdict(list)
    index = whole.index_of(open_whole)
    for piece in sorted(open_pieces):
        words = pieces[piece].words
        for one in index.near(words):
            if _is_piece(words, whole[one].words):
                held[one].append(piece)
    for one, places in held.items():
        held[one] = _with_neighbours(whole[one].words, pieces, open_pieces, places)
    found = [
        cut
        for one, places in sorted(held.items())
        for run in _runs(pieces, places)
        if (cut := _cut(whole, one, pieces, open_pieces, run)) is not None
    ]
    return sorted(found, key=lambda cut: (-cut.close, cut.whole))


def _is_piece(piece: Words, whole: Words) -> bool:
    if not piece.weight or piece.weight > _SMALLER * whole.weight:
        return False
    return common(piece, whole) >= _CONTAINED * piece.weight


def _with_neighbours(whole: Words, side: Side, free: set[int], places: list[int]) -> list[int]:
    """Also the siblings beside them whose words are too common to be found by."""
    every = set(places)
    for place in places:
        unit = side[place]
        beside = side[unit.parent].kids[max(0, unit.turn - 1) : unit.turn + 2]
        every.update(kid for kid in beside if kid in free and _is_piece(side[kid].words, whole))
    return sorted(every)


def _runs(side: Side, places: list[int]) -> Iterator[list[int]]:
    """Places that follow one another, as siblings or as a provision and its children."""
    run: list[int] = []
    for place in sorted(places):
        if run and not _follows(side, run[-1], place):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _follows(side: Side, before: int, after: int) -> bool:
    if side[after].parent == before:
        return side[after].turn == 0
    if side[after].parent == side[before].parent:
        return side[after].turn == side[before].turn + 1
    between = range(before + 1, after)
    return all(not side[place].words for place in between)


def _cut(whole: Side, one: int, pieces: Side, free: set[int], run: list[int]) -> Cut | None:
    words = whole[one].words
    best, close = _trimmed(pieces, run, words)
    alone = max(closeness(pieces[piece].words, words) for piece in best)
    above = _above(pieces, free, best, whole[one].level)
    if close < _WHOLE or 1 - close > _GAIN * (1 - alone) or len(best) + (above is not None) < 2:
        return None
    keeper, clear = _keeper(pieces, best, whole[one].level, above)
    rest = tuple(piece for piece in best if piece != keeper)
    return Cut(one, keeper, rest, close, clear and _is_clear(pieces, best, words, close))


def _is_clear(side: Side, run: list[int], whole: Words, close: float) -> bool:
    """All the words are there, or nearly all and no piece is just a word or two."""
    if close == 1.0:
        return whole.weight >= _ENOUGH
    enough = min(side[piece].words.weight for piece in run) >= _ENOUGH
    return enough and close >= _NEARLY_WHOLE


def _trimmed(side: Side, run: list[int], whole: Words) -> tuple[list[int], float]:
    """The run without what makes it less alike at its ends."""
    close = _together(side, run, whole)
    while len(run) > 1:
        shorter = max((run[1:], run[:-1]), key=lambda some: _together(side, some, whole))
        less = _together(side, shorter, whole)
        if less < close:
            break
        run, close = shorter, less
    return run, close


def _together(side: Side, run: list[int], whole: Words) -> float:
    return closeness(joined(side[piece].words for piece in run), whole)


def _above(side: Side, free: set[int], run: list[int], level: Level) -> int | None:
    """The free provision all pieces stand in, when it says nothing itself."""
    parents = {side[piece].parent for piece in run}
    parent = parents.pop()
    if parents or parent not in free or side[parent].words or side[parent].level != level:
        return None
    return parent


def _keeper(side: Side, run: list[int], level: Level, above: int | None) -> tuple[int, bool]:
    """The provision the pieces stand in, else the first, else one that is clearly larger."""
    if above is not None:
        return above, True
    alike = [piece for piece in run if side[piece].level == level]
    if not alike:
        return run[0], False
    largest = max(alike, key=lambda piece: (side[piece].words.weight, -piece))
    first = alike[0]
    larger = side[largest].words.weight >= _CLEARLY_LARGER * side[first].words.weight
    return (largest if larger else first), True

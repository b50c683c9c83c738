"""Which provision of the new wording is which of the old one: keys stay with their provisions.

Rules: equal words first, then places, then alike words, and where two are nearly as likely, doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from consultations.text.aligning.cuts import Cut, cuts
from consultations.text.aligning.doubts import Doubts
from consultations.text.aligning.exact import (
    pair_all,
    pair_in_order,
    pair_left,
    pair_lifted,
    pair_unique,
    pair_whole,
)
from consultations.text.aligning.likeness import likeness
from consultations.text.aligning.places import moved
from consultations.text.aligning.sides import Matching
from consultations.text.aligning.similar import pair_by_kids, pair_similar, pair_wordless, settle
from consultations.text.tree import Node

__all__ = ["Alignment", "Pair", "align"]

_LONG = 6.0  # words enough to be known at another level


@dataclass(frozen=True)
class Pair:
    """One provision in both wordings; positions are those of `tree.walk`, from 1."""

    old: int
    new: int
    likeness: float  # 0..1 of heading and text; 1.0: the same words
    moved: bool  # under another parent, or in another order among the siblings that stayed
    doubtful: bool  # the officer must look at it

    @property
    def edited(self) -> bool:
        """Whether heading or text differ; number and label never count."""
        return self.likeness < 1.0


@dataclass(frozen=True)
class Alignment:
    """Each old position is in one of `pairs` and `deleted`, each new one in `pairs` or `added`."""

    pairs: tuple[Pair, ...]  # in the order of the new wording
    added: tuple[int, ...]  # new positions
    deleted: tuple[int, ...]  # old positions
    split: tuple[tuple[int, int], ...]  # (new, old): cut out of old, whose key another one keeps
    joined: tuple[tuple[int, int], ...]  # (old, new): its words went into new, which keeps its own
    doubtful: frozenset[int]  # new positions the officer must confirm


def align(old: Sequence[Node], new: Sequence[Node]) -> Alignment:
    """Pairs the provisions of two wordings; never raises, and gives the same for the same."""
    found = Matching(old, new)
    if pair_all(found):
        pairs = (_pair(found, turn, set(), set()) for turn in found.new.positions)
        return Alignment(tuple(pairs), (), (), (), (), frozenset())
    pair_whole(found)
    pair_unique(found)
    settle(found)
    pair_lifted(found, _LONG)
    split = _take(found, cuts(found.old, found.open_old, found.new, found.open_new))
    joined = _take_back(found, cuts(found.new, found.open_new, found.old, found.open_old))
    pair_similar(found)
    while pair_by_kids(found, rewritten=True):
        pair_in_order(found)
    pair_left(found)
    settle(found)
    pair_wordless(found)
    return _told(found, split, joined)


def _take(found: Matching, some: Sequence[Cut]) -> list[Cut]:
    """Pairs each whole with its keeper, and says that the other pieces are new."""
    taken = []
    for cut in some:
        if found.open_new.issuperset(cut.pieces) and found.pair(cut.whole, cut.keeper):
            found.open_new.difference_update(cut.pieces)
            taken.append(cut)
    return taken


def _take_back(found: Matching, some: Sequence[Cut]) -> list[Cut]:
    """The same for joinings: the whole is new, the pieces are old."""
    taken = []
    for cut in some:
        if found.open_old.issuperset(cut.pieces) and found.pair(cut.keeper, cut.whole):
            found.open_old.difference_update(cut.pieces)
            taken.append(cut)
    return taken


def _told(found: Matching, split: list[Cut], joined: list[Cut]) -> Alignment:
    away = moved(found)
    doubts = Doubts(found, away, split, joined)
    parted = {(piece, cut.whole) for cut in split for piece in cut.pieces} | doubts.parted
    merged = {(piece, cut.whole) for cut in joined for piece in cut.pieces} | doubts.merged
    doubtful = doubts.all()
    pairs = tuple(_pair(found, new, away, doubtful) for new in sorted(found.to_old) if new)
    return Alignment(
        pairs=pairs,
        added=tuple(new for new in found.new.positions if new not in found.to_old),
        deleted=tuple(old for old in found.old.positions if old not in found.to_new),
        split=tuple(sorted(parted)),
        joined=tuple(sorted(merged)),
        doubtful=frozenset(doubtful),
    )


def _pair(found: Matching, new: int, away: set[int], doubtful: set[int]) -> Pair:
    old = found.to_old[new]
    alike = likeness(found.old[old].words, found.new[new].words)
    return Pair(old, new, alike, new in away, new in doubtful)

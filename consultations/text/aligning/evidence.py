"""What is known of a pair besides its own words: its place, its children, its rivals in words."""

from collections.abc import Iterator

from consultations.text.aligning.likeness import Words, closeness
from consultations.text.aligning.sides import ROOT, Matching, Side

_NEAR = 0.6  # so close in words that two may have changed places
_MANY = 60  # siblings, beyond which only the nearest in words are looked at


class Evidence:
    """A finished matching, and the new positions that are in doubt so far."""

    def __init__(self, found: Matching, away: set[int]) -> None:
        self.found, self.away = found, away
        self.marked: set[int] = set()

    def _in_place(self, old: int, new: int) -> bool:
        return new not in self.away and self.found.under_one(old, new)

    def _stayed(self, old: int | None, new: int | None) -> bool:
        """Whether they are a pair where it was, and neither it nor its parent is in doubt."""
        if old is None or new is None or not self._in_place(old, new):
            return False
        return new not in self.marked and self.found.new[new].parent not in self.marked

    def _is_twin(self, old: int, new: int) -> bool:
        """Whether other provisions have these very words."""
        return _twins(self.found.old, old) > 1 or _twins(self.found.new, new) > 1

    def _sure_kids(self, old: int, new: int) -> tuple[float, float]:
        """The share of what stands below both and is surely the same, and its mass."""
        found = self.found
        kids = found.old[old].kids
        if self._is_whole(old, new):
            return 1.0, found.old[old].mass
        total = sum(found.old[kid].mass for kid in kids)
        total += sum(found.new[kid].mass for kid in found.new[new].kids)
        pairs = [(kid, found.to_new[kid]) for kid in kids if kid in found.to_new]
        sure = [
            (kid, to) for kid, to in pairs if found.new[to].parent == new and to not in self.marked
        ]
        if all(self._is_twin(kid, to) for kid, to in sure):
            return 0.0, 0.0
        mass = sum(found.old[kid].mass + found.new[to].mass for kid, to in sure)
        return (mass / total if total else 0.0), mass / 2

    def _is_whole(self, old: int, new: int) -> bool:
        """Whether all below stayed, and no other provision has the same below it."""
        shape = self.found.old[old].shape
        if shape != self.found.new[new].shape:
            return False
        return self.found.old.shapes[shape] == self.found.new.shapes[shape] == 1

    def _nearest_other(self, old: int, new: int) -> float:
        """The distance from either of the two to the nearest third provision."""
        distance = 1.0
        for words in (self.found.old[old].words, self.found.new[new].words):
            for side, but in ((self.found.old, old), (self.found.new, new)):
                for other in _around(side, but, side.index.near(words)):
                    distance = min(distance, 1 - closeness(words, side[other].words))
        return distance

    def _rivals(self, side: Side, but: int, parent: int | None) -> list[int]:
        """Under that parent: those whose words are nearly the same, but not quite."""
        words = side[but].words
        kids = side[parent].kids if parent is not None else []
        if len(kids) > _MANY:
            return [kid for kid in alike(side, but, words) if side[kid].parent == parent]
        return [kid for kid in kids if _nearly(words, side[kid].words)]


def alike(side: Side, but: int, words: Words) -> list[int]:
    near = side.index.near(words)
    return [
        other for other in near if other != but and closeness(words, side[other].words) >= _NEAR
    ]


def _nearly(one: Words, other: Words) -> bool:
    return _NEAR <= closeness(one, other) < 1


def _twins(side: Side, position: int) -> int:
    return side.repeated[side[position].level, side[position].words.bare]


def _around(side: Side, but: int, near: list[int]) -> Iterator[int]:
    """Those near in words, and the siblings, whose words may be too common for an index."""
    unit = side[but]
    kids = side[unit.parent].kids
    beside = kids[max(0, unit.turn - 2) : unit.turn + 3]
    yield from (other for other in {*near, *beside} if other not in {but, ROOT})

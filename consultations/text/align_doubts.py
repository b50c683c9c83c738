"""What the officer must confirm: pairs and additions for which something else is nearly as likely.

An edit is believed when it is clearly smaller than what tells the provision from its nearest
neighbour in words, in either wording: so a changed amount is an edit, and a sentence that was
copied over the place of a deleted one is a question.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from consultations.text.align_cuts import Cut
from consultations.text.align_sides import ROOT, Matching, Side
from consultations.text.align_similar import gaps
from consultations.text.likeness import Index, Words, closeness, common
from consultations.text.tree import Level

_LIKELY = 0.5
_SURE = 0.75  # even for a few words
_FEW = 2.5
_FEW_AWAY, _FEW_SAME = 5.0, 3.5  # under another parent: edited, or the same words
_KIDS_SURE, _KIDS_IN_PLACE, _KIDS_MASS = 0.8, 0.6, 6.0
_RATIO = 0.75  # the edit beside the distance to the nearest other provision
_NEAR = 0.6  # so close in words that two may have changed places
_MANY = 60  # siblings, beyond which only the nearest in words are looked at
_MAYBE = 0.3  # an addition like something deleted


class Doubts:
    """New positions of a finished matching that the officer must look at."""

    def __init__(
        self, found: Matching, away: set[int], split: Sequence[Cut], joined: Sequence[Cut]
    ) -> None:
        self.found, self.away = found, away
        self.cut = {cut.keeper for cut in split} | {cut.whole for cut in joined}
        self.marked: set[int] = set()
        self.by_place: set[int] = set()  # edits believed because nothing else left its place
        self.parted = set(_parted(found))
        self.merged = set(_merged(found))
        self._mark_cuts(split, joined)

    def all(self) -> set[int]:
        """Every doubtful new position."""
        self._mark_pairs()
        self._mark_swaps()
        self._mark_additions()
        self._mark_dependent()
        return self.marked

    def _mark_cuts(self, split: Sequence[Cut], joined: Sequence[Cut]) -> None:
        for cut in split:
            if not cut.clear:
                self.marked.update((cut.keeper, *cut.pieces))
        self.marked.update(cut.whole for cut in joined if not cut.clear)
        for new, old in self.parted:
            self.marked.update((new, self.found.to_new[old]))
        self.marked.update(new for _, new in self.merged)

    def _mark_pairs(self) -> None:
        """The lowest first: a sure child speaks for its parent, a doubtful one does not."""
        for new in sorted(self.found.to_old, reverse=True):
            if new and new not in self.cut and self._is_doubtful(self.found.to_old[new], new):
                self.marked.add(new)

    def _is_doubtful(self, old: int, new: int) -> bool:
        one, other = self.found.old[old], self.found.new[new]
        if one.level != other.level:
            return True
        if not one.words or not other.words:
            return self._wordless(old, new)
        if one.words.bare == other.words.bare:
            return self._same_words(old, new)
        return not self._kids_are_sure(old, new) and self._edited(old, new)

    def _in_place(self, old: int, new: int) -> bool:
        return new not in self.away and self.found.under_one(old, new)

    def _wordless(self, old: int, new: int) -> bool:
        one, other = self.found.old[old], self.found.new[new]
        if not one.kids and not other.kids:
            return not self._in_place(old, new)
        least = _KIDS_IN_PLACE if self._in_place(old, new) else _KIDS_SURE
        return self._sure_kids(old, new)[0] < least

    def _same_words(self, old: int, new: int) -> bool:
        one, other = self.found.old[old], self.found.new[new]
        if not self._is_twin(old, new):
            return not self.found.under_one(old, new) and one.words.weight < _FEW_SAME
        if (one.kids or other.kids) and one.shape != other.shape:
            return self._sure_kids(old, new)[0] < _LIKELY
        return not self.found.under_one(old, new)

    def _is_twin(self, old: int, new: int) -> bool:
        """Whether other provisions have these very words."""
        return _twins(self.found.old, old) > 1 or _twins(self.found.new, new) > 1

    def _kids_are_sure(self, old: int, new: int) -> bool:
        share, mass = self._sure_kids(old, new)
        return share >= _KIDS_SURE and mass >= _KIDS_MASS

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

    def _edited(self, old: int, new: int) -> bool:
        own = self.found.own(old, new)
        if own < _LIKELY:
            return True
        if self._only_figures(old, new):
            self.by_place.add(new)
            return False
        one, other = self.found.old[old].words, self.found.new[new].words
        shared = common(one, other)
        if (own < _SURE and shared < _FEW) or (
            shared < _FEW_AWAY and not self.found.under_one(old, new)
        ):
            return True
        return 1 - own > _RATIO * self._nearest_other(old, new)

    def _only_figures(self, old: int, new: int) -> bool:
        """Whether it stands where it stood, other figures in the same words, alone in them."""
        found = self.found
        one, other = found.old[old], found.new[new]
        if not one.words.frame or one.words.frame != other.words.frame:
            return False
        if not self._in_place(old, new):
            return False
        frame = one.words.frame
        alone = found.old.frames[one.parent, frame] == 1
        return alone and found.new.frames[other.parent, frame] == 1

    def _nearest_other(self, old: int, new: int) -> float:
        """The distance from either of the two to the nearest third provision."""
        distance = 1.0
        for words in (self.found.old[old].words, self.found.new[new].words):
            for side, but in ((self.found.old, old), (self.found.new, new)):
                for other in _around(side, but, side.index.near(words)):
                    distance = min(distance, 1 - closeness(words, side[other].words))
        return distance

    def _mark_swaps(self) -> None:
        """Equal words in another place, which something else nearly said that stood there."""
        found = self.found
        for new in sorted(found.to_old):
            old = found.to_old[new]
            if new in self.by_place and self._place_is_open(old, new):
                self.marked.add(new)
            if not found.old[old].words or found.old[old].words.bare != found.new[new].words.bare:
                continue
            if new in self.away:
                self._mark_swapped(old, new)
            elif found.new[new].parent in self.marked:
                self._mark_when_rival(old, new)

    def _mark_swapped(self, old: int, new: int) -> None:
        found = self.found
        home, origin = found.new[new].parent, found.old[old].parent
        for rival in self._rivals(found.old, old, found.to_old.get(home)):
            if self._may_swap(old, new, rival):
                self.marked.update({new, found.to_new.get(rival, new)})
        for rival in self._rivals(found.new, new, found.to_new.get(origin)):
            if not self._stayed(found.to_old.get(rival), rival):
                self.marked.add(new)

    def _mark_when_rival(self, old: int, new: int) -> None:
        """When something nearly the same is not surely where it was."""
        found = self.found
        words, now = found.old[old].words, found.new[new].words
        before = ((rival, found.to_new.get(rival)) for rival in _alike(found.old, old, now))
        after = ((found.to_old.get(rival), rival) for rival in _alike(found.new, new, words))
        if not all(self._stayed(one, other) for one, other in chain(before, after)):
            self.marked.add(new)

    def _place_is_open(self, old: int, new: int) -> bool:
        """Whether the parent is in doubt, or something nearly the same came or went beside it."""
        found = self.found
        above, home = found.old[old].parent, found.new[new].parent
        before = ((kid, found.to_new.get(kid)) for kid in self._rivals(found.old, old, above))
        after = ((found.to_old.get(kid), kid) for kid in self._rivals(found.new, new, home))
        sure = all(self._stayed(one, other) for one, other in chain(before, after))
        return home in self.marked or not sure

    def _rivals(self, side: Side, but: int, parent: int | None) -> list[int]:
        """Under that parent: those whose words are nearly the same, but not quite."""
        words = side[but].words
        kids = side[parent].kids if parent is not None else []
        if len(kids) > _MANY:
            return [kid for kid in _alike(side, but, words) if side[kid].parent == parent]
        return [kid for kid in kids if _nearly(words, side[kid].words)]

    def _may_swap(self, old: int, new: int, rival: int) -> bool:
        """Whether `rival`, who stood where `new` stands, has left its place to it."""
        found = self.found
        to = found.to_new.get(rival)
        if to is None or not self._stayed(rival, to):
            return True
        beside = found.old[rival].parent == found.old[old].parent
        return beside and (old < rival) != (new < to)

    def _stayed(self, old: int | None, new: int | None) -> bool:
        """Whether they are a pair where it was, and neither it nor its parent is in doubt."""
        if old is None or new is None or not self._in_place(old, new):
            return False
        return new not in self.marked and self.found.new[new].parent not in self.marked

    def _mark_additions(self) -> None:
        """What was added beside a deletion may be its rewording."""
        found = self.found
        asked = {found.to_old[new] for new in self.marked if new in found.to_old}
        index = found.old.index_of(found.open_old | asked)
        for new in sorted(found.open_new, reverse=True):
            if self._may_be_old(new, index, asked):
                self.marked.add(new)
        for ours, theirs in gaps(found):
            self._mark_replacing(ours, theirs)

    def _may_be_old(self, new: int, index: Index, asked: set[int]) -> bool:
        """Whether it is like a deleted provision, or like one whose pair is in doubt."""
        found, unit = self.found, self.found.new[new]
        if not unit.words:
            asked_below = any(kid in self.marked for kid in unit.kids)
            return asked_below or any(_silent(found.old, unit.level, old) for old in found.open_old)
        near = index.near(unit.words)
        close = ((old, closeness(unit.words, found.old[old].words)) for old in near)
        return any(is_like >= (_LIKELY if old in asked else _MAYBE) for old, is_like in close)

    def _mark_replacing(self, ours: list[int], theirs: list[int]) -> None:
        found = self.found
        levels = {found.old[old].level for old in ours if old in found.open_old}
        again = [new for new in theirs if new in found.open_new and found.new[new].level in levels]
        self.marked.update(again)
        if again:
            below = [kid for old in ours for kid in found.old[old].kids]
            self._mark_replacing(below, [kid for new in again for kid in found.new[new].kids])

    def _mark_dependent(self) -> None:
        """Provisions told apart only by a parent that is itself in doubt, from the top down."""
        found = self.found
        for new in found.new.positions:
            old = found.to_old.get(new)
            if old is None or found.new[new].parent not in self.marked:
                continue
            if not found.new[new].words or self._is_twin(old, new):
                self.marked.add(new)


def _silent(side: Side, level: Level, position: int) -> bool:
    return side[position].level == level and not side[position].words


def _alike(side: Side, but: int, words: Words) -> list[int]:
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


def _parted(found: Matching) -> Iterator[tuple[int, int]]:
    """(new, old): an added provision that took most of its children from one that stayed."""
    for new in sorted(found.open_new):
        kids = found.new[new].kids
        origins = ((found.to_old[kid], kid) for kid in kids if kid in found.to_old)
        masses = _masses((found.old[old].parent, found.new[kid].mass) for old, kid in origins)
        whole = sum(found.new[kid].mass for kid in kids)
        for old, mass in masses.items():
            if old in found.to_new and old and 2 * mass > whole and found.level_with(old, new):
                yield new, old


def _merged(found: Matching) -> Iterator[tuple[int, int]]:
    """(old, new): a deleted provision whose children mostly went to one that stayed."""
    for old in sorted(found.open_old):
        kids = found.old[old].kids
        goals = ((found.to_new[kid], kid) for kid in kids if kid in found.to_new)
        masses = _masses((found.new[new].parent, found.old[kid].mass) for new, kid in goals)
        whole = sum(found.old[kid].mass for kid in kids)
        for new, mass in masses.items():
            if new in found.to_old and new and 2 * mass > whole and found.level_with(old, new):
                yield old, new


def _masses(pairs: Iterator[tuple[int, float]]) -> dict[int, float]:
    masses: dict[int, float] = defaultdict(float)
    for place, mass in pairs:
        masses[place] += mass
    return masses

"""What the officer must confirm: pairs and additions for which something else is nearly as likely.

An edit is believed when it is clearly smaller than what tells the provision from its nearest
neighbour in words, in either wording: so a changed amount is an edit, and a sentence that was
copied over the place of a deleted one is a question.
"""

from collections.abc import Sequence
from itertools import chain

from consultations.text.aligning.cuts import Cut
from consultations.text.aligning.evidence import Evidence, alike
from consultations.text.aligning.kin import merged, parted
from consultations.text.aligning.likeness import Index, closeness, common
from consultations.text.aligning.sides import Matching, Side
from consultations.text.aligning.similar import gaps
from consultations.text.tree import Level

_LIKELY = 0.5
_SURE = 0.75  # even for a few words
_FEW = 2.5
_FEW_AWAY, _FEW_SAME = 5.0, 3.5  # under another parent: edited, or the same words
_KIDS_SURE, _KIDS_IN_PLACE, _KIDS_MASS = 0.8, 0.6, 6.0
_RATIO = 0.75  # the edit beside the distance to the nearest other provision
_MAYBE = 0.3  # an addition like something deleted


class Doubts(Evidence):
    """New positions of a finished matching that the officer must look at."""

    def __init__(
        self, found: Matching, away: set[int], split: Sequence[Cut], joined: Sequence[Cut]
    ) -> None:
        super().__init__(found, away)
        self.cut = {cut.keeper for cut in split} | {cut.whole for cut in joined}
        self.by_place: set[int] = set()  # edits believed because nothing else left its place
        self.parted = set(parted(found))
        self.merged = set(merged(found))
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

    def _wordless(self, old: int, new: int) -> bool:
        one, other = self.found.old[old], self.found.new[new]
        if not one.kids and not other.kids:
            return not self._in_place(old, new)
        least = _KIDS_IN_PLACE if self._in_place(old, new) else _KIDS_SURE
        return self._sure_kids(old, new)[0] < least

    def _same_words(self, old: int, new: int) -> bool:
        one, other = self.found.old[old], self.found.new[new]
        if not self._is_twin(old, new):
            few = one.words.weight < _FEW_SAME and not self._kids_are_sure(old, new)
            return few and not self.found.under_one(old, new)
        if (one.kids or other.kids) and one.shape != other.shape:
            return self._sure_kids(old, new)[0] < _LIKELY
        return not self.found.under_one(old, new)

    def _kids_are_sure(self, old: int, new: int) -> bool:
        share, mass = self._sure_kids(old, new)
        return share >= _KIDS_SURE and mass >= _KIDS_MASS

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
        before = ((rival, found.to_new.get(rival)) for rival in alike(found.old, old, now))
        after = ((found.to_old.get(rival), rival) for rival in alike(found.new, new, words))
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

    def _may_swap(self, old: int, new: int, rival: int) -> bool:
        """Whether `rival`, who stood where `new` stands, has left its place to it."""
        found = self.found
        to = found.to_new.get(rival)
        if to is None or not self._stayed(rival, to):
            return True
        beside = found.old[rival].parent == found.old[old].parent
        return beside and (old < rival) != (new < to)

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
        if self._has_kid_of(found.open_old, new):
            return True
        if not unit.words:
            silent = (_silent(found.old, unit.level, old) for old in found.open_old | asked)
            return any(kid in self.marked for kid in unit.kids) or any(silent)
        near = index.near(unit.words)
        close = ((old, closeness(unit.words, found.old[old].words)) for old in near)
        return any(is_like >= (_LIKELY if old in asked else _MAYBE) for old, is_like in close)

    def _has_kid_of(self, some: set[int], new: int) -> bool:
        """Whether a child of it stood under one of those, at its level."""
        found = self.found
        origins = (found.to_old[kid] for kid in found.new[new].kids if kid in found.to_old)
        above = (found.old[old].parent for old in origins)
        return any(old in some and found.level_with(old, new) for old in above)

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
            if old is None:
                continue
            silent = not found.new[new].words
            in_doubt = found.new[new].parent in self.marked
            if in_doubt and (silent or self._is_twin(old, new)):
                self.marked.add(new)
            if silent and (self._took_from_doubtful(old, new) or self._only_child_speaks(old, new)):
                self.marked.add(new)

    def _took_from_doubtful(self, old: int, new: int) -> bool:
        """Whether it has a child of another provision without words that is not surely kept."""
        found = self.found
        origins = [found.to_old[kid] for kid in found.new[new].kids if kid in found.to_old]
        others = {found.old[kid].parent for kid in origins} - {old}
        silent = [one for one in others if _silent(found.old, found.old[old].level, one)]
        return any(
            found.to_new.get(one) is None or found.to_new[one] in self.marked for one in silent
        )

    def _only_child_speaks(self, old: int, new: int) -> bool:
        """Whether it is known by one child, and another without words beside it is not known."""
        found = self.found
        kept = [kid for kid in found.old[old].kids if found.to_new.get(kid) in found.new[new].kids]
        if len(kept) != 1:
            return False
        level = found.old[old].level
        beside = found.old[found.old[old].parent].kids
        return any(
            _silent(found.old, level, one) and not self._stayed(one, found.to_new.get(one))
            for one in beside
            if one != old
        )


def _silent(side: Side, level: Level, position: int) -> bool:
    return side[position].level == level and not side[position].words

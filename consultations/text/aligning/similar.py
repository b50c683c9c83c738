"""Pairs found by judgement: children speak for parents, alike words, what is left between two."""

from collections import defaultdict
from collections.abc import Iterator

from consultations.text.aligning.exact import pair_in_order
from consultations.text.aligning.sides import ROOT, Matching

_ROUNDS = (0.75, 0.55, 0.4)  # the likeliest first: they say where the others stand
_KIDS_SPEAK = 0.6
_OWN_AGREES = 0.3
_BAND = 6  # how far from its turn a free sibling is looked for
_SAME_PARENT, _SAME_NEIGHBOUR, _SAME_NUMBER = 0.2, 0.05, 0.01


def pair_by_kids(found: Matching, *, rewritten: bool = False) -> bool:
    """Parents whose children are mostly pairs, the lowest first; whether it found any.

    `rewritten`: also those whose own words have nothing in common.
    """
    any_found = False
    for old in sorted(found.open_old, reverse=True):
        rivals = _parents_of_kids(found, old)
        new = max(rivals, key=lambda new: (rivals[new], -new), default=None)
        if new is not None and _kids_agree(found, old, new, rewritten=rewritten):
            any_found |= found.pair(old, new)
    return any_found


def _parents_of_kids(found: Matching, old: int) -> dict[int, float]:
    votes: dict[int, float] = defaultdict(float)
    for kid in found.old[old].kids:
        new = found.new[found.to_new[kid]].parent if kid in found.to_new else ROOT
        if new in found.open_new and found.level_with(old, new):
            votes[new] += found.old[kid].mass
    return votes


def _kids_agree(found: Matching, old: int, new: int, *, rewritten: bool) -> bool:
    both_say = found.old[old].words and found.new[new].words
    if both_say and not rewritten and found.own(old, new) < _OWN_AGREES:
        return False
    return found.kids(old, new) >= _KIDS_SPEAK or found.close(old, new) >= _ROUNDS[1]


def pair_similar(found: Matching) -> None:
    """Alike words, best first; what a round found helps the next one."""
    by_words = set(_by_words(found))
    for least in _ROUNDS:
        candidates = by_words | set(_by_place(found))
        ranked = sorted(_ranked(found, candidates, least), key=lambda one: (-one[0], one[1:]))
        for _, _, old, new in ranked:
            found.pair(old, new)
        settle(found)


def settle(found: Matching) -> None:
    """Lets pairs speak for their children and their parents until nothing new is said."""
    pair_in_order(found)
    while pair_by_kids(found):
        pair_in_order(found)


def _by_words(found: Matching) -> Iterator[tuple[int, int]]:
    index = found.old.index_of(found.open_old)
    for new in sorted(found.open_new):
        for old in index.near(found.new[new].words):
            yield old, new


def _by_place(found: Matching) -> Iterator[tuple[int, int]]:
    """Free provisions that stand between the same two siblings, near the same turn."""
    for ours, theirs in gaps(found):
        for turn, old in enumerate(ours):
            middle = turn * len(theirs) // len(ours)
            for new in theirs[max(0, middle - _BAND) : middle + _BAND + 1]:
                yield old, new


def gaps(found: Matching) -> Iterator[tuple[list[int], list[int]]]:
    """Runs of free siblings between the same two pairs, on both sides, neither empty."""
    for new in (ROOT, *found.new.positions):
        old = found.to_old.get(new)
        if old is None or not found.old[old].kids:
            continue
        stayed = {kid for kid in found.old[old].kids if _stayed(found, kid)}
        before = _runs(found.old[old].kids, found.open_old, stayed)
        after = _runs(found.new[new].kids, found.open_new, {found.to_new[kid] for kid in stayed})
        for kid, theirs in after.items():
            ours = before.get(found.to_old[kid])
            if ours and theirs:
                yield ours, theirs


def _stayed(found: Matching, old: int) -> bool:
    new = found.to_new.get(old)
    return new is not None and found.under_one(old, new)


def _runs(kids: list[int], free: set[int], stayed: set[int]) -> dict[int, list[int]]:
    """Free siblings by the nearest sibling before them that stayed (0: there is none)."""
    runs: dict[int, list[int]] = {ROOT: []}
    last = ROOT
    for kid in kids:
        if kid in free:
            runs[last].append(kid)
        elif kid in stayed:
            last = kid
            runs[kid] = []
    return runs


def _ranked(
    found: Matching, candidates: set[tuple[int, int]], least: float
) -> Iterator[tuple[float, int, int, int]]:
    for old, new in candidates:
        if old not in found.open_old or new not in found.open_new:
            continue
        if not found.level_with(old, new):
            continue
        close = found.close(old, new)
        if close >= least:
            apart = abs(found.old[old].turn - found.new[new].turn)
            yield close + _place(found, old, new), apart, old, new


def _place(found: Matching, old: int, new: int) -> float:
    """How much the place speaks for a pair; the number hardly does."""
    if not found.under_one(old, new):
        return 0.0
    one, other = found.old[old], found.new[new]
    ours, theirs = found.old[one.parent].kids, found.new[other.parent].kids
    score = _SAME_PARENT + _SAME_NUMBER * (one.node.number == other.node.number)
    for step in (-1, 1):
        here, there = _beside(ours, one.turn + step), _beside(theirs, other.turn + step)
        both_end = here is there is None
        paired = here is not None and there is not None and found.to_new.get(here) == there
        score += _SAME_NEIGHBOUR * (both_end or paired)
    return score


def _beside(kids: list[int], turn: int) -> int | None:
    return kids[turn] if 0 <= turn < len(kids) else None


def pair_wordless(found: Matching) -> None:
    """The only free provision without words between two pairs, on either side."""
    for ours, theirs in list(gaps(found)):
        silent = [old for old in ours if not found.old[old].words]
        mute = [new for new in theirs if not found.new[new].words]
        if len(silent) == len(mute) == 1 and found.level_with(silent[0], mute[0]):
            found.pair(silent[0], mute[0])

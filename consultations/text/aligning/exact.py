"""Pairs that need no judgement: the same words, alone of their kind or told by their place."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

from rapidfuzz.distance import LCSseq

from consultations.text.aligning.sides import ROOT, Matching, Side, Unit

Key = Callable[[Unit], Hashable]


def pair_all(found: Matching) -> bool:
    """The same words all the way down: each is what it was. Whether it is so."""
    if found.old[ROOT].shape != found.new[ROOT].shape:
        return False
    return all(found.pair(position, position) for position in found.old.positions)


def pair_whole(found: Matching) -> None:
    """Provisions that stayed with all that stands below them, when there is one such."""
    old, new = _by_shape(found.old), _by_shape(found.new)
    for shape, places in old.items():
        others = new.get(shape, [])
        if len(places) != 1 or len(others) != 1 or places[0] not in found.open_old:
            continue
        size = found.old[places[0]].size
        for step in range(size):
            found.pair(places[0] + step, others[0] + step)


def _by_shape(side: Side) -> dict[int, list[int]]:
    places: dict[int, list[int]] = defaultdict(list)
    for position in side.positions:
        unit = side[position]
        if unit.mass > unit.size:
            places[unit.shape].append(position)
    return places


def pair_unique(found: Matching) -> None:
    """The same words at the same level, once on either side."""
    new = found.new.by_words(found.new.positions)
    for words, places in found.old.by_words(found.old.positions).items():
        others = new.get(words, [])
        if len(places) == len(others) == 1:
            found.pair(places[0], others[0])


def pair_left(found: Matching) -> None:
    """The same words at the same level among those still free, in their order."""
    new = found.new.by_words(found.open_new)
    for words, places in found.old.by_words(found.open_old).items():
        for old, other in zip(places, new.get(words, []), strict=False):
            found.pair(old, other)


def pair_lifted(found: Matching, least: float) -> None:
    """The same words at another level, when there are enough of them to be no chance."""
    old, new = (
        _by_bare(found.old, found.open_old, least),
        _by_bare(found.new, found.open_new, least),
    )
    for words, places in old.items():
        others = new.get(words, [])
        if len(places) == len(others) == 1:
            found.pair(places[0], others[0])


def _by_bare(side: Side, free: Iterable[int], least: float) -> dict[Hashable, list[int]]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for position in sorted(free):
        words = side[position].words
        if words.weight >= least:
            places[words.bare].append(position)
    return places


def pair_in_order(found: Matching) -> None:
    """Under paired parents: the same words in the same order, then the same words at all."""
    for new in (0, *found.new.positions):
        old = found.to_old.get(new)
        if old is None:
            continue
        for key in (_written, _bare):
            _pair_kids(found, found.old[old].kids, found.new[new].kids, key)


def _written(unit: Unit) -> Hashable:
    return unit.level, unit.words.written


def _bare(unit: Unit) -> Hashable:
    return unit.level, unit.words.bare


def _pair_kids(found: Matching, ours: list[int], theirs: list[int], key: Key) -> None:
    if found.open_old.isdisjoint(ours) or found.open_new.isdisjoint(theirs):
        return
    names: dict[Hashable, int] = {}
    one = [names.setdefault(_old_name(found, kid, key), len(names)) for kid in ours]
    two = [names.setdefault(_new_name(found, kid, key), len(names)) for kid in theirs]
    for block in LCSseq.opcodes(one, two):
        if block.tag == "equal":
            for step in range(block.src_end - block.src_start):
                found.pair(ours[block.src_start + step], theirs[block.dest_start + step])
    left = defaultdict(list)
    for kid, name in zip(reversed(ours), reversed(one), strict=True):
        left[name].append(kid)
    for kid, name in zip(theirs, two, strict=True):
        _pair_first(found, left[name], kid)


def _pair_first(found: Matching, waiting: list[int], new: int) -> None:
    """With the first of those that is still free; the first stands last."""
    while waiting and new in found.open_new:
        found.pair(waiting.pop(), new)


def _old_name(found: Matching, kid: int, key: Key) -> Hashable:
    if kid not in found.open_old:
        return "pair", kid
    unit = found.old[kid]
    return key(unit) if unit.words else unit.shape


def _new_name(found: Matching, kid: int, key: Key) -> Hashable:
    if kid not in found.open_new:
        return "pair", found.to_old.get(kid, -kid)
    unit = found.new[kid]
    return key(unit) if unit.words else unit.shape

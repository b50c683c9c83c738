"""What changed between two versions of a text whose provisions keep their keys."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Key: TypeAlias = int


class How(StrEnum):
    """What became of a provision; one may be moved and edited at once."""

    NEW = "new"
    DELETED = "deleted"
    EDITED = "edited"
    MOVED = "moved"


@dataclass(frozen=True)
class Standing:
    """A provision in one version: under which it stands, and its words.

    Number and label are no part of it: renumbering alone changes nothing.
    """

    key: Key
    parent: Key | None
    words: tuple[str, ...]


def changed(old: Sequence[Standing], new: Sequence[Standing]) -> dict[Key, frozenset[How]]:
    """What changed, by key: first what stands in `new`, in its order, then what is gone."""
    before = {one.key: one for one in old}
    after = {one.key for one in new}
    moved = _moved(old, new)
    found: dict[Key, frozenset[How]] = {}
    for one in new:
        how = _how(before.get(one.key), one, moved=one.key in moved)
        if how:
            found[one.key] = how
    gone = frozenset({How.DELETED})
    return found | {one.key: gone for one in old if one.key not in after}


def _how(before: Standing | None, after: Standing, *, moved: bool) -> frozenset[How]:
    if before is None:
        return frozenset({How.NEW})
    edited = {How.EDITED} if before.words != after.words else set()
    return frozenset(edited | ({How.MOVED} if moved else set()))


def _moved(old: Sequence[Standing], new: Sequence[Standing]) -> set[Key]:
    """What hangs elsewhere, or was passed by others that stayed in order under the same one."""
    parents = {one.key: one.parent for one in old}
    place = {one.key: turn for turn, one in enumerate(old)}
    moved: set[Key] = set()
    siblings: defaultdict[Key | None, list[Key]] = defaultdict(list)
    for one in new:
        if one.key not in parents:
            continue
        if parents[one.key] == one.parent:
            siblings[one.parent].append(one.key)
        else:
            moved.add(one.key)
    for keys in siblings.values():
        moved |= set(keys) - _in_order(keys, place)
    return moved


def _in_order(keys: list[Key], place: dict[Key, int]) -> set[Key]:
    """The longest run of these that kept its order (longest increasing subsequence)."""
    tails: list[int] = []
    last: list[int] = []  # the turn in `keys` of each tail
    before: list[int | None] = []
    for turn, key in enumerate(keys):
        at = bisect_left(tails, place[key])
        tails[at : at + 1] = [place[key]]
        last[at : at + 1] = [turn]
        before.append(last[at - 1] if at else None)
    kept: set[Key] = set()
    turn_now: int | None = last[-1] if last else None
    while turn_now is not None:
        kept.add(keys[turn_now])
        turn_now = before[turn_now]
    return kept

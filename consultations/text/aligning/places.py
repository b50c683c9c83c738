"""Which pairs stand somewhere else than before."""

from bisect import bisect_left
from collections.abc import Sequence

from consultations.text.aligning.sides import ROOT, Matching


def moved(found: Matching) -> set[int]:
    """New positions under another parent, or out of the order of the siblings that stayed."""
    away = {new for new, old in found.to_old.items() if new and not found.under_one(old, new)}
    for parent in (ROOT, *found.new.positions):
        if parent not in found.to_old:
            continue
        stayed = [kid for kid in found.new[parent].kids if kid in found.to_old and kid not in away]
        kept = longest_rising([found.to_old[kid] for kid in stayed])
        away.update(kid for turn, kid in enumerate(stayed) if turn not in kept)
    return away


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """The turns of a longest rising run among different numbers."""
    tails: list[int] = []  # the smallest number a run of each length can end with
    ends: list[int] = []  # and its turn
    before: list[int] = []
    for turn, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [turn]
    kept: set[int] = set()
    turn = ends[-1] if ends else -1
    while turn >= 0:
        kept.add(turn)
        turn = before[turn]
    return kept

"""Provisions whose children parted, or came together under one: told from where children went."""

from collections import defaultdict
from collections.abc import Iterator

from consultations.text.aligning.sides import Matching


def parted(found: Matching) -> Iterator[tuple[int, int]]:
    """(new, old): an added provision that took most of its children from one that stayed."""
    for new in sorted(found.open_new):
        kids = found.new[new].kids
        origins = ((found.to_old[kid], kid) for kid in kids if kid in found.to_old)
        masses = _masses((found.old[old].parent, found.new[kid].mass) for old, kid in origins)
        whole = sum(found.new[kid].mass for kid in kids)
        for old, mass in masses.items():
            if old in found.to_new and old and 2 * mass > whole and found.level_with(old, new):
                yield new, old


def merged(found: Matching) -> Iterator[tuple[int, int]]:
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

"""Takes the tree away: entries are written as before, each with its own hash alone.

For the bench, and only in a process whose environment says `BENCH_WITHOUT_TREE`.
"""

import os

from consultations.ledger import tree
from tests.bench.scene import WITHOUT_TREE


def nothing(seq: int) -> list[int]:
    """No row of the tree is read, and none joined: each keeps its own leaf alone."""
    return []


def take_the_tree_away() -> None:
    """When the environment asks for it."""
    if os.environ.get(WITHOUT_TREE):
        tree.needed = nothing

"""Takes the tree away: entries are written as before, each with its own hash alone.

For the bench, and only in a process whose environment says `BENCH_WITHOUT_TREE`.
"""

import os

from consultations import trail
from consultations.ledger.verify import leaf_hash
from consultations.models import Entry
from tests.bench.scene import WITHOUT_TREE


def alone(entry: Entry) -> bytes:
    """What the database asks for at least."""
    return leaf_hash(entry.payload.encode())


def take_the_tree_away() -> None:
    """When the environment asks for it."""
    if os.environ.get(WITHOUT_TREE):
        trail._nodes = alone

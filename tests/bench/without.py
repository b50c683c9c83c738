"""Takes things away, for limits and controls, and only in a process whose environment says so.

`BENCH_WITHOUT_TREE`: entries are written as before, each with its own hash alone.
`FAULTS_WITHOUT_VERSIONS`: an answer is taken whatever version of the comment its page showed.
"""

import os

from consultations.ledger import tree
from consultations.models import Comment
from consultations.services import answers
from tests.bench.scene import WITHOUT_TREE, WITHOUT_VERSIONS


def nothing(seq: int) -> list[int]:
    """No row of the tree is read, and none joined: each keeps its own leaf alone."""
    return []


def take_the_tree_away() -> None:
    """When the environment asks for it."""
    if os.environ.get(WITHOUT_TREE):
        tree.needed = nothing


def let_it_pass(comment: Comment, seen_version: int | None) -> None:
    """No version is stale."""


def take_the_versions_away() -> None:
    """When the environment asks for it."""
    if os.environ.get(WITHOUT_VERSIONS):
        answers._refuse_stale = let_it_pass

"""The log as others check it: its latest signed head, and the proof of one entry."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from consultations.ledger import tree
from consultations.models import Checkpoint, Entry


def rows(seqs: Collection[int]) -> Mapping[int, bytes]:
    """The hashes of the tree that these entries completed, by their numbers."""
    kept = Entry.objects.filter(seq__in=list(seqs)).values_list("seq", "nodes") if seqs else ()
    return {seq: bytes(nodes) for seq, nodes in kept}


def latest_checkpoint() -> Checkpoint | None:
    """The newest signed head; None before the first one."""
    return Checkpoint.objects.last()


@dataclass(frozen=True)
class Proof:
    """Where an entry stands (`index` counts from 0), the path to the root, the signed head."""

    index: int
    path: list[bytes]
    checkpoint: Checkpoint


def proof(entry: Entry) -> Proof | None:
    """That the entry is in the log under its latest checkpoint; None when it is newer than that."""
    checkpoint = latest_checkpoint()
    if checkpoint is None or checkpoint.size < entry.seq:
        return None
    index = entry.seq - 1
    return Proof(index, tree.inclusion(index, checkpoint.size, rows), checkpoint)

"""The log as others check it: its latest signed head, and the proof of one entry."""

from consultations.ledger import tree
from consultations.ledger.proof import Proof
from consultations.models import Checkpoint, Entry
from consultations.models.trail import tree_rows


def latest_checkpoint() -> Checkpoint | None:
    """The newest signed head; None before the first one."""
    return Checkpoint.objects.last()


def proof(entry: Entry) -> Proof | None:
    """That the entry is in the log under its latest checkpoint; None when it is newer than that."""
    checkpoint = latest_checkpoint()
    if checkpoint is None or checkpoint.size < entry.seq:
        return None
    index = entry.seq - 1
    path = tuple(tree.inclusion(index, checkpoint.size, tree_rows))
    return Proof(index, path, checkpoint.note.encode(), extra=entry.payload.encode())

"""Checkpoints: the head of the log, signed and published (C2SP tlog-checkpoint)."""

from django.conf import settings

from consultations.ledger import tree
from consultations.ledger.signer import Head, KeptSigner
from consultations.models import Checkpoint, LogHead
from consultations.models.clock import now
from consultations.models.trail import tree_rows


def signer() -> KeptSigner:
    """The signer of this site; WillNotSign when the log was signed before and its key is gone."""
    begun = Checkpoint.objects.filter(key__startswith=f"{settings.LOG_ORIGIN}+").exists()
    return KeptSigner(settings.SIGNER_HOME, settings.LOG_ORIGIN, may_begin=not begun)


def publish_checkpoint() -> Checkpoint | None:
    """Sign the log as it stands and keep the note; None when nothing was added since the last.

    Raises WillNotSign when the log does not extend what was signed before.
    """
    size = LogHead.newest()
    latest = Checkpoint.objects.last()
    if size == 0 or (latest is not None and latest.size == size):
        return None
    root = tree.root(size, tree_rows)
    ours = signer()
    note = ours.sign(Head(size, root), lambda old, new: tree.consistency(old, new, tree_rows))
    return Checkpoint.objects.create(
        size=size, root=root, note=note.decode(), key=ours.vkey, at=now()
    )

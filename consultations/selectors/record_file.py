"""The record as a file that anybody can check without this program (`ledger/verify.py`)."""

from collections.abc import Collection, Iterator, Mapping

from django.db.models import QuerySet

from consultations.ledger import record, tree
from consultations.models import Checkpoint, Draft, Entry
from consultations.models.trail import tree_rows

AT_ONCE = 500


class Kept:
    """Rows of the tree, each read once: neighbours share most of their paths."""

    def __init__(self) -> None:
        self._rows: dict[int, bytes] = {}

    def __call__(self, seqs: Collection[int]) -> Mapping[int, bytes]:
        missing = [seq for seq in seqs if seq not in self._rows]
        if missing:
            self._rows |= tree_rows(missing)
        return {seq: self._rows[seq] for seq in seqs}


def of_entry(entry: Entry, checkpoint: Checkpoint) -> bytes:
    """The file about one entry with its words: what a receipt holds."""
    entries = Entry.objects.filter(pk=entry.pk)
    return b"".join(_file("entry", entries, checkpoint))


def of_case(draft: Draft, checkpoint: Checkpoint) -> Iterator[bytes]:
    """Everything the record holds about a draft, up to the checkpoint."""
    return _file(f"case {draft.pk}", draft.trail.all(), checkpoint)


def of_log(checkpoint: Checkpoint) -> Iterator[bytes]:
    """The whole log up to the checkpoint."""
    return _file("log", Entry.objects.all(), checkpoint)


def _file(scope: str, entries: QuerySet[Entry], checkpoint: Checkpoint) -> Iterator[bytes]:
    covered = entries.filter(seq__lte=checkpoint.size).order_by("seq")
    written = _written(covered, checkpoint.size)
    note = checkpoint.note.encode()
    return record.write(scope, checkpoint.key, covered.count(), written, note)


def _written(entries: QuerySet[Entry], size: int) -> Iterator[record.Written]:
    kept = Kept()
    for entry in entries.prefetch_related("words").iterator(AT_ONCE):
        words: dict[str, tuple[bytes, str] | None] = dict.fromkeys(entry.committed)
        words |= {one.field: (bytes(one.salt), one.text) for one in entry.words.all()}
        index = entry.seq - 1
        yield record.Written(
            index, entry.payload.encode(), words, tree.inclusion(index, size, kept)
        )

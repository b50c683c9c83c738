"""«Check the record»: the events of one draft against the signed log, a lot at a time."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.ledger import tree
from consultations.ledger.verify import Bad, commitment, leaf_hash, open_note, root_from_path
from consultations.models import Checkpoint, Draft, Sealed
from consultations.selectors.audit import ROW, Fault, Wrong, unlike
from consultations.selectors.log import latest_checkpoint
from consultations.selectors.record_file import Kept

AT_ONCE = 500


IN_WORDS = {
    Wrong.LEAF: _("It does not say what was recorded and signed."),
    Wrong.GAP: _("An event before it is missing."),
    Wrong.CHECKPOINT: _("The signature of the latest head is not right."),
    Wrong.WORDS: _("Its words are not those that were recorded."),
}


def in_words(fault: Fault | None) -> Any:
    """What is wrong, for people."""
    return "" if fault is None else IN_WORDS[fault.what]


@dataclass(frozen=True)
class Look:
    """How far the check came: `done` of `count` events; the first fault; the head it used."""

    done: int
    count: int
    unsigned: int
    fault: Fault | None
    checkpoint: Checkpoint | None

    @property
    def is_over(self) -> bool:
        return self.fault is not None or self.done >= self.count


def look(draft: Draft, done: int) -> Look:
    """Check the next events of the draft after `done`; `unsigned` ones are newer than the head."""
    count, checkpoint = draft.trail.count(), latest_checkpoint()
    after = draft.trail.filter(case_seq__gt=done).order_by("case_seq")
    rows = list(after.values_list("pk", *ROW)[:AT_ONCE])
    fault = _head(checkpoint) or _first(rows, done, checkpoint)
    covered = checkpoint.size if checkpoint else 0
    unsigned = draft.trail.filter(seq__gt=covered).count()
    return Look(done + len(rows), count, unsigned, fault, checkpoint)


def _head(checkpoint: Checkpoint | None) -> Fault | None:
    if checkpoint is None:
        return None
    try:
        open_note(checkpoint.note.encode(), checkpoint.key)
    except Bad:
        return Fault(Wrong.CHECKPOINT, "the signature of the head is not right")
    return None


def _first(
    rows: Sequence[tuple[Any, ...]], done: int, checkpoint: Checkpoint | None
) -> Fault | None:
    kept, words = Kept(), _words([row[0] for row in rows])
    for place, (pk, *row) in enumerate(rows, done + 1):
        fault = _entry(tuple(row), place, words.get(pk, []), checkpoint, kept)
        if fault is not None:
            return fault
    return None


def _words(entries: Sequence[int]) -> dict[int, list[Sealed]]:
    found: dict[int, list[Sealed]] = {}
    for one in Sealed.objects.filter(entry__in=entries):
        found.setdefault(one.entry_id, []).append(one)
    return found


def _entry(
    row: tuple[Any, ...],
    place: int,
    words: Sequence[Sealed],
    checkpoint: Checkpoint | None,
    kept: Kept,
) -> Fault | None:
    payload, seq = row[0], row[3]
    leaf = json.loads(payload)
    if leaf.get("case_seq") != place:
        return Fault(Wrong.GAP, "an event is missing before it", seq)
    if (wrong := unlike(leaf, row)) is not None:
        return wrong
    if not _is_under(checkpoint, leaf_hash(payload.encode()), seq, kept):
        return Fault(Wrong.LEAF, "it does not say what was signed", seq)
    for one in words:
        if leaf["words"].get(one.field) != commitment(one.field, bytes(one.salt), one.text):
            return Fault(Wrong.WORDS, "its words are not those recorded", seq)
    return None


def _is_under(checkpoint: Checkpoint | None, leaf: bytes, seq: int, kept: Kept) -> bool:
    """Whether the leaf stands in the signed tree, or is newer than the head and hashed so."""
    if checkpoint is None or seq > checkpoint.size:
        return kept([seq])[seq][: tree.HASH] == leaf
    path = tree.inclusion(seq - 1, checkpoint.size, kept)
    return root_from_path(seq - 1, checkpoint.size, leaf, path) == bytes(checkpoint.root)

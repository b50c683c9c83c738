"""Writing the trail: one entry for every event, with commitments to the words it speaks of.

Only the door calls `write`. The head's row is the last lock taken in every transaction, so the
order of `seq` is the order of commits and an entry is never seen before an earlier one.
"""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, models

from consultations import wording
from consultations.ledger import tree
from consultations.ledger.leaf import canonical
from consultations.ledger.verify import commitment, leaf_hash
from consultations.models import Actor, Document, Entry, LogHead, Sealed
from consultations.models.clock import EPOCH, now
from consultations.models.machine import Stateful
from consultations.models.plain import add, add_all
from consultations.models.trail import SUBJECTS


@dataclass(frozen=True)
class Event:
    """What is to be recorded; `words` may hold personal data, `facts` never do."""

    kind: str
    by: Actor
    subject: models.Model | None
    role: str = ""
    from_state: str = ""
    to_state: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    action: uuid.UUID = field(default_factory=uuid.uuid4)


def due_at(instant: datetime | None) -> dict[str, str]:
    """The fact of an act of the clock: when it was to happen (ISO 8601, UTC).

    A clock that stood still acts later; the entry then has both instants.
    """
    return {} if instant is None else {"due_at": instant.astimezone(UTC).isoformat()}


def write(event: Event) -> Entry:
    """Append the event; ValueError for a kind that is not registered in `wording.SENTENCES`."""
    if event.kind not in wording.SENTENCES:
        raise ValueError(f"unregistered kind of event: {event.kind}")
    salted = {name: (secrets.token_bytes(32), text) for name, text in event.words.items() if text}
    columns = _columns(event)
    seq, t_us = _advance_head()
    entry = Entry(seq=seq, t_us=t_us, at=EPOCH + timedelta(microseconds=t_us), **columns)
    entry.case_seq, previous, rows = _place(entry, event.subject)
    entry.payload = _payload(entry, event, salted, previous)
    entry.nodes = tree.completed(entry.seq, leaf_hash(entry.payload.encode()), rows)
    add(entry)
    add_all(
        [
            Sealed(entry=entry, field=name, salt=salt, text=text)
            for name, (salt, text) in salted.items()
        ]
    )
    return entry


def _columns(event: Event) -> dict[str, Any]:
    subject = event.subject
    named = {} if subject is None else {_name_of(subject): subject}
    return {
        "kind": event.kind,
        "actor": event.by,
        "role": event.role,
        "action": event.action,
        "from_state": event.from_state,
        "to_state": event.to_state,
        "object_version": subject.version if isinstance(subject, Stateful) else None,
        "case_id": _case_of(subject),
    } | named


def _name_of(subject: models.Model) -> str:
    return subject.machine if isinstance(subject, Stateful) else "document"


def _case_of(subject: Any) -> int | None:
    """The key of the draft whose record the subject belongs to; None for what has no draft."""
    if subject is None or isinstance(subject, Document):
        return None
    if subject.machine == "draft":
        return int(subject.pk)
    of_round = subject.machine in {"comment", "report"}
    return int((subject.consultation if of_round else subject).draft_id)


def _place(
    entry: Entry, subject: models.Model | None
) -> tuple[int | None, bytes | None, dict[int, bytes]]:
    """What the entry follows, in one statement under the head's lock.

    The next number in the case, the leaf of the event before on the same object, and the rows of
    the tree that this entry completes (RFC 6962), by their numbers.
    """
    table, needed = Entry._meta.db_table, sorted(tree.needed(entry.seq))
    numbered = f"SELECT COALESCE(MAX(case_seq), 0) + 1 FROM {table} WHERE case_id = %s"  # noqa: S608 - no input of a person
    about = f"{_name_of(subject)}_id" if subject else "id"
    before = f"SELECT nodes FROM {table} WHERE {about} = %s ORDER BY seq DESC LIMIT 1"  # noqa: S608 - a constant name
    kept = f"SELECT nodes FROM {table} WHERE seq = %s"  # noqa: S608 - a constant name
    asked = ", ".join(f"({one})" for one in (numbered, before, *[kept] * len(needed)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", [entry.case_id, subject.pk if subject else None, *needed])
        case_seq, nodes, *rows = cursor.fetchone()
    return (
        None if entry.case_id is None else int(case_seq),
        None if nodes is None else bytes(nodes)[: tree.HASH],
        {seq: bytes(row) for seq, row in zip(needed, rows, strict=True)},
    )


def _advance_head() -> tuple[int, int]:
    """Take the head's row and give the next number and a strictly later instant (microseconds)."""
    t_us = (now() - EPOCH) // timedelta(microseconds=1)
    later = "GREATEST" if connection.vendor == "postgresql" else "MAX"
    table = LogHead._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET size = size + 1, last_t_us = {later}(last_t_us + 1, %s)"  # noqa: S608 - no input of a person
            " WHERE id = 1 RETURNING size, last_t_us",
            [t_us],
        )
        size, last = cursor.fetchone()
    return int(size), int(last)


def _payload(
    entry: Entry,
    event: Event,
    salted: Mapping[str, tuple[bytes, str]],
    previous: bytes | None,
) -> str:
    leaf: dict[str, Any] = {
        "v": 2,
        "prev": None if previous is None else previous.hex(),
        "seq": entry.seq,
        "t_us": entry.t_us,
        "kind": entry.kind,
        "actor": event.by.pk,
        "role": event.role,
        "action": str(event.action),
        "case": entry.case_id,
        "case_seq": entry.case_seq,
        "subject": {name: entry.__dict__[f"{name}_id"] for name in SUBJECTS},
        "version": entry.object_version,
        "from": event.from_state,
        "to": event.to_state,
        "facts": dict(event.facts),
        "words": {name: commitment(name, salt, text) for name, (salt, text) in salted.items()},
        "nonce": secrets.token_hex(16),
    }
    return canonical(leaf).decode()

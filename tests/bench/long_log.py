"""A log of a million entries: how long its check takes, and the proof of one of them.

`python -m tests.bench.long_log ENTRIES` fills the database of the environment with a log of that
length, prints JSON, and leaves it so.
"""

import json
import statistics
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from random import Random

AT_ONCE = 10_000
PROOFS = 50


@dataclass(frozen=True)
class Long:
    """Seconds of the whole check, what it found; milliseconds of a proof, of a signed head."""

    entries: int
    check: float
    faults: list[str]
    proof: float
    slowest_proof: float
    head: float


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from consultations import triggers
    from consultations.ledger.leaf import canonical
    from consultations.ledger.tree import Frontier
    from consultations.ledger.verify import leaf_hash
    from consultations.models import Entry, LogHead
    from consultations.models.clock import EPOCH, now
    from consultations.models.people import operator
    from consultations.models.trail import SUBJECTS
    from consultations.selectors.audit import MICROSECOND, Audit
    from consultations.selectors.log import proof
    from consultations.services.checkpoints import publish_checkpoint

    def entries(count: int) -> Iterator[Entry]:
        """Events of no draft, each with a leaf like those of the site."""
        by, tree = operator().pk, Frontier()
        first = (now() - EPOCH) // MICROSECOND
        for seq in range(1, count + 1):
            t_us, action = first + seq, uuid.UUID(int=seq)
            leaf = {
                "v": 2,
                "prev": None,
                "seq": seq,
                "t_us": t_us,
                "kind": "document.add",
                "actor": by,
                "role": "operator",
                "action": str(action),
                "case": None,
                "case_seq": None,
                "subject": dict.fromkeys(SUBJECTS),
                "version": None,
                "from": "",
                "to": "",
                "facts": {"slug": f"dokument-{seq}"},
                "words": {},
                "nonce": f"{seq:032x}",
            }
            payload = canonical(leaf)
            yield Entry(
                seq=seq,
                t_us=t_us,
                at=EPOCH + t_us * MICROSECOND,
                kind="document.add",
                actor_id=by,
                role="operator",
                action=action,
                payload=payload.decode(),
                nodes=tree.append(leaf_hash(payload)),
            )

    def fill(count: int) -> None:
        call_command("migrate", verbosity=0)
        triggers.drop(connection)
        lot: list[Entry] = []
        with transaction.atomic():
            for entry in entries(count):
                lot.append(entry)
                if len(lot) == AT_ONCE or entry.seq == count:
                    Entry.objects.bulk_create(lot)
                    LogHead.objects.update(size=entry.seq, last_t_us=entry.t_us)
                    lot.clear()
        triggers.install(connection)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:  # what was written at one stroke is at its place
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def measured(count: int) -> Long:
        began = time.perf_counter()
        publish_checkpoint()
        head = time.perf_counter() - began
        began, audit = time.perf_counter(), Audit()
        for _done in audit.run():
            pass
        check, waits, chosen = time.perf_counter() - began, [], Random(1)  # noqa: S311 - which proofs
        for _proof in range(PROOFS):
            entry = Entry.objects.get(seq=chosen.randint(1, count))
            began = time.perf_counter()
            assert proof(entry) is not None
            waits.append((time.perf_counter() - began) * 1e3)
        faults = [str(one) for one in audit.faults]
        return Long(count, check, faults, statistics.median(waits), max(waits), head * 1e3)

    fill(int(sys.argv[1]))
    sys.stdout.write(json.dumps(asdict(measured(int(sys.argv[1])))))

"""Playing through what the record says of readings and amendments, beside the tables."""

import hashlib
import json
from collections.abc import Iterator

from consultations.models import Amendment, CouncilFile, Entry, VoteSheet
from consultations.selectors.audit import Fault, Wrong

DEADLINES = ("council_file.hold_first_reading", "council_file.set_deadlines")
INSTANTS = ("own_amendments_until", "amendments_until")


def faults() -> Iterator[Fault]:
    """Where readings or amendments are not what was recorded."""
    yield from _readings()
    yield from _amendments()


def _latest(*kinds: str) -> dict[int, Entry]:
    found = Entry.objects.filter(kind__in=kinds).order_by("seq")
    return {one.council_file_id or 0: one for one in found}


def _readings() -> Iterator[Fault]:
    """Two readings on a motion, and the two instants, are those that were last recorded."""
    decided, set_last = _latest("council_file.decide_two_readings"), _latest(*DEADLINES)
    for row in CouncilFile.objects.order_by("pk"):
        entry = decided.get(row.pk)
        accepted = entry is not None and entry.leaf["facts"]["decided"] == "accepted"
        if row.two_readings != accepted:
            words = f"council file {row.pk}: other readings than were decided"
            yield Fault(Wrong.LIVE, words, entry.seq if entry else None)
        entry = set_last.get(row.pk)
        facts = entry.leaf["facts"] if entry else {}
        stands = {name: getattr(row, name) for name in INSTANTS}
        said = {name: one.isoformat() for name, one in stands.items() if one is not None}
        if said != {name: facts[name] for name in INSTANTS if name in facts}:
            words = f"council file {row.pk}: other instants for amendments than were set"
            yield Fault(Wrong.LIVE, words, entry.seq if entry else None)


def _amendments() -> Iterator[Fault]:
    """Each says what was filed, on the places it was filed on."""
    filed = Entry.objects.filter(kind="amendment.file").order_by("seq")
    said = {one.amendment_id: one for one in filed}
    for row in Amendment.objects.prefetch_related("places__provision").order_by("pk"):
        entry = said.get(row.pk)
        if entry is not None and entry.leaf["facts"]["sha256"] != digest_of_amendment(row):
            yield Fault(Wrong.LIVE, f"amendment {row.pk} is not what was filed", entry.seq)


def digest_of_amendment(amendment: Amendment) -> str:
    """SHA-256 (hex) over kind, mover, reasons, and what it does to each provision."""
    lines = [
        f"{amendment.number}\t{amendment.kind}\t{amendment.mover}\t{amendment.mover_name}",
        amendment.reasons,
    ]
    for one in amendment.places.all():
        lines += [f"{one.provision.key}\t{one.how}\t{one.number}", one.before, one.after]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def digest_of_sheet(sheet: VoteSheet) -> str:
    """SHA-256 (hex) over what was entered from paper: kind, day, reason, votes, totals."""
    said = [
        *(str(sheet.kind), sheet.held_on.isoformat(), sheet.because),
        *(sheet.called, sheet.declared),
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

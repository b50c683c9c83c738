"""Reads from the database what the checker looks at.

Whom an entry should be told to is asked of rules and policy person by person, not of the code
that writes notices.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Q

from consultations.models import Actor, Comment, Consultation, Entry, LogHead
from notifications import rules
from notifications.models import InboxHead, Letter, Notice
from notifications.selectors import about_visible
from tests.faults.checker import Filed, Snapshot, Told

FILING = "comment.file"


def snapshot(slug: str, since: int) -> Snapshot:
    """The database now; notices are looked at for the filings after the entry `since`."""
    entries = Entry.objects.filter(seq__gt=since, kind=FILING).select_related("comment")
    named, addressed = _expected(entries)
    looked_at = {entry.pk for entry in entries}
    return Snapshot(
        comments=_comments(Consultation.objects.get(slug=slug)),
        record=list(Entry.objects.order_by("seq").values_list("seq", flat=True)),
        cases=_grouped(
            Entry.objects.exclude(case=None).order_by("seq").values_list("case", "case_seq")
        ),
        head=LogHead.objects.get(pk=1).size,
        inboxes=_grouped(Notice.objects.values_list("recipient", "number")),
        latest=dict(InboxHead.objects.values_list("pk", "latest")),
        told=_of(Notice.objects.values_list("recipient", "entry"), looked_at),
        named=named,
        written=_of(Letter.objects.values_list("recipient", "entry"), looked_at),
        addressed=addressed,
        waiting=_waiting(),
    )


def _comments(consultation: Consultation) -> list[Filed]:
    filings = Counter(Entry.objects.filter(kind=FILING).values_list("comment", flat=True))
    rows = Comment.objects.filter(consultation=consultation).order_by("number")
    return [
        Filed(row.number, str(row.idempotency_key), row.reasons, filings[row.pk]) for row in rows
    ]


def _expected(entries: Iterable[Entry]) -> tuple[frozenset[Told], frozenset[Told]]:
    """Notices: whom a rule names, who may see it, and did not do it. Letters: the filer's side."""
    people = Actor.objects.filter(kind=Actor.Kind.PERSON, user__is_active=True)
    filings = Entry.objects.filter(kind=FILING)
    seen = {one.pk: set(about_visible(one, filings).values_list("pk", flat=True)) for one in people}
    named: set[Told] = set()
    addressed: set[Told] = set()
    for entry in entries:
        for person, rule in rules.reasons(entry).items():
            if entry.pk not in seen.get(person, ()):
                continue
            if person != entry.actor_id:
                named.add((person, entry.pk))
            if rule == rules.filer.name:
                addressed.add((person, entry.pk))
    return frozenset(named), frozenset(addressed)


def _waiting() -> list[int]:
    undone = Q(dispatched=None) | Q(dispatched__failed_at__isnull=False)
    return list(Entry.objects.filter(undone).order_by("seq").values_list("seq", flat=True))


def _grouped(rows: Iterable[tuple[int, int | None]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for key, number in rows:
        found[key].append(number or 0)
    return dict(found)


def _of(rows: Iterable[Told], entries: set[int]) -> list[Told]:
    return [(person, entry) for person, entry in rows if entry in entries]

"""How many people an act would notify, by the same rules that will tell them."""

from consultations import policy
from consultations.models import Actor, Draft, Entry
from notifications import rules


def people_told(kind: str, draft: Draft, by: Actor | None) -> int:
    """How many people would hear of it if `by` did it now; nobody hears of their own act."""
    latest = draft.rounds.latest("number")
    event = Entry(kind=kind, case=draft, draft=draft, consultation=latest)
    told = Actor.objects.filter(kind=Actor.Kind.PERSON, user__is_active=True)
    told = told.filter(pk__in=set(rules.reasons(event)) - {by.pk if by else None})
    if kind != "consultation.announce" and not _is_announced(draft):
        told = told.filter(grants__role__in=policy.STAFF, grants__until=None).distinct()
    return told.count()


def _is_announced(draft: Draft) -> bool:
    """Before that, only the offices may see the draft and hear of it."""
    return draft.rounds.filter(announced_at__isnull=False).exists()

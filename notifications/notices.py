"""Writing notices: who may really be told, and the next number of each inbox under its lock."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import F

from consultations.models import Actor, Entry, Membership, RoleGrant
from notifications import rules
from notifications.models import InboxHead, Notice
from notifications.selectors import about_visible

AT_ONCE = 500  # people in one statement


def tell(entry: Entry) -> int:
    """Write the notices of one entry; gives how many. Must run in a transaction.

    The number of queries grows with AT_ONCE people, not with each; keys ascend throughout, so
    two outboxes take the locks in the same order.
    """
    because = rules.reasons(entry)
    because.pop(entry.actor_id, None)
    people, told = _persons(because), 0
    for start in range(0, len(people), AT_ONCE):
        some = _who_may_see(entry, people[start : start + AT_ONCE])
        _number(entry, {actor: because[actor] for actor in some})
        told += len(some)
    return told


def _persons(keys: Mapping[int, str]) -> list[int]:
    """Those of the keys that are people who can still sign in."""
    living = Actor.objects.filter(kind=Actor.Kind.PERSON, user__is_active=True)
    return sorted(living.filter(pk__in=keys).values_list("pk", flat=True)) if keys else []


def _who_may_see(entry: Entry, people: Sequence[int]) -> list[int]:
    """The people whom policy lets see what the entry is about.

    People with the same roles and the same relation to the comment see the same, so policy is
    asked once for each such standing.
    """
    standings = _standings(entry, people)
    speakers = Actor.objects.in_bulk([alike[0] for alike in standings])
    seen = [
        actor
        for alike in standings
        if about_visible(speakers[alike[0]], Entry.objects.filter(pk=entry.pk)).exists()
        for actor in alike
    ]
    return sorted(seen)


def _standings(entry: Entry, people: Sequence[int]) -> list[list[int]]:
    roles: dict[int, set[tuple[str, int | None]]] = defaultdict(set)
    held = RoleGrant.objects.filter(actor__in=people, until=None)
    for actor, role, department in held.values_list("actor_id", "role", "department_id"):
        roles[actor].add((role, department))
    filer, members = _party(entry)
    alike: dict[object, list[int]] = defaultdict(list)
    for actor in people:
        alike[frozenset(roles[actor]), actor == filer, actor in members].append(actor)
    return list(alike.values())


def _party(entry: Entry) -> tuple[int | None, set[int]]:
    """Who filed the comment, and who may speak for its organisation."""
    comment = entry.comment
    if comment is None:
        return None, set()
    members = Membership.objects.filter(organisation=comment.organisation_id, until=None)
    return comment.filed_by_id, set(members.values_list("actor", flat=True))


def _number(entry: Entry, because: Mapping[int, str]) -> None:
    """Give each inbox its next number: gapless, because the head's row is locked to commit."""
    if not because:
        return
    latest = _lock_heads(because)
    InboxHead.objects.filter(actor__in=because).update(latest=F("latest") + 1)
    Notice.objects.bulk_create(
        Notice(recipient_id=actor, number=latest[actor] + 1, entry=entry, because=rule)
        for actor, rule in because.items()
    )


def _lock_heads(people: Mapping[int, str]) -> dict[int, int]:
    """The latest number of each inbox, locked; a head that is missing is made first."""
    there = set(InboxHead.objects.filter(actor__in=people).values_list("pk", flat=True))
    missing = [InboxHead(actor_id=actor) for actor in sorted(people) if actor not in there]
    InboxHead.objects.bulk_create(missing, ignore_conflicts=True)
    heads = InboxHead.objects.filter(actor__in=people).order_by("pk").select_for_update()
    return dict(heads.values_list("pk", "latest"))

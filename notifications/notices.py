"""Writing notices and letters: who may be told, and each inbox's next number under its lock."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from django.db.models import F

from consultations import policy
from consultations.models import Actor, Comment, Entry
from notifications import letters, rules
from notifications.letters import Told
from notifications.models import InboxHead, Notice
from notifications.selectors import about_visible

AT_ONCE = 500  # people in one statement


def tell(entries: Sequence[Entry]) -> int:
    """Write the notices of these entries, in their order, and their letters; gives how many.

    Must run in a transaction. The number of queries grows with AT_ONCE people and with the ways
    in which they differ, not with each person or entry; keys ascend throughout, so two outboxes
    take the locks in the same order.
    """
    named = _named(entries)
    people, told = _persons({actor for _entry, because in named for actor in because}), 0
    for start in range(0, len(people), AT_ONCE):
        seen = who_may_see(named, people[start : start + AT_ONCE])
        told += _number(seen)
        letters.write(seen)
    return told


def _named(entries: Sequence[Entry]) -> Told:
    """Whom the rules name; nobody is told of their own act, but a letter may confirm it."""
    asked: rules.Asked = {}
    named = [(entry, rules.reasons(entry, asked)) for entry in entries]
    letters.confirm(named)
    for entry, because in named:
        because.pop(entry.actor_id, None)
    return named


def _persons(keys: Collection[int]) -> list[int]:
    """Those of the keys that are people who can still sign in."""
    living = Actor.objects.filter(kind=Actor.Kind.PERSON, user__is_active=True)
    return sorted(living.filter(pk__in=keys).values_list("pk", flat=True)) if keys else []


def who_may_see(named: Told, people: Sequence[int]) -> Told:
    """Of those named, the ones among `people` whom policy lets see what each entry is about.

    People with the same roles and the same relation to the comments see the same, so policy is
    asked once for each such standing.
    """
    entries = [entry for entry, _because in named]
    together = Entry.objects.filter(pk__in=[one.pk for one in entries])
    seen: dict[int, set[int]] = {}
    for alike in _standings(entries, people):
        visible = set(about_visible(alike[0], together).values_list("pk", flat=True))
        seen |= {actor.pk: visible for actor in alike}
    return [
        (entry, {pk: rule for pk, rule in because.items() if entry.pk in seen.get(pk, ())})
        for entry, because in named
    ]


def _standings(entries: Iterable[Entry], people: Iterable[int]) -> list[list[Actor]]:
    """People alike; who may speak for an organisation sees its comments whoever filed them."""
    comments = [entry.comment for entry in entries if entry.comment]
    organisations = {comment.organisation_id for comment in comments}
    filed: dict[int, list[Comment]] = defaultdict(list)
    for comment in comments:
        if comment.organisation_id is None:
            filed[comment.filed_by_id].append(comment)
    alike: dict[object, list[Actor]] = defaultdict(list)
    actors = list(Actor.objects.filter(pk__in=people))
    policy.read_ahead(actors)
    for actor in actors:
        held = frozenset(policy.roles_of(actor).items())
        speaks_for = frozenset(policy.organisations_of(actor) & organisations)
        own = frozenset(one.pk for one in filed[actor.pk])
        alike[held, speaks_for, own].append(actor)
    return list(alike.values())


def _number(told: Told) -> int:
    """Give each inbox its next numbers: gapless, because the head's row is locked to commit."""
    counts = Counter(actor for _entry, because in told for actor in because)
    if not counts:
        return 0
    latest = _lock_heads(counts)
    for many in set(counts.values()):
        heads = [actor for actor, its in counts.items() if its == many]
        InboxHead.objects.filter(actor__in=heads).update(latest=F("latest") + many)
    Notice.objects.bulk_create(_notices(told, latest))
    return counts.total()


def _notices(told: Told, latest: dict[int, int]) -> Iterator[Notice]:
    for entry, because in told:
        for actor, rule in because.items():
            latest[actor] += 1
            yield Notice(recipient_id=actor, number=latest[actor], entry=entry, because=rule)


def _lock_heads(people: Mapping[int, object]) -> dict[int, int]:
    """The latest number of each inbox, locked; a head that is missing is made first."""
    there = set(InboxHead.objects.filter(actor__in=people).values_list("pk", flat=True))
    missing = [InboxHead(actor_id=actor) for actor in sorted(people) if actor not in there]
    InboxHead.objects.bulk_create(missing, ignore_conflicts=True)
    heads = InboxHead.objects.filter(actor__in=people).order_by("pk").select_for_update()
    return dict(heads.values_list("pk", "latest"))

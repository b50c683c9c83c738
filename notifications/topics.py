"""What one may listen to: `k:<slug>`, `desk:<slug>`, `inbox:<actor>`, each checked by policy."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from consultations import policy
from consultations.errors import Refused
from consultations.models import Actor, Consultation
from notifications.counters import Counted, Heads, count_on, heads, latest_numbers

NAME = re.compile(r"(k|desk):[-a-zA-Z0-9_]{1,80}|inbox:[0-9]{1,18}")
MOST = 20  # topics of one page


class Nonsense(Refused):
    """A list of topics that no page of ours would send."""

    code = "nonsense"
    status = 400
    words = _("Name one to twenty topics, such as k:address-of-a-consultation.")


class Topic(NamedTuple):
    """A topic with what its number is read from: a draft's key, or an actor's."""

    name: str
    kind: str
    key: int

    def number(self, counted: dict[int, Counted], inboxes: dict[int, int]) -> int:
        """How far it is, by these counts."""
        if self.kind == "inbox":
            return inboxes[self.key]
        return counted[self.key].public if self.kind == "k" else counted[self.key].total


def parse(text: str) -> list[str]:
    """The names in a comma-separated list; Nonsense unless all are names, and not too many."""
    names = list(dict.fromkeys(text.split(",")))
    if len(names) > MOST or not all(NAME.fullmatch(name) for name in names):
        raise Nonsense
    return names


def allowed(actor: Actor | None, names: Sequence[str]) -> list[Topic]:
    """The topics the actor may listen to; unknown and forbidden ones are left out alike."""
    parts = [(name, *_parted(name)) for name in names]
    drafts = _drafts(actor, [key for _name, kind, key in parts if kind != "inbox"])
    mine = {} if actor is None else {str(actor.pk): actor.pk}
    at_desk = drafts if policy.can(actor, "desk.see") else {}
    open_to = {"k": drafts, "desk": at_desk, "inbox": mine}
    return [
        Topic(name, kind, open_to[kind][key]) for name, kind, key in parts if key in open_to[kind]
    ]


def _parted(name: str) -> tuple[str, str]:
    kind, _colon, key = name.partition(":")
    return kind, key


def _drafts(actor: Actor | None, slugs: list[str]) -> dict[str, int]:
    """The drafts of the rounds at these addresses, as far as the actor may see them."""
    if not slugs:
        return {}
    rounds = policy.visible(actor, Consultation.objects.filter(slug__in=slugs))
    return dict(rounds.values_list("slug", "draft_id"))


class Look(NamedTuple):
    """What one look found: heads, counts to go on from, and how far each topic is."""

    heads: Heads
    counted: dict[int, Counted]
    numbers: dict[Topic, int]
    restored: bool = False  # the database was put back: numbers may have become smaller


def look(topics: Iterable[Topic], known: dict[int, Counted], before: Heads, *, full: bool) -> Look:
    """How far the topics are; no numbers when the heads have not moved: 1 query, or 3."""
    topics, at = list(topics), heads()
    if at == before and not full:
        return Look(at, known, {})
    restored = at.written < before.written
    drafts = {topic.key for topic in topics if topic.kind != "inbox"}
    counted = count_on(
        {key: Counted() if restored else known.get(key, Counted()) for key in drafts}
    )
    inboxes = latest_numbers(topic.key for topic in topics if topic.kind == "inbox")
    found = {topic: topic.number(counted, inboxes) for topic in topics}
    return Look(at, counted, found, restored)


def opening(actor: Actor | None, names: Sequence[str]) -> tuple[list[Topic], Look]:
    """What a new listener may hear, and how far it is."""
    topics = allowed(actor, names)
    return topics, look(topics, {}, Heads(0, 0), full=True)


def numbers(topics: Iterable[Topic]) -> dict[str, int]:
    """How far each topic is now, by name."""
    found = look(topics, {}, Heads(0, 0), full=True).numbers
    return {topic.name: n for topic, n in found.items()}

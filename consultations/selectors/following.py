"""What one can follow, by the name a button sends, and what a person follows."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import policy
from consultations.models import (
    Actor,
    Comment,
    Consultation,
    Document,
    Draft,
    Provision,
    Watch,
    Wording,
)

Thing = Document | Draft | Provision
Shown = Document | Consultation | Provision | Wording  # what pages have at hand

FOLLOW: dict[str, Any] = {
    "document": _("Follow this document"),
    "draft": _("Follow this draft"),
    "provision": _("Follow this provision"),
}
UNFOLLOW: dict[str, Any] = {
    "document": _("Stop following this document"),
    "draft": _("Stop following this draft"),
    "provision": _("Stop following this provision"),
}
FOLLOWED: dict[str, Any] = {
    "document": _("document"),
    "draft": _("draft"),
    "provision": _("provision"),
}


@dataclass(frozen=True)
class Button:
    """The button under a thing: its name for the form, what the button says, whether it stops."""

    name: str
    words: Any
    following: bool


@dataclass(frozen=True)
class Followed:
    """One thing a person follows; `name` is what the button that stops it sends."""

    name: str
    kind: Any
    title: str
    url: str


def followers_of(comments: Iterable[Comment]) -> dict[int, set[int]]:
    """Who follows the provision of each comment, or one it stands in: by the comment's key.

    § 2 for a comment on § 2 ust. 1. The comments come with their wordings; two queries.
    """
    around = {one.pk: _around(one.wording) for one in comments}
    versions: dict[int, set[str]] = {}
    for version, eid in set().union(*around.values()):
        versions.setdefault(version, set()).add(eid)
    wanted = Q(pk__in=())
    for version, eids in versions.items():
        wanted |= Q(text_version=version, eid__in=eids)
    found = Wording.objects.filter(wanted).values_list("text_version", "eid", "provision")
    places = {(version, eid): provision for version, eid, provision in found}
    following: dict[int, set[int]] = {}
    watches = Watch.objects.filter(provision__in=set(places.values()))
    for provision, actor in watches.values_list("provision", "actor"):
        following.setdefault(provision, set()).add(actor)
    return {
        pk: set().union(*(following.get(places.get(spot, 0), set()) for spot in spots))
        for pk, spots in around.items()
    }


def _around(wording: Wording | None) -> set[tuple[int, str]]:
    """The place and those it stands in, each with its version of the text."""
    if wording is None:
        return set()
    steps = wording.eid.split("__")
    depths = range(1, len(steps) + 1)
    return {(wording.text_version_id, "__".join(steps[:depth])) for depth in depths}


def find(viewer: Actor | None, name: str) -> Thing | None:
    """`document:slug`, `draft:slug` of one of its rounds, `provision:key`; None if not to see."""
    kind, _colon, key = name.partition(":")
    finders = {"document": _document, "draft": _draft, "provision": _provision}
    return finders[kind](viewer, key) if kind in finders else None


def _document(viewer: Actor | None, slug: str) -> Document | None:
    found: Document | None = _seen(viewer, Document.objects.filter(slug=slug)).first()
    return found


def _draft(viewer: Actor | None, slug: str) -> Draft | None:
    rounds = _seen(viewer, Consultation.objects.filter(slug=slug)).select_related("draft")
    found = rounds.first()
    return None if found is None else found.draft


def _provision(viewer: Actor | None, key: str) -> Provision | None:
    try:
        wanted = Provision.objects.filter(key=uuid.UUID(key))
    except ValueError:
        return None
    drafts = _seen(viewer, Draft.objects.all())
    published = wanted.filter(draft__in=drafts, wordings__text_version__published_at__isnull=False)
    return published.distinct().first()


def _seen(viewer: Actor | None, rows: QuerySet[Any]) -> QuerySet[Any]:
    return policy.visible(viewer, rows)


def button(viewer: Actor | None, thing: Shown) -> Button:
    """The button for a page about the thing: one query for whoever is signed in, else none."""
    kind, name, where = _named(thing)
    following = viewer is not None and Watch.objects.filter(actor=viewer, **where).exists()
    return Button(f"{kind}:{name}", (UNFOLLOW if following else FOLLOW)[kind], following)


def _named(thing: Shown) -> tuple[str, str, dict[str, int]]:
    """Kind, name and where the watch would be; a round stands for its draft."""
    if isinstance(thing, Consultation):
        return "draft", thing.slug, {"draft": thing.draft_id}
    if isinstance(thing, Document):
        return "document", thing.slug, {"document": thing.pk}
    provision = thing.provision if isinstance(thing, Wording) else thing
    return "provision", str(provision.key), {"provision": provision.pk}


def followed(actor: Actor) -> list[Followed]:
    """All the actor follows and may see: documents, drafts, provisions; three queries."""
    return [*_documents(actor), *_drafts(actor), *_provisions(actor)]


def _documents(actor: Actor) -> list[Followed]:
    rows = _seen(actor, Document.objects.filter(watches__actor=actor)).order_by("title")
    return [_line("document", one.slug, one.title, "document") for one in rows]


def _drafts(actor: Actor) -> list[Followed]:
    """Each by the latest of its rounds one may open."""
    rounds = _seen(actor, Consultation.objects.filter(draft__watches__actor=actor))
    latest = {one.draft_id: one for one in rounds.select_related("draft").order_by("number")}
    lines = [_line("draft", one.slug, one.draft.title, "consultation") for one in latest.values()]
    return sorted(lines, key=lambda line: line.title)


def _provisions(actor: Actor) -> list[Followed]:
    """Each by its latest published wording."""
    wordings = (
        Wording.objects.filter(
            provision__watches__actor=actor,
            provision__draft__in=_seen(actor, Draft.objects.all()),
            text_version__published_at__isnull=False,
        )
        .select_related("provision__draft")
        .order_by("provision__draft", "text_version__number", "position")
    )
    latest = {one.provision_id: one for one in wordings}
    return [
        _line("provision", str(one.provision.key), _place(one), "provision")
        for one in latest.values()
    ]


def _place(wording: Wording) -> str:
    return f"{wording.citation} – {wording.provision.draft.title}"


def _line(kind: str, name: str, title: str, page: str) -> Followed:
    return Followed(f"{kind}:{name}", FOLLOWED[kind], title, reverse(page, args=[name]))

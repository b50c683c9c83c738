"""The text under consultation for reading: provisions in their order with counts of comments."""

import uuid
from collections import Counter
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, QuerySet

from consultations import policy
from consultations.models import (
    Actor,
    Comment,
    Consultation,
    Draft,
    Provision,
    TextVersion,
    Wording,
)
from consultations.models.comments import PUBLIC_STATES
from consultations.models.plain import Plain
from consultations.text.tree import Level


@dataclass(frozen=True)
class Passage:
    """One provision on the page: its wording and how many public comments it has."""

    wording: Wording
    comments: int

    @property
    def key(self) -> uuid.UUID:
        return self.wording.provision.key

    @property
    def anchor(self) -> str:
        """The id of its place on the page."""
        return f"p-{self.key}"

    @property
    def is_chapter(self) -> bool:
        return self.wording.level == Level.CHAPTER

    @property
    def indent(self) -> str:
        """How far it stands from the margin: the class of the look."""
        return {"point": "pkt", "letter": "lit", "indent": "tiret"}.get(self.wording.level, "")


@dataclass(frozen=True)
class Part:
    """A line of the contents: a chapter (or § where there are none), with all its comments."""

    passage: Passage
    comments: int
    keys: frozenset[uuid.UUID]


@dataclass(frozen=True)
class Reading:
    """The whole text; `whole` counts the comments on the draft as a whole."""

    passages: list[Passage]
    parts: list[Part]
    whole: int


def words_of(wording: Wording | None) -> str:
    """What a proposal starts from: the text, or the heading of what has no text of its own."""
    return "" if wording is None else (wording.text or wording.heading)


def reading(consultation: Consultation, version: TextVersion | None = None) -> Reading:
    """The text under consultation (or another version of it) with its counts of comments.

    Two queries, however long the draft; a comment counts where its provision stands.
    """
    counts = _counts(consultation)
    shown = consultation.text_version_id if version is None else version.pk
    wordings = (
        Wording.objects.filter(text_version=shown).select_related("provision").order_by("position")
    )
    passages = [Passage(one, counts[one.provision_id]) for one in wordings]
    return Reading(passages, _parts(passages), counts[None])


def _counts(consultation: Consultation) -> Counter[int | None]:
    rows = (
        Comment.objects.filter(consultation=consultation, state__in=PUBLIC_STATES)
        .order_by()
        .values_list("wording__provision")
        .annotate(Count("pk"))
    )
    return Counter(dict(rows))


def _parts(passages: list[Passage]) -> list[Part]:
    """Top-level provisions, each with everything down to the next one."""
    groups: list[list[Passage]] = []
    for passage in passages:
        if passage.wording.parent_id is None:
            groups.append([])
        groups[-1].append(passage)
    return [
        Part(group[0], sum(one.comments for one in group), frozenset(one.key for one in group))
        for group in groups
        if group[0].wording.level != Level.INTRO
    ]


IN_TEXT = Plain(
    Wording,
    f"WHERE {Wording._meta.db_table}.text_version_id = %s AND {Provision._meta.db_table}.key = %s",
    beside="provision",
)


def wording_in(consultation: Consultation, key: uuid.UUID) -> Wording:
    """The wording of the provision in the text under consultation; Wording.DoesNotExist."""
    kept = Provision._meta.get_field("key").get_db_prep_value(key, connection)
    found = IN_TEXT.first(consultation.text_version_id, kept)
    if found is None:
        raise Wording.DoesNotExist
    return found


def wordings_of(viewer: Actor | None, key: uuid.UUID) -> QuerySet[Wording]:
    """The published wordings of a provision, the latest first, if the viewer may see the draft."""
    drafts = policy.visible(viewer, Draft.objects.all())
    return (
        Wording.objects.filter(
            provision__key=key,
            provision__draft__in=drafts,
            text_version__published_at__isnull=False,
        )
        .select_related("provision__draft__document", "text_version", "parent")
        .order_by("-text_version__number")
    )

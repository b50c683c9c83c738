"""Who supports a comment: organisations by name, private persons as a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from consultations import policy
from consultations.models import Actor, Comment, Organisation, Support


@dataclass(frozen=True)
class Supporters:
    """`before` of them supported it before its words were corrected the last time."""

    organisations: list[Organisation]
    persons: int
    before: int = 0

    @property
    def count(self) -> int:
        return len(self.organisations) + self.persons


def counts(comments: Sequence[Comment]) -> dict[int, int]:
    """How many support each of these comments, by its key; one query, none for no comments."""
    if not comments:
        return {}
    standing = Support.objects.filter(comment__in=[one.pk for one in comments], ended_at=None)
    rows = standing.order_by().values_list("comment").annotate(Count("pk"))
    return dict(rows)


def standing(comment: Comment) -> list[Support]:
    """The supports of the comment that were not taken back, by the organisation's name."""
    found = Support.objects.filter(comment=comment, ended_at=None).select_related("organisation")
    return list(found.order_by("organisation__name", "pk"))


def supporters(found: Sequence[Support], corrected: datetime | None) -> Supporters:
    """Who supports it, of its standing supports; `corrected`: when its words changed last."""
    named = [one.organisation for one in found if one.organisation]
    before = sum(1 for one in found if corrected and one.at < corrected)
    return Supporters(named, len(found) - len(named), before)


@dataclass(frozen=True)
class Voice:
    """In whose name this person may support the comment; `given` when it is done."""

    code: str
    organisation: Organisation | None
    given: bool


OWN = "own"


def voices(comment: Comment, viewer: Actor | None, found: Sequence[Support]) -> list[Voice]:
    """Her own voice, and those of the organisations she signs for; none for her own comment.

    `found` are the standing supports of the comment.
    """
    if viewer is None or not policy.can(viewer, "comment.support", comment):
        return []
    given = {one.organisation_id for one in found if one.organisation_id}
    by_her = any(one.actor_id == viewer.pk for one in found if one.organisation_id is None)
    verified = [one for one in policy.signs_for(viewer) if one.is_verified]
    theirs = [Voice(str(one.pk), one, one.pk in given) for one in verified]
    return [*theirs, Voice(OWN, None, by_her)]

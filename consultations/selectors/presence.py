"""Who else looks at a comment now, and who is writing an answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import policy
from consultations.models import Actor, Comment, Presence, Role, User
from consultations.models.clock import now

LOOKS = timedelta(seconds=60)  # without a sign of life: gone
TYPES = timedelta(seconds=75)  # without a key pressed: no longer writing
COLLEAGUES = (Role.OFFICER, Role.APPROVER, Role.EXPERT, Role.AUDITOR)


@dataclass(frozen=True)
class Present:
    """In words: who looks, and who writes; empty where nobody does."""

    looking: str = ""
    typing: str = ""


def present(comment: Comment, viewer: Actor | None) -> Present:
    """Who else is there, by name for those who answer comments: two queries at most."""
    instant = now()
    rows = list(_others(comment, viewer).filter(seen_at__gt=instant - LOOKS))
    if not rows:
        return Present()
    names = _names([one.actor_id for one in rows], viewer)
    writing = [one for one in rows if one.typing_at and one.typing_at > instant - TYPES]
    return Present(_looking(names, [one.actor_id for one in rows]), _typing(names, writing))


def somebody_types(comment: Comment, viewer: Actor | None) -> bool:
    """Whether a colleague is writing an answer right now: one query."""
    instant = now()
    there = _others(comment, viewer).filter(seen_at__gt=instant - LOOKS)
    return there.filter(typing_at__gt=instant - TYPES).exists()


def _others(comment: Comment, viewer: Actor | None) -> QuerySet[Presence]:
    return comment.presences.exclude(actor=viewer).order_by("pk")


def _names(actors: Sequence[int], viewer: Actor | None) -> dict[int, str]:
    if not any(role in policy.roles_of(viewer) for role in COLLEAGUES):
        return {}
    return {one.actor_id: str(one) for one in User.objects.filter(actor__in=actors)}


def _looking(names: dict[int, str], actors: Sequence[int]) -> str:
    if not names:
        count = len(actors)
        words = ngettext(
            "%(count)d other person looks at it now.",
            "%(count)d other people look at it now.",
            count,
        )
        return words % {"count": count}
    return _("Also looking at it now: %(names)s") % {
        "names": ", ".join(names[pk] for pk in actors if pk in names)
    }


def _typing(names: dict[int, str], rows: Sequence[Presence]) -> str:
    if not rows:
        return ""
    first = min(rows, key=lambda one: one.typing_since or one.seen_at)
    since = date_format(localtime(first.typing_since or first.seen_at), "H:i")
    return _("%(who)s is writing an answer to this comment (since %(since)s).") % {
        "who": names.get(first.actor_id) or _("A colleague"),
        "since": since,
    }

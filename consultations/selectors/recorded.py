"""How a comment came, in words; and what the office entered last."""

import re
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations import calendar, wording
from consultations.models import Actor, Channel, Comment, Consultation, Sealed
from consultations.models.comments import MARKS
from consultations.selectors import people

SHOWN = 5
WHOLE = "calosc"


def last_recorded(consultation: Consultation, by: Actor) -> list[Comment]:
    """The latest comments this person entered, the newest first."""
    mine = Comment.objects.filter(consultation=consultation, recorded_by=by)
    mine = mine.exclude(channel=Channel.FORM).select_related("wording", "organisation")
    return list(mine.order_by("-number")[:SHOWN])


def anew(consultation: Consultation, number: str) -> dict[str, Any]:
    """What stands in a comment that was entered, to be entered anew; nothing for another number.

    The name of its sender comes out of the sealed words: only those who read names may see it.
    """
    entered = consultation.comments.exclude(channel=Channel.FORM)
    wanted = int(number) if re.fullmatch(r"[0-9]{1,9}", number) else 0
    comment = entered.filter(number=wanted).select_related("wording__provision").first()
    if comment is None:
        return {}
    sealed = Sealed.objects.filter(entry__comment=comment, field="sender")
    local = comment.arrived_at.astimezone(calendar.WARSAW) if comment.arrived_at else None
    same = ("channel", "organisation", "way", "posted_on", "kind", "proposed_wording", "reasons")
    return {name: getattr(comment, name) for name in (*same, *MARKS)} | {
        "sender": sealed.values_list("text", flat=True).first() or "",
        "arrived_on": local.date() if local else None,
        "arrived_time": local.time().replace(second=0, microsecond=0) if local else None,
        "provision": str(comment.wording.provision.key) if comment.wording else WHOLE,
    }


def came(comment: Comment) -> str:
    """When a comment came in words; the hour only where it was entered."""
    instant = (comment.arrived_at or comment.filed_at).astimezone(calendar.WARSAW)
    known = comment.arrived_at is None or instant.time() != instant.time().min
    return date_format(instant, "j E Y, H:i" if known else "j E Y")


def lateness(comment: Comment) -> str:
    """Why it is late: the day that decided, and the last day; empty for one in time."""
    if not comment.late:
        return ""
    last = comment.consultation.last_day
    days = {"last": date_format(last, "j E Y") if last else ""}
    if comment.posted_on is not None:
        days["day"] = date_format(comment.posted_on, "j E Y")
        return _("It was posted on %(day)s, after the last day for comments: %(last)s.") % days
    days["day"] = came(comment)
    return _("It came on %(day)s, after the last day for comments: %(last)s.") % days


def faults(comment: Comment) -> str:
    """The formal faults it is marked with, lateness aside; empty for none."""
    return ", ".join(str(wording.MARKS[mark]) for mark in MARKS if getattr(comment, mark))


def recorded_by(comment: Comment, viewer: Actor | None) -> str:
    """Who entered it for somebody else, for those who may read names; a dash for one erased."""
    if comment.channel == Channel.FORM or not people.reads_names(viewer):
        return ""
    return str(getattr(comment.recorded_by, "user", "–"))

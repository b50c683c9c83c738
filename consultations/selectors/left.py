"""What the report says of comments left without consideration: why, and never whose they were."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from consultations import calendar, wording
from consultations.models import Comment, CommentState, Consultation, Report

GROUNDS = ("late", "unsigned", "incomplete")


@dataclass(frozen=True)
class Left:
    """One comment left without consideration; the day is ISO."""

    number: int
    received: str
    channel: str
    grounds: str
    because: str


def counted(consultation: Consultation) -> QuerySet[Comment]:
    """The comments the report speaks of: once it is released, those recorded before."""
    report = Report.objects.filter(consultation=consultation, released_at__isnull=False).first()
    later = Q() if report is None else Q(filed_at__lte=report.released_at)
    return Comment.objects.filter(later, consultation=consultation)


def left(consultation: Consultation) -> list[Left]:
    """Those left without consideration, by number."""
    rows = counted(consultation).filter(state=CommentState.LEFT).order_by("number")
    return [
        Left(
            number=one.number,
            received=day_received(one),
            channel=str(one.get_channel_display()),
            grounds=grounds(one),
            because=wording.kept(one.left_because),
        )
        for one in rows
    ]


def grounds(comment: Comment) -> str:
    """The formal faults it is marked with, lateness first; empty for none."""
    return ", ".join(str(wording.MARKS[one]) for one in GROUNDS if getattr(comment, one))


def day_received(comment: Comment) -> str:
    """The Warsaw day on which it came, ISO."""
    return calendar.local_day(comment.arrived_at or comment.filed_at).isoformat()


def heading() -> list[str]:
    """The names of the columns."""
    return [_("No."), _("When it came"), _("How it came"), _("Formal ground"), _("Reason")]

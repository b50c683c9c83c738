"""Consultations as everybody reads them: found by address, counted, grouped by how far they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import calendar, policy
from consultations.models import (
    Actor,
    Comment,
    CommentState,
    Consultation,
    ConsultationState,
    DraftState,
    Report,
)
from consultations.models.clock import now
from consultations.models.comments import PUBLIC_STATES
from consultations.models.plain import Plain
from consultations.models.reports import ReportState
from consultations.selectors import ways

FINISHED = (DraftState.ADOPTED, DraftState.REJECTED, DraftState.WITHDRAWN)


@dataclass(frozen=True)
class Numbers:
    """Public comments of a round, organisations that filed them, comments answered."""

    comments: int = 0
    organisations: int = 0
    answered: int = 0


@dataclass(frozen=True)
class Card:
    """A round in a list: its numbers, its time in words and the next meeting, if there is one."""

    consultation: Consultation
    numbers: Numbers
    time: str
    meeting: str = ""


def visible(viewer: Actor | None) -> QuerySet[Consultation]:
    """The rounds the viewer may see, with draft and document."""
    found = policy.visible(viewer, Consultation.objects.all())
    return found.select_related("draft__document", "draft__procedure", "text_version")


BY_SLUG = Plain(Consultation, "WHERE slug = %s")


def sent_to(viewer: Actor | None, slug: str) -> Consultation:
    """As `visible`, the one of this address with nothing beside it; Consultation.DoesNotExist."""
    one = BY_SLUG.first(slug)
    if one is None or not policy.sees_round(viewer, one):
        raise Consultation.DoesNotExist
    return one


def cards(rounds: Iterable[Consultation], *, over: bool = False) -> list[Card]:
    """The rounds with their numbers in one query more; in two where meetings may lie ahead."""
    listed = list(rounds)
    if not listed:
        return []
    instant, counted = now(), numbers_of(listed)
    meetings = {} if over else ways.next_meetings(listed, instant)
    return [
        Card(one, counted[one.pk], time_in_words(one, instant), meetings.get(one.pk, ""))
        for one in listed
    ]


def open_now(viewer: Actor | None) -> QuerySet[Consultation]:
    """Rounds that take comments, the one that closes first on top."""
    return visible(viewer).filter(state=ConsultationState.OPEN).order_by("closes_at")


def coming(viewer: Actor | None) -> QuerySet[Consultation]:
    """Announced rounds, the one that opens first on top."""
    return visible(viewer).filter(state=ConsultationState.ANNOUNCED).order_by("opens_at")


def under_way(viewer: Actor | None) -> QuerySet[Consultation]:
    """Closed rounds whose draft is in review or before the council, the latest on top."""
    closed = visible(viewer).filter(state=ConsultationState.CLOSED)
    return closed.exclude(draft__state__in=FINISHED).order_by("-closes_at")


def finished(viewer: Actor | None) -> QuerySet[Consultation]:
    """Rounds of drafts decided on or withdrawn, and rounds called off, the latest on top."""
    over = Q(draft__state__in=FINISHED) | Q(state=ConsultationState.CANCELLED)
    return visible(viewer).filter(over, announced_at__isnull=False).order_by("-closes_at")


def numbers_of(rounds: Sequence[Consultation]) -> dict[int, Numbers]:
    """The numbers of each round by its key; one query for all."""
    counted = {one.pk: Numbers() for one in rounds}
    rows = (
        Comment.objects.filter(consultation__in=rounds, state__in=PUBLIC_STATES)
        .order_by()
        .values("consultation")
        .annotate(
            all=Count("pk"),
            from_organisations=Count("organisation", distinct=True),
            answered=Count("pk", filter=Q(state=CommentState.PUBLISHED)),
        )
    )
    for row in rows:
        counted[row["consultation"]] = Numbers(
            row["all"], row["from_organisations"], row["answered"]
        )
    return counted


def takes_comments(consultation: Consultation, instant: datetime) -> bool:
    """Whether a comment filed at this instant would be taken."""
    return consultation.state == ConsultationState.OPEN and consultation.takes_comments_at(instant)


def is_over(consultation: Consultation, instant: datetime) -> bool:
    """Whether the time for comments has passed, closed by the clock already or not."""
    if consultation.state == ConsultationState.CLOSED:
        return True
    return consultation.state == ConsultationState.OPEN and not takes_comments(
        consultation, instant
    )


def report_is_released(consultation: Consultation) -> bool:
    """The report is public once a second person has released it."""
    released = Report.objects.filter(consultation=consultation, state=ReportState.RELEASED)
    return released.exists()


def time_in_words(consultation: Consultation, instant: datetime) -> str:
    """How many days there still are, or when comments were or will be taken."""
    if consultation.state == ConsultationState.CANCELLED:
        return _("This consultation was cancelled.")
    if consultation.first_day is None or consultation.last_day is None:
        return _("The dates are not set yet.")
    today = calendar.local_day(instant)
    if takes_comments(consultation, instant):
        return _days_left((consultation.last_day - today).days)
    if is_over(consultation, instant):
        return _("Comments were taken until %(day)s.") % {"day": _day(consultation.last_day)}
    return _opens_in((consultation.first_day - today).days)


def _day(day: object) -> str:
    return date_format(day, "j E Y")  # type: ignore[arg-type]


def _days_left(days: int) -> str:
    if days == 0:
        return _("Today is the last day.")
    return ngettext("%(days)d day left.", "%(days)d days left.", days) % {"days": days}


def _opens_in(days: int) -> str:
    if days <= 0:
        return _("Opens today.")
    return ngettext("Opens in %(days)d day.", "Opens in %(days)d days.", days) % {"days": days}

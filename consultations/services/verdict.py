"""In time or late: decided once, by one instant that depends on how the comment came.

A letter: its postmark. Everything else that came another way than the form, a letter without a
postmark too: the instant it arrived or was said. It is recorded whenever it came, and marked when
it was late. The form is decided where it is filed, by the instant logged: nobody is let in late.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.errors import Invalid, NotOpen
from consultations.models import Channel, Consultation, Way
from consultations.models.ways import DATED
from consultations.selectors.papers import takes_entries

SPOKEN = (Channel.MEETING, Channel.PHONE, Channel.IN_PERSON)
# What carries a signature of its own or none at all: ePUAP is always signed.
WRITTEN = (Channel.POST, Channel.FAX, Channel.EMAIL, Channel.IN_PERSON)


@dataclass(frozen=True)
class Came:
    """How and when a comment came, as far as whoever records it says; None is not said."""

    channel: str
    posted_on: date | None
    arrived_at: datetime | None
    way: Way | None


@dataclass(frozen=True)
class Verdict:
    """`arrived_at` is None for the on-line form alone."""

    arrived_at: datetime | None
    late: bool


def judge(consultation: Consultation, came: Came, instant: datetime) -> Verdict:
    """The verdict on what is recorded at `instant`. Raises Invalid, NotOpen."""
    if came.channel == Channel.FORM:
        _check_form(came)
        return Verdict(None, late=False)
    if not takes_entries(consultation):
        raise NotOpen
    _check_postmark(consultation, came, instant)
    _check_way(consultation, came, instant)
    arrived = _arrived(consultation, came, instant)
    return Verdict(arrived, late=_is_late(consultation, came, arrived))


def _check_form(came: Came) -> None:
    if came.posted_on is not None:
        raise Invalid(_("Only a letter that came by post has a postmark."), "posted_on")
    if came.arrived_at is not None or came.way is not None:
        raise Invalid(_("A comment on the form comes when it is sent."), "channel")


def _check_postmark(consultation: Consultation, came: Came, instant: datetime) -> None:
    if came.posted_on is None:
        return
    if came.channel != Channel.POST:
        raise Invalid(_("Only a letter that came by post has a postmark."), "posted_on")
    if came.posted_on > calendar.local_day(instant):
        raise Invalid(_("The postmark cannot lie in the future."), "posted_on")
    if came.posted_on < _first_day(consultation):
        raise Invalid(_EARLY, "posted_on")


def _check_way(consultation: Consultation, came: Came, instant: datetime) -> None:
    """A comment is taken at a meeting of this round that was held, by word or handed in."""
    way = came.way
    if way is None:
        return
    if came.channel not in SPOKEN:
        raise Invalid(_("Only what was said or handed in is taken at a meeting."), "way")
    if way.consultation_id != consultation.pk or way.kind not in DATED or way.cancelled_because:
        raise Invalid(_("Choose a meeting or expert hours of this consultation."), "way")
    if way.starts_at is None or way.starts_at > instant:
        raise Invalid(_("It has not begun yet."), "way")


_EARLY = _("This day lies before the consultation was announced. Check the year.")


def _first_day(consultation: Consultation) -> date:
    return calendar.local_day(consultation.announced_at) if consultation.announced_at else date.min


def _arrived(consultation: Consultation, came: Came, instant: datetime) -> datetime:
    """When it came; while comments are still taken it may be left unsaid: it came just now."""
    arrived = came.arrived_at
    if arrived is None and came.way is not None:
        arrived = came.way.starts_at
    if arrived is None:
        if came.posted_on is None and not consultation.takes_comments_at(instant):
            raise Invalid(_("Enter the day on which it came: it decides in time or late."), CAME_ON)
        return instant
    if arrived > instant:
        raise Invalid(_("It cannot have come in the future."), CAME_ON)
    if calendar.local_day(arrived) < _first_day(consultation):
        raise Invalid(_EARLY, CAME_ON)
    if came.posted_on and came.posted_on > calendar.local_day(arrived):
        raise Invalid(_("A letter cannot come before it is posted."), CAME_ON)
    return arrived


CAME_ON = "arrived_on"  # the field of a form that such a refusal stands at


def _is_late(consultation: Consultation, came: Came, arrived: datetime) -> bool:
    if consultation.closes_at is None or consultation.last_day is None:
        return False
    if came.posted_on is not None:
        return came.posted_on > consultation.last_day
    return arrived >= consultation.closes_at

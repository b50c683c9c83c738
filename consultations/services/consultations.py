"""Rounds: announcing with the statutory terms, opening and closing by the clock."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.errors import Invalid
from consultations.models import Actor, Consultation
from consultations.models.clock import now
from consultations.services.door import hold, one_action, pass_through
from consultations.services.drafts import publish_version


@dataclass(frozen=True)
class Notice:
    """The notice (ogłoszenie): first and last day for comments, purpose, host and contact."""

    first_day: date
    last_day: date
    purpose: str
    host: str
    contact: str


def earliest_days(consultation: Consultation) -> tuple[date, date]:
    """The earliest first day and, for it, the earliest last day the procedure allows today."""
    procedure = consultation.draft.procedure
    first = calendar.local_day(now()) + timedelta(days=procedure.number_of("notice_days"))
    return first, calendar.last_day(first, procedure.number_of("consultation_days"))


def announce_consultation(consultation: Consultation, notice: Notice, *, by: Actor) -> Consultation:
    """Make the notice and version 1 of the text public. Raises NotYours, Invalid, Unmet."""
    with one_action():
        consultation = hold(consultation)
        _check_days(consultation, notice)
        text = consultation.draft.versions.last()
        if text is not None and text.published_at is None:
            text = publish_version(consultation.draft, by=by)
        return pass_through(
            consultation,
            "announce",
            by=by,
            facts={
                "first_day": notice.first_day.isoformat(),
                "last_day": notice.last_day.isoformat(),
            },
            text_version=text,
            at=now(),
            opens_at=calendar.start_of(notice.first_day),
            closes_at=calendar.end_of(notice.last_day),
            purpose=notice.purpose,
            host=notice.host,
            contact=notice.contact,
        )


def _check_days(consultation: Consultation, notice: Notice) -> None:
    procedure = consultation.draft.procedure
    first, _last = earliest_days(consultation)
    if notice.first_day < first:
        days = procedure.rule("notice_days")
        raise Invalid(
            _(
                "The notice must stand for %(days)s days:"
                " open on %(day)s at the earliest (%(basis)s)."
            )
            % {"days": days.value, "day": date_format(first), "basis": days.legal_basis},
            "first_day",
        )
    length = procedure.rule("consultation_days")
    last = calendar.last_day(notice.first_day, int(length.value))
    if notice.last_day < last:
        raise Invalid(
            _("Comments must be taken for %(days)s days: until %(day)s at least (%(basis)s).")
            % {"days": length.value, "day": date_format(last), "basis": length.legal_basis},
            "last_day",
        )


def open_consultation(consultation: Consultation, *, by: Actor) -> Consultation:
    """Open the round; the clock does it on the announced day."""
    return pass_through(consultation, "open", by=by)


def close_consultation(consultation: Consultation, *, by: Actor) -> Consultation:
    """Close the round; the clock does it at the end of the announced day."""
    return pass_through(consultation, "close", by=by)

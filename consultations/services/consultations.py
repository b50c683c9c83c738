"""Rounds: announcing with the statutory terms, opening and closing by the clock."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.errors import Invalid
from consultations.models import Actor, Consultation, ConsultationState, TextVersion
from consultations.models.clock import now
from consultations.selectors import notices
from consultations.services.door import hold, note, one_action, pass_through
from consultations.services.texts import publish_version
from consultations.text.said import says_something
from consultations.trail import due_at

CORRECTABLE = {"purpose", "host", "contact", "posted_at"}
PROBED = (ConsultationState.ANNOUNCED, ConsultationState.OPEN)


@dataclass(frozen=True)
class Notice:
    """The notice (ogłoszenie): first and last day for comments, purpose, host and contact.

    `posted_at`: where it hangs, one place a line.
    """

    first_day: date
    last_day: date
    purpose: str
    host: str
    contact: str
    posted_at: str = ""


def earliest_days(consultation: Consultation) -> tuple[date, date]:
    """The earliest first day and, for it, the earliest last day the procedure allows today."""
    procedure = consultation.draft.procedure
    first = calendar.local_day(now()) + timedelta(days=procedure.number_of("notice_days"))
    return first, calendar.last_day(first, procedure.number_of("consultation_days"))


def announce_consultation(consultation: Consultation, notice: Notice, *, by: Actor) -> Consultation:
    """Make the notice and version 1 of the text public, and record address and hash of the text.

    Raises NotYours, Invalid, Unmet.
    """
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
                **_proof_of(consultation, text),
            },
            text_version=text,
            at=now(),
            opens_at=calendar.start_of(notice.first_day),
            closes_at=calendar.end_of(notice.last_day),
            purpose=notice.purpose,
            host=notice.host,
            contact=notice.contact,
            posted_at=notice.posted_at,
        )


def _proof_of(consultation: Consultation, text: TextVersion | None) -> dict[str, str]:
    """Where the text stands for everybody, and what it is: to be probed every day."""
    if text is None:
        return {}
    sha256 = notices.sha256_of(notices.plain_text(text))
    return {"text_sha256": sha256, "address": notices.address_of_text(consultation)}


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


def correct_notice(
    consultation: Consultation, *, changed: dict[str, str], because: str, by: Actor
) -> Consultation:
    """Correct purpose, host, contact or places of an announced notice; what stood is sealed.

    `because` is the public erratum. Raises NotYours, Invalid, WrongState.
    """
    if not says_something(because):
        raise Invalid(_("Say what is corrected: everybody will read it."), "because")
    unknown = changed.keys() - CORRECTABLE
    if unknown:
        raise ValueError(f"not correctable: {sorted(unknown)}")
    stood = {f"{name}_before": str(getattr(consultation, name)) for name in changed}
    words = {"because": because.strip(), **changed, **stood}
    return pass_through(consultation, "correct", by=by, words=words, notice=changed)


def prolong_consultation(
    consultation: Consultation, *, last_day: date, because: str, by: Actor
) -> Consultation:
    """Move the last day to a later one, for a public reason.

    Raises NotYours, Invalid, WrongState.
    """
    if not says_something(because):
        raise Invalid(_("Say why the consultation is prolonged: the reason is public."), "because")
    with one_action():
        consultation = hold(consultation)
        if consultation.last_day is not None and last_day <= consultation.last_day:
            raise Invalid(_("The new last day must be later than the present one."), "last_day")
        if consultation.closes_at is not None and now() >= consultation.closes_at:
            raise Invalid(_("The consultation is over and cannot be prolonged."), "last_day")
        return pass_through(
            consultation,
            "prolong",
            by=by,
            words={"because": because.strip()},
            facts={"last_day": last_day.isoformat()},
            closes_at=calendar.end_of(last_day),
        )


def cancel_consultation(consultation: Consultation, *, because: str, by: Actor) -> Consultation:
    """Cancel an announced round, for a public reason, and plan the next one.

    Gives the cancelled round. Raises NotYours, Invalid, WrongState.
    """
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why the consultation is cancelled: the reason is public."), "because")
    with one_action():
        words = {"because": reason}
        done = pass_through(consultation, "cancel", by=by, words=words, because=reason)
        plan_next_round(done, by)
    return done


def plan_next_round(last: Consultation, by: Actor) -> Consultation:
    """Another round of the same draft, with its number added to the address of the first."""
    number = last.number + 1
    first = Consultation.objects.filter(draft=last.draft_id).earliest("number").slug
    following = Consultation.objects.create(
        draft_id=last.draft_id, number=number, slug=f"{first[:74]}-r{number}"
    )
    note(following, "consultation.plan", by=by, facts={"slug": following.slug})
    return following


def record_probe(consultation: Consultation, *, sha256: str, by: Actor) -> bool:
    """Record what stood at the public address of the text: its hash, or nothing.

    Once a day, by the stored clock; False when it is done for today or the round has closed.
    """
    with one_action():
        consultation = hold(consultation)
        proof = notices.proof(consultation)
        if proof is None or consultation.state not in PROBED or proof.is_probed_on(today()):
            return False
        reached = sha256 == proof.sha256
        facts = {"result": reached, "sha256": sha256, "address": proof.address}
        note(consultation, "consultation.probe", by=by, facts=facts)
    return True


def today() -> date:
    """The present day in Warsaw."""
    return calendar.local_day(now())


def open_consultation(consultation: Consultation, *, by: Actor) -> Consultation:
    """Open the round; the clock does it on the announced day."""
    return pass_through(consultation, "open", by=by, facts=due_at(consultation.opens_at))


def close_consultation(consultation: Consultation, *, by: Actor) -> Consultation:
    """Close the round; the clock does it at the end of the announced day."""
    return pass_through(consultation, "close", by=by, facts=due_at(consultation.closes_at))

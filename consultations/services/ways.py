"""Forms of consultation: planned, cancelled, held with attendance and minutes."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, WrongState
from consultations.models import Actor, Consultation, ConsultationState, Way, WayKind
from consultations.models.clock import now
from consultations.models.ways import DATED
from consultations.services.door import hold, note, one_action, require
from consultations.text.said import says_something

RUNNING = (ConsultationState.PLANNED, ConsultationState.ANNOUNCED, ConsultationState.OPEN)


@dataclass(frozen=True)
class Plan:
    """A form of consultation: what, where and, for a meeting or hours, from when until when."""

    kind: str
    place: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def plan_way(consultation: Consultation, plan: Plan, *, by: Actor) -> Way:
    """Add a form to a round that is not closed. Raises NotYours, Invalid, WrongState."""
    with one_action():
        require(by, "consultation.plan_way", consultation)
        _check(plan)
        consultation = hold(consultation)
        if consultation.state not in RUNNING:
            raise WrongState
        way = Way.objects.create(
            consultation=consultation,
            kind=plan.kind,
            place=plan.place.strip(),
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
        )
        note(consultation, "consultation.plan_way", by=by, facts={"way": way.kind, "id": way.pk})
    return way


def _check(plan: Plan) -> None:
    if plan.kind not in WayKind.values:
        raise Invalid(_("Choose the form of consultation."), "kind")
    if not says_something(plan.place):
        raise Invalid(_("Say where: a place or an address."), "place")
    if plan.kind in DATED and (plan.starts_at is None or plan.ends_at is None):
        raise Invalid(_("Say when it begins and ends."), "starts_at")
    if plan.starts_at and plan.ends_at and plan.ends_at <= plan.starts_at:
        raise Invalid(_("It ends before it begins."), "ends_at")


def cancel_way(way: Way, *, because: str, by: Actor) -> Way:
    """Cancel a form that was not held; the reason is public.

    Raises NotYours, Invalid, WrongState.
    """
    if not says_something(because):
        raise Invalid(_("Say why it is cancelled: the reason is public."), "because")
    with one_action():
        consultation, way = _locked(way)
        if way.was_held or way.cancelled_because or consultation.state not in RUNNING:
            raise WrongState
        way.cancelled_because = because.strip()
        way.save(update_fields=["cancelled_because"])
        facts = {"way": way.kind, "id": way.pk}
        words = {"because": because.strip()}
        note(consultation, "consultation.cancel_way", by=by, facts=facts, words=words)
    return way


def record_meeting(way: Way, *, attendance: int, minutes: str, by: Actor) -> Way:
    """Enter how many came and the minutes, once it has begun.

    Raises NotYours, Invalid, WrongState.
    """
    if attendance < 0:
        raise Invalid(_("The number of people cannot be negative."), "attendance")
    if not says_something(minutes):
        raise Invalid(_("Enter the minutes: they belong to the record."), "minutes")
    with one_action():
        consultation, way = _locked(way)
        if way.starts_at is None or way.cancelled_because or way.was_held:
            raise WrongState
        if now() < way.starts_at:
            raise Invalid(_("It has not begun yet."), "attendance")
        way.attendance, way.minutes = attendance, minutes.strip()
        way.save(update_fields=["attendance", "minutes"])
        facts = {"way": way.kind, "id": way.pk, "attendance": attendance}
        note(consultation, "consultation.record_meeting", by=by, facts=facts)
    return way


def _locked(way: Way) -> tuple[Consultation, Way]:
    consultation = hold(way.consultation)
    return consultation, Way.objects.get(pk=way.pk)

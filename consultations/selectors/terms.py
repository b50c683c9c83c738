"""Days of drafts for a calendar: what is set, what is planned, the last day by law, sessions."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations import calendar, plan, policy, wording
from consultations.models import (
    Actor,
    CouncilFile,
    CouncilFileState,
    CouncilSession,
    Draft,
    Way,
)
from consultations.plan import Case, Step
from consultations.selectors.plan import cases_of, is_running, today
from consultations.text.formats.ical import Event

BACK = timedelta(days=400)


def drafts(viewer: Actor | None) -> QuerySet[Draft]:
    """The drafts whose days the viewer may see, those on their way and those of the last year."""
    seen = policy.visible(viewer, Draft.objects.all())
    recent = Q(adopted_on=None) | Q(adopted_on__gte=today() - BACK)
    return seen.filter(recent).order_by("pk")


def followed(actor: Actor) -> QuerySet[Draft]:
    """Those the person follows, by themselves or by their document."""
    own = Q(watches__actor=actor) | Q(document__watches__actor=actor)
    return drafts(actor).filter(own).distinct()


def events(found: QuerySet[Draft]) -> list[Event]:
    """Every day of these drafts: a constant number of queries."""
    return [one for draft, case in cases_of(found) for one in _of_draft(draft, case)]


def _of_draft(draft: Draft, case: Case) -> Iterator[Event]:
    rounds = sorted(draft.rounds.all(), key=lambda one: one.number)
    if not rounds:
        return
    url = absolute(reverse("plan", args=[rounds[-1].slug]))
    days = plan.as_planned(case)
    for step in Step:
        if step in case.fixed or _is_ahead(draft, case, step):
            yield _of_step(draft, step, days.of[step], url, tentative=step not in case.fixed)
    if case.deadline is not None and is_running(draft):
        summary = _("Last day by law for the council's decision: %(draft)s")
        yield Event(
            uid=_uid(f"draft-{draft.pk}-deadline"),
            summary=summary % {"draft": draft.title},
            day=case.deadline,
            url=url,
        )


def _is_ahead(draft: Draft, case: Case, step: Step) -> bool:
    """A submitted draft has only the session before it."""
    return is_running(draft) and (step == Step.SESSION or Step.SUBMIT not in case.fixed)


def _of_step(draft: Draft, step: Step, day: date, url: str, *, tentative: bool) -> Event:
    label = str(wording.STEPS[step])
    return Event(
        uid=_uid(f"draft-{draft.pk}-{step}"),
        summary=f"{label[:1].upper()}{label[1:]}: {draft.title}",
        day=day,
        url=url,
        note=_("Planned: the day may still move.") if tentative else "",
        is_tentative=tentative,
    )


def meetings(found: QuerySet[Draft]) -> list[Event]:
    """Open meetings, workshops and hours of these drafts, with their place."""
    return [
        Event(
            uid=_uid(f"way-{way.pk}"),
            summary=f"{way.get_kind_display()}: {way.consultation.draft.title}",
            day=calendar.local_day(way.starts_at),
            url=absolute(reverse("consultation", args=[way.consultation.slug])),
            note=way.place,
            is_cancelled=bool(way.cancelled_because),
            starts_at=way.starts_at,
            ends_at=way.ends_at,
        )
        for way in _ways(found)
        if way.starts_at is not None
    ]


def amending(found: QuerySet[Draft]) -> list[Event]:
    """Until which minute amendments to these drafts are filed, as the chair set it."""
    files = CouncilFile.objects.filter(draft__in=found.order_by().values("pk"))
    between = files.filter(state=CouncilFileState.FIRST_READ, amendments_until__isnull=False)
    return [
        Event(
            uid=_uid(f"council-file-{file.pk}-{name}"),
            summary=words % {"draft": file.draft.title},
            day=calendar.local_day(instant),
            url=absolute(reverse("amendments", args=[file.draft.rounds.all()[0].slug])),
            starts_at=instant,
        )
        for file in between.select_related("draft").prefetch_related("draft__rounds").order_by("pk")
        for name, words, instant in (
            (
                "own",
                _("Last moment for the sponsor's amendments: %(draft)s"),
                file.own_amendments_until,
            ),
            ("every", _("Last moment for amendments: %(draft)s"), file.amendments_until),
        )
        if instant is not None
    ]


def _ways(found: QuerySet[Draft]) -> QuerySet[Way]:
    """Of announced rounds only: what is still being planned is nobody's appointment."""
    keys = found.order_by().values("pk")
    dated = Way.objects.filter(starts_at__isnull=False, consultation__draft__in=keys)
    announced = dated.filter(consultation__announced_at__isnull=False)
    return announced.select_related("consultation__draft").order_by("starts_at", "pk")


def sessions() -> list[Event]:
    """The council's sessions of the last year and ahead."""
    url = absolute(reverse("sessions"))
    return [
        Event(
            uid=_uid(f"session-{one.pk}"),
            summary=_("Session %(number)s of the council") % {"number": one.number},
            day=one.day,
            url=url,
            note=one.cancelled_because or one.place,
            is_cancelled=bool(one.cancelled_because),
        )
        for one in CouncilSession.objects.filter(day__gte=today() - BACK)
    ]


def _uid(what: str) -> str:
    return f"{what}@{settings.ORIGIN.rstrip('/').partition('://')[2] or 'uwaga'}"


def absolute(path: str) -> str:
    """The address of a page as a calendar elsewhere needs it."""
    return f"{settings.ORIGIN.rstrip('/')}{path}"

"""Days of a draft's plan: moved by the unit for a public reason, watched by the clock."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from consultations import plan
from consultations.errors import Invalid, WrongState
from consultations.models import Actor, Draft, PlannedDay
from consultations.plan import Case, Step
from consultations.selectors import plan as read
from consultations.services.door import hold, note, one_action, require
from consultations.services.sessions import check_reason
from consultations.text.said import says_something

# Days somebody decides on. The opinion's last day is the law's, those of a notice are announced.
MOVABLE = tuple(step for step in Step if step != Step.OPINION)
FARTHEST = 3 * 366  # days ahead


def movable(case: Case) -> list[Step]:
    """The steps whose day may be planned now: neither done nor announced, nor on the agenda."""
    left: list[Step] = [step for step in MOVABLE if step not in case.fixed]
    if Step.SUBMIT in case.fixed or case.on_agenda:
        left = [step for step in left if step == Step.SESSION and not case.on_agenda]
    return left


def move_day(draft: Draft, *, step: str, day: date, because: str, by: Actor) -> PlannedDay:
    """Plan another day for a step; what comes after it moves along. The reason is public.

    Raises NotYours, Invalid, WrongState.
    """
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why the day is moved: the reason is public."), "because")
    check_reason(reason)
    with one_action():
        draft = hold(draft)
        require(by, "draft.move_day", draft)
        case = read.case_of(draft)
        if not read.is_running(draft):
            raise WrongState(_("The road of this draft has ended."))
        if step not in movable(case):
            raise Invalid(_("This day can no longer be planned."), "step")
        before = plan.as_planned(case).of[Step(step)]
        _check_day(case, Step(step), day)
        facts = {"step": step, "planned_on": day.isoformat(), "planned_before": before.isoformat()}
        note(draft, "draft.move_day", by=by, facts=facts, words={"because": reason})
        made, _new = PlannedDay.objects.update_or_create(
            draft=draft, step=step, defaults={"day": day}
        )
    return made


def _check_day(case: Case, step: Step, day: date) -> None:
    """Not sooner than the terms allow; an office works on working days, the council in session."""
    others = {one: planned for one, planned in case.planned.items() if one != step}
    free = plan.forward(case, others)
    first = free.ready if step == Step.SESSION else free.of[step]
    if day < first:
        raise Invalid(
            _("The terms allow this step on %(day)s at the earliest.")
            % {"day": date_format(first, "j E Y")},
            "day",
        )
    if (day - case.today).days > FARTHEST:
        raise Invalid(_("Enter a day within three years."), "day")
    if step in plan.OFFICE and plan.on_working_day(day) != day:
        raise Invalid(_("This is no working day: choose another."), "day")
    if step == Step.SESSION and day not in case.sessions:
        raise Invalid(_("The council has no session on this day: see the calendar."), "day")


def watch_plan(draft: Draft, *, by: Actor) -> bool:
    """Ring when no session in time fits, again when it worsens, and say when one fits again.

    False when there is nothing new to say; then nothing is locked.
    """
    if _news(draft) is None:
        return False
    with one_action():
        draft = hold(draft)
        news = _news(draft)
        if news is not None:
            note(draft, news[0], by=by, facts=news[1])
    return news is not None


def _news(draft: Draft) -> tuple[str, dict[str, Any]] | None:
    """The kind and the facts of what is to be recorded now."""
    if not read.is_running(draft):
        return None
    case, last = read.case_of(draft), read.rung(draft)
    found = plan.alarm(case)
    if found is None:
        return (read.RESTS, _end_of(case)) if last else None
    if last is None:
        since = plan.first_day(case, read.last_move(draft))
        return read.RINGS, read.facts_of(found, since)
    if plan.is_worse(found, int(last.facts["late"])):
        return read.RINGS, read.facts_of(found, case.today)
    return None


def _end_of(case: Case) -> dict[str, Any]:
    """Which session it can be again."""
    days = plan.forward(case)
    return {"next_session": (days.session or days.ready).isoformat()}

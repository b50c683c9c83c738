"""The plan in words: a row for each day of the road, the alarm, what was moved and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import plan, wording
from consultations.models import CouncilSession, Draft, Entry, Procedure, Rule
from consultations.plan import Alarm, Case, Days, Step
from consultations.selectors import journal
from consultations.selectors.plan import RESTS, RINGS, case_of, is_running, rung

CHANGES = ("council.change_session", "council.cancel_session")
TOLD = ("draft.move_day", RINGS, RESTS)
MOST_TOLD = 50


@dataclass(frozen=True)
class Row:
    """One day of the road; `latest` is the last day on which it still comes in time."""

    step: Step
    label: Any
    day: date
    latest: date | None
    slack: int | None
    words: str
    term: str
    legal_basis: str
    is_done: bool
    is_moved: bool

    @property
    def is_late(self) -> bool:
        return self.slack is not None and self.slack < 0


@dataclass(frozen=True)
class Told:
    """One event of the plan: a day that was moved, an alarm, its end."""

    at: datetime
    sentence: str
    because: str


@dataclass(frozen=True)
class Plan:
    """Everything the page of the plan shows. `misses`: by its own days it comes too late."""

    case: Case
    rows: list[Row]
    days: Days
    goal: date | None
    alarm: Alarm | None
    since: date | None
    misses: bool
    is_running: bool
    knows_sessions: bool

    @property
    def deadline(self) -> date | None:
        return self.case.deadline


def plan_of(draft: Draft) -> Plan:
    """The plan of the draft as it stands today: a constant number of queries."""
    case = case_of(draft)
    days, running = plan.as_planned(case), is_running(draft)
    found = plan.alarm(case) if running else None
    last = rung(draft) if found else None
    return Plan(
        case=case,
        rows=_rows(case, days, draft.procedure),
        days=days,
        goal=plan.last_session(case),
        alarm=found,
        since=date.fromisoformat(last.facts["alarm_on"]) if last else None,
        misses=running and found is None and _misses(case, days),
        is_running=running,
        knows_sessions=plan.reaches(case),
    )


def _misses(case: Case, days: Days) -> bool:
    return case.deadline is not None and days.of[Step.SESSION] > case.deadline


def _rows(case: Case, days: Days, procedure: Procedure) -> list[Row]:
    latest = plan.backward(case)
    rules = {rule.key: rule for rule in procedure.rules.all()}
    return [
        _row(case, step, days.of[step], latest.get(step), rules)
        for step in Step
        if step in case.fixed or step == Step.SESSION or Step.SUBMIT not in case.fixed
    ]


def _row(case: Case, step: Step, day: date, latest: date | None, rules: dict[str, Rule]) -> Row:
    done = step in case.fixed and day <= case.today
    slack = None if latest is None or done else (latest - day).days
    term = next((link for link in plan.LINKS if link.then == step and link.rule in rules), None)
    return Row(
        step=step,
        label=wording.STEPS[step],
        day=day,
        latest=latest,
        slack=slack,
        words=_done(step) if done else _slack(slack),
        term=_term(rules[term.rule]) if term else "",
        legal_basis=rules[term.rule].legal_basis if term else "",
        is_done=done,
        is_moved=step in case.planned and step not in case.fixed,
    )


def _done(step: Step) -> str:
    return _("begun") if step == Step.OPEN else _("done")


def _slack(days: int | None) -> str:
    if days is None:
        return "–"
    if days == 0:
        return _("none: this is the last day")
    if days > 0:
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    late = -days
    return ngettext("%(days)s day too late", "%(days)s days too late", late) % {"days": late}


def _term(rule: Rule) -> str:
    days = int(rule.value)
    if rule.unit.startswith("working"):
        words = ngettext("%(days)s working day", "%(days)s working days", days)
    else:
        words = ngettext("%(days)s calendar day", "%(days)s calendar days", days)
    return words % {"days": days}


def told(draft: Draft) -> list[Told]:
    """What happened to the plan, the newest first, each with the reason given."""
    kept = Q(case=draft.pk, kind__in=TOLD) | Q(pk__in=_of_its_sessions(draft))
    entries = journal.with_subjects(Entry.objects.filter(kept)).order_by("-seq")
    return [
        Told(
            entry.at,
            journal.sentence(entry),
            next((one.text for one in entry.words.all() if one.field == "because"), ""),
        )
        for entry in entries.prefetch_related("words")[:MOST_TOLD]
    ]


def _of_its_sessions(draft: Draft) -> list[int]:
    """Changes of sessions that the draft was set down for, or planned for, before."""
    chosen = ("council_file.schedule", "draft.move_day")
    since: dict[str, int] = {}
    for entry in draft.trail.filter(kind__in=chosen).order_by("seq"):
        facts = entry.leaf["facts"]
        day = facts.get("session_on") or (facts["step"] == Step.SESSION and facts["planned_on"])
        if day:
            since.setdefault(day, entry.seq)
    if not since:
        return []
    changes = Entry.objects.filter(case=None, kind__in=CHANGES, seq__gt=min(since.values()))
    lost = [(one, one.leaf["facts"]) for one in changes.order_by("seq")]
    return [
        one.pk
        for one, facts in lost
        if one.seq > since.get(facts.get("session_before", facts["session_on"]), one.seq)
    ]


def with_reasons(rows: Iterable[CouncilSession]) -> list[CouncilSession]:
    """The sessions, each with `moved_because`: the sealed words of its last change."""
    shown = list(rows)
    changes = Entry.objects.filter(case=None, kind=CHANGES[0]).order_by("seq")
    because = {one.leaf["facts"]["id"]: one for one in changes.prefetch_related("words")}
    for row in shown:
        last = because.get(row.pk)
        words = last.words.all() if last else ()
        row.moved_because = next((one.text for one in words if one.field == "because"), "")
    return shown


def sessions_ahead(today: date) -> list[CouncilSession]:
    """The sessions from today on, cancelled ones too."""
    return list(CouncilSession.objects.filter(day__gte=today))


def sessions_open(today: date) -> list[CouncilSession]:
    """Those from today on that were not cancelled."""
    return [one for one in sessions_ahead(today) if not one.cancelled_because]


def sessions_past(today: date) -> Any:
    """Those before today, the latest first."""
    return CouncilSession.objects.filter(day__lt=today).order_by("-day", "-pk")

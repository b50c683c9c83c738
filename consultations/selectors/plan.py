"""What the plan of a draft is made of: what happened, what is announced, what somebody planned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from consultations import calendar, plan
from consultations.models import (
    Comment,
    Consultation,
    ConsultationState,
    CouncilFile,
    CouncilFileState,
    CouncilSession,
    Draft,
    Entry,
    Opinion,
    OpinionBody,
    Procedure,
    ReportState,
)
from consultations.models.clock import now
from consultations.plan import Alarm, Case, Step, Term
from consultations.selectors.agenda import lost_days, record_by
from consultations.selectors.opinions import last_day
from consultations.selectors.stages import ENDS, adopt_by

RINGS, RESTS = "draft.alarm", "draft.end_alarm"
# What may move a day of some plan; each is an event of the draft or of the calendar.
OF_CALENDAR = ("council.add_session", "council.change_session", "council.cancel_session")
MOVES = (
    *OF_CALENDAR,
    "draft.move_day",
    "draft.finish_review",
    "draft.take_back",
    "consultation.plan",
    "consultation.announce",
    "consultation.prolong",
    "consultation.cancel",
    "consultation.close",
    "opinion.request",
    "opinion.give",
    "opinion.waive",
    "report.release",
    "council_file.submit",
    "council_file.schedule",
    "council_file.send_back",
    "council_file.take_off_agenda",
    "council_file.decide_two_readings",
    "council_file.hold_first_reading",
    "council_file.record_vote",
    "council_file.correct_vote",
    "council_file.repeat_vote",
)
BEFORE_READING = (CouncilFileState.SUBMITTED, CouncilFileState.NUMBERED)
Fixed = dict[Step, date]


def today() -> date:
    """The present day in Warsaw."""
    return calendar.local_day(now())


def is_running(draft: Draft) -> bool:
    """Whether its road has not ended: only then days are planned and alarms ring."""
    return draft.state not in ENDS


def terms_of(procedure: Procedure) -> dict[str, Term]:
    """The terms of the procedure that the plan counts with."""
    rules = {rule.key: rule for rule in procedure.rules.all()}
    return {
        key: Term(int(rules[key].value), working=rules[key].unit.startswith("working"))
        for key in plan.RULES
        if key in rules
    }


@dataclass(frozen=True)
class Known:
    """What many plans share: the day, those of sessions, the closed rounds still unanswered."""

    today: date
    sessions: tuple[date, ...]
    unanswered: frozenset[int]
    lost: frozenset[date] = frozenset()


def cases_of(drafts: QuerySet[Draft]) -> list[tuple[Draft, Case]]:
    """The plans of many drafts: a constant number of queries."""
    rounds = Consultation.objects.select_related("report").order_by("number")
    files = CouncilFile.objects.prefetch_related("roll_calls").order_by("pk")
    read = drafts.select_related("document").prefetch_related(
        Prefetch("rounds", rounds),
        Prefetch("council_files", files),
        "procedure__rules",
        "planned_days",
        "opinions",
    )
    found = list(read)
    closed = [one.pk for draft in found for one in draft.rounds.all() if _is_closed(one)]
    waiting = Comment.objects.unanswered().filter(consultation__in=closed).order_by()
    keys = frozenset(waiting.values_list("consultation", flat=True).distinct())
    lost = frozenset(lost_days())
    known = Known(today(), tuple(CouncilSession.days(date.min)), keys, lost)
    return [(draft, case_of(draft, known)) for draft in found]


def case_of(draft: Draft, known: Known | None = None) -> Case:
    """The plan's case of the draft as it stands today."""
    latest = max(draft.rounds.all(), key=lambda one: one.number, default=None)
    file = max(draft.council_files.all(), key=lambda one: one.pk, default=None)
    if file is not None and file.state == CouncilFileState.SENT_BACK:
        file = None
    day = today() if known is None else known.today
    began = calendar.local_day(draft.registered_at)
    days = CouncilSession.days(began) if known is None else known.sessions
    sessions = {one for one in days if one >= began}
    planned = {Step(one.step): one.day for one in draft.planned_days.all()}
    on = _agenda_day(file, known, day)
    if on is not None:
        sessions.add(on)
        if _readings(draft, file) == 1:  # else it is the first reading that stands there
            planned[Step.SESSION] = on
    return Case(
        today=day,
        terms=terms_of(draft.procedure),
        deadline=adopt_by(draft),
        sessions=tuple(sorted(sessions)),
        fixed={
            **_of_round(latest),
            **_of_review(draft, latest, known, day),
            **_of_council(draft, file, on, day),
        },
        planned=planned,
        on_agenda=on is not None,
        readings=_readings(draft, file),
    )


def _agenda_day(file: CouncilFile | None, known: Known | None, day: date) -> date | None:
    """The session that has the draft on its agenda: not one the calendar lost, nor one long past.

    A session that was, and of which nothing is entered, counts for a few working days only.
    """
    if file is None or file.session_on is None or day > record_by(file.session_on):
        return None
    lost = lost_days() if known is None else known.lost
    return None if file.session_on in lost else file.session_on


def _readings(draft: Draft, file: CouncilFile | None) -> int:
    """How many sessions it still needs: two by rule or motion, until the first reading was held."""
    if file is None:
        rules = {rule.key: rule.value for rule in draft.procedure.rules.all()}
        return int(rules.get("readings", "1"))
    return 2 if file.is_read_twice and file.state in BEFORE_READING else 1


def _is_closed(one: Consultation) -> bool:
    return str(one.state) == ConsultationState.CLOSED


def _of_round(latest: Consultation | None) -> Fixed:
    """The days of the notice: they are promised, so they count although they lie ahead."""
    if latest is None or latest.announced_at is None:
        return {}
    if latest.state == ConsultationState.CANCELLED or not (latest.first_day and latest.last_day):
        return {}
    announced = calendar.local_day(latest.announced_at)
    return {Step.ANNOUNCE: announced, Step.OPEN: latest.first_day, Step.CLOSE: latest.last_day}


def _of_review(draft: Draft, latest: Consultation | None, known: Known | None, day: date) -> Fixed:
    """Answers, reports and opinion, as far as they are there: those of every round that closed."""
    if latest is None or not _is_closed(latest):
        return {}
    fixed, held = Fixed(), [one for one in draft.rounds.all() if _is_closed(one)]
    released = [_released_on(one) for one in held]
    days = [one for one in released if one is not None]
    if len(days) == len(held):
        fixed[Step.REPORT] = max(days)
    if Step.REPORT in fixed or all(_is_answered(one, known) for one in held):
        fixed[Step.ANSWERS] = fixed.get(Step.REPORT, day)
    return fixed | _of_opinion(draft, latest)


def _released_on(one: Consultation) -> date | None:
    report = getattr(one, "report", None)
    if report is None or report.state != ReportState.RELEASED or report.released_at is None:
        return None
    return calendar.local_day(report.released_at)


def _is_answered(one: Consultation, known: Known | None) -> bool:
    if known is not None:
        return one.pk not in known.unanswered
    return not one.comments.unanswered().exists()


def _of_opinion(draft: Draft, latest: Consultation) -> Fixed:
    """The public-benefit council's opinion on what came out of this round."""
    theirs = [
        one
        for one in draft.opinions.all()
        if one.body == OpinionBody.PUBLIC_BENEFIT_COUNCIL
        and latest.last_day is not None
        and one.delivered_on > latest.last_day
    ]
    asked = max(theirs, key=lambda one: one.pk, default=None)
    if asked is None:
        return {}
    return {Step.DELIVER: asked.delivered_on, Step.OPINION: _settled(asked)}


def _settled(opinion: Opinion) -> date:
    """The day it was given, the last day of a silence, or that of one still awaited."""
    last = last_day(opinion) or opinion.delivered_on
    if opinion.settled_at is None:
        return last
    return min(last, calendar.local_day(opinion.settled_at))


def _of_council(draft: Draft, file: CouncilFile | None, on: date | None, day: date) -> Fixed:
    """A submitted draft waits for nothing that comes before the submission."""
    if file is None:
        return {}
    fixed = {Step.SUBMIT: calendar.local_day(file.submitted_at)}
    vote = file.roll_call
    held = draft.adopted_on or (vote.held_on if vote else None)
    last = _readings(draft, file) == 1
    if held is None and last and on is not None and on <= day:
        held = on
    return fixed if held is None else {**fixed, Step.SESSION: held}


@dataclass(frozen=True)
class Rung:
    """The last alarm of a draft that has not been ended: what it said, and when."""

    entry: Entry
    facts: Mapping[str, Any]

    @property
    def deadline(self) -> date:
        return date.fromisoformat(self.facts["deadline"])


def rung(draft: Draft) -> Rung | None:
    """The alarm that rings now; None when none does, or the last one was ended."""
    last = draft.trail.filter(kind__in=(RINGS, RESTS)).order_by("-seq").first()
    if last is None or last.kind == RESTS:
        return None
    return Rung(last, last.leaf["facts"])


def ringing(drafts: Collection[int]) -> set[int]:
    """Which of these drafts have an alarm that was not ended: one query."""
    kinds = Entry.objects.filter(case__in=drafts, kind__in=(RINGS, RESTS)).order_by("seq")
    last = dict(kinds.values_list("case", "kind"))
    return {case for case, kind in last.items() if kind == RINGS}


def facts_of(alarm: Alarm, since: date) -> dict[str, Any]:
    """What the record holds of an alarm."""
    return {
        "alarm_on": since.isoformat(),
        "ready": alarm.ready.isoformat(),
        "deadline": alarm.deadline.isoformat(),
        "missed": alarm.missed.isoformat() if alarm.missed else None,
        "missed_by": alarm.missed_by,
        "next_session": alarm.session.isoformat() if alarm.session else None,
        "late": alarm.late,
    }


def last_move(draft: Draft) -> date:
    """The day on which something moved this plan last, its registration at least."""
    own = draft.trail.filter(kind__in=MOVES).order_by("-seq").first()
    calendars = Entry.objects.filter(case=None, kind__in=OF_CALENDAR).order_by("-seq").first()
    at = [one.at for one in (own, calendars) if one is not None]
    moved = calendar.local_day(max([draft.registered_at, *at]))
    return max(moved, _lapsed(draft) or moved)


def _lapsed(draft: Draft) -> date | None:
    """The day from which a session that was no longer counts as held."""
    file = draft.council_files.order_by("pk").last()
    on = file.session_on if file is not None else None
    lapsed = record_by(on) + timedelta(days=1) if on is not None else None
    return lapsed if lapsed is not None and lapsed <= today() else None


def watched() -> list[int]:
    """The keys of all drafts whose plan may ring: running, of a kind with a last day."""
    running = Draft.objects.exclude(state__in=ENDS).filter(procedure__rules__key="adopt_by")
    return list(running.order_by("pk").values_list("pk", flat=True))


def is_moved(seq: int) -> bool:
    """Whether anything after this entry may have moved a plan."""
    return Entry.objects.filter(seq__gt=seq, kind__in=MOVES).exists()

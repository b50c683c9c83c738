"""The flow of a draft: who must act next, and what the clock does.

The state of the draft is the legal truth, the flow only the to-do list: no step is created that
the state does not call for. Names of nodes and of this module stand in the database; they are
never changed. No task has an owner: who acted is in the trail, where a person can be erased.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.nodes.boundary import BoundaryActivationMixin, TimerBoundary
from viewflow.workflow.nodes.timer import TimerActivation

from consultations import calendar
from consultations.models import Consultation, Draft
from consultations.models.clock import now
from consultations.models.people import clock
from consultations.selectors.due import review_ends
from consultations.services import consultations as rounds
from consultations.services import drafts
from workflows.models import DraftingProcess
from workflows.road import latest_round, step_due


class OutOfStep(RuntimeError):
    """The flow would ask for what the draft's state does not call for: a mistake in the code."""


class PatientTimer(TimerActivation):  # type: ignore[misc]  # viewflow carries no types
    """A timer that fires with everything it causes, or not at all.

    viewflow's own would leave the process in ERROR for ever, with local variables in the row;
    this one stays scheduled, and the next tick tries again.
    """

    @Activation.status.super()  # type: ignore[untyped-decorator]
    def execute(self) -> None:
        self.complete()
        self.activate_next()


class PatientBoundaryActivation(BoundaryActivationMixin, PatientTimer):  # type: ignore[misc]
    """The same patience for a timer on the border of a step of people."""


class PatientBoundary(TimerBoundary):  # type: ignore[misc]  # viewflow carries no types
    """A day on the border of a step: when it passes, the step stays open and the lateness is told.

    It is set with the step and dropped with it; not set at all where the law names no day.
    """

    activation_class = PatientBoundaryActivation

    def _arm(self, host: Any) -> None:
        if self._delay(host) is not None:
            super()._arm(host)


def _at(delay: Any) -> Any:
    return flow.Timer(delay, activation_class=PatientTimer)


class DraftingFlow(flow.Flow):  # type: ignore[misc]  # viewflow carries no types
    """From the registered draft to the council's decision."""

    process_title = gettext_lazy("From the registered draft to the council's decision")
    process_class = DraftingProcess
    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    start = flow.StartHandle(this.begin).Next(this.prepare_text)
    prepare_text = flow.View(None).onCreate(this.expect).Next(this.await_opening)
    await_opening = _at(this.opening).Next(this.opening_due)
    opening_due = flow.If(this.is_time_to_open).Then(this.open).Else(this.await_opening)
    open = flow.Function(this.open_now).Next(this.await_closing)
    await_closing = _at(this.closing).Next(this.closing_due)
    closing_due = flow.If(this.is_time_to_close).Then(this.close).Else(this.await_closing)
    close = flow.Function(this.close_now).Next(this.review_comments)
    review_comments = flow.View(None).onCreate(this.expect).Next(this.submit_to_council)
    review_late = PatientBoundary(
        this.review_comments, delay=this.review_day, interrupting=False
    ).Next(this.mark_review_late)
    mark_review_late = flow.Function(this.mark_review_late_now).Next(this.marked)
    marked = flow.End()
    submit_to_council = flow.View(None).onCreate(this.expect).Next(this.give_print_number)
    give_print_number = flow.View(None).onCreate(this.expect).Next(this.readings)
    readings = flow.If(this.has_two_readings).Then(this.hold_first_reading).Else(this.record_vote)
    hold_first_reading = flow.View(None).onCreate(this.expect).Next(this.hold_second_reading)
    hold_second_reading = flow.View(None).onCreate(this.expect).Next(this.record_vote)
    record_vote = flow.View(None).onCreate(this.expect).Next(this.carried)
    carried = flow.If(this.has_carried).Then(this.adopt).Else(this.reject)
    adopt = flow.View(None).onCreate(this.expect).Next(this.end)
    reject = flow.View(None).onCreate(this.expect).Next(this.end)
    end = flow.End()

    def begin(self, activation: Any, draft: Draft) -> Any:
        """The process belongs to the draft from its first moment."""
        activation.process.draft = draft
        return activation.process

    def expect(self, activation: Any) -> Draft:
        """The fence: refuse to create a step the draft's state does not call for."""
        draft = _draft(activation)
        if step_due(draft) != activation.flow_task.name:
            raise OutOfStep(f"draft {draft.pk}: {activation.flow_task.name}")
        return draft

    def opening(self, activation: Any) -> datetime | None:
        return latest_round(self.expect(activation)).opens_at

    def closing(self, activation: Any) -> datetime | None:
        return latest_round(self.expect(activation)).closes_at

    def is_time_to_open(self, activation: Any) -> bool:
        """No, when the day was moved meanwhile: the timer is set anew."""
        return _has_come(_round(activation).opens_at)

    def is_time_to_close(self, activation: Any) -> bool:
        """No, when the day was moved meanwhile: the timer is set anew."""
        return _has_come(_round(activation).closes_at)

    def open_now(self, activation: Any) -> None:
        """The round opens and the draft enters public consultation."""
        by = clock()
        consultation = rounds.open_consultation(_round(activation), by=by)
        drafts.begin_consultation(consultation.draft, by=by)

    def close_now(self, activation: Any) -> None:
        """The round closes and the review of comments begins."""
        by = clock()
        consultation = rounds.close_consultation(_round(activation), by=by)
        drafts.begin_review(consultation.draft, by=by)

    def review_day(self, activation: Any) -> datetime | None:
        """The first instant at which the review is late.

        A draft that comes back when they are over gets as many days anew.
        """
        consultation = _round(activation)
        last = review_ends(consultation)
        if last is None or consultation.last_day is None:
            return None
        today = calendar.local_day(now())
        days = last - consultation.last_day
        return calendar.end_of(last if today <= last else today + days)

    def mark_review_late_now(self, activation: Any) -> None:
        """The days of the review are over and it is not: its heads are told."""
        due_at = activation.task.previous.get().scheduled
        due_on = calendar.local_day(due_at - timedelta(microseconds=1))
        drafts.mark_review_overdue(_draft(activation), due_on=due_on, by=clock())

    def has_two_readings(self, activation: Any) -> bool:
        return step_due(_draft(activation)) == "hold_first_reading"

    def has_carried(self, activation: Any) -> bool:
        return step_due(_draft(activation)) == "adopt"


def turn(dropped: Any, name: str) -> None:
    """Open the step of this name after one that was dropped: no arrow of the flow leads there.

    Viewflow has no public way to do it; this is what its own `activate_next` does.
    """
    opened = DraftingFlow.instance.node(name)._create(dropped, dropped.task.token)  # noqa: SLF001
    dropped._activate_next({opened})  # noqa: SLF001


def _draft(activation: Any) -> Draft:
    """A fresh copy: what hangs on the process may be older than the lock."""
    return Draft.objects.select_related("procedure").get(pk=activation.process.draft_id)


def _round(activation: Any) -> Consultation:
    return latest_round(_draft(activation))


def _has_come(instant: datetime | None) -> bool:
    return instant is not None and now() >= instant

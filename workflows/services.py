"""The doors of the road: every act that moves a draft, with the step of the flow it completes.

The functions are named as in `consultations.services` and take the same arguments. Each runs in
one transaction under the lock of the process: what the service refuses completes no step, and a
step that is not open undoes what the service did. Lock order: process, draft, consultation,
comment or council file, log head.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from consultations.errors import Busy, WrongState
from consultations.models import Actor, Consultation, CouncilFile, Document, Draft, RollCall
from consultations.services import consultations as rounds
from consultations.services import council, drafts, readings, votes
from consultations.services.consultations import Notice
from consultations.services.council import Called, Totals
from consultations.services.door import one_action
from consultations.services.readings import Deadlines
from consultations.services.votes import Vote
from workflows.flows import DraftingFlow, turn
from workflows.models import DraftingProcess
from workflows.road import BESIDE, RESULT_TURNS, TURNS, step_due

Result = TypeVar("Result")


def register_draft(document: Document, *, slug: str, title: str, by: Actor) -> Draft:
    """Register the draft and start its flow. Raises NotYours, Invalid."""
    with one_action():
        draft = drafts.register_draft(document, slug=slug, title=title, by=by)
        DraftingFlow.start.run(draft=draft)
    return draft


def announce_consultation(consultation: Consultation, notice: Notice, *, by: Actor) -> Consultation:
    """Announce the round; the clock will open and close it. Raises NotYours, Invalid, Unmet."""
    return _completing(
        consultation.draft_id,
        "prepare_text",
        lambda: rounds.announce_consultation(consultation, notice, by=by),
    )


def correct_notice(
    consultation: Consultation, *, changed: dict[str, str], because: str, by: Actor
) -> Consultation:
    """Correct an announced notice in public; no step is completed. Raises as the service."""
    with _held(consultation.draft_id):
        return rounds.correct_notice(consultation, changed=changed, because=because, by=by)


def prolong_consultation(
    consultation: Consultation, *, last_day: date, because: str, by: Actor
) -> Consultation:
    """Move the last day to a later one; the timer of the closing is set to it at once.

    Raises NotYours, Invalid, WrongState.
    """
    with _held(consultation.draft_id) as process:
        done = rounds.prolong_consultation(consultation, last_day=last_day, because=because, by=by)
        closing = Task.objects.filter(process=process, flow_task=_node("await_closing"))
        closing.filter(status=STATUS.SCHEDULED).update(scheduled=done.closes_at)
    return done


def cancel_consultation(consultation: Consultation, *, because: str, by: Actor) -> Consultation:
    """Cancel an announced round; the text is prepared for the next one.

    Gives the cancelled round. Raises NotYours, Invalid, WrongState.
    """
    return _turning(
        consultation.draft_id,
        "cancel_consultation",
        lambda: rounds.cancel_consultation(consultation, because=because, by=by),
    )


def consult_again(draft: Draft, *, because: str, by: Actor) -> Consultation:
    """Another round of a draft in review; gives it. Raises NotYours, Invalid, WrongState."""
    return _turning(
        draft.pk, "consult_again", lambda: drafts.consult_again(draft, because=because, by=by)
    )


def withdraw_draft(draft: Draft, *, because: str, by: Actor) -> Draft:
    """The sponsor withdraws the draft; its road ends. Raises NotYours, Invalid, Unmet."""
    return _turning(
        draft.pk, "withdraw_draft", lambda: drafts.withdraw_draft(draft, because=because, by=by)
    )


def finish_review(draft: Draft, *, by: Actor) -> Draft:
    """Finish the review and make the report public. Raises NotYours, WrongState, Unmet."""
    return _completing(draft.pk, "review_comments", lambda: drafts.finish_review(draft, by=by))


def submit_to_council(
    draft: Draft, *, by: Actor, ordinance_number: str = "", ordinance_on: date | None = None
) -> CouncilFile:
    """Open the council's file, by the President's ordinance. Raises NotYours, WrongState, Unmet."""
    return _completing(
        draft.pk,
        "submit_to_council",
        lambda: council.submit_to_council(
            draft, by=by, ordinance_number=ordinance_number, ordinance_on=ordinance_on
        ),
    )


def give_print_number(council_file: CouncilFile, *, print_number: str, by: Actor) -> CouncilFile:
    """Give the print number (druk nr). Raises NotYours, Invalid, WrongState."""
    return _completing(
        council_file.draft_id,
        "give_print_number",
        lambda: council.give_print_number(council_file, print_number=print_number, by=by),
    )


def record_vote(
    council_file: CouncilFile,
    *,
    called: Sequence[Called],
    held_on: date,
    by: Actor,
    declared: Totals | None = None,
) -> CouncilFile:
    """Enter the roll call; the result decides what follows. Raises NotYours, Invalid, Unmet."""
    return _completing(
        council_file.draft_id,
        "record_vote",
        lambda: council.record_vote(
            council_file, called=called, held_on=held_on, declared=declared, by=by
        ),
    )


def decide_two_readings(council_file: CouncilFile, *, accepted: bool, by: Actor) -> CouncilFile:
    """Record the council's decision; an accepted motion turns the road to the first reading.

    Raises NotYours, WrongState, Unmet.
    """

    def decide() -> CouncilFile:
        return readings.decide_two_readings(council_file, accepted=accepted, by=by)

    if accepted:
        return _turning(council_file.draft_id, "decide_two_readings", decide)
    with _held(council_file.draft_id):
        return decide()


def hold_first_reading(
    council_file: CouncilFile, deadlines: Deadlines, *, by: Actor
) -> CouncilFile:
    """The first of two readings. Raises NotYours, Invalid, WrongState, Unmet."""
    return _completing(
        council_file.draft_id,
        "hold_first_reading",
        lambda: readings.hold_first_reading(council_file, deadlines, by=by),
    )


def hold_second_reading(council_file: CouncilFile, *, by: Actor) -> CouncilFile:
    """The second reading; the vote comes next. Raises NotYours, WrongState, Unmet."""
    return _completing(
        council_file.draft_id,
        "hold_second_reading",
        lambda: readings.hold_second_reading(council_file, by=by),
    )


def confirm_vote(council_file: CouncilFile, *, totals: Totals, by: Actor) -> CouncilFile:
    """Confirm what another person entered from paper; the result decides what follows.

    Raises NotYours, Invalid, WrongState, Unmet.
    """
    return _deciding(
        council_file.draft_id, lambda: votes.confirm_vote(council_file, totals=totals, by=by)
    )


def correct_vote(council_file: CouncilFile, vote: Vote, *, by: Actor) -> CouncilFile:
    """Replace a roll call entered wrongly; before the decision is entered its step turns too.

    Raises NotYours, Invalid, WrongState.
    """
    return _deciding(council_file.draft_id, lambda: votes.correct_vote(council_file, vote, by=by))


def repeat_vote(council_file: CouncilFile, vote: Vote, *, by: Actor) -> CouncilFile:
    """Enter a vote taken again (reasumpcja). Raises NotYours, Invalid, WrongState."""
    return _deciding(council_file.draft_id, lambda: votes.repeat_vote(council_file, vote, by=by))


def send_back_draft(council_file: CouncilFile, *, because: str, by: Actor) -> CouncilFile:
    """The council sends the draft back; its review begins again. Raises NotYours, Invalid."""
    return _turning(
        council_file.draft_id,
        "send_back_draft",
        lambda: council.send_back_draft(council_file, because=because, by=by),
    )


def adopt_draft(draft: Draft, *, resolution_number: str, adopted_on: date, by: Actor) -> Draft:
    """Enter the resolution; the road ends. Raises NotYours, Invalid, WrongState, Unmet."""
    return _completing(
        draft.pk,
        "adopt",
        lambda: council.adopt_draft(
            draft, resolution_number=resolution_number, adopted_on=adopted_on, by=by
        ),
    )


def reject_draft(draft: Draft, *, by: Actor) -> Draft:
    """Record that the council did not adopt the draft; the road ends."""
    return _completing(draft.pk, "reject", lambda: council.reject_draft(draft, by=by))


def _completing(draft_id: int, node: str, act: Callable[[], Result]) -> Result:
    """Do the act and complete the step of this name; WrongState when the step is not open."""
    with _held(draft_id) as process:
        result = act()
        task = Task.objects.filter(process=process, status=STATUS.NEW, flow_task=_node(node))
        _complete(task.first())
    return result


def _deciding(draft_id: int, act: Callable[[], Result]) -> Result:
    """Do the act on a roll call: the first one completes its step, a later one may turn the next.

    WrongState when the step of the first one is not open.
    After the decision is entered no step is open, and none is opened.
    """
    with _held(draft_id) as process:
        first = not RollCall.objects.filter(council_file__draft=draft_id).exists()
        result = act()
        waiting = Task.objects.filter(process=process, status=STATUS.NEW)
        due = step_due(Draft.objects.select_related("procedure").get(pk=draft_id))
        vote = waiting.filter(flow_task=_node("record_vote")).first()
        if vote is not None or first:
            _complete(vote)
        elif due is not None and not waiting.filter(flow_task=_node(due)).exists():
            turn(_drop(process, RESULT_TURNS[due]), due)
    return result


def _turning(draft_id: int, name: str, act: Callable[[], Result]) -> Result:
    """Do the act, drop the step that was open and open the one the turn leads to.

    WrongState when none of the steps the turn leaves from is open.
    """
    sources, target = TURNS[name]
    with _held(draft_id) as process:
        result = act()
        turn(_drop(process, sources), target)
    return result


@contextmanager
def _held(draft_id: int) -> Iterator[int]:
    """One action under the lock of the draft's process; gives its key."""
    with one_action(), _process(draft_id) as process:
        yield process


@contextmanager
def _process(draft_id: int) -> Iterator[int]:
    """The key of the draft's process, locked; Busy when the lock is not free in time."""
    process = DraftingProcess.objects.filter(draft=draft_id).values_list("pk", flat=True).first()
    if process is None:
        raise WrongState
    try:
        with DraftingFlow.lock(process):
            yield process
    except FlowLockFailed as failed:
        raise Busy from failed


def _node(name: str) -> Any:
    return DraftingFlow.instance.node(name)


def _complete(task: Any) -> None:
    if task is None:
        raise WrongState
    activation = task.flow_task.activation_class(task)
    activation.assign(None)  # nobody owns a task: the trail knows who acted
    activation.start(None)
    activation.execute()


def _drop(process: int, sources: Sequence[str]) -> Any:
    """Cancel the one open step of the process; gives its activation."""
    nodes = [_node(name) for name in sources]
    waiting = Task.objects.filter(process=process, status__in=(STATUS.NEW, STATUS.SCHEDULED))
    task = waiting.filter(flow_task__in=nodes).first()
    if task is None:
        raise WrongState
    activation = task.flow_task.activation_class(task)
    activation.cancel()
    for beside in waiting.filter(flow_task__in=[_node(name) for name in BESIDE], previous=task):
        beside.flow_task.activation_class(beside).cancel()
    return activation

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
from consultations.models import Actor, Consultation, CouncilFile, Document, Draft
from consultations.services import consultations as rounds
from consultations.services import council, drafts
from consultations.services.consultations import Notice
from consultations.services.council import Called
from consultations.services.door import one_action
from workflows.flows import DraftingFlow
from workflows.models import DraftingProcess

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


def finish_review(draft: Draft, *, by: Actor) -> Draft:
    """Finish the review and make the report public. Raises NotYours, WrongState, Unmet."""
    return _completing(draft.pk, "review_comments", lambda: drafts.finish_review(draft, by=by))


def submit_to_council(draft: Draft, *, by: Actor) -> CouncilFile:
    """Open the council's file. Raises NotYours, WrongState."""
    return _completing(
        draft.pk, "submit_to_council", lambda: council.submit_to_council(draft, by=by)
    )


def give_print_number(council_file: CouncilFile, *, print_number: str, by: Actor) -> CouncilFile:
    """Give the print number (druk nr). Raises NotYours, Invalid, WrongState."""
    return _completing(
        council_file.draft_id,
        "give_print_number",
        lambda: council.give_print_number(council_file, print_number=print_number, by=by),
    )


def record_vote(
    council_file: CouncilFile, *, called: Sequence[Called], held_on: date, by: Actor
) -> CouncilFile:
    """Enter the roll call; the result decides what follows. Raises NotYours, Invalid, Unmet."""
    return _completing(
        council_file.draft_id,
        "record_vote",
        lambda: council.record_vote(council_file, called=called, held_on=held_on, by=by),
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
    with one_action(), _process(draft_id) as process:
        result = act()
        task = Task.objects.filter(process=process, status=STATUS.NEW, flow_task=_node(node))
        _complete(task.first())
    return result


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

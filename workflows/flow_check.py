"""The proof that to-do list and law agree: every draft has exactly the open step it calls for."""

import logging
import time
from collections.abc import Iterator

from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from consultations.models import Draft
from workflows.models import DraftingProcess
from workflows.road import BESIDE, step_due

log = logging.getLogger(__name__)
HOUR = 3600.0
FINAL = (STATUS.DONE, STATUS.CANCELED, STATUS.REVIVED)


class _Last:
    at = -HOUR


def mismatches() -> list[str]:
    """One sentence for every draft whose open steps are not those its state calls for."""
    return list(_mismatches())


def _mismatches() -> Iterator[str]:
    processes = dict(DraftingProcess.objects.values_list("draft", "pk"))
    for draft in Draft.objects.select_related("procedure").order_by("pk").iterator():
        due = step_due(draft)
        if draft.pk not in processes:
            yield f"draft {draft.pk} ({draft.state}) has no flow"
            continue
        expected, found = sorted(filter(None, [due])), open_steps(processes[draft.pk])
        if found != expected:
            yield (
                f"draft {draft.pk} ({draft.state}) calls for {_words(expected)},"
                f" its flow has {_words(found)}"
            )


def open_steps(process: int) -> list[str]:
    """The steps of a process that are not over, by name; a failed one says so.

    A timer on the border of a step that is open is part of it.
    """
    tasks = Task.objects.filter(process=process).exclude(status__in=FINAL)
    found = sorted(
        f"{task.flow_task.name} in error" if task.status == STATUS.ERROR else task.flow_task.name
        for task in tasks
    )
    return [name for name in found if BESIDE.get(name) not in found]


def _words(steps: list[str]) -> str:
    return ", ".join(steps) or "nothing"


def once_an_hour() -> int:
    """A job of the tick: name what does not fit in the log; gives 0, for nothing was done."""
    if time.monotonic() - _Last.at >= HOUR:
        _Last.at = time.monotonic()
        for sentence in mismatches():
            log.error("%s", sentence)
    return 0

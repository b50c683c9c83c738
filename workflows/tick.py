"""One sweep: due timers, then every registered job. One broken thing never stops the others."""

import logging
import threading
import time
from collections.abc import Callable

from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from consultations.models.clock import now
from consultations.services.door import one_action
from workflows import jobs
from workflows.leases import Leader, this_process

log = logging.getLogger(__name__)
REPEAT_AFTER = 60.0  # seconds before the same trouble is written to the log again

_one_at_a_time = threading.Lock()
_told: dict[str, float] = {}


def tick(leader: Leader = this_process) -> int:
    """Do what is due, if this process leads; gives how many timers fired and things were done.

    Never called inside a transaction: on SQLite it would wait for the thread that waits for it.
    """
    with _one_at_a_time:
        if not leader.leads():
            return sum(attempt(_name(job), job) for job in jobs.registered_at_rest())
        return fire_due_timers() + sum(attempt(_name(job), job) for job in jobs.registered())


def fire_due_timers() -> int:
    """Fire what is due by the stored clock, in the order of time, until nothing is.

    A timer that fails stays as it was and is left out of this sweep.
    """
    fired, failed = 0, set[int]()
    while (task := _next_due(failed)) is not None:
        done = attempt(f"timer {task}", lambda pk=task: _fire(pk))  # type: ignore[misc]
        fired += done
        if not done:
            failed.add(task)
    return fired


def _next_due(without: set[int]) -> int | None:
    due = Task.objects.filter(
        flow_task_type="TIMER", status=STATUS.SCHEDULED, scheduled__lte=now()
    ).exclude(pk__in=without)
    first: int | None = due.order_by("scheduled", "pk").values_list("pk", flat=True).first()
    return first


def _fire(pk: int) -> int:
    """Fire one timer under the lock of its process; 0 when another worker was faster."""
    with one_action(), Task.objects.get(pk=pk).activation() as activation:
        if not activation.start.can_proceed():
            return 0
        activation.start()
        activation.execute()
    return 1


def attempt(name: str, work: Callable[[], int]) -> int:
    """How many things the work did; 0 when it failed, which goes to the log."""
    try:
        done = work()
    except Exception:
        if is_news(name):
            log.exception("%s failed; the next tick tries again", name)
        return 0
    _told.pop(name, None)
    return done


def is_news(name: str) -> bool:
    """Whether the trouble goes to the log: not once a second for as long as it lasts."""
    instant = time.monotonic()
    if instant - _told.get(name, -REPEAT_AFTER) < REPEAT_AFTER:
        return False
    _told[name] = instant
    return True


def _name(job: jobs.Job) -> str:
    return f"{job.__module__}.{getattr(job, '__qualname__', job)}"

"""Jobs the loop runs after the timers: layers above register theirs, so that arrows go down."""

from collections.abc import Callable

Job = Callable[[], int]
_jobs: list[Job] = []
_at_rest: list[Job] = []


def register(job: Job) -> Job:
    """Let every tick run `job`, which says how many things it did; registering twice is once."""
    if job not in _jobs:
        _jobs.append(job)
    return job


def registered() -> tuple[Job, ...]:
    """All jobs, in the order of registration."""
    return tuple(_jobs)


def at_rest(job: Job) -> Job:
    """Let a tick of a process that does not lead run `job`, to end what it began when it did."""
    if job not in _at_rest:
        _at_rest.append(job)
    return job


def registered_at_rest() -> tuple[Job, ...]:
    """Those of a process that does not lead."""
    return tuple(_at_rest)

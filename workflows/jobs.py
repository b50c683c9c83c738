"""Jobs the loop runs after the timers: layers above register theirs, so that arrows go down."""

from collections.abc import Callable

Job = Callable[[], int]
_jobs: list[Job] = []


def register(job: Job) -> Job:
    """Let every tick run `job`, which says how many things it did; registering twice is once."""
    if job not in _jobs:
        _jobs.append(job)
    return job


def registered() -> tuple[Job, ...]:
    """All jobs, in the order of registration."""
    return tuple(_jobs)

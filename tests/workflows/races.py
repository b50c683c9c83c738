"""Several threads at one thing at once, each with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connections

THREADS = 8


def race(work: Callable[[], object], threads: int = THREADS) -> list[str]:
    """What came of each: «done», or the name of what was raised; sorted."""
    gate, outcomes = threading.Barrier(threads), list[str]()

    def run() -> None:
        try:
            gate.wait(30)
            work()
            outcomes.append("done")
        except Exception as raised:  # noqa: BLE001 - every outcome is counted
            outcomes.append(type(raised).__name__)
        finally:
            connections.close_all()

    running = [threading.Thread(target=run) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(60)
    return sorted(outcomes)


def race_of(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """What came of both acts, each done by half of the threads at once."""
    turns = iter([first, second] * (THREADS // 2))

    def take_turn() -> None:
        next(turns)()

    return race(take_turn)

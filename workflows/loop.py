"""The loop that ticks: at once when something was recorded, about once a second otherwise."""

import atexit
import logging
import threading
import time

from django.db import DatabaseError, InterfaceError, connections

from consultations.models import LogHead
from workflows.leases import this_process
from workflows.tick import is_news, tick

log = logging.getLogger(__name__)
TICK_EVERY = 1.0  # seconds between ticks when nothing wakes the loop
REST = 9  # times as long as a tick took: under load, what comes meanwhile is done together
LONGEST_REST = 0.5  # seconds: what is done meanwhile is told within one
END_SECONDS = 10.0  # how long the process waits for the turn that is running
SHORT_REST = 0.1  # seconds, while work for the loop waits: what comes meanwhile can still come
LOOK_EVERY = 0.25  # seconds between looks at the head of the log: other processes write too

_awake = threading.Event()
_work_waits = threading.Event()


def wake() -> None:
    """Let the loop of this process run at once; costs nothing where there is none."""
    _awake.set()


def hurry() -> None:
    """As `wake`, and let the rest after that turn be short: there is more to do."""
    _work_waits.set()
    wake()


class Loop:
    """Ticks until `stop`; `run` is for a thread or process of its own."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._seen = -1
        self._next = 0.0

    def run(self) -> None:
        """Returns after `stop`, with the lease given back and the connections closed."""
        try:
            while not self._stopped.is_set():
                self._turn()
        finally:
            self._leave()

    def stop(self) -> None:
        """End after the turn that is running; safe in a signal handler."""
        self._stopped.set()
        _awake.set()

    def _turn(self) -> None:
        woken = _awake.wait(LOOK_EVERY)
        _awake.clear()
        try:
            if woken or time.monotonic() >= self._next or self._head_moved():
                began = time.monotonic()
                self._next = began + TICK_EVERY
                _work_waits.clear()
                tick()
                longest = SHORT_REST if _work_waits.is_set() else LONGEST_REST
                self._stopped.wait(min(REST * (time.monotonic() - began), longest))
        except Exception:  # whatever it was, the clock of the site must not stop
            if is_news("loop"):
                log.exception("the loop stumbled and goes on")
            self._stopped.wait(TICK_EVERY)
        _drop_broken_connections()

    def _head_moved(self) -> bool:
        size = LogHead.newest()
        moved, self._seen = size != self._seen, size
        return moved

    def _leave(self) -> None:
        try:
            this_process.step_down()
        except (DatabaseError, InterfaceError):
            log.warning("the lease could not be given back; it runs out by itself")
        connections.close_all()


def _drop_broken_connections() -> None:
    """A connection that failed is opened anew; a sound one is kept from turn to turn."""
    for one in connections.all(initialized_only=True):
        if one.errors_occurred:
            one.close()


def start_embedded() -> Loop:
    """Start the loop as a thread of this process; it ends in good order with the process.

    A thread still inside the database's library when Python goes down would crash it (SIGSEGV).
    """
    embedded = Loop()
    thread = threading.Thread(target=embedded.run, name="workflows-loop", daemon=True)
    thread.start()
    atexit.register(_end, embedded, thread)
    return embedded


def _end(embedded: Loop, thread: threading.Thread) -> None:
    embedded.stop()
    thread.join(END_SECONDS)

"""The doorbell: «there is something newer», told to every process, off the thread that acts.

A ring carries nothing. It goes through the channel layer from a thread of its own, so that
neither a slow fan-out nor a dead Valkey ever delays or breaks a committed act. Whoever misses it
hears within a second: each process with sockets also looks for itself (`hub`).
"""

import asyncio
import hashlib
import logging
import threading
from typing import Any

from channels.layers import get_channel_layer

GROUP = "uwaga"
PATIENCE = 2.0  # seconds a ring may take
log = logging.getLogger(__name__)

Message = dict[str, str]
RING: Message = {"type": "ring"}


class Ringer:
    """Passes messages on from one daemon thread, started by the first; equal ones go once."""

    def __init__(self) -> None:
        self.loop: asyncio.AbstractEventLoop | None = None  # of the sockets, while there are any
        self._waiting: dict[tuple[str, ...], Message] = {}
        self._some = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def post(self, message: Message) -> None:
        """Return at once."""
        with self._lock:
            self._waiting[tuple(message.values())] = message
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="ringer", daemon=True)
                self._thread.start()
        self._some.set()

    def _work(self) -> None:
        while True:
            self._some.wait()
            self._some.clear()
            with self._lock:
                messages, self._waiting = list(self._waiting.values()), {}
            for message in messages:
                try:
                    self._pass_on(message)
                except Exception as error:  # noqa: BLE001 - whatever the layer's driver raises
                    log.warning("the channel layer did not take a ring: %r", error)

    def _pass_on(self, message: Message) -> None:
        layer, loop = get_channel_layer(), self.loop
        if layer is None:
            return
        if loop is not None:
            sent = asyncio.run_coroutine_threadsafe(layer.group_send(GROUP, message), loop)
            sent.result(PATIENCE)
        elif not _within_process(layer):
            asyncio.run(asyncio.wait_for(layer.group_send(GROUP, message), PATIENCE))


def _within_process(layer: Any) -> bool:
    """The in-memory layer reaches this process only, which has no sockets now."""
    return type(layer).__module__ == "channels.layers"


ringer = Ringer()


def ring(**_signal: Any) -> None:
    """Say that something was committed."""
    ringer.post(RING)


def mark_of(session_key: str | None) -> str:
    """A session's name for the layer: its key is a secret and stays here."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()[:32]


def kick(session_key: str | None) -> None:
    """Close the sockets of a session that has ended."""
    if session_key:
        ringer.post({"type": "kick", "session": mark_of(session_key)})

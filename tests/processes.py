"""Child processes that never outlive the test run."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

STOP_SECONDS = 15
READY_SECONDS = 60.0


def free_port() -> int:
    """A port of the loopback address nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Child:
    """A process in a session of its own that the kernel ends when its parent dies.

    `end_by` is the signal that asks it to stop; `user` is the account it drops to.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        user: str | None = None,
        end_by: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.log, self.end_by = log, end_by
        with log.open("ab") as sink:
            self.process = subprocess.Popen(
                [*_tied_to_parent(end_by), *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                env=None if env is None else dict(env),
                start_new_session=True,
                user=user,
                extra_groups=[] if user else None,
            )

    def wait_until(self, ready: Callable[[], bool], what: str) -> None:
        """Return once `ready()` is true; RuntimeError with the log's tail if it never is."""
        until = time.monotonic() + READY_SECONDS
        while not ready():
            if self.process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise RuntimeError(f"{what} did not start:\n{self.tail()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Ask, wait, and only then kill."""
        if self.process.poll() is None:
            self.process.send_signal(self.end_by)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def tail(self, lines: int = 60) -> str:
        """The last lines of what it printed."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def _tied_to_parent(signal_on_death: signal.Signals) -> list[str]:
    """`finally` and `atexit` do not run in a killed parent; the kernel's signal still comes."""
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    return [setpriv, "--pdeathsig", signal_on_death.name.removeprefix("SIG")] if setpriv else []

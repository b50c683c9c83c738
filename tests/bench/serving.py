"""The processes under measurement: the site as a city runs it, and bare limits beside it."""

import http.client
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from tests.bench.scene import ROOT
from tests.processes import Child, free_port


class Site:
    """One serving process; `kill` leaves it no time for anything."""

    def __init__(self, home: Path, environment: Mapping[str, str]) -> None:
        self.home, self.port = home, free_port()
        self.environment = {**environment, "PORT": str(self.port)}
        self.child: Child | None = None

    def start(self) -> None:
        """Start it and return when it answers."""
        command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(self.port)]
        log = self.home / "server.log"
        self.child = Child(command, log=log, env=self.environment | {"PYTHONPATH": str(ROOT)})
        self.child.wait_until(self._answers, "the site")

    def stop(self) -> None:
        if self.child:
            self.child.stop()
            self.child = None

    def kill(self) -> None:
        """kill -9."""
        assert self.child is not None
        self.child.process.send_signal(signal.SIGKILL)
        self.child.process.wait()
        self.child = None

    def cpu_seconds(self) -> float:
        """Processor time it has used so far; 0 where the kernel does not tell."""
        assert self.child is not None
        try:
            stat = Path(f"/proc/{self.child.process.pid}/stat").read_text()
        except OSError:
            return 0.0
        ticks = stat.rpartition(")")[2].split()[11:13]
        return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/dostepnosc/")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


class Bare(AbstractContextManager["Bare"]):
    """A small server of the bench itself; its command ends with the port."""

    def __init__(self, home: Path, command: Sequence[str], root: Path) -> None:
        self.port = free_port()
        self.child = Child(
            [sys.executable, *command, str(self.port)],
            log=home / "bare.log",
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(root)},
        )
        self.child.wait_until(self._listens, "the bare server")

    def __exit__(self, *_error: object) -> None:
        self.child.stop()

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
        except OSError:
            return False
        return True

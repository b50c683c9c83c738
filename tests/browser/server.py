"""The real server process on a copy of the demonstration, as `make` starts it."""

import fcntl
import http.client
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import POSTGRES
from tests.processes import Child, free_port
from tests.servers import create_database

ROOT = Path(__file__).resolve().parent.parent.parent
MANAGE = (sys.executable, str(ROOT / "manage.py"))
# All a server started by hand would find; whatever else the tests set is not for it.
PASSED_ON = ("PATH", "HOME", "TMPDIR", "VALKEY_URL")


class Server:
    """One `manage.py serve`, with a database and a folder of its own."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self.home, self.port = home, free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.environment = environment | {"PORT": str(self.port)}
        self.child: Child | None = None

    def start(self) -> None:
        """Start it and return when it answers."""
        command = [*MANAGE, "serve", "--port", str(self.port)]
        self.child = Child(command, log=self.home / "server.log", env=self.environment)
        self.child.wait_until(self._answers, "the server")

    def stop(self) -> None:
        """Stop it; pages that are open lose their connection."""
        if self.child:
            self.child.stop()
            self.child = None

    def restart(self) -> None:
        """Stop and start it, at the same address."""
        self.stop()
        self.start()

    @property
    def log(self) -> str:
        """All it has printed since the beginning."""
        return (self.home / "server.log").read_text(errors="replace")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status > 0
        except OSError:
            return False
        finally:
            connection.close()


def demo_server(run: Path, name: str) -> Server:
    """A server, not yet started, on its own copy of the demonstration; filled once a run."""
    with _one_at_a_time(run / "demo.lock"):
        template = run / "demo"
        if not template.exists():
            part = run / "demo-being-filled"
            shutil.rmtree(part, ignore_errors=True)
            _fill(part)
            part.rename(template)
        # Nobody has the database open here, so its files may be copied.
        home = Path(shutil.copytree(template, run / f"server-{name}"))
        return Server(home, _environment(home, _database(f"uwaga_{name}", "uwaga_demo")))


def _fill(home: Path) -> None:
    home.mkdir()
    environment = _environment(home, _database("uwaga_demo", "template1"))
    command = [*MANAGE, "demo", "--no-serve"]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode:
        raise RuntimeError(f"manage.py demo --no-serve failed:\n{done.stdout}{done.stderr}")


def _database(name: str, template: str) -> str:
    """The URL of a new database on PostgreSQL; on SQLite none, the file lies in the folder."""
    if not POSTGRES:
        return ""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    create_database(f"{server}/postgres", name, template)
    return f"{server}/{name}"


def _environment(home: Path, database_url: str) -> dict[str, str]:
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    database = {"DATABASE_URL": database_url} if database_url else {}
    return passed_on | database | {"UWAGA_DEMO": "1", "UWAGA_VAR": str(home), "LANG": "C.UTF-8"}


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """A lock between the workers of the run; the kernel lets it go when its holder dies."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

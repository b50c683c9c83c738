"""What every test stands on: a clean database with its guards, and a fresh channel layer."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from django.utils import translation

from consultations import triggers
from notifications import guest_letters, post
from tests.databases import POSTGRES, WORKER
from tests.world import world

__all__ = ["world"]

original_teardown = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def teardown_without_guards(case: TransactionTestCase) -> None:
    """Flush a record that refuses to be deleted; `post_migrate` lays law and guards again."""
    triggers.drop(connection)
    try:
        original_teardown(case)
    finally:
        if triggers.standing(connection) != guards_of_this_database():
            triggers.install(connection)


def guards_of_this_database() -> list[tuple[str, str]]:
    """Name and table of every guard that should stand."""
    return sorted((one.name, one.table) for one in triggers.for_vendor(connection.vendor))


TransactionTestCase._fixture_teardown = teardown_without_guards  # type: ignore[attr-defined]


def pytest_configure() -> None:
    """Two workers share one Valkey: a prefix keeps them from hearing each other.

    Each test client has a handler of its own, and would list every static file for it.
    """
    settings.WHITENOISE_AUTOREFRESH = True
    if POSTGRES:
        layer = cast("dict[str, Any]", settings.CHANNEL_LAYERS["default"])
        layer["CONFIG"]["prefix"] = f"tests-{WORKER or 'main'}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Races need real row locks: on SQLite they are skipped, and say so."""
    if not POSTGRES:
        for item in items:
            if item.get_closest_marker("postgres"):
                item.add_marker(
                    pytest.mark.skip(reason="runs on PostgreSQL: UWAGA_TEST_DB=postgres")
                )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A file: in shared memory, SQLite's table locks refuse what a file would let wait."""
    if not POSTGRES:
        settings.DATABASES["default"]["TEST"]["NAME"] = str(Path(settings.VAR_DIR) / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """The thread of `sync_to_async` keeps a connection, and an open database cannot be dropped."""
    yield
    asyncio.run(sync_to_async(connections.close_all)())


@pytest.fixture(autouse=True)
def a_signer_of_its_own(settings: Any, tmp_path: Path) -> None:
    """Each test begins a log; a signer that remembers another one would rightly refuse.

    The job of reports empties its folder, which would be that of another test as well.
    """
    settings.SIGNER_HOME = tmp_path / "signer"
    settings.REPORT_FOLDER = tmp_path / "reports"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Whatever language the test before it spoke; a request brings its own."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def postmen_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they carried for the test before is not theirs to report here: numbers come again."""
    monkeypatch.setattr(post, "GATHER", 0.0)
    for one in (post.postman, guest_letters.postman):
        one.wait(10)
        one.done.clear()


@pytest.fixture(autouse=True)
def no_limits(settings: Any) -> None:
    """All tests come from one address; those of limits set their own."""
    settings.LIMITS = {}


@pytest.fixture(autouse=True)
def fresh_channel_layer() -> Iterator[None]:
    """A layer holds objects of the event loop that made it; each test has a loop of its own."""
    channel_layers.backends.clear()
    yield
    channel_layers.backends.clear()

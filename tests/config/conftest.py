"""The filled demonstration, once for a module; every test leaves it as it found it."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction

from config.demo.fill import fill


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The two years of the demonstration, undone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(say=lambda _words: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(filled: None) -> Iterator[None]:
    """The demonstration, for one test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def own_counters(settings: LazySettings) -> None:
    """Counters of tries that no other test has touched."""
    in_memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": in_memory, "LOCATION": uuid.uuid4().hex}}

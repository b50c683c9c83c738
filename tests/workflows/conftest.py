"""Fixtures of the flow: the road of the world, and a tick with no jobs and no memory."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.workflows.walk import Walk
from tests.world import World
from workflows import jobs
from workflows import tick as ticking
from workflows.leases import this_process


@pytest.fixture
def walk(world: World) -> Walk:
    return Walk(world)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Sentences are compared as they stand in the code, translated or not."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def forgetful_tick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test inherits jobs of other layers, a lease whose row is gone, trouble already told."""
    monkeypatch.setattr(jobs, "_jobs", [])
    this_process._renew_at = 0.0
    ticking._told.clear()
    yield
    this_process._renew_at = 0.0

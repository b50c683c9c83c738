"""Fixtures of the plan: English words, a tick without jobs or memory, a walked road."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.workflows.walk import Walk
from tests.world import World
from workflows import jobs, planning
from workflows.leases import this_process


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def walk(world: World) -> Walk:
    return Walk(world)


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test inherits jobs, a lease whose row is gone, or what the watch saw."""
    monkeypatch.setattr(jobs, "_jobs", [])
    monkeypatch.setattr(planning._Looked, "on", None)
    monkeypatch.setattr(planning._Looked, "seq", 0)
    this_process._renew_at = 0.0
    yield
    this_process._renew_at = 0.0

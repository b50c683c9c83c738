"""Fixtures of the flow: the road of the world, and a tick that remembers nothing."""

from collections.abc import Iterator

import pytest

from tests.workflows.walk import Walk
from tests.world import World
from workflows import tick as ticking
from workflows.leases import this_process


@pytest.fixture
def walk(world: World) -> Walk:
    return Walk(world)


@pytest.fixture(autouse=True)
def forgetful_tick() -> Iterator[None]:
    """No test inherits a lease whose row is gone, or trouble that was already told."""
    this_process._renew_at = 0.0
    ticking._told.clear()
    yield
    this_process._renew_at = 0.0

"""The cast of the world with one more: a colleague in the organisation that comments."""

import pytest

from notifications import outbox
from tests.notifications.cast import Cast
from tests.world import World


@pytest.fixture
def cast(world: World) -> Cast:
    return Cast(world)


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """One call tells all there is, however slow the machine of the test."""
    monkeypatch.setattr(outbox, "AT_A_STRETCH", 600.0)

"""The cast of the world with one more: a colleague in the organisation that comments."""

import pytest

from tests.notifications.cast import Cast
from tests.world import World


@pytest.fixture
def cast(world: World) -> Cast:
    return Cast(world)

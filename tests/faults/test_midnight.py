"""A sample of `make faults`: around midnight the logged instant decides, on both hard nights."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from consultations.models.clock import now
from consultations.services import door, filing
from tests.faults import midnight
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
NIGHTS = (midnight.DAYS[1], midnight.DAYS[3], midnight.DAYS[9])
MANY = 60


def test_around_midnight_verdict_and_logged_instant_agree(world: World) -> None:
    assert midnight.file_around(world, NIGHTS, MANY) == []


def test_an_instant_taken_before_the_lock_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: who looked first and waited for the lock stands behind who looked later."""
    one_action = door.one_action

    @contextmanager
    def looking_first() -> Iterator[Any]:
        midnight.seen.instant = now()
        with one_action() as action:
            yield action

    monkeypatch.setattr(filing, "one_action", looking_first)
    monkeypatch.setattr(midnight, "look", lambda: midnight.seen.instant)
    found = midnight.file_around(world, NIGHTS[:1], MANY)
    assert any("is earlier than" in one for one in found)

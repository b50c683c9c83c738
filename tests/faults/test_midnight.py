"""A sample of `make faults`: around midnight the logged instant decides, on both hard nights."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
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
    one_action, turns = door.one_action, count()

    @contextmanager
    def looking_first() -> Iterator[Any]:
        midnight.seen.instant = now()
        if next(turns) % 2:  # every second one is slow between looking and the lock
            time.sleep(0.02)
        with one_action() as action:
            yield action

    monkeypatch.setattr(filing, "one_action", looking_first)
    monkeypatch.setattr(midnight, "look", lambda: midnight.seen.instant)
    found = midnight.file_around(world, NIGHTS[:1], MANY)
    assert any("is earlier than" in one for one in found)

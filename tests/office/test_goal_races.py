"""Several officers at the same goals at once: nothing is written twice, nothing over another's."""

import time
from collections.abc import Iterable
from typing import Any

import pytest

from consultations.models import Entry, Goal, GoalLink
from consultations.selectors.goals import state_of_marks
from consultations.services import door, goals
from consultations.services.goals import Mark
from tests.office.goals import Aims, aims, served
from tests.workflows.races import THREADS, race
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here(world: World) -> Aims:
    return aims(world)


@pytest.fixture
def slow_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the links and their entry others have time to come."""

    def note(*given: Any, **named: Any) -> Entry:
        time.sleep(0.2)
        return door.note(*given, **named)

    monkeypatch.setattr(goals, "note", note)


def test_one_of_those_who_saw_the_same_marks_is_first(here: Aims) -> None:
    seen, key = state_of_marks(here.draft), here.key("§ 1")

    def mark() -> None:
        wanted = {key: Mark("goal")}
        goals.mark_goals(here.draft, wanted, by=here.world.officer, seen=seen)

    assert race(mark) == ["WrongState"] * (THREADS - 1) + ["done"]
    assert (Goal.objects.count(), entries("draft.mark_goals")) == (1, 1)


def test_the_same_link_said_at_once_is_one_link(here: Aims, slow_record: None) -> None:
    lower, upper = here.mark("§ 1"), here.enter(here.years, "Cel 1")
    assert race(lambda: here.link(lower, upper)) == ["done"] * THREADS
    assert (served(lower), entries("document.link_goals")) == ({upper.pk}, 1)


@pytest.mark.postgres
def test_without_the_lock_the_database_has_to_refuse(
    here: Aims, slow_record: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    lower, upper = here.mark("§ 1"), here.enter(here.years, "Cel 1")
    monkeypatch.setattr(goals, "_held", unlocked)
    assert race(lambda: here.link(lower, upper)).count("IntegrityError") > 0
    assert GoalLink.objects.count() == 1


def unlocked(keys: Iterable[int]) -> dict[int, Goal]:
    return Goal.objects.select_related("document").in_bulk(list(keys))


def entries(kind: str) -> int:
    return Entry.objects.filter(kind=kind).count()

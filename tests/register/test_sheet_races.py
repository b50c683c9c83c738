"""The same sheet entered by several officers at once gives each comment once."""

import threading
import uuid

import pytest

from consultations.models import Comment, Consultation, Role
from consultations.services import intake_rows
from tests.register.sheets import in_csv, in_xlsx, many
from tests.register.test_sheets import entered
from tests.workflows.races import race
from tests.world import World, staff

pytestmark = pytest.mark.django_db(transaction=True)
OFFICERS, ROWS = 4, 12


def at_once(world: World) -> list[str]:
    """Each officer has a copy of the same sheet, two of them in the other format."""
    consultation = Consultation.objects.get(pk=world.closed(world.opened()).pk)
    officers = iter([staff(f"o{one}@urzad.test", Role.OFFICER) for one in range(OFFICERS)])
    formats = iter([("u.csv", in_csv(many(ROWS))), ("u.xlsx", in_xlsx(many(ROWS)))] * OFFICERS)
    turn = threading.Lock()

    def enter() -> None:
        with turn:
            officer, (name, content) = next(officers), next(formats)
        entered(consultation, content, officer, name)

    return race(enter, OFFICERS)


def test_several_officers_enter_one_sheet_at_once(world: World) -> None:
    assert at_once(world) == ["done"] * OFFICERS
    assert list(Comment.objects.values_list("number", flat=True)) == list(range(1, ROWS + 1))


def test_with_other_keys_each_would_enter_its_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(intake_rows._Sheet, "_key", lambda *_: uuid.uuid4())
    assert at_once(world) == ["done"] * OFFICERS
    assert Comment.objects.count() == ROWS * OFFICERS

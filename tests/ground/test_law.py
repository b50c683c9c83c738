"""A new reading of the law is a new version; a running cycle keeps the one it began with."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from consultations import procedures
from consultations.models import DocumentKind, Outcome, Procedure, Rule
from consultations.services import consultations as rounds
from tests.law import by_hand
from tests.world import World


def new_version(valid_from: date, days: str = "30") -> Procedure:
    """Version 2 for annual programmes, with another number of days."""
    by_hand()
    old = Procedure.objects.get(kind=DocumentKind.ANNUAL, number=1)
    new = Procedure.objects.create(kind=DocumentKind.ANNUAL, number=2, valid_from=valid_from)
    for rule in old.rules.all():
        value = days if rule.key == "consultation_days" else rule.value
        Rule.objects.create(
            procedure=new, key=rule.key, value=value, unit=rule.unit, legal_basis="nowa uchwała"
        )
    for outcome in old.outcomes.all():
        Outcome.objects.create(
            procedure=new, code=outcome.code, position=outcome.position, legal_basis="praktyka"
        )
    return new


def test_a_new_version_of_the_law_does_not_touch_a_running_cycle(world: World) -> None:
    running = world.drafted("biegnący").rounds.get()
    before = rounds.earliest_days(running)
    new_version(date(2026, 9, 1))
    running.draft.refresh_from_db()
    assert (running.draft.procedure.number, rounds.earliest_days(running)) == (1, before)


def test_a_cycle_that_begins_later_goes_by_the_new_version(world: World) -> None:
    """The control of the test above."""
    new_version(date(2026, 9, 1))
    later = world.drafted("nowy").rounds.get()
    assert (later.draft.procedure.number, rounds.earliest_days(later)[1]) == (
        2,
        date(2026, 10, 8),
    )


def test_a_version_that_is_not_in_force_yet_is_not_taken(world: World) -> None:
    new_version(date(2027, 1, 1))
    assert world.drafted().procedure.number == 1


def test_a_version_that_ended_is_not_taken(world: World) -> None:
    by_hand()
    ended = Procedure.objects.create(
        kind=DocumentKind.ANNUAL,
        number=2,
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 8, 31),
    )
    assert Procedure.in_force(DocumentKind.ANNUAL, date(2026, 8, 31)) == ended
    assert Procedure.in_force(DocumentKind.ANNUAL, date(2026, 9, 1)).number == 1


def test_loading_the_delivered_law_again_changes_nothing(world: World) -> None:
    before = list(Rule.objects.order_by("pk").values())
    procedures.load()
    assert list(Rule.objects.order_by("pk").values()) == before


def test_every_rule_of_the_delivered_law_names_its_basis(world: World) -> None:
    assert not Rule.objects.filter(legal_basis="").exists()
    by_hand()
    with pytest.raises(IntegrityError), transaction.atomic():
        Rule.objects.create(
            procedure=Procedure.objects.earliest("pk"), key="x", value="1", unit="days"
        )

"""Two at one mandate at once: one decides, the other is told."""

from typing import Any

import pytest

from consultations.models import Entry, Mandate, Organisation
from consultations.services import mandates, organisations
from consultations.services.organisations import Data
from tests.workflows.races import THREADS, race, race_of
from tests.world import World, drafter

pytestmark = pytest.mark.django_db(transaction=True)
BASIS = "uchwała zarządu"
LOSERS = ["WrongState"] * (THREADS - 1)


@pytest.fixture
def asked(world: World) -> Mandate:
    return mandates.ask_for_mandate(
        world.organisation, kind="drafter", basis=BASIS, by=world.outsider
    )


def decide_at_once(world: World, asked: Mandate) -> list[str]:
    return race_of(
        lambda: mandates.grant_mandate(asked, by=world.officer),
        lambda: mandates.refuse_mandate(asked, because="Brak.", by=world.second_officer),
    )


def decisions() -> int:
    kinds = ("office.grant_mandate", "office.refuse_mandate")
    return Entry.objects.filter(kind__in=kinds).count()


def test_of_many_who_decide_one_does_and_the_others_are_told(world: World, asked: Mandate) -> None:
    assert decide_at_once(world, asked) == [*LOSERS, "done"]
    asked.refresh_from_db()
    assert (decisions(), (asked.since is None) != (asked.refused_because == "")) == (1, True)


@pytest.mark.postgres
def test_without_the_lock_more_than_one_would_decide(
    world: World, asked: Mandate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""

    def read(mandate: Mandate, *_: Any) -> Mandate:
        return Mandate.objects.select_related("organisation", "actor").get(pk=mandate.pk)

    monkeypatch.setattr(mandates, "_hold", read)
    decide_at_once(world, asked)
    assert decisions() > 1


def test_of_many_who_end_a_mandate_one_does(world: World) -> None:
    running = drafter(world.organisation, world.outsider)
    outcomes = race(lambda: mandates.end_mandate(running, by=world.ngo))
    assert outcomes == [*LOSERS, "done"]


def test_many_requests_of_one_person_are_one(world: World) -> None:
    outcomes = race(
        lambda: mandates.ask_for_mandate(
            world.organisation, kind="drafter", basis=BASIS, by=world.outsider
        )
    )
    assert (outcomes.count("done"), Mandate.objects.waiting().count()) == (1, 1)


def test_one_organisation_entered_by_many_at_once_is_one(world: World) -> None:
    """On PostgreSQL nobody waits for a row that is not there: the database's key decides."""
    data = Data("Klub Nowy", "sports_club", krs="0099900100")
    outcomes = race(lambda: organisations.add_organisation(data, by=world.outsider))
    assert outcomes == [*["Invalid"] * (THREADS - 1), "done"]
    assert Organisation.objects.filter(name="Klub Nowy").count() == 1

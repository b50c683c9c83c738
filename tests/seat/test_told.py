"""Who is told: of acts on comments those who act for the organisation now; of her mandate, she."""

from datetime import timedelta
from typing import Any

import pytest

from consultations.models import Actor, Mandate
from consultations.models.clock import now
from consultations.services import mandates, organisations
from consultations.services.comments import admit_comment
from consultations.services.organisations import Data
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.notifications.conftest import no_hurry
from tests.notifications.post import delivered
from tests.world import World, drafter, signatory, signed_in

__all__ = ["no_hurry"]
BASIS = "uchwała zarządu z 2 września"


def told(kind: str) -> set[Actor]:
    dispatch()
    return {one.recipient for one in Notice.objects.filter(entry__kind=kind)}


def ask(world: World, kind: str = "drafter") -> Mandate:
    return mandates.ask_for_mandate(world.organisation, kind=kind, basis=BASIS, by=world.outsider)


def test_drafters_and_signatories_are_told_and_those_whose_mandate_ended_are_not(
    world: World,
) -> None:
    """Not even who filed it, once she left; what she was told before stays."""
    prepares = drafter(world.organisation, signed_in("ola@mosty.test")).actor
    signs = signatory(world.organisation, signed_in("jan@mosty.test")).actor
    comment = world.comment(world.opened())
    dispatch()
    before = Notice.objects.filter(recipient=world.ngo).count()
    world.ngo.mandates.update(until=now())
    admit_comment(comment, by=world.officer)
    assert told("comment.admit") == {prepares, signs}
    assert Notice.objects.filter(recipient=world.ngo).count() == before


def test_a_mandate_with_a_last_day_tells_until_then(world: World) -> None:
    world.ngo.mandates.update(until=now() + timedelta(days=400))
    world.admitted(world.opened())
    assert told("comment.admit") == {world.ngo}


@pytest.mark.parametrize(("kind", "signatories"), [("drafter", True), ("signatory", False)])
def test_a_request_is_told_to_those_who_decide_on_it(
    world: World, kind: str, *, signatories: bool
) -> None:
    ask(world, kind)
    unit = {world.officer, world.second_officer}
    assert told("office.ask_for_mandate") == unit | ({world.ngo} if signatories else set())


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda world, asked: mandates.grant_mandate(asked, by=world.officer), "zostało przyznane"),
        (
            lambda world, asked: mandates.refuse_mandate(
                asked, because="Brak podpisu.", by=world.officer
            ),
            "Brak podpisu.",
        ),
    ],
)
def test_the_person_is_told_by_notice_and_letter(world: World, act: Any, words: str) -> None:
    asked = ask(world)
    delivered()
    act(world, asked)
    letters = [one for one in delivered() if one.to == ["obcy@poczta.test"]]
    assert [words in one.body for one in letters] == [True]
    assert Notice.objects.filter(recipient=world.outsider).exists()


def test_the_end_is_told_to_her_unless_she_laid_it_down_herself(world: World) -> None:
    """Then those who decide on drafters are told."""
    first = drafter(world.organisation, world.outsider)
    mandates.end_mandate(first, by=world.officer)
    assert told("office.end_mandate") == {world.outsider, world.ngo}
    Notice.objects.all().delete()
    mandates.end_mandate(drafter(world.organisation, world.outsider), by=world.outsider)
    assert told("office.end_mandate") == {world.ngo}


def test_whoever_waits_is_told_that_the_organisation_is_verified(world: World) -> None:
    data = Data("Klub Nowy", "sports_club")
    asked = mandates.register_organisation(
        data, kind="signatory", basis=BASIS, until=None, by=world.outsider
    )
    organisations.verify_organisation(asked.organisation, by=world.officer)
    letters = delivered()
    assert told("office.verify_organisation") == {world.outsider}
    assert [one.to for one in letters if "Klub Nowy" in one.subject] == [["obcy@poczta.test"]]

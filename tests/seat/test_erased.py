"""Erasing a person takes what her mandates said of her, and leaves who signed as a function."""

import pytest
from django.db import IntegrityError, transaction

from consultations import policy
from consultations.errors import NotYours, WrongState
from consultations.models import Actor, Comment, Mandate, Sealed
from consultations.models.people import operator
from consultations.services import mandates
from consultations.services.erasing import erase_person, find
from consultations.wording import ERASED
from tests.log.test_audit import verify
from tests.world import World, signatory, signed_in

BASIS = "pełnomocnictwo dla Obcego Obcowskiego"
GROUND = "Wniosek z 3 listopada 2026."


def asked_by(world: World, person: Actor, basis: str = BASIS) -> Mandate:
    return mandates.ask_for_mandate(world.organisation, kind="drafter", basis=basis, by=person)


def words() -> set[str]:
    """All that is said of mandates, in the rows and in the record."""
    said = Mandate.objects.values_list("basis", "refused_because")
    return {one for row in said for one in row} | set(Sealed.objects.values_list("text", flat=True))


def test_what_runs_ends_and_what_waits_is_over(world: World) -> None:
    running = signatory(world.organisation, world.outsider)
    waiting = asked_by(world, signed_in("nowa@mosty.test"))
    for one in (running, waiting):
        erase_person(one.actor, by=operator(), because=GROUND)
        one.refresh_from_db()
    assert policy.speaks_for(Actor.objects.get(pk=running.actor_id)) == []
    assert (waiting.is_waiting, running.until is None) == (False, False)
    with pytest.raises(WrongState):
        mandates.grant_mandate(waiting, by=world.officer)


@pytest.mark.parametrize("decided", ["waiting", "granted", "refused"])
def test_no_word_of_it_is_left_in_the_rows_nor_in_the_record(world: World, decided: str) -> None:
    """Somebody else's words stay; before the erasing both are there."""
    asked = asked_by(world, world.outsider)
    other = asked_by(world, signed_in("nowa@mosty.test"), "uchwała nr 7")
    if decided == "granted":
        mandates.grant_mandate(asked, by=world.officer)
    if decided == "refused":
        mandates.refuse_mandate(asked, because="Obcy nie jest w zarządzie.", by=world.officer)
    assert words() >= {BASIS, "uchwała nr 7"}
    erase_person(world.outsider, by=operator(), because=GROUND)
    left = words()
    assert {one for one in left if "Obc" in one} == set()
    assert {"uchwała nr 7", ERASED} <= left
    assert verify()[0] == 0
    assert find(world.outsider).counts() == dict.fromkeys(find(world.outsider).counts(), 0)
    other.refresh_from_db()
    assert other.is_waiting


def test_words_of_a_mandate_go_only_beside_the_entry_that_names_the_person(world: World) -> None:
    """The control is the erasing above, where they do."""
    asked_by(world, world.outsider)
    erase_person(signed_in("inna@poczta.test"), by=operator(), because=GROUND)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sealed.objects.filter(text=BASIS).delete()


def test_a_request_that_began_before_the_erasing_leaves_nothing(world: World) -> None:
    erase_person(world.outsider, by=operator(), because=GROUND)
    with pytest.raises(NotYours):
        asked_by(world, world.outsider)
    assert Mandate.objects.filter(actor=world.outsider).count() == 0


def test_the_comment_she_signed_keeps_its_mandate(world: World) -> None:
    theirs = world.comment(world.opened())
    erase_person(world.ngo, by=operator(), because=GROUND)
    kept = Comment.objects.get(pk=theirs.pk).mandate
    assert kept is not None
    assert (kept.kind, kept.basis) == ("signatory", ERASED)

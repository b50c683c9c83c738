"""Who files for an organisation, who may act on what it filed, and who is shown to have signed."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from consultations import calendar, policy
from consultations.errors import NotYours
from consultations.models import Actor, Comment, Entry, Mandate
from consultations.models.clock import move_to, now
from consultations.models.people import operator
from consultations.selectors import comments as shown
from consultations.selectors.organisations import signature
from consultations.selectors.receipts import receipt
from consultations.services.comments import complete_comment, return_comment, withdraw_comment
from consultations.services.erasing import erase_person
from tests.ground.attacks import lift
from tests.world import World, drafter, signatory, signed_in
from tests.world import organisation as verified

GROUND = "Wniosek z 3 listopada 2026."


def afresh(actor: Actor) -> Actor:
    return Actor.objects.get(pk=actor.pk)


def ended(world: World) -> Actor:
    """The signatory after her mandate ended."""
    world.ngo.mandates.update(until=now())
    return afresh(world.ngo)


def test_a_comment_names_the_mandate_it_was_signed_under(world: World) -> None:
    consultation = world.opened()
    theirs = world.comment(consultation)
    own = world.comment(consultation, organisation=None)
    mandate = world.ngo.mandates.get()
    assert (theirs.mandate, own.mandate) == (mandate, None)
    facts = [json.loads(one.payload)["facts"] for one in Entry.objects.filter(kind="comment.file")]
    assert [one.get("mandate") for one in facts] == [mandate.pk, None]


def test_what_came_on_paper_has_no_mandate(world: World) -> None:
    said = {"by": world.officer, "channel": "in_person"}
    assert world.comment(world.opened(), **said).mandate is None


def test_a_drafter_does_not_file_and_reads_who_does(world: World) -> None:
    """The control is the signatory beside her."""
    consultation = world.opened()
    drafter(world.organisation, world.outsider)
    with pytest.raises(NotYours) as refusal:
        world.comment(consultation, by=afresh(world.outsider))
    assert "a signatory files them" in str(refusal.value)
    assert world.comment(consultation).number == 1


def test_an_organisation_nobody_verified_does_not_file(world: World) -> None:
    consultation = world.opened()
    body = verified("Nowa", verified_at=None, verified_by=None)
    signatory(body, world.outsider)
    with pytest.raises(NotYours) as refusal:
        world.comment(consultation, organisation=body, by=afresh(world.outsider))
    assert "has not been verified yet" in str(refusal.value)
    body.verified_at, body.verified_by = now(), world.officer
    body.save()
    world.comment(consultation, organisation=body, by=afresh(world.outsider))


def test_a_mandate_that_ended_on_the_way_files_nothing(world: World) -> None:
    """Her page was open and her mandates read; the service looks again, under the lock."""
    consultation = world.opened()
    assert policy.signs_for(world.ngo) == [world.organisation]
    Mandate.objects.filter(actor=world.ngo).update(until=now())
    with pytest.raises(NotYours):
        world.comment(consultation)
    assert Comment.objects.count() == 0


def test_filing_for_an_organisation_takes_as_many_queries_as_for_oneself(world: World) -> None:
    consultation = world.opened()
    counts = []
    for body in (None, world.organisation):
        world.comment(consultation, organisation=body)
        actor = afresh(world.ngo)
        policy.mandates_of(actor)  # the form has read them
        with CaptureQueriesContext(connection) as asked:
            world.comment(consultation, organisation=body, by=actor)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_who_signed_is_never_edited(world: World) -> None:
    theirs = world.comment(world.opened())
    other = signatory(world.organisation, world.outsider)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=theirs.pk).update(mandate=other)
    lift("comment_lasting", "comment_state", "comment_step")  # the control
    assert Comment.objects.filter(pk=theirs.pk).update(mandate=other) == 1


def test_after_the_mandate_ended_the_comment_is_no_longer_hers(world: World) -> None:
    """Neither read, nor completed, nor withdrawn; the organisation's other signatory may."""
    consultation = world.opened()
    theirs = world.comment(consultation)
    colleague = signatory(world.organisation, signed_in("jan@mosty.test")).actor
    day = calendar.local_day(now() + timedelta(days=3))
    returned = return_comment(theirs, because="Brak.", complete_by=day, by=world.officer)
    former = ended(world)
    assert list(shown.mine(former)) == []
    assert not policy.visible(former, Comment.objects.all()).exists()
    assert receipt(returned, former) is None
    with pytest.raises(NotYours):
        complete_comment(returned, supplement="Oto.", by=former)
    with pytest.raises(NotYours):
        withdraw_comment(returned, by=former)
    assert [one.pk for one in shown.to_complete(colleague)] == [theirs.pk]
    withdraw_comment(returned, by=colleague)


def test_a_drafter_reads_what_is_not_public_and_does_not_act_on_it(world: World) -> None:
    theirs = world.comment(world.opened())
    her = drafter(world.organisation, world.outsider).actor
    her = afresh(her)
    assert [one.pk for one in shown.mine(her)] == [theirs.pk]
    assert (policy.can(her, "comment.withdraw", theirs), receipt(theirs, her) is None) == (
        False,
        False,
    )
    assert shown.reads_why_hidden(theirs, her)


def test_her_own_comment_stays_hers_whatever_becomes_of_her_mandates(world: World) -> None:
    own = world.comment(world.opened(), organisation=None)
    withdraw_comment(own, by=ended(world))


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("ngo", True),
        ("officer", True),
        ("approver", True),
        ("auditor", True),
        ("outsider", False),
        ("clerk", False),
        ("visitor", False),
    ],
)
def test_who_signed_is_for_those_who_read_names(world: World, who: str, *, reads: bool) -> None:
    theirs = world.admitted(world.opened())
    found = signature(theirs, getattr(world, who, None))
    assert (found is not None) == reads
    if found:
        assert (found.who, found.mandate.kind) == ("Anna Mostowa", "signatory")


def test_the_signature_outlives_the_mandate_and_the_function_outlives_the_name(
    world: World,
) -> None:
    theirs = world.admitted(world.opened())
    ended(world)
    move_to(now() + timedelta(days=1))
    found = signature(theirs, world.officer)
    assert found is not None
    assert (found.who, found.mandate.until is not None) == ("Anna Mostowa", True)
    erase_person(world.ngo, by=operator(), because=GROUND)
    found = signature(Comment.objects.get(pk=theirs.pk), world.officer)
    assert found is not None
    assert (found.who, found.mandate.kind) == ("–", "signatory")

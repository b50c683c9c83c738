"""A filled database of the version before gets mandates: who spoke for an organisation signs."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from consultations.models import Comment, Mandate, Organisation
from consultations.models.people import operator
from tests.world import BEGINNING, World

BEFORE = ("consultations", "0007_text")


def apps_at(target: tuple[str, str]) -> Any:
    """The models as they were, with the database migrated there."""
    call_command("migrate", *target, verbosity=0)
    executor = MigrationExecutor(connection)
    return executor.loader.project_state([target]).apps


@pytest.mark.django_db(transaction=True)
def test_members_become_signatories_and_comments_say_who_signed(world: World) -> None:
    """The operator has verified what was there; a number two had stays with the first."""
    consultation = world.opened()
    theirs = world.comment(consultation)
    own = world.comment(consultation, organisation=None)
    paper = world.comment(consultation, by=world.officer, channel="in_person")
    old = apps_at(BEFORE)
    try:
        body = old.get_model("consultations", "Organisation").objects
        body.create(name="Druga", legal_form="foundation", krs="0099900099")
        member = old.get_model("consultations", "Membership").objects
        ended = BEGINNING + timedelta(days=1)
        member.create(
            organisation_id=world.organisation.pk,
            actor_id=world.outsider.pk,
            since=BEGINNING,
            until=ended,
        )
    finally:
        call_command("migrate", verbosity=0)
    mandate = Mandate.objects.get(actor=world.ngo)
    assert (mandate.kind, mandate.basis, mandate.asked_at) == ("signatory", "", None)
    signed = [Comment.objects.get(pk=one.pk).mandate for one in (theirs, own, paper)]
    assert signed == [mandate, None, None]
    assert Mandate.objects.get(actor=world.outsider).until == ended
    assert {(one.name, one.krs) for one in Organisation.objects.all()} == {
        ("Fundacja Mosty", "0099900099"),
        ("Druga", ""),
    }
    assert {one.verified_by for one in Organisation.objects.all()} == {operator()}

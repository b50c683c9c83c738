"""Statements written once give the rows of the ORM, column by column, and no other ones."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models, transaction

from consultations import policy
from consultations.models import Actor, Consultation, Mandate, RoleGrant, Wording
from consultations.models.clock import now
from consultations.selectors import consultations, texts
from consultations.services.door import hold_alone
from tests.databases import POSTGRES
from tests.world import World, organisation, signatory


def values(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_held_round_is_the_row_of_the_orm(world: World) -> None:
    one = world.opened()
    with transaction.atomic():
        held = hold_alone(one)
    assert values(held) == values(Consultation.objects.get(pk=one.pk))
    assert held._state.adding is False


def test_the_row_beside_comes_with_it(world: World) -> None:
    one = world.opened()
    row = Wording.objects.select_related("provision").filter(text_version=one.text_version_id)[1]
    found = texts.wording_in(one, row.provision.key)
    held = policy.mandates_of(Actor.objects.get(pk=world.ngo.pk))[0]
    kept = Mandate.objects.select_related("organisation").get(actor=world.ngo)
    for read, known, beside in ((found, row, "provision"), (held, kept, "organisation")):
        assert values(read) == values(known)
        assert values(read._state.fields_cache[beside]) == values(getattr(known, beside))


def test_mandates_are_those_that_run_now_by_the_name_of_the_organisation(world: World) -> None:
    other, ended, ahead = (organisation(name) for name in ("Aleja", "Był", "Będzie"))
    for one in (other, ended, ahead):
        signatory(one, world.ngo)
    Mandate.objects.filter(organisation=ended).update(until=now())
    Mandate.objects.filter(organisation=ahead).update(since=now() + timedelta(days=1))
    held = policy.mandates_of(Actor.objects.get(pk=world.ngo.pk))
    running = Mandate.objects.running().filter(actor=world.ngo).order_by("organisation__name")
    assert [one.pk for one in held] == [one.pk for one in running]
    assert [one.organisation.name for one in held] == ["Aleja", "Fundacja Mosty"]


def test_roles_are_those_not_ended(world: World) -> None:
    RoleGrant.objects.filter(actor=world.clerk).update(until=now())
    found = [policy.roles_of(Actor.objects.get(pk=one.pk)) for one in (world.clerk, world.expert)]
    assert found == [{}, {"expert": world.department.pk}]


def test_a_round_is_seen_alike_by_address_and_in_the_list(world: World) -> None:
    drafted, opened = world.drafted("inny").rounds.get(), world.opened()
    for viewer in (None, world.ngo, world.officer, world.clerk, world.councillor):
        for one in (drafted, opened):
            listed = consultations.visible(viewer).filter(slug=one.slug).exists()
            assert policy.sees_round(viewer, one) is listed
            if listed:
                assert values(consultations.sent_to(viewer, one.slug)) == values(one)
                continue
            with pytest.raises(Consultation.DoesNotExist):
                consultations.sent_to(viewer, one.slug)


@pytest.mark.skipif(not POSTGRES, reason="SQLite locks the whole file, by its transaction")
@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_until_the_end_of_a_transaction_or_not_at_all(world: World) -> None:
    one = world.opened()
    with pytest.raises(transaction.TransactionManagementError):
        hold_alone(one)
    with transaction.atomic(), connection.cursor() as cursor:
        hold_alone(one)
        cursor.execute("SELECT count(*) FROM pg_locks WHERE mode = 'RowShareLock'")
        assert cursor.fetchone()[0] > 0

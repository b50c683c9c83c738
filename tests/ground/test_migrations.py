"""Migrations on a database with a record in it keep the record; complete, every guard stands."""

import pytest
from django.core.management import call_command
from django.db import connection

from consultations import triggers
from consultations.models import Entry
from tests.conftest import guards_of_this_database
from tests.world import World


@pytest.mark.django_db(transaction=True)
def test_back_and_forth_the_record_and_its_guards_stay(world: World) -> None:
    world.answered(world.admitted(world.opened()))
    before = list(Entry.objects.order_by("seq").values())
    call_command("migrate", "consultations", "0001", verbosity=0)
    assert triggers.standing(connection) == []  # halfway it is nobody's: serving migrates first
    call_command("migrate", verbosity=0)
    assert triggers.standing(connection) == guards_of_this_database()
    assert triggers.drifted(connection) == []
    assert list(Entry.objects.order_by("seq").values()) == before
    assert world.opened("drugi").state == "open"

"""The harness keeps its promises: files, guards and the law after a flush, no strangers' data."""

from pathlib import Path

import pytest
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection

from consultations import triggers
from consultations.models import Procedure
from tests.conftest import guards_of_this_database
from tests.databases import POSTGRES, home


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["before a flush", "after one flush", "after two"])
def test_guards_and_law_stand_after_every_flush(turn: str) -> None:
    assert triggers.standing(connection) == guards_of_this_database()
    assert Procedure.objects.exists()


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for() -> None:
    assert connection.vendor == ("postgresql" if POSTGRES else "sqlite")
    assert POSTGRES or Path(connection.settings_dict["NAME"]).parent == Path(settings.VAR_DIR)


def test_everything_a_test_writes_stays_in_the_folder_of_the_run() -> None:
    assert home() in Path(settings.VAR_DIR).parents


async def test_the_channel_layer_delivers() -> None:
    layer = get_channel_layer()
    name = await layer.new_channel()
    await layer.send(name, {"type": "hello"})
    assert await layer.receive(name) == {"type": "hello"}
    if hasattr(layer, "flush"):
        await layer.flush()

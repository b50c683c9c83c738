"""What the tests of the public pages share: looking at a page as somebody, in English."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from consultations.models import Actor
from tests.world import World

Visit = Callable[..., Any]


@pytest.fixture
def visit(client: Client) -> Visit:
    """`visit(who, address)`: the answer to a visitor (None) or a person; `data` posts."""

    def visit_as(who: Actor | None, address: str, data: dict[str, Any] | None = None) -> Any:
        client.logout()
        if who is not None:
            client.force_login(who.user)
        in_english = {"accept-language": "en"}
        if data is None:
            return client.get(address, headers=in_english)
        return client.post(address, data, headers=in_english)

    return visit_as


@pytest.fixture
def viewers(world: World) -> dict[str, Actor | None]:
    """A visitor, the author, somebody else signed in, an officer."""
    return {
        "visitor": None,
        "author": world.ngo,
        "outsider": world.outsider,
        "officer": world.officer,
    }

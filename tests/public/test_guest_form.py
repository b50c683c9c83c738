"""The guest's form beside the one of who is signed in: signing in loses nothing, limits neither."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.public.conftest import Visit
from tests.public.guests import typed as typed_by_a_guest
from tests.public.test_filing import REASONS, typed, where
from tests.world import World


@pytest.mark.parametrize("way", [{}, {"version": "0"}, {"szkic": "1"}])
def test_what_a_visitor_typed_is_in_the_form_after_signing_in(
    world: World, client: Client, way: dict[str, str]
) -> None:
    """Once it is filed, by the form, through a draft, or kept as one, it is not offered again."""
    consultation = world.opened()
    page = where(consultation)
    asked: Any = client.post(page, typed_by_a_guest(reasons=REASONS) | {"zaloguj": "1"})
    assert (asked.status_code, "next=%2Fk%2F" in asked.url) == (302, True)
    client.force_login(world.ngo.user)
    form = client.get(page).context["form"]
    assert (form["reasons"].value(), form["kind"].value()) == (REASONS, "change")
    other = client.get(where(consultation, "calosc")).context["form"]
    assert other["reasons"].value() is None
    client.post(page, typed(world) | way)
    assert client.get(page).context["form"]["reasons"].value() is None


def test_looking_at_the_change_keeps_everything_and_sends_nothing(
    world: World, client: Client
) -> None:
    sent = typed_by_a_guest(pokaz="1", email="ja@")
    page = client.post(where(world.opened()), sent, headers={"accept-language": "en"})
    said = page.content.decode()
    assert (page.status_code, "<ins" in said, 'value="ja@"' in said) == (200, True, True)


def test_the_trap_is_off_the_screen_labelled_and_not_in_the_way(
    world: World, client: Client
) -> None:
    page = client.get(where(world.opened()), headers={"accept-language": "en"}).content.decode()
    trap = page.partition('<div class="govuk-visually-hidden"><label for="id_website">')[2]
    assert trap.startswith("Leave this field empty</label>")
    field = trap.partition("<input")[2].partition(">")[0]
    assert ('autocomplete="off"' in field, 'tabindex="-1"' in field) == (True, True)


def test_a_person_files_so_many_and_what_she_typed_is_kept(
    world: World, visit: Visit, settings: Any
) -> None:
    cache.clear()
    settings.LIMITS = {"file": "2/3600"}
    consultation = world.opened()
    answers = [visit(world.ngo, where(consultation), typed(world)) for _n in range(3)]
    assert [one.status_code for one in answers] == [302, 302, 429]
    assert "28 dni.</textarea>" in answers[2].content.decode()
    assert int(answers[2].headers["Retry-After"]) > 0
    other = visit(world.outsider, where(consultation), typed(world, in_name_of="own"))
    assert other.status_code == 302
    cache.clear()

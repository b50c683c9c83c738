"""Saved views: filters kept under a name, each person's own."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consultations.models import Consultation, SavedView
from tests.office.pages import as_, ask, text_of
from tests.world import World


@pytest.fixture
def consultation(world: World) -> Consultation:
    opened = world.opened()
    world.admitted(opened)
    return opened


def save(world: World, consultation: Consultation, name: str, **more: str) -> object:
    url = reverse("save_view", args=[consultation.slug])
    sent = {"nazwa": name, "stan": "overdue", "szukaj": "termin", "strona": "3"} | more
    return as_(world.officer).post(url, sent)


def test_the_filters_are_kept_and_lead_back(world: World, consultation: Consultation) -> None:
    response = save(world, consultation, " Pilne   sprawy ")
    assert response.status_code == 302  # type: ignore[attr-defined]
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("Pilne sprawy", "?stan=overdue&szukaj=termin")
    page = ask(world.officer, consultation)
    assert "Pilne sprawy" in text_of(page)
    assert 'href="/biuro/k/program-2027/uwagi/?stan=overdue&amp;szukaj=termin"' in (
        page.content.decode()
    )
    assert "Pilne sprawy" not in text_of(ask(world.second_officer, consultation))


def test_a_view_for_all_stands_in_every_consultation(
    world: World, consultation: Consultation
) -> None:
    save(world, consultation, "Tu")
    save(world, consultation, "Wszędzie", wszedzie="1")
    other = world.opened("inny")
    words = text_of(ask(world.officer, other))
    assert ("Wszędzie" in words, "Tu Delete" in words) == (True, False)


@pytest.mark.parametrize("name", ["", "  ", "…", "a" * 61])
def test_a_view_needs_a_name_and_what_was_typed_stays(
    world: World, consultation: Consultation, name: str
) -> None:
    response = save(world, consultation, name)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert not SavedView.objects.exists()
    assert 'value="termin"' in response.content.decode()  # type: ignore[attr-defined]


def test_a_name_is_used_once(world: World, consultation: Consultation) -> None:
    save(world, consultation, "Raz")
    response = save(world, consultation, "Raz")
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "You have a view of this name already." in text_of(response)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(owner=world.officer, name="Raz", query="")


def test_twenty_are_enough(world: World, consultation: Consultation) -> None:
    for turn in range(20):
        SavedView.objects.create(owner=world.officer, name=str(turn), query="?stan=all")
    assert "Delete one first" in text_of(save(world, consultation, "Jeszcze"))


def test_only_the_owner_deletes_it(world: World, consultation: Consultation) -> None:
    save(world, consultation, "Moje")
    url = reverse("delete_view", args=[consultation.slug, SavedView.objects.get().pk])
    assert as_(world.second_officer).post(url).status_code == 404
    assert as_(world.officer).post(url).status_code == 302
    assert not SavedView.objects.exists()

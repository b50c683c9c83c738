"""The list says how many of its comments are new or changed since it was opened."""

import json
from typing import Any

import pytest
from django.urls import reverse

from consultations.models import Actor, Consultation
from consultations.selectors.journal import desk_counter
from consultations.services import comments
from tests.office.pages import as_, ask
from tests.world import World


def news(actor: Actor, consultation: Consultation, **query: Any) -> str:
    url = reverse("queue_news", args=[consultation.slug])
    return str(json.loads(as_(actor).get(url, query).content)["words"])


def test_only_what_stands_in_this_list_is_counted_once(world: World) -> None:
    consultation = world.opened()
    first, second = world.admitted(consultation), world.comment(consultation)
    seen = desk_counter(consultation.draft)
    assert "No comment of this list is new" in news(world.officer, consultation, od=seen)
    comments.admit_comment(second, by=world.officer)
    comments.assign_comment(first, department=world.department, by=world.officer)
    comments.number_comment_case(first, case_number="RDO.1", by=world.officer)
    both = news(world.officer, consultation, od=seen)
    assert both == "2 comments of this list are new or changed."
    one = news(world.officer, consultation, od=seen, stan="unassigned")
    assert one == "1 comment of this list is new or changed."
    assert "No comment of" in news(world.officer, consultation, od=seen, szukaj="zebra")


def test_an_expert_hears_only_of_her_department(world: World) -> None:
    consultation = world.opened()
    world.admitted(consultation)
    assert "No comment of" in news(world.expert, consultation, od=0)


@pytest.mark.parametrize("od", ["", "x", "-1", "9" * 40, "\0"])
def test_any_number_is_read(world: World, od: str) -> None:
    assert news(world.officer, world.opened(), od=od)


def test_the_page_asks_under_its_own_filters_from_what_it_shows(world: World) -> None:
    consultation = world.opened()
    world.admitted(consultation)
    page = ask(world.officer, consultation, stan="unassigned", uwaga=1).content.decode()
    seen = desk_counter(consultation.draft)
    assert f'data-news="/biuro/k/program-2027/uwagi/nowe/?stan=unassigned&amp;od={seen}"' in page

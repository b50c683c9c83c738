"""Pages ask the database as often for three comments as for one, and for any length of text."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.models import Actor, Consultation
from tests.public.addresses import address
from tests.public.conftest import Visit
from tests.report_files import write_report_files
from tests.world import World, provision

LONG = "Rozdział 1. Długi\n" + "".join(f"§ {n}. Przepis {n}.\n" for n in range(1, 61))


def cost(visit: Visit, client: Client, viewer: Actor | None, one: str) -> int:
    visit(viewer, one)  # signs in
    with CaptureQueriesContext(connection) as asked:
        answer: Any = client.get(one, headers={"accept-language": "en"})
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert answer.status_code == 200
    return len(asked)


PAGES: dict[str, Callable[[Consultation], str]] = {
    "home": lambda _one: reverse("home"),
    "consultation": lambda one: address("consultation", one),
    "reading": lambda one: address("read_draft", one),
    "panel": lambda one: address(
        "read_draft", one, query=f"przepis={provision(one).provision.key}"
    ),
    "comments only": lambda one: address("read_draft", one, query="tylko=uwagi"),
    "list": lambda one: address("comments", one),
    "list, filtered": lambda one: address(
        "comments", one, query=f"szukaj=ofert&przepis={provision(one).provision.key}&koniec"
    ),
    "list as csv": lambda one: address("comments_csv", one),
    "comment": lambda one: address("comment", one, 1),
    "provision": lambda one: reverse("provision", args=[provision(one).provision.key]),
    "journal": lambda one: address("journal", one),
    "report": lambda one: address("report", one),
    "csv": lambda one: address("report_file", one, "csv"),
    "docx": lambda one: address("report_file", one, "docx"),
    "documents": lambda _one: reverse("documents"),
    "my comments": lambda _one: reverse("my_comments"),
}

# Many parts: course, forms, figures, opinions, changes, comments; a form beside comments; a comment
# with its course, supporters and files; a draft with its plan, alarm, vote and rounds.
MOST = {"consultation": 27, "report": 32, "panel": 26, "comment": 30}


def commented(world: World, slug: str, comments: int, *, released: bool) -> Consultation:
    """An open round with so many answered comments, of a person and of an organisation by turns."""
    consultation = world.opened(slug)
    for turn in range(comments):
        said = {} if turn % 2 else {"organisation": None, "by": world.outsider}
        world.answered(world.admitted(consultation, **said))
    if released:
        world.numbered(world.closed(consultation))
        write_report_files()
    return consultation


@pytest.mark.parametrize("page", PAGES)
def test_more_comments_and_more_rounds_cost_no_more(
    world: World, visit: Visit, client: Client, page: str
) -> None:
    viewers = [None, world.outsider, world.officer][page == "my comments" :]
    costs = []
    for slug, comments in (("jedna", 1), ("trzy", 3)):
        one = commented(world, slug, comments, released=page in {"report", "csv", "docx"})
        costs.append([cost(visit, client, viewer, PAGES[page](one)) for viewer in viewers])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= MOST.get(page, 25)


def test_a_long_text_costs_no_more_than_a_short_one(
    world: World, visit: Visit, client: Client
) -> None:
    rounds = [world.opened("krotki"), world.opened("dlugi", LONG)]
    addresses = [address("read_draft", one) for one in rounds]
    costs = [cost(visit, client, None, one) for one in addresses]
    assert costs[0] == costs[1]
    assert visit(None, addresses[1]).content.decode().count("Przepis ") == 60

"""Important documents: what was adopted comes first, with the whole record behind it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.calendar import local_day
from consultations.models import Draft
from consultations.models.clock import move_to, now
from consultations.services import council, drafts
from tests.public.conftest import Visit
from tests.world import World


def adopted(world: World, slug: str = "program-2027", number: str = "XXX/792/26") -> Draft:
    """A resolution of 40-3, published in BIP."""
    draft = world.voted(world.numbered(world.closed(world.opened(slug)))).draft
    draft.refresh_from_db()
    day = local_day(now())
    draft = council.adopt_draft(draft, resolution_number=number, adopted_on=day, by=world.clerk)
    council.record_publication(
        draft, place="bip", address=f"https://bip.test/{slug}", published_on=day, by=world.clerk
    )
    return draft


def test_an_adopted_document_shows_number_day_vote_and_the_record_behind(
    world: World, visit: Visit
) -> None:
    draft = adopted(world)
    listed = visit(None, reverse("documents")).text
    assert listed.index("XXX/792/26") < listed.index("Every document")
    for page in (listed, visit(None, reverse("document", args=["program-2027"])).text):
        assert "Resolution XXX/792/26 of 10 October 2026" in page
        assert "Votes: for 40, against 3, abstained 0" in page
        assert "print number 405" in page
        links = [
            reverse(name, args=["program-2027"])
            for name in ("read_draft", "report", "roll_call", "journal")
        ]
        assert [link for link in links if f'href="{link}"' not in page] == []
        assert 'href="https://bip.test/program-2027"' in page
    assert draft.adopted_on == date(2026, 10, 10)


def test_the_latest_resolution_stands_first(world: World, visit: Visit) -> None:
    for slug, number in (("pierwszy", "I/1/26"), ("drugi", "II/2/26")):
        adopted(world, slug, number)
        move_to(now() + timedelta(days=30))
    lines = visit(None, reverse("documents")).context["adopted"]
    assert [line.draft.resolution_number for line in lines] == ["II/2/26", "I/1/26"]


def test_before_the_first_resolution_the_page_says_so(world: World, visit: Visit) -> None:
    world.opened()
    page = visit(None, reverse("documents"))
    assert (page.context["adopted"], "has been adopted yet" in page.text) == ([], True)


def test_a_withdrawn_draft_says_why_on_its_document(world: World, visit: Visit) -> None:
    draft = world.closed(world.opened()).draft
    drafts.withdraw_draft(draft, because="Nowa ustawa.", by=world.officer)
    page = visit(None, reverse("document", args=["program-2027"])).text
    assert "withdrawn: Nowa ustawa." in page


def test_a_rejected_draft_leads_to_its_votes(world: World, visit: Visit) -> None:
    file = world.voted(world.numbered(world.closed(world.opened())), votes_for=10)
    council.reject_draft(file.draft, by=world.clerk)
    page = visit(None, reverse("document", args=["program-2027"]))
    (line,) = page.context["drafts"]
    assert (line.draft.state, str(line.vote), page.context["adopted"]) == (
        "rejected",
        "10-33-0",
        [],
    )


@pytest.mark.parametrize("name", ["documents", "document"])
def test_more_resolutions_cost_no_more(world: World, client: Client, name: str) -> None:
    def ask() -> int:
        where: list[Any] = ["pierwszy"] if name == "document" else []
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name, args=where)).status_code == 200
        return len(asked)

    adopted(world, "pierwszy", "I/1/26")
    first = ask()
    adopted(world, "drugi", "II/2/26")
    assert (ask(), first <= 25) == (first, True)

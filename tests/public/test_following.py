"""Following in one click: where the buttons stand, what they do, and what one may not follow."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.models import Actor, Consultation, Watch
from consultations.services import drafts
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.public.conftest import Visit
from tests.world import World, provision


def pages(consultation: Consultation) -> dict[str, str]:
    """The page of each kind of thing, by what its button sends."""
    document, key = consultation.draft.document.slug, provision(consultation).provision.key
    return {
        f"document:{document}": reverse("document", args=[document]),
        f"draft:{consultation.slug}": reverse("consultation", args=[consultation.slug]),
        f"provision:{key}": reverse("provision", args=[key]),
    }


def press(visit: Visit, who: Actor | None, name: str, thing: str, back: str = "") -> Any:
    return visit(who, reverse(name), {"thing": thing, "next": back})


def test_each_page_has_a_button_that_follows_and_then_stops(world: World, visit: Visit) -> None:
    for thing, page in pages(world.opened()).items():
        kind = thing.partition(":")[0]
        assert f"Follow this {kind}" in visit(world.outsider, page).content.decode()
        answer = press(visit, world.outsider, "follow", thing, page)
        assert (answer.status_code, answer["Location"]) == (302, page)
        assert f"Stop following this {kind}" in visit(world.outsider, page).content.decode()
        press(visit, world.outsider, "follow", thing)  # once is enough
        assert Watch.objects.filter(actor=world.outsider).count() == 1
        press(visit, world.outsider, "unfollow", thing)
        assert Watch.objects.filter(actor=world.outsider).count() == 0


def test_a_visitor_is_led_to_sign_in_and_back(world: World, visit: Visit) -> None:
    for page in pages(world.opened()).values():
        assert f'?next={page}">Sign in to follow' in visit(None, page).content.decode()


def test_the_inbox_lists_what_one_follows_and_stops_it_there(world: World, visit: Visit) -> None:
    consultation = world.opened()
    for thing in pages(consultation):
        press(visit, world.outsider, "follow", thing)
    page = visit(world.outsider, reverse("inbox"))
    assert {one.name: one.url for one in page.context["followed"]} == pages(consultation)
    assert page.content.decode().count(f'action="{reverse("unfollow")}"') == 3
    assert visit(world.approver, reverse("inbox")).context["followed"] == []


def test_who_follows_a_document_is_told_of_its_drafts_and_why(world: World, visit: Visit) -> None:
    consultation = world.opened()
    dispatch()
    told = Notice.objects.filter(recipient=world.outsider)
    assert told.count() == 0
    press(visit, world.outsider, "follow", f"document:{consultation.draft.document.slug}")
    world.closed(consultation)
    drafts.withdraw_draft(consultation.draft, because="Zmiana planów.", by=world.officer)
    dispatch()
    kinds = {"consultation.close", "draft.withdraw"}
    assert kinds <= set(told.values_list("entry__kind", flat=True))
    assert "Why you get this:" in visit(world.outsider, reverse("inbox")).content.decode()


@pytest.mark.parametrize("thing", ["", "draft", "draft:nie-ma", "provision:x", "actor:1", "\x00:"])
def test_there_is_nothing_else_to_follow(world: World, visit: Visit, thing: str) -> None:
    assert press(visit, world.outsider, "follow", thing).status_code in {400, 404}
    assert Watch.objects.filter(actor=world.outsider).exists() is False


def test_what_one_may_not_see_cannot_be_followed(world: World, visit: Visit) -> None:
    draft = world.drafted("tajny")
    slug = draft.rounds.get().slug
    assert press(visit, world.outsider, "follow", f"draft:{slug}").status_code == 404
    assert press(visit, world.officer, "follow", f"draft:{slug}").status_code == 302


def test_one_is_never_led_away_from_this_site(world: World, visit: Visit) -> None:
    thing = next(iter(pages(world.opened())))
    for back in ("https://zly.test/", "//zly.test", "javascript:alert(1)"):
        answer = press(visit, world.outsider, "follow", thing, back)
        assert answer["Location"] == reverse("inbox")

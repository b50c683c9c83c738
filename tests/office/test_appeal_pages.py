"""Appeals on the pages: the author's way to one, the office's view, and decisions from the desk."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.models import Actor, Comment
from consultations.services import appeals
from tests.office.pages import as_, ask, rows_of
from tests.office.test_appeals import WORDS, appealed, hidden
from tests.world import World

ENGLISH = {"accept-language": "en"}


def act(by: Actor, comment: Comment, name: str, **said: Any) -> Any:
    address = reverse(name, args=[comment.consultation.slug, comment.number])
    return as_(by).post(address, said, headers=ENGLISH)


def page_of(by: Actor, comment: Comment, name: str = "comment") -> Any:
    address = reverse(name, args=[comment.consultation.slug, comment.number])
    return as_(by).get(address, headers=ENGLISH)


def test_the_author_is_offered_an_appeal_and_files_it(world: World) -> None:
    comment = hidden(world)
    shown = page_of(world.outsider, comment).content.decode()
    assert ("Reklama." in shown, "you can appeal once" in shown) == (True, True)
    form = page_of(world.outsider, comment, "appeal_comment").content.decode()
    assert "Why the comment should not be hidden" in form
    assert act(world.outsider, comment, "appeal_comment", reasons=WORDS).status_code == 302
    after = page_of(world.outsider, comment).content.decode()
    assert (WORDS in after, "you can appeal once" in after) == (True, False)
    assert page_of(world.outsider, comment, "appeal_comment").status_code == 302


def test_an_empty_appeal_is_refused_and_a_second_one_keeps_its_words(world: World) -> None:
    comment = hidden(world)
    assert act(world.outsider, comment, "appeal_comment", reasons=" ").status_code == 422
    act(world.outsider, comment, "appeal_comment", reasons=WORDS)
    again = act(world.outsider, comment, "appeal_comment", reasons="Jeszcze raz.")
    assert (again.status_code, "Jeszcze raz.</textarea>" in again.content.decode()) == (409, True)


def test_nobody_else_finds_it(world: World) -> None:
    comment = hidden(world)
    assert page_of(world.ngo, comment, "appeal_comment").status_code == 404
    assert act(world.officer, comment, "appeal_comment", reasons=WORDS).status_code == 403


def test_the_office_has_a_view_of_open_appeals(world: World) -> None:
    comment = appealed(world)
    hidden(world, comment.consultation)
    page = ask(world.officer, comment.consultation, stan="appeals")
    assert rows_of(page) == [comment.number]
    counts = {view.code: view.count for view in page.context["views"]}
    assert (counts["appeals"], counts["aside"]) == (1, 2)


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("officer", set()),  # who hid it
        ("second_officer", {"restore", "uphold"}),
        ("approver", {"restore", "uphold"}),
        ("auditor", set()),
    ],
)
def test_the_desk_offers_a_decision_to_another_person(
    world: World, who: str, offered: set[str]
) -> None:
    comment = appealed(world)
    page = ask(getattr(world, who), comment.consultation, stan="appeals", uwaga=comment.number)
    assert page.context["detail"].acts & {"restore", "uphold"} == offered
    text = page.content.decode()
    assert (WORDS in text, "Somebody else must decide" in text) == (True, not offered)


def test_it_is_restored_from_the_desk(world: World) -> None:
    comment = appealed(world)
    assert act(world.officer, comment, "restore_comment").status_code == 403
    assert act(world.second_officer, comment, "restore_comment").status_code == 302
    assert Comment.objects.get(pk=comment.pk).state == "received"


def test_it_stays_hidden_with_a_reason_the_author_reads(world: World) -> None:
    comment = appealed(world)
    refused = act(world.approver, comment, "uphold_hiding", because=" ")
    assert refused.status_code == 422
    assert act(world.approver, comment, "uphold_hiding", because="Jednak.").status_code == 302
    assert "Jednak." in page_of(world.outsider, comment).content.decode()


def test_a_hiding_nobody_appealed_against_offers_no_decision(world: World) -> None:
    """The control."""
    comment = hidden(world)
    page = ask(world.second_officer, comment.consultation, stan="aside", uwaga=comment.number)
    assert not page.context["detail"].acts & {"restore", "uphold"}
    decided = appeals.appeal_comment(comment, reasons=WORDS, by=world.outsider)
    appeals.restore_comment(decided, by=world.second_officer)
    page = ask(world.approver, comment.consultation, stan="all", uwaga=comment.number)
    assert not page.context["detail"].acts & {"restore", "uphold"}

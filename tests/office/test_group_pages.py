"""The pages of likeness and groups: beside a comment, in the list, proposed, made, answered."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.models import Answer, Comment, CommentGroup, Consultation, Run
from consultations.services import sketching
from consultations.services.groups import group_comments
from tests.office.pages import address, as_, ask, rows_of, text_of
from tests.office.runs import to_the_end
from tests.text.test_sketch import LETTER, OTHERS
from tests.world import World

SAID = {"outcome": "rejected", "reasons": "Zostaje 21 dni: to minimum ustawy."}


@pytest.fixture
def consultation(world: World, monkeypatch: pytest.MonkeyPatch) -> Consultation:
    """Comments 1, 2, 4 and 5 say the same; 3 says something else."""
    monkeypatch.setattr(sketching._Looked, "seq", 0)
    consultation = world.opened()
    for text in (LETTER, LETTER, OTHERS[3], LETTER, f"Dzień dobry! {LETTER}"):
        world.admitted(consultation, kind="question", proposed_wording="", reasons=text)
    sketching.sketch_comments()
    return consultation


def at(consultation: Consultation, number: int) -> Comment:
    found: Comment = consultation.comments.select_related("consultation").get(number=number)
    return found


def post(world: World, comment: Comment, name: str, data: Any = None, **more: Any) -> Any:
    return as_(world.officer).post(address(name, comment), data or {}, **more)


def test_the_pane_offers_what_is_similar_and_groups_the_chosen(
    consultation: Consultation, world: World
) -> None:
    page = ask(world.officer, consultation, uwaga=1)
    assert "Similar comments (3)" in text_of(page)
    assert "Comment 2: the same" in text_of(page)
    offered = text_of(page).partition("Similar comments (3)")[2].partition("All that")[0]
    assert "Comment 3" not in offered
    sent = {"uwaga": ["2", "4"], "istota": "30 dni", "stan": "admitted"}
    answer = post(world, at(consultation, 1), "group_comments", sent)
    assert answer.headers["location"].endswith("?stan=admitted&uwaga=1#uwaga")
    group = CommentGroup.objects.get()
    assert (group.lead.number, group.gist) == (1, "30 dni")
    page = text_of(ask(world.officer, consultation, uwaga=2))
    assert "Group of comment 1: 3 comments" in page
    assert "Comment 2 is in the group of comment 1." in page  # the history
    assert "Similar comment (1)" in page


def test_the_list_says_how_many_are_similar_and_whose_group_a_row_is_in(
    consultation: Consultation, world: World
) -> None:
    page = text_of(ask(world.officer, consultation, stan="admitted"))
    assert page.count("+ 3 similar ones") == 4
    group_comments([at(consultation, 2)], lead=at(consultation, 4), by=world.officer)
    page = text_of(ask(world.officer, consultation, stan="admitted"))
    assert "Leads a group of 2 comments" in page
    assert "In the group of comment 4" in page


def test_the_filter_shows_a_group_or_only_leads(consultation: Consultation, world: World) -> None:
    group_comments([at(consultation, 2)], lead=at(consultation, 4), by=world.officer)
    assert rows_of(ask(world.officer, consultation, grupa="4")) == [2, 4]
    assert rows_of(ask(world.officer, consultation, grupa="wiodace")) == [1, 3, 4, 5]
    for odd in ("x", "9" * 40, "2", "²"):
        assert ask(world.officer, consultation, grupa=odd).status_code == 200


def test_a_proposed_group_is_accepted_after_unticking(
    consultation: Consultation, world: World
) -> None:
    page = as_(world.officer).get(reverse("groups", args=[consultation.slug]))
    assert "4 comments" in text_of(page)
    look = as_(world.officer).get(address("similar_comments", at(consultation, 1)))
    assert look.content.decode().count(" checked") == 3
    sent = {"uwaga": ["2", "4"], "wszystkie": "1", "istota": "30 dni"}
    assert post(world, at(consultation, 1), "group_comments", sent).status_code == 302
    numbers = CommentGroup.objects.get().comments.values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 4]
    empty = as_(world.officer).get(reverse("groups", args=[consultation.slug]))
    assert "No two comments in work say nearly the same" in text_of(empty)
    made = as_(world.officer).get(
        reverse("groups", args=[consultation.slug]), {"pokaz": "utworzone"}
    )
    assert "30 dni" in text_of(made)
    assert "1 more says nearly the same" in text_of(made)


def test_what_is_refused_keeps_ticks_and_gist(consultation: Consultation, world: World) -> None:
    sent = {"uwaga": [], "wszystkie": "1", "istota": "30 dni"}
    page = post(world, at(consultation, 1), "group_comments", sent)
    assert page.status_code == 422
    assert "a group has two" in text_of(page)
    assert 'value="30 dni"' in page.content.decode()
    assert " checked" not in page.content.decode()


def test_one_that_joins_through_a_member_joins_the_group(
    consultation: Consultation, world: World
) -> None:
    group_comments([at(consultation, 2)], lead=at(consultation, 4), by=world.officer)
    post(world, at(consultation, 1), "group_comments", {"uwaga": ["2"]})
    group = CommentGroup.objects.get()
    assert group.lead.number == 4
    assert group.comments.count() == 3


def test_two_groups_are_never_joined_into_one(consultation: Consultation, world: World) -> None:
    group_comments([at(consultation, 2)], lead=at(consultation, 1), by=world.officer)
    group_comments([at(consultation, 5)], lead=at(consultation, 4), by=world.officer)
    page = post(world, at(consultation, 1), "group_comments", {"uwaga": ["4"]})
    assert page.status_code == 422
    assert "in different groups" in text_of(page)


def test_leading_leaving_and_dissolving_by_buttons(
    consultation: Consultation, world: World
) -> None:
    lead = at(consultation, 1)
    group_comments([at(consultation, 2), at(consultation, 4)], lead=lead, by=world.officer)
    assert "lead the group: let" not in text_of(post(world, at(consultation, 2), "lead_group"))
    assert CommentGroup.objects.get().lead.number == 2
    refused = post(world, at(consultation, 2), "leave_group")
    assert refused.status_code == 422
    assert "let another one lead it first" in text_of(refused)
    post(world, at(consultation, 4), "leave_group")
    assert CommentGroup.objects.get().comments.count() == 2
    post(world, at(consultation, 1), "dissolve_group")
    assert not CommentGroup.objects.exists()
    assert post(world, at(consultation, 1), "dissolve_group").status_code == 409


def test_the_whole_group_is_answered_from_the_form_of_one(
    consultation: Consultation, world: World
) -> None:
    group_comments(
        [at(consultation, 2), at(consultation, 4)], lead=at(consultation, 1), by=world.officer
    )
    page = ask(world.officer, consultation, uwaga=2)
    assert "Answer the whole group (3 comments)" in text_of(page)
    version = at(consultation, 2).version
    sent = SAID | {"version": version}
    page = post(world, at(consultation, 2), "answer_group", sent, follow=True)
    assert "3 comments will get this." in text_of(page)
    assert not Answer.objects.exists()
    run = Run.objects.get()
    as_(world.officer).post(reverse("start_run", args=[consultation.slug, run.pk]))
    to_the_end(run)
    assert Answer.objects.count() == 3
    page = as_(world.approver).get(reverse("queue", args=[consultation.slug]), {"uwaga": 1})
    assert "Approve the answers of 3 members" in text_of(page)
    sent = {"grupa": "1", "stan": "all", "wszystkie": "approve"}
    place = reverse("prepare_run", args=[consultation.slug])
    assert "3 comments will get this." in text_of(
        as_(world.approver).post(place, sent, follow=True)
    )


def test_a_wrong_answer_comes_back_with_what_was_typed(
    consultation: Consultation, world: World
) -> None:
    group_comments([at(consultation, 2)], lead=at(consultation, 1), by=world.officer)
    for wrong, status in (
        ({"outcome": ""}, 422),
        ({"version": "0"}, 409),
        ({"outcome": "accepted"}, 422),
    ):
        sent = SAID | {"version": at(consultation, 1).version} | wrong
        page = post(world, at(consultation, 1), "answer_group", sent)
        assert page.status_code == status
        assert SAID["reasons"] in text_of(page)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("who", ["auditor", "approver", "expert"])
def test_those_who_only_read_are_offered_no_boxes(
    consultation: Consultation, world: World, who: str
) -> None:
    actor = getattr(world, who)
    page = as_(actor).get(reverse("groups", args=[consultation.slug]))
    assert page.status_code == 200
    assert post_as(actor, at(consultation, 1)).status_code == 403
    if who != "expert":
        pane = ask(actor, consultation, uwaga=1).content.decode()
        assert "Group the chosen" not in pane
        assert "Comment 2: the same" in text_of(ask(actor, consultation, uwaga=1))


def post_as(actor: Any, comment: Comment) -> Any:
    return as_(actor).post(address("group_comments", comment), {"uwaga": ["2"]})

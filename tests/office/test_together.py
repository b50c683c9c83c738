"""Several answers at once: looked over, then each an act of its own; what is refused is named."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.models import Actor, Comment, Consultation, Entry, Role, RoleGrant
from consultations.services import answers
from tests.office.pages import as_, ask, proposed, text_of
from tests.world import BEGINNING, World, signatory, signed_in


@pytest.fixture
def approved(world: World) -> Consultation:
    """Comments 1 to 4 with approved answers; the last is a private person's."""
    consultation = world.opened()
    for turn in range(4):
        said = {"organisation": None, "by": world.outsider} if turn == 3 else {}
        comment = proposed(world.admitted(consultation, **said), by=world.second_officer)
        answers.approve_answer(comment, by=world.approver)
    return consultation


def place(consultation: Consultation, name: str = "publish_answers") -> str:
    return reverse(name, args=[consultation.slug])


def look(actor: Actor, consultation: Consultation, query: Any, name: str) -> Any:
    return as_(actor).get(place(consultation, name), query)


def states(consultation: Consultation) -> list[str]:
    return list(consultation.comments.order_by("number").values_list("state", flat=True))


def test_the_list_offers_rows_to_choose_only_where_something_can_be_done(
    approved: Consultation, world: World
) -> None:
    page = ask(world.officer, approved, stan="approved").content.decode()
    assert page.count('type="checkbox"') == 4
    assert "Publish all (4)" in page
    for viewer, view in ((world.officer, "all"), (world.auditor, "approved")):
        assert 'type="checkbox"' not in ask(viewer, approved, stan=view).content.decode()


def test_the_chosen_ones_are_shown_in_full_and_nothing_happens_yet(
    approved: Consultation, world: World
) -> None:
    page = look(world.officer, approved, {"uwaga": ["1", "3", "x", "99"]}, "publish_answers")
    assert [row.comment.number for row in page.context["rows"]] == [1, 3]
    assert page.context["numbers"] == "1 3"
    assert states(approved) == ["approved"] * 4


def test_the_page_says_how_many_people_will_be_told(approved: Consultation, world: World) -> None:
    friend = signed_in("druga@mosty.test", "Druga Mostowa")
    signatory(world.organisation, friend)
    page = look(world.officer, approved, {"wszystkie": "1"}, "publish_answers")
    assert "4 answers are chosen." in text_of(page)
    assert "This will notify 3 people." in text_of(page)
    alone = look(world.officer, approved, {"uwaga": "4"}, "publish_answers")
    assert "This will notify 1 person." in text_of(alone)


def test_each_answer_is_published_by_an_act_of_its_own(
    approved: Consultation, world: World
) -> None:
    response = as_(world.officer).post(place(approved), {"numery": "1 2 4"})
    assert response.headers["location"].endswith("?stan=approved")
    assert states(approved) == ["published", "published", "approved", "published"]
    acts = Entry.objects.filter(kind="comment.publish").values_list("action", flat=True)
    assert len(set(acts)) == 3


def test_a_row_that_is_refused_is_named_and_the_others_stand(
    approved: Consultation, world: World
) -> None:
    second = Comment.objects.get(consultation=approved, number=2)
    answers.send_back_answer(second, remark="Za krótko.", by=world.approver)
    response = as_(world.officer).post(place(approved), {"numery": "1 2 3 77"})
    assert response.status_code == 409
    assert [number for number, _refusal in response.context["refused"]] == [2, 77]
    page = text_of(response)
    assert "2 answers were left as they are" in page
    assert "2 answers are published." in page
    assert states(approved) == ["published", "admitted", "published", "approved"]


def test_nothing_chosen_leads_back_with_a_sentence(approved: Consultation, world: World) -> None:
    page = as_(world.officer).get(place(approved), follow=True)
    assert "Choose at least one answer that can be dealt with now." in text_of(page)


@pytest.mark.parametrize("role", ["expert", "clerk", "auditor", "ngo"])
@pytest.mark.parametrize("name", ["publish_answers", "approve_answers"])
def test_it_is_for_those_who_may_do_it_one_by_one(
    approved: Consultation, world: World, role: str, name: str
) -> None:
    client = as_(getattr(world, role))
    assert client.get(place(approved, name)).status_code == 403
    assert client.post(place(approved, name), {"numery": "1"}).status_code == 403
    assert states(approved) == ["approved"] * 4


def test_an_author_is_not_offered_and_not_given_the_approval_of_her_own_answer(
    world: World,
) -> None:
    consultation = world.opened()
    RoleGrant.objects.create(actor=world.approver, role=Role.OFFICER, since=BEGINNING)
    for author in (world.approver, world.officer):
        proposed(world.admitted(consultation), by=author)
    page = look(world.approver, consultation, {"wszystkie": "1"}, "approve_answers")
    assert page.context["numbers"] == "2"
    response = as_(world.approver).post(place(consultation, "approve_answers"), {"numery": "1 2"})
    assert "You wrote this answer: somebody else must approve it." in text_of(response)
    assert states(consultation) == ["proposed", "approved"]

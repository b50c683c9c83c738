"""Every act on a comment by every role: who may, where it leads, and what a refusal says."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from consultations import calendar
from consultations.errors import NotYours
from consultations.models import Actor, Answer, Comment, Department, Entry, Role, RoleGrant
from consultations.models.clock import now
from consultations.services import answers, comments, leaving
from tests.office.pages import ANSWER, address, as_, fresh, queue_of, text_of
from tests.world import BEGINNING, World, provision_of, staff

ROLES = ("officer", "approver", "expert", "clerk", "auditor", "councillor", "ngo", "visitor")
# URL name: who may do it; the comment stands where the act is possible.
ACTS: dict[str, set[str]] = {
    "admit_comment": {"officer"},
    "return_comment": {"officer"},
    "assign_comment": {"officer"},
    "answer_comment": {"officer", "expert"},
    "approve_answer": {"approver"},
    "send_back_answer": {"approver"},
    "publish_answer": {"officer", "approver"},
    "hide_comment": {"officer"},
    "leave_comment": {"officer"},
    "take_up_comment": {"officer"},
}
GIVEN: dict[str, dict[str, str]] = {
    "return_comment": {"because": "Brak podpisu.", "complete_by": "2026-09-30"},
    "assign_comment": {"department": "budzet"},
    "answer_comment": ANSWER,
    "send_back_answer": {"remark": "Proszę podać podstawę prawną."},
    "hide_comment": {"because": "Zawiera dane osobowe."},
    "leave_comment": {"because": "Brak podpisu."},
}
AFTER = {
    "admit_comment": "admitted",
    "return_comment": "returned",
    "assign_comment": "assigned",
    "answer_comment": "proposed",
    "approve_answer": "approved",
    "send_back_answer": "admitted",
    "publish_answer": "published",
    "hide_comment": "hidden",
    "leave_comment": "left",
    "take_up_comment": "received",
}


def ready_for(name: str, world: World) -> Comment:
    """A comment on which the act is possible; an answer is the second officer's."""
    comment = world.comment(world.opened())
    if name in {"admit_comment", "return_comment"}:
        return comment
    if name in {"leave_comment", "take_up_comment"}:
        comment = unsigned(comment, world)
        if name == "leave_comment":
            return comment
        return leaving.leave_comment(comment, because="Brak podpisu.", by=world.officer)
    comment = comments.admit_comment(comment, by=world.officer)
    if name != "assign_comment":
        comment = comments.assign_comment(comment, department=world.department, by=world.officer)
    if name in {"approve_answer", "send_back_answer", "publish_answer"}:
        comment = answers.answer_comment(
            comment, outcome="rejected", reasons="Zostaje.", by=world.second_officer
        )
    if name == "publish_answer":
        other = staff("drugi.kierownik@urzad.test", Role.APPROVER)
        comment = answers.approve_answer(comment, by=other)
    return comment


def unsigned(comment: Comment, world: World) -> Comment:
    """Asked for a signature and completed without one."""
    day, lacking = calendar.local_day(now()), ["unsigned"]
    comments.return_comment(
        comment, because="Brak podpisu.", complete_by=day, lacking=lacking, by=world.officer
    )
    return comments.complete_comment(comment, supplement="Podpiszę potem.", by=world.ngo)


def post(name: str, comment: Comment, actor: Actor | None, **given: Any) -> Any:
    data = GIVEN.get(name, {}) | {"version": comment.version} | given
    return as_(actor).post(address(name, comment), data)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_for_its_roles_alone(world: World, name: str, role: str) -> None:
    comment = ready_for(name, world)
    before = comment.state
    response = post(name, comment, getattr(world, role, None))
    allowed = role in ACTS[name]
    # who is not signed in is sent to the login, everybody else is told
    assert response.status_code == (302 if allowed or role == "visitor" else 403)
    assert fresh(comment).state == (AFTER[name] if allowed else before)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_whose_time_has_passed_is_refused_with_a_sentence(world: World, name: str) -> None:
    comment = world.answered(world.admitted(world.opened()))
    actor = world.approver if name in {"approve_answer", "send_back_answer"} else world.officer
    response = post(name, comment, actor)
    assert response.status_code == 409
    assert fresh(comment).state == "published"


@pytest.mark.parametrize(
    "name", ["assign_comment", "return_comment", "answer_comment", "send_back_answer"]
)
def test_an_act_without_its_words_comes_back_with_the_form(world: World, name: str) -> None:
    comment = ready_for(name, world)
    actor = world.approver if name == "send_back_answer" else world.officer
    response = as_(actor).post(address(name, comment), {})
    assert response.status_code == 422
    assert "govuk-error-summary" in response.content.decode()
    assert fresh(comment).state == comment.state


@pytest.mark.parametrize(
    "garbage",
    [
        {"outcome": "maybe", "reasons": "Tak.", "version": "0"},
        {"outcome": "rejected", "reasons": "Tak.", "version": "x"},
        {"outcome": "rejected", "reasons": "Tak.", "version": "9" * 40},
        {"outcome": "rejected", "reasons": "\0", "version": "1"},
        {"outcome": "rejected", "reasons": "…", "version": "1"},
        {"outcome": ["rejected", "x"], "reasons": "a" * 20_001, "version": "1"},
    ],
)
def test_garbage_gets_a_sentence_and_changes_nothing(world: World, garbage: Any) -> None:
    comment = world.admitted(world.opened())
    response = as_(world.officer).post(address("answer_comment", comment), garbage)
    assert response.status_code == 422
    assert not Answer.objects.exists()


def test_a_department_there_is_not_gets_a_sentence(world: World) -> None:
    comment = world.admitted(world.opened())
    for slug in ("nie-ma", "\0", "1"):
        response = post("assign_comment", comment, world.officer, department=slug)
        assert response.status_code == 422


def test_an_unknown_comment_is_not_found(world: World) -> None:
    comment = world.admitted(world.opened())
    place = address("admit_comment", comment)
    client = as_(world.officer)
    assert client.post(place.replace("/1/", "/2/")).status_code == 404
    assert client.post(place.replace("/1/", f"/{'9' * 30}/")).status_code == 404


def test_asking_for_an_act_leads_to_the_comment(world: World) -> None:
    comment = world.comment(world.opened())
    response = as_(world.officer).get(address("admit_comment", comment))
    assert response.headers["location"] == queue_of(comment, uwaga=1) + "#uwaga"
    assert fresh(comment).state == "received"


def test_after_an_act_the_next_comment_waits_under_the_same_filters(world: World) -> None:
    consultation = world.opened()
    first, _second, third = (world.comment(consultation) for _turn in range(3))
    comments.admit_comment(first, by=world.officer)
    client = as_(world.officer)
    response = client.post(address("admit_comment", third), {"stan": "received", "szukaj": "ofert"})
    expected = queue_of(third, stan="received", szukaj="ofert", uwaga=2) + "#uwaga"
    assert response.headers["location"] == expected


def test_after_the_last_act_of_a_view_nothing_is_chosen(world: World) -> None:
    comment = world.comment(world.opened())
    response = as_(world.officer).post(address("admit_comment", comment), {"stan": "received"})
    assert response.headers["location"] == queue_of(comment, stan="received")


def test_an_answer_sent_back_shows_why_to_its_author(world: World) -> None:
    comment = ready_for("send_back_answer", world)
    post("send_back_answer", comment, world.approver)
    for reader in (world.second_officer, world.expert):
        page = as_(reader).get(queue_of(comment, uwaga=1))
        assert "Sent back: Proszę podać podstawę prawną." in text_of(page)


def test_the_reason_of_hiding_is_kept_and_shown(world: World) -> None:
    comment = ready_for("hide_comment", world)
    post("hide_comment", comment, world.officer)
    page = text_of(as_(world.officer).get(queue_of(comment, uwaga=1, stan="aside")))
    assert "Hidden because: Zawiera dane osobowe." in page


def test_words_typed_for_an_act_that_passed_are_given_back(world: World) -> None:
    comment = ready_for("hide_comment", world)
    comments.hide_comment(comment, because="Wulgaryzmy.", by=world.second_officer)
    response = post("hide_comment", comment, world.officer)
    assert response.status_code == 409
    assert "What you wrote Why it is hidden Zawiera dane osobowe." in text_of(response)


# -- nobody approves what they wrote ------------------------------------------------------------


@pytest.fixture
def own(world: World) -> tuple[Comment, Actor]:
    """A comment answered by somebody who is an officer and an approver at once."""
    RoleGrant.objects.create(actor=world.officer, role=Role.APPROVER, since=BEGINNING)
    comment = world.admitted(world.opened())
    return answers.answer_comment(
        comment, outcome="rejected", reasons="Zostaje.", by=world.officer
    ), world.officer


def test_the_page_offers_no_approval_of_ones_own_answer_and_says_why(
    own: tuple[Comment, Actor], world: World
) -> None:
    comment, author = own
    page = as_(author).get(queue_of(comment, uwaga=1))
    assert page.context["detail"].acts == {"answer", "send_back", "number_case"}
    assert "You wrote this answer, so somebody else must approve it." in text_of(page)
    other = as_(world.approver).get(queue_of(comment, uwaga=1))
    assert "approve" in other.context["detail"].acts


def test_sending_the_approval_of_ones_own_answer_is_refused(own: tuple[Comment, Actor]) -> None:
    comment, author = own
    response = post("approve_answer", comment, author)
    assert response.status_code == 403
    assert "You wrote this answer: somebody else must approve it." in text_of(response)
    assert fresh(comment).state == "proposed"


def test_the_service_refuses_the_approval_of_ones_own_answer(own: tuple[Comment, Actor]) -> None:
    comment, author = own
    with pytest.raises(NotYours) as refusal, translation.override("en"):
        answers.approve_answer(comment, by=author)
    with translation.override("en"):
        assert str(refusal.value) == "You wrote this answer: somebody else must approve it."


def test_the_database_refuses_the_approval_of_ones_own_answer(
    own: tuple[Comment, Actor], world: World
) -> None:
    comment, author = own
    row = Answer.objects.filter(comment=comment)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(approver=author)
    assert row.update(approver=world.approver) == 1  # the control: somebody else may


# -- two people at once -------------------------------------------------------------------------


@pytest.fixture
def clash(world: World) -> Callable[..., Any]:
    """The second officer answers the comment the first one has open."""
    comment = world.admitted(world.opened())
    answers.answer_comment(
        comment,
        outcome="partly",
        accepted_part="25 dni zamiast 30.",
        reasons="Wydłużamy do 25 dni.",
        changed=[provision_of(comment).key],
        by=world.second_officer,
    )
    return lambda **given: post("answer_comment", comment, world.officer, **given)


def test_a_clash_of_two_officers_shows_both_texts(clash: Callable[..., Any]) -> None:
    response = clash()
    page = text_of(response)
    assert response.status_code == 409
    assert "Proposed answer: partly accepted Accepted in this part: 25 dni zamiast 30." in page
    assert "Wydłużamy do 25 dni. Drugi" in page
    assert ANSWER["reasons"] in page
    assert "An answer to comment 1 was proposed. Drugi, civic dialogue unit" in page
    assert Answer.objects.get().reasons == "Wydłużamy do 25 dni."


def test_after_a_clash_the_own_text_can_be_sent_knowingly(clash: Callable[..., Any]) -> None:
    version = clash().context["form"]["version"].value()
    assert clash(version=version).status_code == 302
    assert Answer.objects.get().reasons == ANSWER["reasons"]


def test_a_clash_with_a_published_answer_leaves_the_text_to_be_copied(world: World) -> None:
    comment = world.admitted(world.opened())
    world.answered(comment, outcome="partly")
    page = post("answer_comment", comment, world.officer, reasons="Moje zdanie.")
    assert page.status_code == 409
    assert "Moje zdanie. It can no longer be sent." in text_of(page)


def test_pressing_the_button_twice_answers_once(world: World) -> None:
    comment = world.admitted(world.opened())
    statuses = [post("answer_comment", comment, world.officer).status_code for _turn in range(2)]
    assert statuses == [302, 302]
    assert Entry.objects.filter(kind="comment.answer").count() == 1


def test_an_expert_who_lost_the_comment_keeps_the_text(world: World) -> None:
    comment = ready_for("answer_comment", world)
    other = Department.objects.create(slug="sport", name="Wydział Sportu")
    comments.assign_comment(comment, department=other, by=world.officer)
    page = post("answer_comment", comment, world.expert)
    assert page.status_code == 403
    assert ANSWER["reasons"] in text_of(page)

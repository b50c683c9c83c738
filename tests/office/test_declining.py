"""«To nie nasze»: a department sends a comment back to the unit, with a reason."""

import pytest

from consultations.errors import Invalid, NotYours
from consultations.models import Comment, Department, Entry
from consultations.services import comments
from consultations.services.advising import decline_comment
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.office.pages import address, as_, ask, fresh, queue_of, text_of
from tests.world import World

WHY = "Dotyczy domów kultury."


@pytest.fixture
def culture(world: World) -> Department:
    return Department.objects.create(slug="kultura", name="Wydział Kultury")


@pytest.fixture
def comment(world: World) -> Comment:
    admitted = world.admitted(world.opened())
    return comments.assign_comment(admitted, department=world.department, by=world.officer)


def test_the_comment_returns_to_the_unit_with_reason_and_name(
    comment: Comment, culture: Department, world: World
) -> None:
    sent = {"because": WHY, "department": "kultura"}
    page = as_(world.expert).post(address("decline_comment", comment), sent, follow=True)
    assert "Comment 1 is sent back to the unit." in text_of(page)
    row = fresh(comment)
    assert (row.state, row.department) == ("admitted", None)
    assert (row.declined_by, row.declined_to) == (world.department, culture)
    dispatch()
    told = Notice.objects.filter(entry__kind="comment.decline").values_list("recipient", flat=True)
    assert set(told) == {world.officer.pk, world.second_officer.pk}


def test_the_unit_sees_it_in_the_list_the_pane_and_the_history(
    comment: Comment, culture: Department, world: World
) -> None:
    decline_comment(comment, because=WHY, department=culture, by=world.expert)
    assert "sent back by department" in text_of(ask(world.officer, comment.consultation))
    page = text_of(as_(world.officer).get(queue_of(comment, uwaga=1)))
    assert f"Sent back by the department: Wydział Budżetu. {WHY}" in page
    assert "It names the department it belongs to: Wydział Kultury." in page
    assert "Comment 1 was sent back to the unit by: Wydział Budżetu." in page
    assert "Comment 1 passed to: Wydział Budżetu." in page


def test_passing_it_on_ends_the_mark(comment: Comment, culture: Department, world: World) -> None:
    comment = decline_comment(comment, because=WHY, by=world.expert)
    comments.assign_comment(comment, department=culture, by=world.officer)
    assert "sent back by department" not in text_of(ask(world.officer, comment.consultation))
    assert fresh(comment).declined_by is None


def test_it_leaves_the_desk_of_the_department(comment: Comment, world: World) -> None:
    decline_comment(comment, because=WHY, by=world.expert)
    assert ask(world.expert, comment.consultation).context["rows"] == []
    with pytest.raises(NotYours):
        decline_comment(comment, because=WHY, by=world.expert)


def test_a_reason_is_needed_and_another_department(comment: Comment, world: World) -> None:
    with pytest.raises(Invalid):
        decline_comment(comment, because=" …", by=world.expert)
    with pytest.raises(Invalid):
        decline_comment(comment, because=WHY, department=world.department, by=world.expert)
    page = as_(world.expert).post(address("decline_comment", comment), {"because": ""})
    assert page.status_code == 422
    assert "Say why the comment is not yours: the unit will read it." in text_of(page)
    assert not Entry.objects.filter(kind="comment.decline").exists()


def test_nobody_but_the_department_declines(comment: Comment, world: World) -> None:
    for by in (world.officer, world.approver, world.ngo):
        with pytest.raises(NotYours):
            decline_comment(comment, because=WHY, by=by)

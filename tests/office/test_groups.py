"""Groups by hand: made, joined, left, led by another, dissolved; one answer serves them all."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import Answer, Comment, CommentGroup, Consultation, Entry
from consultations.services import answers, groups
from consultations.services.group_answers import answer_group
from tests.office.pages import fresh
from tests.world import World

SAID = {"outcome": "rejected", "reasons": "Zostaje 21 dni: to minimum ustawy."}


@pytest.fixture
def consultation(world: World) -> Consultation:
    return world.opened()


@pytest.fixture
def four(consultation: Consultation, world: World) -> list[Comment]:
    return [world.admitted(consultation) for _ in range(4)]


def grouped(comments: list[Comment], world: World) -> CommentGroup:
    return groups.group_comments(comments[1:], lead=comments[0], gist="30 dni", by=world.officer)


def members(group: CommentGroup) -> list[int]:
    return list(group.comments.order_by("number").values_list("number", flat=True))


def kinds(comment: Comment) -> list[str]:
    entries = comment.entries.filter(kind__contains="group").order_by("seq")
    return list(entries.values_list("kind", flat=True))


def test_a_group_keeps_every_comment_with_its_number_and_says_so_in_each_history(
    four: list[Comment], world: World
) -> None:
    group = grouped(four, world)
    assert (group.lead, group.gist, members(group)) == (four[0], "30 dni", [1, 2, 3, 4])
    assert all(kinds(one) == ["comment.join_group"] for one in four)
    acts = Entry.objects.filter(kind="comment.join_group").values_list("action", flat=True)
    assert len(set(acts)) == 1
    assert [fresh(one).state for one in four] == ["admitted"] * 4


def test_a_comment_is_added_and_taken_out(four: list[Comment], world: World) -> None:
    group = grouped(four[:3], world)
    again = groups.group_comments([four[3]], lead=four[0], by=world.officer)
    assert (again, members(group)) == (group, [1, 2, 3, 4])
    groups.leave_group(four[3], by=world.officer)
    assert members(group) == [1, 2, 3]
    assert kinds(four[3]) == ["comment.join_group", "comment.leave_group"]


def test_the_lead_stays_until_another_leads(four: list[Comment], world: World) -> None:
    group = grouped(four, world)
    with pytest.raises(Invalid, match="leads the group"):
        groups.leave_group(four[0], by=world.officer)
    assert groups.lead_group(four[2], by=world.officer).lead == four[2]
    groups.leave_group(four[0], by=world.officer)
    assert members(group) == [2, 3, 4]
    assert kinds(four[2]) == ["comment.join_group", "comment.lead_group"]
    with pytest.raises(WrongState):
        groups.lead_group(four[0], by=world.officer)


@pytest.mark.parametrize("leaves", [0, 1])
def test_a_group_of_one_is_dissolved(four: list[Comment], world: World, leaves: int) -> None:
    grouped(four[:2], world)
    groups.leave_group(four[leaves], by=world.officer)
    assert not CommentGroup.objects.exists()
    assert [fresh(one).group_id for one in four] == [None] * 4
    assert kinds(four[0]) == kinds(four[1]) == ["comment.join_group", "comment.leave_group"]


def test_a_group_is_dissolved_and_its_comments_group_anew(
    four: list[Comment], world: World
) -> None:
    grouped(four, world)
    assert groups.dissolve_group(four[1], by=world.officer) == 4
    assert not CommentGroup.objects.exists()
    assert members(grouped(four[1:], world)) == [2, 3, 4]


def test_what_cannot_be_grouped_is_refused_and_nothing_of_it_happens(
    four: list[Comment], world: World
) -> None:
    grouped(four[:2], world)
    published = world.answered(four[2])
    other = world.admitted(world.opened("inny-2027"))
    for chosen, lead, said in (
        ([], four[3], "besides this one"),
        ([four[0]], four[3], "in another group"),
        ([published], four[3], "no longer in work"),
        ([other], four[3], "one consultation"),
        ([four[1]], four[0], "not in the group yet"),
    ):
        with pytest.raises(Invalid, match=said):
            groups.group_comments(chosen, lead=lead, by=world.officer)
    assert CommentGroup.objects.count() == 1
    assert fresh(four[3]).group_id is None


@pytest.mark.parametrize("who", ["expert", "approver", "clerk", "auditor", "ngo"])
def test_only_the_unit_groups(four: list[Comment], world: World, who: str) -> None:
    with pytest.raises(NotYours):
        groups.group_comments(four[1:], lead=four[0], by=getattr(world, who))
    grouped(four, world)
    for act in (groups.leave_group, groups.lead_group, groups.dissolve_group):
        with pytest.raises(NotYours):
            act(four[1], by=getattr(world, who))  # type: ignore[operator]


def test_the_kinds_of_entries_are_those_that_ring_nobody(four: list[Comment], world: World) -> None:
    grouped(four, world)
    groups.lead_group(four[1], by=world.officer)
    groups.dissolve_group(four[1], by=world.officer)
    written = Entry.objects.filter(kind__contains="group").values_list("kind", flat=True)
    assert set(written) == {"comment.join_group", "comment.leave_group", "comment.lead_group"}


def refused(sql: str, *values: object) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_database_keeps_lead_and_members_together(four: list[Comment], world: World) -> None:
    group = grouped(four[:3], world)
    other = world.admitted(world.opened("inny-2027"))
    comment, table = Comment._meta.db_table, CommentGroup._meta.db_table
    move = f"UPDATE {comment} SET group_id = %s, version = version + 1 WHERE id = %s"  # noqa: S608 - our names
    refused(move, group.pk, four[3].pk)  # no entry
    refused(move, None, four[0].pk)
    for lead in (four[3], other):
        refused(f"UPDATE {table} SET lead_id = %s WHERE id = %s", lead.pk, group.pk)  # noqa: S608 - our names
    refused(f"UPDATE {table} SET lead_id = %s WHERE id = %s", four[1].pk, group.pk)  # noqa: S608 - no entry
    refused(f"DELETE FROM {table} WHERE id = %s", group.pk)  # noqa: S608 - our names
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentGroup.objects.create(
            consultation=four[0].consultation,
            lead=other,
            made_by=world.officer,
            made_at=group.made_at,
        )


def test_one_answer_serves_the_group_and_each_has_its_own(
    four: list[Comment], world: World
) -> None:
    grouped(four, world)
    results = answer_group(fresh(four[0]), **SAID, by=world.officer)
    assert [(one.number, one.refusal) for one in results] == [(n, None) for n in range(1, 5)]
    assert Answer.objects.filter(reasons=SAID["reasons"]).count() == 4
    acts = Entry.objects.filter(kind="comment.answer").values_list("action", flat=True)
    assert len(set(acts)) == 4


def test_another_persons_proposal_is_not_written_over(four: list[Comment], world: World) -> None:
    grouped(four, world)
    answers.answer_comment(four[1], outcome="rejected", reasons="Inne.", by=world.second_officer)
    answers.answer_comment(four[2], outcome="rejected", reasons="Moje.", by=world.officer)
    results = answer_group(fresh(four[0]), **SAID, by=world.officer)
    assert [one.number for one in results] == [1, 3, 4]
    assert Answer.objects.get(comment=four[1]).reasons == "Inne."


def test_when_the_one_looked_at_is_refused_nothing_happens_to_the_others(
    four: list[Comment], world: World
) -> None:
    grouped(four, world)
    seen = fresh(four[0])
    for wrong, error in (
        ({"reasons": " "}, Invalid),
        ({"outcome": "accepted"}, Invalid),
        ({"seen_version": seen.version - 1}, WrongState),
    ):
        with pytest.raises(error):
            answer_group(seen, **(SAID | wrong), by=world.officer)  # type: ignore[arg-type]
    assert not Answer.objects.exists()


def test_a_member_that_is_refused_is_named_and_the_rest_stands(
    four: list[Comment], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    grouped(four, world)
    from consultations.services import group_answers  # noqa: PLC0415 - patched here only

    real = group_answers.answer_comment

    def faster(comment: Comment, **said: Any) -> Comment:
        if comment.number == 3:
            raise WrongState
        return real(comment, **said)

    monkeypatch.setattr(group_answers, "answer_comment", faster)
    results = answer_group(fresh(four[0]), **SAID, by=world.officer)
    assert [one.number for one in results if one.refusal] == [3]
    assert Answer.objects.count() == 3

"""Groups by hand: made, joined, left, led by another, dissolved; one answer serves them all."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import Answer, Comment, CommentGroup, Consultation, Entry, Run
from consultations.services import answers, groups, runs
from consultations.services.group_answers import prepare_group_answer
from tests.office.pages import fresh
from tests.office.runs import DONE, all_of, outcome, to_the_end
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


def test_a_large_group_is_dissolved_in_portions_its_lead_last(
    four: list[Comment], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    six = [*four, *(world.admitted(four[0].consultation) for _ in range(2))]
    grouped(six, world)
    monkeypatch.setattr(groups, "MOST", 2)
    assert groups.dissolve_group(six[1], by=world.officer) == 6
    assert not CommentGroup.objects.exists()
    left = Entry.objects.filter(kind="comment.leave_group").order_by("seq")
    assert list(left.values_list("comment__number", flat=True)) == [3, 4, 5, 6, 2, 1]
    assert len(set(left.values_list("action", flat=True))) == 3


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
            act(four[1], by=getattr(world, who))


def test_the_kinds_of_entries_are_those_that_ring_nobody(four: list[Comment], world: World) -> None:
    grouped(four, world)
    groups.lead_group(four[1], by=world.officer)
    groups.dissolve_group(four[1], by=world.officer)
    written = Entry.objects.filter(kind__contains="group").values_list("kind", flat=True)
    assert set(written) == {"comment.join_group", "comment.leave_group", "comment.lead_group"}


def refused(sql: str, *values: int | None) -> None:
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


def asked_of_all(**said: Any) -> dict[str, Any]:
    return {**SAID, "accepted_part": "", "changed": [], "phrase": None, **said}


def answered(comment: Comment, world: World) -> Run:
    """The answer to the whole group, prepared, confirmed and carried out."""
    one = fresh(comment)
    run = prepare_group_answer(one, asked_of_all(), seen_version=one.version, by=world.officer)
    runs.start_run(run, by=world.officer)
    return to_the_end(run)


def test_one_answer_serves_the_group_and_each_has_its_own(
    four: list[Comment], world: World
) -> None:
    grouped(four, world)
    run = answered(four[1], world)
    assert outcome(run) == all_of(DONE, 4)
    assert Answer.objects.filter(reasons=SAID["reasons"]).count() == 4
    acts = Entry.objects.filter(kind="comment.answer").values_list("action", flat=True)
    assert len(set(acts)) == 4


def test_another_persons_proposal_is_not_written_over(four: list[Comment], world: World) -> None:
    grouped(four, world)
    answers.answer_comment(four[1], outcome="rejected", reasons="Inne.", by=world.second_officer)
    answers.answer_comment(four[2], outcome="rejected", reasons="Moje.", by=world.officer)
    assert set(outcome(answered(four[0], world))) == {1, 3, 4}
    assert Answer.objects.get(comment=four[1]).reasons == "Inne."
    assert Answer.objects.get(comment=four[2]).reasons == SAID["reasons"]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"reasons": " "}, Invalid),
        ({"outcome": "accepted"}, Invalid),
        ({"outcome": "partly"}, Invalid),
        ({"reasons": "Odpowiada {burmistrz}."}, Invalid),
    ],
)
def test_what_every_member_would_be_refused_for_is_said_before(
    four: list[Comment], world: World, wrong: dict[str, str], error: type[Exception]
) -> None:
    grouped(four, world)
    seen = fresh(four[0])
    with pytest.raises(error):
        prepare_group_answer(
            seen, asked_of_all(**wrong), seen_version=seen.version, by=world.officer
        )
    assert not Run.objects.exists()


def test_a_comment_that_changed_meanwhile_prepares_nothing(
    four: list[Comment], world: World
) -> None:
    grouped(four, world)
    seen = fresh(four[0])
    with pytest.raises(WrongState):
        prepare_group_answer(seen, asked_of_all(), seen_version=seen.version - 1, by=world.officer)
    groups.dissolve_group(seen, by=world.officer)
    alone = fresh(four[0])
    with pytest.raises(WrongState):  # what is in no group has no members
        prepare_group_answer(alone, asked_of_all(), seen_version=alone.version, by=world.officer)
    assert not Run.objects.exists()

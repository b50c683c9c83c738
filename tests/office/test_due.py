"""Days for departments: proposed, moved, sorted by, and their passing noticed by the clock once."""

from datetime import date, timedelta

import pytest

from consultations import calendar
from consultations.errors import Invalid, NotYours, Unmet, WrongState
from consultations.models import Comment, Consultation, Entry
from consultations.models.clock import move_to, now
from consultations.selectors.due import proposed_day, review_ends
from consultations.services import answers, comments, due
from notifications import rules
from tests.office.pages import address, as_, ask, fresh, rows_of, text_of
from tests.world import World, staff
from workflows.overdue import mark_overdue_comments
from workflows.tick import tick


@pytest.fixture
def assigned(world: World) -> Comment:
    return comments.assign_comment(
        world.admitted(world.opened()), department=world.department, by=world.officer
    )


def late(comment: Comment) -> Comment:
    """The same comment on the morning after its day."""
    assert comment.due_on is not None
    move_to(calendar.end_of(comment.due_on))
    return fresh(comment)


def marks() -> int:
    return Entry.objects.filter(kind="comment.mark_overdue").count()


# -- which day ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "days", "found"),
    [
        (date(2026, 10, 23), 1, date(2026, 10, 26)),
        (date(2026, 10, 23), 5, date(2026, 10, 30)),
        (date(2026, 11, 6), -2, date(2026, 11, 4)),
        (date(2026, 11, 9), 2, date(2026, 11, 12)),  # past the 11th, a holiday
        (date(2026, 11, 8), 0, date(2026, 11, 9)),
        (date(2026, 11, 8), -1, date(2026, 11, 6)),
    ],
)
def test_working_days_are_counted_past_weekends_and_holidays(
    day: date, days: int, found: date
) -> None:
    assert calendar.working_days_from(day, days) == found


def test_a_department_gets_working_days_but_leaves_time_for_the_second_signature(
    world: World,
) -> None:
    consultation = world.opened()
    today, ends = calendar.local_day(now()), review_ends(consultation)
    assert consultation.last_day is not None
    assert ends == consultation.last_day + timedelta(days=14)
    assert proposed_day(consultation) == calendar.working_days_from(today, 5)
    move_to(calendar.start_of(ends - timedelta(days=4)))
    assert proposed_day(consultation) == max(
        calendar.working_days_from(ends, -2), calendar.working_days_from(ends - timedelta(4), 1)
    )
    move_to(calendar.start_of(ends + timedelta(days=30)))
    assert proposed_day(consultation) == calendar.working_days_from(ends + timedelta(30), 1)


def test_assigning_sets_the_proposed_day_or_the_one_entered(world: World) -> None:
    consultation = world.opened()
    client, comment = as_(world.officer), world.admitted(consultation)
    client.post(address("assign_comment", comment), {"department": "budzet"})
    assert fresh(comment).due_on == proposed_day(consultation)
    other = world.admitted(consultation)
    day = calendar.local_day(now()) + timedelta(days=20)
    client.post(
        address("assign_comment", other), {"department": "budzet", "due_on": day.isoformat()}
    )
    assert fresh(other).due_on == day
    facts = Entry.objects.filter(kind="comment.assign").latest("seq").leaf["facts"]
    assert facts["due_on"] == day.isoformat()


@pytest.mark.parametrize("away", [-1, 400])
def test_a_day_nobody_could_keep_is_refused_and_what_was_typed_stays(
    assigned: Comment, world: World, away: int
) -> None:
    day = (calendar.local_day(now()) + timedelta(days=away)).isoformat()
    response = as_(world.officer).post(address("set_comment_due", assigned), {"due_on": day})
    assert response.status_code == 422
    assert day in response.content.decode()
    assert fresh(assigned).due_on == assigned.due_on


def test_moving_the_day_is_an_act_with_its_entry(assigned: Comment, world: World) -> None:
    day = calendar.local_day(now()) + timedelta(days=30)
    response = as_(world.officer).post(
        address("set_comment_due", assigned), {"due_on": day.isoformat()}, follow=True
    )
    assert "has another day" in text_of(response)
    entry = Entry.objects.latest("seq")
    assert (entry.kind, entry.leaf["facts"]["due_on"]) == ("comment.set_due", day.isoformat())


def test_the_day_is_moved_by_the_unit_and_only_of_a_department(
    assigned: Comment, world: World
) -> None:
    day = calendar.local_day(now()) + timedelta(days=3)
    with pytest.raises(NotYours):
        due.set_comment_due(assigned, due_on=day, by=world.expert)
    alone = world.admitted(assigned.consultation)
    with pytest.raises(WrongState):
        due.set_comment_due(alone, due_on=day, by=world.officer)
    with pytest.raises(Invalid):
        due.set_comment_due(assigned, due_on=date(2020, 1, 1), by=world.officer)


# -- the list -----------------------------------------------------------------------------------


@pytest.fixture
def desk(world: World) -> Consultation:
    """1 unassigned, 2 due late, 3 due soon."""
    consultation = world.opened()
    made = [world.admitted(consultation) for _turn in range(3)]
    for comment, days in ((made[1], 20), (made[2], 3)):
        comments.assign_comment(
            comment,
            department=world.department,
            due_on=calendar.local_day(now()) + timedelta(days=days),
            by=world.officer,
        )
    return consultation


def test_the_most_urgent_stands_first_and_numbers_can_be_asked_for(
    desk: Consultation, world: World
) -> None:
    page = ask(world.officer, desk)
    assert rows_of(page) == [3, 2, 1]
    assert "the most urgent first" in text_of(page)
    by_number = ask(world.officer, desk, kolejnosc="numer")
    assert rows_of(by_number) == [1, 2, 3]
    assert "in the order of their numbers" in text_of(by_number)
    assert 'href="/biuro/k/program-2027/uwagi/?kolejnosc=numer"' in page.content.decode()


def test_what_is_overdue_is_said_in_words_and_has_its_view(
    desk: Consultation, world: World
) -> None:
    assert rows_of(ask(world.officer, desk, stan="overdue")) == []
    move_to(now() + timedelta(days=5))
    page = ask(world.officer, desk, stan="overdue")
    assert rows_of(page) == [3]
    assert "overdue" in page.content.decode()
    counts = {view.code: view.count for view in page.context["views"]}
    assert (counts["overdue"], counts["unassigned"]) == (1, 1)
    assert rows_of(ask(world.officer, desk, stan="unassigned")) == [1]


def test_mine_is_what_i_wrote_what_my_department_has_and_what_i_sign(
    desk: Consultation, world: World
) -> None:
    third = desk.comments.get(number=3)
    answers.answer_comment(third, outcome="rejected", reasons="Nie.", by=world.second_officer)
    assert rows_of(ask(world.second_officer, desk, stan="mine")) == [3]
    assert rows_of(ask(world.officer, desk, stan="mine")) == []
    assert rows_of(ask(world.expert, desk, stan="mine")) == [2]
    assert rows_of(ask(world.approver, desk, stan="mine")) == [3]
    assert {view.code: view.count for view in ask(world.approver, desk).context["views"]}[
        "mine"
    ] == 1


# -- the clock ----------------------------------------------------------------------------------


def test_the_clock_notices_a_day_that_passed_once(assigned: Comment) -> None:
    assert (mark_overdue_comments(), marks()) == (0, 0)
    late(assigned)
    assert (mark_overdue_comments(), mark_overdue_comments(), marks()) == (1, 0, 1)
    tick()
    assert marks() == 1


def test_another_day_that_passes_is_noticed_too(assigned: Comment, world: World) -> None:
    comment = late(assigned)
    mark_overdue_comments()
    day = calendar.local_day(now()) + timedelta(days=2)
    comment = due.set_comment_due(comment, due_on=day, by=world.officer)
    assert mark_overdue_comments() == 0
    late(comment)
    assert (mark_overdue_comments(), marks()) == (1, 2)


def test_the_machine_itself_lets_it_be_noticed_once(assigned: Comment, world: World) -> None:
    comment = due.mark_comment_overdue(late(assigned), by=world.clock)
    with pytest.raises(Unmet):
        due.mark_comment_overdue(comment, by=world.clock)
    with pytest.raises(NotYours):
        due.mark_comment_overdue(comment, by=world.officer)


def test_what_is_answered_is_never_overdue(assigned: Comment, world: World) -> None:
    answers.answer_comment(assigned, outcome="rejected", reasons="Nie.", by=world.expert)
    assert not late(assigned).is_overdue
    assert mark_overdue_comments() == 0


def test_experts_of_the_department_and_heads_of_units_are_told(
    assigned: Comment, world: World
) -> None:
    staff("inny@urzad.test", "expert", type(world.department).objects.create(slug="kultura"))
    late(assigned)
    mark_overdue_comments()
    told = rules.reasons(Entry.objects.latest("seq"))
    assert told == {world.expert.pk: "experts", world.approver.pk: "approvers"}

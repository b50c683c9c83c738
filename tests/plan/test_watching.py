"""The clock watches plans: rings on the first day, once, again as it worsens, and says the end."""

from datetime import date, timedelta
from typing import Any

import pytest

from consultations import calendar
from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import (
    CouncilSession,
    DocumentKind,
    Draft,
    DraftState,
    Entry,
    PlannedDay,
    Procedure,
)
from consultations.models.clock import move_to, now
from consultations.selectors.plan import case_of
from consultations.services import council, plan, readings, sessions
from consultations.services.drafts import withdraw_draft
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.law import by_hand
from tests.workflows.races import THREADS, race
from tests.workflows.test_readings import OF_FIVE, in_days
from tests.workflows.walk import Walk
from tests.world import World
from workflows import services as road
from workflows.planning import watch_plans
from workflows.tick import tick

BECAUSE = "Radni są na wyjeździe."


def on(day: date) -> None:
    move_to(calendar.start_of(day) + timedelta(hours=9))


def session(world: World, day: date, number: str = "XXX") -> CouncilSession:
    return sessions.add_session(number=number, day=day, by=world.clerk)


def alarms() -> list[dict[str, Any]]:
    entries = Entry.objects.filter(kind="draft.alarm").order_by("seq")
    return [one.leaf["facts"] for one in entries]


def rests() -> int:
    return Entry.objects.filter(kind="draft.end_alarm").count()


@pytest.fixture
def november(world: World) -> list[CouncilSession]:
    days = (date(2026, 11, 4), date(2026, 11, 18), date(2026, 12, 2))
    return [
        session(world, day, number) for day, number in zip(days, ("I", "II", "III"), strict=True)
    ]


# -- the alarm -----------------------------------------------------------------------------------


def test_it_rings_on_the_first_day_on_which_no_session_fits_and_once(
    walk: Walk, november: list[CouncilSession]
) -> None:
    walk.drafted()
    on(date(2026, 9, 25))
    assert (watch_plans(), alarms()) == (0, [])
    on(date(2026, 9, 26))
    assert watch_plans() == 1
    assert alarms() == [
        {
            "alarm_on": "2026-09-26",
            "ready": "2026-11-19",
            "deadline": "2026-11-30",
            "missed": "2026-11-18",
            "missed_by": 1,
            "next_session": "2026-12-02",
            "late": 2,
        }
    ]
    assert watch_plans() == 0
    on(date(2026, 9, 28))
    assert (watch_plans(), len(alarms())) == (0, 1)


def test_it_rings_again_as_it_worsens(walk: Walk, november: list[CouncilSession]) -> None:
    walk.drafted()
    on(date(2026, 9, 26))
    watch_plans()
    sessions.cancel_session(november[2], because=BECAUSE, by=walk.world.clerk)
    session(walk.world, date(2026, 12, 16), "IV")
    assert watch_plans() == 1
    assert [one["late"] for one in alarms()] == [2, 16]


def test_a_further_session_silences_it_and_that_is_said_once(
    walk: Walk, november: list[CouncilSession]
) -> None:
    walk.drafted()
    on(date(2026, 9, 26))
    watch_plans()
    session(walk.world, date(2026, 11, 26), "IIa")
    assert (watch_plans(), rests()) == (1, 1)
    assert (watch_plans(), rests()) == (0, 1)
    on(date(2026, 10, 20))
    assert watch_plans() == 1
    assert len(alarms()) == 2


def test_a_session_moved_away_rings_the_same_day_in_every_running_draft(
    walk: Walk, november: list[CouncilSession]
) -> None:
    walk.drafted("pierwszy")
    walk.drafted("drugi")
    on(date(2026, 9, 21))
    assert watch_plans() == 0
    sessions.change_session(
        november[1],
        number="II",
        day=date(2026, 12, 1),
        place="",
        because=BECAUSE,
        by=walk.world.clerk,
    )
    assert watch_plans() == 2
    assert [one["alarm_on"] for one in alarms()] == ["2026-09-21"] * 2


def test_a_machine_that_stood_still_records_the_true_first_day(
    walk: Walk, november: list[CouncilSession]
) -> None:
    walk.drafted()
    on(date(2026, 9, 29))
    watch_plans()
    assert [one["alarm_on"] for one in alarms()] == ["2026-09-26"]


def test_a_draft_without_a_last_day_or_off_the_road_never_rings(
    walk: Walk, november: list[CouncilSession]
) -> None:
    draft = walk.drafted().draft
    road.withdraw_draft(draft, because="Program łączymy z innym.", by=walk.world.officer)
    on(date(2026, 11, 1))
    assert (watch_plans(), alarms()) == (0, [])


def test_without_the_look_at_the_state_a_withdrawn_draft_would_ring(
    walk: Walk, november: list[CouncilSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    draft = walk.drafted().draft
    withdraw_draft(draft, because="Program łączymy z innym.", by=walk.world.officer)
    monkeypatch.setattr("consultations.selectors.plan.is_running", lambda _draft: True)
    on(date(2026, 11, 1))
    assert plan.watch_plan(Draft.objects.get(pk=draft.pk), by=walk.world.clock)


def test_all_concerned_are_told_and_a_stranger_is_not(
    walk: Walk, november: list[CouncilSession]
) -> None:
    walk.drafted()
    on(date(2026, 9, 26))
    watch_plans()
    dispatch()
    world = walk.world
    told = set(Notice.objects.filter(entry__kind="draft.alarm").values_list("recipient", flat=True))
    assert {world.officer.pk, world.second_officer.pk, world.approver.pk, world.clerk.pk} <= told
    assert world.outsider.pk not in told


def test_one_broken_draft_does_not_hold_up_the_others_and_is_tried_again(
    walk: Walk, november: list[CouncilSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = walk.drafted("pierwszy").draft
    walk.drafted("drugi")
    on(date(2026, 9, 26))
    watch = plan.watch_plan

    def fail(draft: Draft, **by: Any) -> bool:
        if draft.pk == first.pk:
            raise RuntimeError("broken")
        return watch(draft, **by)

    with monkeypatch.context() as broken:
        broken.setattr(plan, "watch_plan", fail)
        assert watch_plans() == 1
    assert watch_plans() == 1


def test_while_nothing_moved_the_day_is_looked_at_once(
    walk: Walk, november: list[CouncilSession], django_assert_num_queries: Any
) -> None:
    walk.drafted()
    watch_plans()
    with django_assert_num_queries(2):  # the clock and the newest entry
        watch_plans()


def test_a_draft_that_came_in_time_is_at_rest(walk: Walk, november: list[CouncilSession]) -> None:
    consultation = walk.closed()
    draft = road.finish_review(consultation.draft, by=walk.world.officer)
    road.submit_to_council(draft, by=walk.world.officer)
    watch_plans()
    assert alarms() == []
    case = case_of(Draft.objects.get(pk=draft.pk))
    assert set(case.fixed) >= {"announce", "open", "close", "answers", "report", "submit"}
    on(date(2026, 11, 19))
    watch_plans()
    assert len(alarms()) == 1, "submitted, and no session took it"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_rings(walk: Walk, november: list[CouncilSession]) -> None:
    draft = walk.drafted().draft
    on(date(2026, 9, 26))
    clock = walk.world.clock
    assert race(lambda: plan.watch_plan(draft, by=clock)) == ["done"] * THREADS
    assert len(alarms()) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_several_would_ring(
    walk: Walk, november: list[CouncilSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    draft = walk.drafted().draft
    on(date(2026, 9, 26))
    monkeypatch.setattr(plan, "hold", lambda row: row)
    race(lambda: plan.watch_plan(draft, by=walk.world.clock))
    assert len(alarms()) > 1


def test_consulting_again_begins_the_plan_anew_and_both_rounds_are_owed_answers(
    walk: Walk, november: list[CouncilSession]
) -> None:
    world, first = walk.world, walk.closed(answered=False)
    road.consult_again(first.draft, because="Nowy rozdział o kwotach.", by=world.officer)
    fixed = case_of(Draft.objects.get()).fixed
    assert fixed == {}
    second = walk.announce(Draft.objects.get().rounds.get(number=2))
    assert second.closes_at is not None
    move_to(second.closes_at)
    tick()
    case = case_of(Draft.objects.get())
    assert set(case.fixed) == {"announce", "open", "close"}, "one comment of the first round waits"
    world.answered(first.comments.get())
    assert "answers" in case_of(Draft.objects.get()).fixed
    assert "report" not in case_of(Draft.objects.get()).fixed


def test_two_readings_by_rule_need_two_sessions(walk: Walk, november: list[CouncilSession]) -> None:
    old = Procedure.objects.get(kind=DocumentKind.ANNUAL, number=1)
    by_hand()
    new = Procedure.objects.create(kind=old.kind, number=2, valid_from=date(2026, 1, 1))
    for rule in old.rules.all():
        rule.pk, rule._state.adding, rule.procedure = None, True, new
        rule.value = "2" if rule.key == "readings" else rule.value
        rule.save()
    draft = walk.registered()
    assert case_of(draft).readings == 2
    on(date(2026, 9, 14))
    assert watch_plans() == 0
    on(date(2026, 9, 15))
    assert (watch_plans(), [one["missed"] for one in alarms()]) == (1, ["2026-11-04"])


def test_a_motion_for_two_readings_asks_for_one_session_more_until_the_first_was_held(
    walk: Walk, november: list[CouncilSession]
) -> None:
    file, clerk = walk.numbered(), walk.world.clerk
    on(date(2026, 11, 5))
    assert (watch_plans(), case_of(file.draft).readings) == (0, 1)
    readings.move_two_readings(file, OF_FIVE, by=clerk)
    file = road.decide_two_readings(file, accepted=True, by=clerk)
    assert (watch_plans(), [one["late"] for one in alarms()]) == (1, [2])
    on(date(2026, 11, 6))
    road.hold_first_reading(file, in_days(), by=clerk)
    assert case_of(Draft.objects.get()).readings == 1
    assert (watch_plans(), rests()) == (1, 1)


def test_taken_off_the_agenda_the_draft_waits_for_the_next_session(
    walk: Walk, november: list[CouncilSession]
) -> None:
    file, clerk = walk.numbered(), walk.world.clerk
    council.schedule_session(file, session_number="II", session_on=november[1].day, by=clerk)
    on(date(2026, 11, 18))
    assert watch_plans() == 0
    on(date(2026, 11, 19))
    assert watch_plans() == 0, "the roll call is still to be entered"
    readings.take_off_agenda(file, because="Brak opinii komisji.", by=clerk)
    assert (watch_plans(), [one["late"] for one in alarms()]) == (1, [2])


# -- moving a day --------------------------------------------------------------------------------


def test_a_moved_day_moves_the_rest_and_is_recorded_with_its_reason(
    walk: Walk, november: list[CouncilSession]
) -> None:
    draft, world = walk.drafted().draft, walk.world
    plan.move_day(draft, step="answers", day=date(2026, 11, 2), because=BECAUSE, by=world.officer)
    entry = Entry.objects.get(kind="draft.move_day")
    assert entry.leaf["facts"] == {
        "step": "answers",
        "planned_on": "2026-11-02",
        "planned_before": "2026-10-13",
    }
    assert entry.words.get().text == BECAUSE
    assert PlannedDay.objects.get().day == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("step", "day", "field"),
    [
        ("answers", date(2026, 10, 12), "day"),  # a day before the terms are over
        ("submit", date(2026, 11, 11), "day"),  # a holiday
        ("session", date(2026, 11, 5), "day"),  # no session
        ("answers", date(2036, 1, 1), "day"),
        ("opinion", date(2026, 11, 20), "step"),  # the law's own day
        ("lunch", date(2026, 11, 20), "step"),
    ],
)
def test_a_day_nobody_can_keep_is_refused(
    walk: Walk, november: list[CouncilSession], step: str, day: date, field: str
) -> None:
    draft = walk.drafted().draft
    with pytest.raises(Invalid) as refused:
        plan.move_day(draft, step=step, day=day, because=BECAUSE, by=walk.world.officer)
    assert refused.value.field == field
    assert not PlannedDay.objects.exists()


def test_a_reason_is_asked_for_and_only_the_unit_moves(walk: Walk) -> None:
    draft, day = walk.drafted().draft, date(2026, 11, 2)
    with pytest.raises(Invalid):
        plan.move_day(draft, step="answers", day=day, because=" ", by=walk.world.officer)
    for other in (walk.world.clerk, walk.world.ngo, walk.world.approver):
        with pytest.raises(NotYours):
            plan.move_day(draft, step="answers", day=day, because=BECAUSE, by=other)


def test_announced_days_are_promised_and_a_finished_road_has_no_plan(walk: Walk) -> None:
    consultation, officer = walk.announced(), walk.world.officer
    with pytest.raises(Invalid):
        plan.move_day(
            consultation.draft, step="close", day=date(2026, 11, 2), because=BECAUSE, by=officer
        )
    draft = walk.drafted("inny").draft
    road.withdraw_draft(draft, because=BECAUSE, by=officer)
    draft.refresh_from_db()
    assert draft.state == DraftState.WITHDRAWN
    with pytest.raises(WrongState):
        plan.move_day(draft, step="answers", day=date(2026, 11, 2), because=BECAUSE, by=officer)


# -- the calendar --------------------------------------------------------------------------------


def test_two_sessions_never_stand_on_one_day_unless_one_was_cancelled(world: World) -> None:
    first = session(world, date(2026, 11, 4), "I")
    with pytest.raises(Invalid) as refused:
        session(world, date(2026, 11, 4), "Ia")
    assert refused.value.field == "day"
    sessions.cancel_session(first, because=BECAUSE, by=world.officer)
    session(world, date(2026, 11, 4), "Ia")


def test_a_cancelled_session_is_not_changed_and_a_stranger_changes_none(world: World) -> None:
    one = session(world, date(2026, 11, 4), "I")
    for other in (world.approver, world.councillor, world.ngo):
        with pytest.raises(NotYours):
            sessions.cancel_session(one, because=BECAUSE, by=other)
    sessions.cancel_session(one, because=BECAUSE, by=world.clerk)
    with pytest.raises(WrongState):
        sessions.change_session(
            one, number="II", day=one.day, place="", because=BECAUSE, by=world.clerk
        )


@pytest.mark.parametrize(("number", "day"), [(" ", date(2026, 11, 4)), ("I", date(1026, 11, 4))])
def test_a_session_needs_a_number_and_a_day_of_this_age(
    world: World, number: str, day: date
) -> None:
    with pytest.raises(Invalid):
        sessions.add_session(number=number, day=day, by=world.clerk)


def test_the_demonstrations_clock_is_the_one_that_counts(walk: Walk) -> None:
    walk.drafted()
    assert case_of(Draft.objects.get()).today == calendar.local_day(now())

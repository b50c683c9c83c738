"""A draft that left the council is no longer debated, amended or voted on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from consultations.calendar import local_day
from consultations.errors import NotYours, TooLate, Unmet, WrongState
from consultations.models import Actor, Amendment, CouncilFile, Entry, Role, RollCall, VoteSheet
from consultations.models.clock import now
from consultations.models.reading import AT_COUNCIL
from consultations.services import amendments, council, readings, votes
from consultations.services.council import Totals
from consultations.services.readings import Deadlines, Motion
from consultations.services.votes import Vote
from tests.ground.attacks import lift
from tests.office.amending import SPONSOR, amended
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk
from tests.world import roll_call, staff
from workflows import services

WHY = "Nowa ustawa zmienia podstawę."
MOTION = Motion("president", 0, "", "Program na trzy lata.")


def paper(votes_for: int = 40, because: str = "") -> Vote:
    return Vote(roll_call(votes_for), local_day(now()), because=because)


def days() -> Deadlines:
    return Deadlines(now() + timedelta(days=2), now() + timedelta(days=5))


Tried = Callable[[Walk, CouncilFile, Amendment], Any]
ACTS: dict[str, Tried] = {
    "schedule": lambda walk, file, _one: council.schedule_session(
        file, session_number="X", session_on=local_day(now()), by=walk.world.clerk
    ),
    "take_off": lambda walk, file, _one: readings.take_off_agenda(
        file, because=WHY, by=walk.world.clerk
    ),
    "motion": lambda walk, file, _one: readings.move_two_readings(
        file, MOTION, by=walk.world.clerk
    ),
    "begin": lambda walk, file, _one: readings.begin_reading(file, by=walk.world.clerk),
    "hold": lambda walk, file, _one: readings.hold_reading(file, by=walk.world.clerk),
    "send_back": lambda walk, file, _one: council.send_back_draft(
        file, because=WHY, by=walk.world.clerk
    ),
    "file": lambda walk, file, _one: amended(walk.world, file),
    "adopt": lambda walk, _file, one: amendments.adopt_amendment(one, by=walk.world.clerk),
    "reject": lambda walk, _file, one: amendments.reject_amendment(one, by=walk.world.clerk),
    "withdraw": lambda walk, _file, one: amendments.withdraw_amendment(one, by=walk.world.clerk),
    "enter_vote": lambda walk, file, _one: votes.enter_vote(file, paper(), by=walk.world.clerk),
}


def before_the_council(walk: Walk) -> tuple[CouncilFile, Amendment]:
    file = walk.numbered()
    council.schedule_session(
        file, session_number="IX", session_on=local_day(now()), by=walk.world.clerk
    )
    return file, amended(walk.world, file)


@pytest.mark.parametrize("act", ACTS)
def test_of_a_withdrawn_draft_nothing_at_the_council_moves(walk: Walk, act: str) -> None:
    file, one = before_the_council(walk)
    services.withdraw_draft(file.draft, because=WHY, by=walk.world.officer)
    with pytest.raises(Unmet) as refusal:
        ACTS[act](walk, file, one)
    assert refusal.value.guards[0].code in {"at_council", "file_runs"}


@pytest.mark.parametrize("act", [one for one in ACTS if one != "enter_vote"])
def test_control_before_the_council_the_same_act_is_done(walk: Walk, act: str) -> None:
    file, one = before_the_council(walk)
    ACTS[act](walk, file, one)


def test_a_withdrawn_draft_is_not_voted_on_by_the_system(walk: Walk) -> None:
    file = walk.numbered()
    services.withdraw_draft(file.draft, because=WHY, by=walk.world.officer)
    with pytest.raises(Unmet):
        council.record_vote(
            file, called=roll_call(40), held_on=local_day(now()), by=walk.world.clerk
        )
    assert RollCall.objects.count() == 0


def second_person() -> Actor:
    return staff("druga@rada.test", Role.CLERK)


def test_a_first_vote_without_its_open_step_is_undone(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where every guard were gone, the road refuses."""
    file = walk.numbered()
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    services.withdraw_draft(file.draft, because=WHY, by=walk.world.officer)
    lift("votesheet_entered")
    VoteSheet.objects.create(
        council_file=file,
        held_on=local_day(now()),
        called=[[one.councillor, one.club, one.vote] for one in roll_call(40)],
        entered_by=walk.world.clerk,
        entered_at=now(),
    )
    monkeypatch.setattr(type(AT_COUNCIL), "__call__", lambda *_: True)
    with pytest.raises(WrongState):
        services.confirm_vote(file, totals=Totals(40, 3, 0, 0, 0), by=second_person())
    assert RollCall.objects.count() == 0


def send_back(walk: Walk, file: CouncilFile) -> None:
    services.send_back_draft(file, because=WHY, by=walk.world.clerk)


def withdraw(walk: Walk, file: CouncilFile) -> None:
    services.withdraw_draft(file.draft, because=WHY, by=walk.world.officer)


@pytest.mark.parametrize(
    ("act", "kind"), [(send_back, "council_file.send_back"), (withdraw, "draft.withdraw")]
)
def test_a_sheet_that_waits_is_given_back_with_its_file(
    walk: Walk, act: Callable[[Walk, CouncilFile], None], kind: str
) -> None:
    file = walk.numbered()
    sheet = votes.enter_vote(file, paper(), by=walk.world.clerk)
    act(walk, file)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.remark) == (
        "returned",
        "The draft was withdrawn or sent back before another person compared it.",
    )
    assert Entry.objects.get(kind=kind).leaf["facts"]["sheet"] == sheet.pk
    with pytest.raises(WrongState):
        services.confirm_vote(file, totals=Totals(40, 3, 0, 0, 0), by=second_person())


def test_a_refused_sending_back_leaves_the_sheet_waiting(walk: Walk) -> None:
    file = walk.numbered()
    sheet = votes.enter_vote(file, paper(), by=walk.world.clerk)
    with pytest.raises(NotYours):
        services.send_back_draft(file, because=WHY, by=walk.world.officer)
    sheet.refresh_from_db()
    assert sheet.state == "waiting"


AGAIN = "Radni zażądali reasumpcji."


def test_no_decision_is_entered_while_a_vote_taken_again_waits(walk: Walk) -> None:
    """Neither adopted nor, when the roll call that stands was lost, rejected."""
    file = walk.voted(votes_for=3)
    votes.enter_vote(file, paper(40, AGAIN), by=walk.world.clerk, kind="repeated")
    with pytest.raises(Unmet) as refusal:
        services.reject_draft(file.draft, by=walk.world.clerk)
    assert [one.code for one in refusal.value.guards] == ["no_sheet_waits"]
    page = signed_in(walk.world.clerk).get(reverse("reject_draft", args=[file.pk]))
    assert reverse("council_file", args=[file.pk]) in page.text
    services.confirm_vote(file, totals=Totals(40, 3, 0, 0, 0), by=second_person())
    with pytest.raises(Unmet):
        services.reject_draft(file.draft, by=walk.world.clerk)


def test_off_the_agenda_the_reading_that_began_begins_again(walk: Walk) -> None:
    file, clerk = walk.numbered(), walk.world.clerk
    council.schedule_session(file, session_number="X", session_on=local_day(now()), by=clerk)
    readings.begin_reading(file, by=clerk)
    with pytest.raises(TooLate):
        amended(walk.world, file, filed=SPONSOR)
    file = readings.take_off_agenda(file, because=WHY, by=clerk)
    assert file.reading_began_at is None
    amended(walk.world, file, filed=SPONSOR)
    assert readings.begin_reading(file, by=clerk).reading_began_at is not None


def test_no_reading_begins_while_a_motion_for_two_waits(walk: Walk) -> None:
    file, clerk = walk.numbered(), walk.world.clerk
    readings.move_two_readings(file, MOTION, by=clerk)
    with pytest.raises(Unmet):
        readings.begin_reading(file, by=clerk)
    readings.decide_two_readings(file, accepted=False, by=clerk)
    readings.begin_reading(file, by=clerk)

"""Sessions, planned days, motions, sheets and versions of the law: none without its entry."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from consultations.calendar import local_day
from consultations.models import (
    Actor,
    CouncilFile,
    CouncilSession,
    Entry,
    PlannedDay,
    Procedure,
    ReadingsMotion,
    Role,
    Rule,
    VoteSheet,
)
from consultations.models.clock import now
from consultations.models.next_key import next_key
from consultations.plan import Step, on_working_day
from consultations.selectors import plan as plans
from consultations.services import plan, procedures, readings, sessions, votes
from consultations.services.procedures import Given
from consultations.services.readings import Motion
from tests.ground.attacks import (
    REFUSED_BY_ITS_GUARD,
    Attack,
    each,
    replace,
    stands,
    truncate,
)
from tests.workflows.walk import Walk
from tests.world import World, roll_call, staff

WHY = "Zmiana terminarza rady."


class Record:
    """What the attacks look for; made by the acts, each as late as the attack needs it."""

    def __init__(self, world: World) -> None:
        self.world = world

    def session(self) -> CouncilSession:
        """A session whose own entry is the newest of the log."""
        day = local_day(now()) + timedelta(days=50)
        return sessions.add_session(number="V", day=day, place="Sala", by=self.world.clerk)

    def planned(self) -> PlannedDay:
        draft = self.world.drafted()
        case = plans.case_of(draft)
        day = case.today + timedelta(days=200)
        while day.weekday() > 3 or on_working_day(day) != day:
            day += timedelta(days=1)
        return plan.move_day(draft, step=Step.ANSWERS, day=day, because=WHY, by=self.world.officer)

    def file(self) -> CouncilFile:
        return Walk(self.world).numbered()

    def motion(self) -> ReadingsMotion:
        moved = Motion("councillors", 5, "Klub Testowy", WHY)
        return readings.move_two_readings(self.file(), moved, by=self.world.clerk)

    def sheet(self) -> VoteSheet:
        file = self.file()
        vote = votes.Vote(roll_call(40), local_day(now()))
        return votes.enter_vote(file, vote, by=self.world.clerk)

    def proposal(self) -> Any:
        return procedures.propose_procedure(
            "annual_programme",
            figures_given={"notice_days": Given("10", "uchwała testowa")},
            valid_from=local_day(now()),
            because=WHY,
            by=self.world.officer,
        )


@pytest.fixture
def record(world: World) -> Any:
    with translation.override("en"):
        yield Record(world)


def set_of(row: Any, **changes: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(**changes)


def second() -> Actor:
    return staff("druga@rada.test", Role.CLERK)


def another(session: CouncilSession, **changes: Any) -> None:
    """A second row beside the entry of the first."""
    said = {"number": session.number, "day": session.day, "place": session.place}
    CouncilSession.objects.create(**said | changes)


def forged_session(record: Record) -> None:
    CouncilSession.objects.create(number="X", day=date(2030, 1, 2))


def moved_twice(record: Record) -> None:
    """Another day than its newest entry says."""
    row = record.session()
    sessions.change_session(
        row,
        number="V",
        day=row.day + timedelta(days=1),
        place="Sala",
        because=WHY,
        by=record.world.clerk,
    )
    set_of(row, day=row.day + timedelta(days=2))


def revived(record: Record) -> None:
    row = sessions.cancel_session(record.session(), because=WHY, by=record.world.clerk)
    set_of(row, place="Inna")


def cancelled_otherwise(record: Record) -> None:
    """Another session than the one whose cancelling is the newest entry."""
    row = record.session()
    day = row.day + timedelta(days=7)
    other = sessions.add_session(number="VI", day=day, by=record.world.clerk)
    sessions.cancel_session(other, because=WHY, by=record.world.clerk)
    set_of(row, cancelled_because=WHY)


SESSIONS = each(
    Attack("forged", forged_session, ("session_insert",)),
    Attack(
        "another beside its entry",
        lambda r: another(r.session(), day=date(2030, 1, 2)),
        ("session_insert",),
    ),
    Attack("number", lambda r: set_of(r.session(), number="XX"), ("session_update",)),
    Attack("place", lambda r: set_of(r.session(), place="Inna"), ("session_update",)),
    Attack("day", lambda r: set_of(r.session(), day=date(2030, 1, 2)), ("session_update",)),
    Attack("moved once more", moved_twice, ("session_update",)),
    Attack("cancelled", lambda r: set_of(r.session(), cancelled_because="x"), ("session_update",)),
    Attack("cancelled beside another", cancelled_otherwise, ("session_update",)),
    Attack("changed when it is over", revived, ("session_over", "session_update")),
    Attack("deleted", lambda r: r.session().delete(), ("session_delete",)),
    Attack(
        "truncated",
        lambda _: truncate("{councilsession}"),
        ("session_truncate",),
        needs="postgresql",
    ),
)


def forged_day(record: Record) -> None:
    PlannedDay.objects.create(draft=record.world.drafted(), step="answers", day=date(2030, 1, 2))


def beside_another(record: Record) -> None:
    """Another step than the newest entry tells of."""
    day = record.planned()
    PlannedDay.objects.create(draft=day.draft, step="report", day=day.day)


DAYS = each(
    Attack("forged", forged_day, ("plannedday_insert",)),
    Attack("of another step", beside_another, ("plannedday_insert",)),
    Attack("moved", lambda r: set_of(r.planned(), day=date(2030, 1, 2)), ("plannedday_update",)),
    Attack("of a step", lambda r: set_of(r.planned(), step="report"), ("plannedday_update",)),
    Attack("deleted", lambda r: r.planned().delete(), ("plannedday_delete",)),
    Attack(
        "replaced",
        lambda r: replace("{plannedday}", r.planned(), id="id + 1"),
        ("plannedday_replace",),
        needs="sqlite",
    ),
    Attack(
        "truncated",
        lambda _: truncate("{plannedday}"),
        ("plannedday_truncate",),
        needs="postgresql",
    ),
)


def forged_motion(record: Record) -> None:
    ReadingsMotion.objects.create(
        council_file=record.file(), moved_by="president", reasons="x", moved_at=now()
    )


def decided_motion(record: Record) -> None:
    set_of(record.motion(), decided_at=now(), accepted=True)


def decided_otherwise(record: Record) -> None:
    """Beside the very decision, with the other outcome: the row is set back before."""
    motion = record.motion()
    file = CouncilFile.objects.get(pk=motion.council_file_id)
    readings.decide_two_readings(file, accepted=False, by=record.world.clerk)
    at = Entry.objects.latest("seq").at
    set_of(motion, accepted=True, decided_at=at)


MOTIONS = each(
    Attack("forged", forged_motion, ("readingsmotion_moved",)),
    Attack("decided by nobody", decided_motion, ("readingsmotion_decided",)),
    Attack(
        "decided otherwise",
        decided_otherwise,
        ("readingsmotion_decided", "readingsmotion_update"),
    ),
)


def forged_sheet(record: Record) -> None:
    VoteSheet.objects.create(
        council_file=record.file(),
        held_on=local_day(now()),
        called=[],
        entered_by=record.world.clerk,
        entered_at=now(),
    )


def entered_by_another(record: Record) -> None:
    """Beside the entry of a sheet that was written, one more by somebody else."""
    sheet = record.sheet()
    set_of(sheet, entered_by=second())


def returned_sheet(record: Record) -> None:
    set_of(record.sheet(), state="returned", decided_by=second(), decided_at=now(), remark="x")


def confirmed_sheet(record: Record) -> None:
    set_of(record.sheet(), state="confirmed", decided_by=second(), decided_at=now())


SHEETS = each(
    Attack("forged", forged_sheet, ("votesheet_entered",)),
    Attack("entered by another", entered_by_another, ("votesheet_decided", "votesheet_update")),
    Attack("sent back by nobody", returned_sheet, ("votesheet_decided",)),
    Attack("confirmed by nobody", confirmed_sheet, ("votesheet_decided",)),
)


def forged_law(record: Record) -> None:
    Procedure.objects.create(kind="annual_programme", number=2, valid_from=local_day(now()))


def past_its_proposal(record: Record) -> None:
    """A proposal waits; the version is written by whoever has the database."""
    record.proposal()
    forged_law(record)


def beside_its_entry(record: Record) -> None:
    """One version more beside the entry of another one."""
    procedures.enact_procedure(record.proposal(), by=record.world.approver)
    Procedure.objects.create(kind="annual_programme", number=3, valid_from=local_day(now()))


def rule_of_old(_record: Record) -> None:
    old = Procedure.objects.earliest("pk")
    Rule.objects.create(procedure=old, key="x", value="1", unit="days", legal_basis="x")


def part_of_old(name: str) -> Any:
    def act(_record: Record) -> None:
        old = Procedure.objects.filter(kind="annual_programme").earliest("pk")
        part = getattr(old, name).first()
        part.pk, part._state.adding = None, True
        part.code = "inne"
        if name == "elements":
            part.number = 99
        part.save()

    return act


LAW = each(
    Attack("forged", forged_law, ("procedure_insert",)),
    Attack("past its proposal", past_its_proposal, ("procedure_insert",)),
    Attack("beside the entry of another", beside_its_entry, ("procedure_insert",)),
    Attack("a rule more", rule_of_old, ("rule_insert",)),
    Attack("an outcome more", part_of_old("outcomes"), ("outcome_insert",)),
    Attack("an element more", part_of_old("elements"), ("element_insert",)),
)


@pytest.mark.parametrize("attack", SESSIONS)
def test_a_session_is_as_its_entry_says(record: Record, attack: Attack) -> None:
    assert stands(attack, record) == REFUSED_BY_ITS_GUARD


@pytest.mark.parametrize("attack", DAYS)
def test_a_planned_day_is_as_its_entry_says(record: Record, attack: Attack) -> None:
    assert stands(attack, record) == REFUSED_BY_ITS_GUARD


@pytest.mark.parametrize("attack", MOTIONS)
def test_a_motion_is_as_its_entry_says(record: Record, attack: Attack) -> None:
    assert stands(attack, record) == REFUSED_BY_ITS_GUARD


@pytest.mark.parametrize("attack", SHEETS)
def test_a_sheet_is_as_its_entry_says(record: Record, attack: Attack) -> None:
    assert stands(attack, record) == REFUSED_BY_ITS_GUARD


@pytest.mark.parametrize("attack", LAW)
def test_a_version_of_the_law_has_two_persons(record: Record, attack: Attack) -> None:
    assert stands(attack, record) == REFUSED_BY_ITS_GUARD


def test_a_key_set_aside_is_the_one_the_row_gets(record: Record) -> None:
    first = record.session()
    assert next_key(CouncilSession) > first.pk
    assert Entry.objects.latest("seq").leaf["facts"]["id"] == first.pk

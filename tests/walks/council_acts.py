"""What is done before and at the council: submission, readings, amendments, roll calls."""

from datetime import timedelta

from consultations import calendar
from consultations.models.clock import now
from consultations.services import amendments, council, merging, readings, votes
from consultations.services.amendments import Filed, Place
from consultations.services.council import Called, Totals
from consultations.services.readings import Deadlines, Motion
from consultations.services.votes import Vote
from tests.walks.scene import Nothing, Scene, why
from tests.world import roll_call
from workflows import services


def submit(s: Scene, n: int) -> None:
    services.submit_to_council(s.draft, by=s.by(s.world.officer), ordinance_number=str(n))


def give_print_number(s: Scene, n: int) -> None:
    services.give_print_number(s.file, print_number=str(n or ""), by=s.by(s.world.clerk))


def schedule(s: Scene, n: int) -> None:
    day = calendar.local_day(now()) + timedelta(days=n % 20)
    council.schedule_session(
        s.file, session_number=str(n or ""), session_on=day, by=s.by(s.world.clerk)
    )


def send_back_draft(s: Scene, n: int) -> None:
    services.send_back_draft(s.file, because=why(n), by=s.by(s.world.clerk))


def record_vote(s: Scene, n: int) -> None:
    """Carried, lost, or without a quorum; sometimes of a list that is short."""
    called = roll_call(votes_for=n % 44)[: 43 if n % 6 else 40]
    if n % 5 == 0:
        called = [council.Called(one.councillor, one.club, "absent") for one in called]
    day = calendar.local_day(now())
    services.record_vote(s.file, called=called, held_on=day, by=s.by(s.world.clerk))


def adopt(s: Scene, n: int) -> None:
    services.adopt_draft(
        s.draft,
        resolution_number=f"XXX/{n}/26" if n % 9 else " ",
        adopted_on=calendar.local_day(now()),
        by=s.by(s.world.clerk),
    )


def reject(s: Scene, _n: int) -> None:
    services.reject_draft(s.draft, by=s.by(s.world.clerk))


def take_off_agenda(s: Scene, n: int) -> None:
    readings.take_off_agenda(s.file, because=why(n), by=s.by(s.world.clerk))


def move_two_readings(s: Scene, n: int) -> None:
    """By five councillors, by too few, or by the President."""
    who = ("councillors", "president", "councillors")[n % 3]
    motion = Motion(who, 5 - n % 2, "Grupa radnych", why(n))
    readings.move_two_readings(s.file, motion, by=s.by(s.world.clerk))


def decide_two_readings(s: Scene, n: int) -> None:
    services.decide_two_readings(s.file, accepted=n % 3 > 0, by=s.by(s.world.clerk))


def begin_reading(s: Scene, _n: int) -> None:
    readings.begin_reading(s.file, by=s.by(s.world.clerk))


def hold_reading(s: Scene, _n: int) -> None:
    readings.hold_reading(s.file, by=s.by(s.world.clerk))


def _deadlines(n: int) -> Deadlines:
    return Deadlines(now() + timedelta(hours=n % 30 - 1), now() + timedelta(hours=n % 48))


def hold_first_reading(s: Scene, n: int) -> None:
    services.hold_first_reading(s.file, _deadlines(n), by=s.by(s.world.clerk))


def set_deadlines(s: Scene, n: int) -> None:
    readings.set_deadlines(s.file, _deadlines(n), by=s.by(s.world.clerk))


def hold_second_reading(s: Scene, _n: int) -> None:
    services.hold_second_reading(s.file, by=s.by(s.world.clerk))


def file_amendment(s: Scene, n: int) -> None:
    """On one of the provisions: sooner or later two are on the same one."""
    wordings = s.draft.versions.latest("number").wordings.order_by("position")
    key = wordings[n % wordings.count()].provision.key
    own = n % 4 == 0
    filed = Filed(
        "own" if own else "amendment",
        "president" if own else "group",
        "Prezydent" if own else "Klub",
        why(n),
    )
    how = ("change", "change", "delete", "add")[n % 4]
    places = [Place(key, how, text=f"Nowe brzmienie {n}.", number="9")]
    amendments.file_amendment(s.file, filed, places, by=s.by(s.world.clerk))


def adopt_amendment(s: Scene, n: int) -> None:
    rivals = [one.pk for one in amendments.rivals_of(s.amendment(n))] if n % 2 else []
    amendments.adopt_amendment(s.amendment(n), by=s.by(s.world.clerk), despite=rivals)


def reject_amendment(s: Scene, n: int) -> None:
    amendments.reject_amendment(s.amendment(n), by=s.by(s.world.clerk))


def withdraw_amendment(s: Scene, n: int) -> None:
    amendments.withdraw_amendment(s.amendment(n), by=s.by(s.world.clerk))


def merge_amendment(s: Scene, n: int) -> None:
    merging.merge_amendment(s.amendment(n), by=s.by(s.world.officer))


def merge_without_change(s: Scene, n: int) -> None:
    left = list(merging.waiting_of(s.amendment(n)))
    if not left:
        raise Nothing
    merging.merge_without_change(left[0], because=why(n), by=s.by(s.world.officer))


def _vote(n: int) -> Vote:
    return Vote(roll_call(n % 44), calendar.local_day(now()), because=why(n))


def enter_vote(s: Scene, n: int) -> None:
    """From paper: it waits for a second person."""
    kind = ("vote", "vote", "correction", "repeated")[n % 4]
    votes.enter_vote(s.file, _vote(n), by=s.by(s.world.clerk), kind=kind)


def confirm_vote(s: Scene, n: int) -> None:
    """By whoever stands in for the second clerk; sometimes with other totals."""
    sheet = s.file.waiting_sheet
    if sheet is None:
        raise Nothing
    called = [Called(*one) for one in sheet.called]
    counts = council.totals_of(called, None, s.draft.procedure)
    totals = Totals(**counts) if n % 4 else Totals(43, 0, 0, 0, 0)
    services.confirm_vote(s.file, totals=totals, by=s.by(s.world.second_officer))


def return_vote(s: Scene, n: int) -> None:
    votes.return_vote(s.file, remark=why(n), by=s.by(s.world.second_officer))


def correct_vote(s: Scene, n: int) -> None:
    services.correct_vote(s.file, _vote(n), by=s.by(s.world.clerk))


def repeat_vote(s: Scene, n: int) -> None:
    services.repeat_vote(s.file, _vote(n), by=s.by(s.world.clerk))

"""Readings: off the agenda, the motion for two, each reading held, the days for amendments."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultations.errors import Invalid, TooLate, Unmet, WrongState
from consultations.models import Actor, CouncilFile, CouncilFileState, MotionBy, ReadingsMotion
from consultations.models.clock import now
from consultations.models.next_key import next_key
from consultations.models.reading import AT_COUNCIL
from consultations.services.door import (
    hold,
    one_action,
    pass_through,
    recorded_at,
    refuse_unmet,
    require,
)
from consultations.text.said import says_something


@dataclass(frozen=True)
class Deadlines:
    """The first instants that are too late for the sponsor's own amendments, then for others."""

    own_amendments_until: datetime
    amendments_until: datetime

    def facts(self) -> dict[str, str]:
        return {name: at.astimezone(UTC).isoformat() for name, at in vars(self).items()}


@dataclass(frozen=True)
class Motion:
    """Who moves for two readings, how many councillors signed, and why."""

    moved_by: str
    backers: int
    movers: str
    reasons: str


def take_off_agenda(council_file: CouncilFile, *, because: str, by: Actor) -> CouncilFile:
    """Take the draft off the session's agenda, for a public reason; its file stays where it was.

    Raises NotYours, Invalid, WrongState, Unmet.
    """
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why it is taken off the agenda: the reason is public."), "because")
    with one_action():
        row = hold(council_file)
        facts = {"session": row.session_number}
        return pass_through(row, "take_off_agenda", by=by, words={"because": reason}, facts=facts)


def refuse_unless_at_council(council_file: CouncilFile) -> None:
    """Raises Unmet when the draft was withdrawn: no act of its own row would say so."""
    if not AT_COUNCIL(council_file):
        raise Unmet([AT_COUNCIL], council_file)


def backers_needed(council_file: CouncilFile) -> int:
    """How many councillors a motion needs: the rule's percentage of all seats, rounded up."""
    procedure = council_file.draft.procedure
    percent = procedure.number_of("two_readings_percent")
    return -(-procedure.number_of("council_seats") * percent // 100)


def move_two_readings(council_file: CouncilFile, motion: Motion, *, by: Actor) -> ReadingsMotion:
    """File a motion for two readings, before the first is closed.

    Raises NotYours, Invalid, WrongState, Unmet.
    """
    with one_action():
        row = hold(council_file)
        require(by, "council_file.move_two_readings", row)
        councillors = motion.moved_by == MotionBy.COUNCILLORS
        _check_motion(row, motion)
        backers = motion.backers if councillors else 0
        facts = {
            "moved_by": motion.moved_by,
            "backers": backers,
            "motion": (key := next_key(ReadingsMotion)),
        }
        words = {"because": motion.reasons.strip(), "movers": motion.movers.strip()}
        row = pass_through(row, "move_two_readings", by=by, facts=facts, words=words)
        made: ReadingsMotion = ReadingsMotion.objects.create(
            pk=key,
            council_file=row,
            moved_by=motion.moved_by,
            backers=backers,
            movers=motion.movers.strip(),
            reasons=motion.reasons.strip(),
            moved_at=recorded_at(),
        )
    return made


def _check_motion(council_file: CouncilFile, motion: Motion) -> None:
    if motion.moved_by not in MotionBy.values:
        raise Invalid(_("Choose who moves."), "moved_by")
    if not says_something(motion.reasons):
        raise Invalid(_("Give the reasons of the motion: they are public."), "reasons")
    needed, seats = (
        backers_needed(council_file),
        council_file.draft.procedure.number_of("council_seats"),
    )
    if motion.moved_by == MotionBy.PRESIDENT:
        return
    if motion.backers < needed:
        raise Invalid(
            ngettext(
                "The motion needs at least %(count)d councillor who signs it.",
                "The motion needs at least %(count)d councillors who sign it.",
                needed,
            )
            % {"count": needed},
            "backers",
        )
    if motion.backers > seats:
        raise Invalid(_("The council has %(seats)s seats.") % {"seats": seats}, "backers")


def decide_two_readings(council_file: CouncilFile, *, accepted: bool, by: Actor) -> CouncilFile:
    """Record what the council decided on the motion; called by `workflows`, which turns the road.

    Raises NotYours, WrongState, Unmet.
    """
    with one_action():
        row = hold(council_file)
        require(by, "council_file.decide_two_readings", row)
        decided = "accepted" if accepted else "refused"
        waiting = row.motions.filter(decided_at=None)
        facts = {"decided": decided, "motion": [*waiting.values_list("pk", flat=True), 0][0]}
        row = pass_through(row, "decide_two_readings", by=by, facts=facts, accepted=accepted)
        waiting.update(decided_at=recorded_at(), accepted=accepted)
    return row


def begin_reading(council_file: CouncilFile, *, by: Actor) -> CouncilFile:
    """Record that the reading begins. Raises NotYours, WrongState."""
    with one_action():
        row = hold(council_file)
        require(by, "council_file.begin_reading", row)
        if row.reading_began_at is not None:
            raise WrongState
        return pass_through(row, "begin_reading", by=by, facts=_session(row), at=now())


def hold_reading(council_file: CouncilFile, *, by: Actor) -> CouncilFile:
    """Record that the only reading is closed. Raises NotYours, WrongState, Unmet."""
    return _held(council_file, "hold_reading", by=by)


def hold_first_reading(
    council_file: CouncilFile, deadlines: Deadlines, *, by: Actor
) -> CouncilFile:
    """Record that the first of two readings is closed, with the two deadlines the chair set.

    Called by `workflows`, which completes the step. Raises NotYours, Invalid, WrongState, Unmet.
    """
    _check_deadlines(deadlines)
    return _held(
        council_file, "hold_first_reading", by=by, facts=deadlines.facts(), **vars(deadlines)
    )


def set_deadlines(council_file: CouncilFile, deadlines: Deadlines, *, by: Actor) -> CouncilFile:
    """Set other last instants; one that has passed is not moved.

    Raises NotYours, Invalid, TooLate, WrongState.
    """
    with one_action():
        row = hold(council_file)
        require(by, "council_file.set_deadlines", row)
        if row.state != CouncilFileState.FIRST_READ:
            raise WrongState
        for name, instant in vars(deadlines).items():
            stands = getattr(row, name)
            if stands <= now() and instant != stands:
                raise TooLate(_("A deadline that has passed is not moved."))
        _check_deadlines(deadlines, stands=row)
        facts = deadlines.facts()
        return pass_through(row, "set_deadlines", by=by, facts=facts, **vars(deadlines))


def hold_second_reading(council_file: CouncilFile, *, by: Actor) -> CouncilFile:
    """Record that the second reading is closed; called by `workflows`.

    Raises NotYours, WrongState, Unmet (amendments can still be filed).
    """
    return _held(council_file, "hold_second_reading", by=by)


def read_before_the_vote(council_file: CouncilFile, *, by: Actor) -> CouncilFile:
    """The only reading, when it was not recorded yet, as an event of its own before the vote.

    The caller holds the file. Raises NotYours, WrongState, Unmet.
    """
    if council_file.state == CouncilFileState.NUMBERED:
        refuse_unmet(council_file, "hold_reading")
        return hold_reading(council_file, by=by)
    if council_file.state != CouncilFileState.READ:
        raise WrongState
    return council_file


def _held(
    council_file: CouncilFile,
    act: str,
    *,
    by: Actor,
    facts: dict[str, str] | None = None,
    **fields: Any,
) -> CouncilFile:
    with one_action():
        row = hold(council_file)
        said = _session(row) | (facts or {})
        return pass_through(row, act, by=by, facts=said, at=now(), **fields)


def _session(council_file: CouncilFile) -> dict[str, str]:
    return {"session": council_file.session_number} if council_file.session_number else {}


def _check_deadlines(deadlines: Deadlines, stands: CouncilFile | None = None) -> None:
    """Both lie ahead, except one that passed already and stays; the second is not the earlier."""
    own, every = deadlines.own_amendments_until, deadlines.amendments_until
    passed = stands is not None and own == stands.own_amendments_until
    if own <= now() and not passed:
        raise Invalid(_("The instant must lie in the future."), "own_amendments_until")
    if every <= now() and not (stands is not None and every == stands.amendments_until):
        raise Invalid(_("The instant must lie in the future."), "amendments_until")
    if every < own:
        raise Invalid(
            _("Amendments end together with the sponsor's own ones or after them."),
            "amendments_until",
        )

"""The readings of a file as its page shows them: one or two, what is held, until when to amend."""

from dataclasses import dataclass
from datetime import datetime

from consultations.models import CouncilFile, CouncilFileState, ReadingsMotion
from consultations.models.clock import now


@dataclass(frozen=True)
class Deadline:
    """A last instant for amendments; empty while it is the reading itself."""

    until: datetime | None
    is_over: bool


@dataclass(frozen=True)
class Reading:
    """How many readings, and why two; motions; the two deadlines."""

    twice: bool
    on_motion: bool
    motions: list[ReadingsMotion]
    own: Deadline
    every: Deadline
    takes_amendments: bool


def reading_of(council_file: CouncilFile) -> Reading:
    """Of one file: one query, besides the procedure's rules."""
    own, every = deadlines(council_file)
    return Reading(
        twice=council_file.is_read_twice,
        on_motion=council_file.two_readings,
        motions=list(council_file.motions.all()),
        own=own,
        every=every,
        takes_amendments=not every.is_over,
    )


def deadlines(council_file: CouncilFile) -> tuple[Deadline, Deadline]:
    """For the sponsor's own amendments, and for others, as they stand now.

    Before the only reading: the sponsor until it begins, others until it is closed. Between two
    readings: the instants the chair set. After the last reading, and before the print number,
    nobody.
    """
    state = CouncilFileState(council_file.state)
    if state == CouncilFileState.NUMBERED:
        began = council_file.reading_began_at
        over = began is not None and not council_file.is_read_twice
        return Deadline(began if over else None, over), Deadline(None, is_over=False)
    if state == CouncilFileState.FIRST_READ:
        return _until(council_file.own_amendments_until), _until(council_file.amendments_until)
    closed = council_file.read_at
    own = council_file.own_amendments_until or council_file.reading_began_at
    every = council_file.amendments_until or closed
    return Deadline(own, is_over=True), Deadline(every, is_over=True)


def _until(instant: datetime | None) -> Deadline:
    return Deadline(instant, instant is not None and now() >= instant)

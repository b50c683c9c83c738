"""The council's file: submission, print number, roll call, resolution."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.errors import Invalid, WrongState
from consultations.models import (
    Actor,
    Ballot,
    CouncilFile,
    CouncilFileState,
    Draft,
    DraftState,
    RollCall,
    Vote,
)
from consultations.models.clock import now
from consultations.services.door import hold, note, one_action, pass_through, require


@dataclass(frozen=True)
class Called:
    """One line of a roll call: who, of which club, how (`for`, `against`, …)."""

    councillor: str
    club: str
    vote: str


def submit_to_council(draft: Draft, *, by: Actor) -> CouncilFile:
    """Open the council's file of a reviewed draft, once. Raises NotYours, WrongState."""
    with one_action():
        draft = hold(draft)
        require(by, "council_file.submit", draft)
        if draft.state != DraftState.COUNCIL_VOTE or draft.council_files.exists():
            raise WrongState
        council_file = CouncilFile.objects.create(draft=draft, submitted_at=now())
        note(council_file, "council_file.submit", by=by)
    return council_file


def give_print_number(council_file: CouncilFile, *, print_number: str, by: Actor) -> CouncilFile:
    """Give the print number (druk nr)."""
    number = print_number.strip()
    if not number:
        raise Invalid(_("Enter the print number."), "print_number")
    facts = {"print_number": number}
    return pass_through(council_file, "give_print_number", by=by, facts=facts, print_number=number)


def record_vote(
    council_file: CouncilFile, *, called: Sequence[Called], held_on: date, by: Actor
) -> CouncilFile:
    """Enter the roll call; refused without quorum. Raises NotYours, Invalid, WrongState, Unmet."""
    with one_action():
        council_file = hold(council_file)
        require(by, "council_file.record_vote", council_file)
        if council_file.state != CouncilFileState.NUMBERED:
            raise WrongState
        _check_roll_call(council_file, called, held_on)
        counts = RollCall.counts(one.vote for one in called)
        roll_call = RollCall.objects.create(council_file=council_file, held_on=held_on, **counts)
        Ballot.objects.bulk_create(Ballot(roll_call=roll_call, **vars(one)) for one in called)
        return pass_through(council_file, "record_vote", by=by, facts=counts)


def _check_roll_call(council_file: CouncilFile, called: Sequence[Called], held_on: date) -> None:
    seats = council_file.draft.procedure.number_of("council_seats")
    names = [one.councillor for one in called]
    if len(set(names)) != len(names):
        raise Invalid(_("A councillor appears twice in the list."), "file")
    if len(names) != seats:
        raise Invalid(
            _("The list has %(count)s names; the council has %(seats)s seats.")
            % {"count": len(names), "seats": seats},
            "file",
        )
    if any(one.vote not in Vote.values for one in called):
        raise Invalid(_("The list has a vote that is none of the five."), "file")
    if held_on > calendar.local_day(now()):
        raise Invalid(_("The session cannot lie in the future."), "held_on")


def adopt_draft(draft: Draft, *, resolution_number: str, adopted_on: date, by: Actor) -> Draft:
    """Enter the resolution; refused (Unmet) unless the roll call carried the draft."""
    number = resolution_number.strip()
    if not number:
        raise Invalid(_("Enter the number of the resolution."), "resolution_number")
    facts = {"resolution_number": number, "adopted_on": adopted_on.isoformat()}
    return pass_through(
        draft, "adopt", by=by, facts=facts, resolution_number=number, adopted_on=adopted_on
    )


def reject_draft(draft: Draft, *, by: Actor) -> Draft:
    """Record that the council did not adopt the draft."""
    return pass_through(draft, "reject", by=by)

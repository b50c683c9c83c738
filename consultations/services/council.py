"""The council's file: submission, print number, roll call, resolution."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
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
    Procedure,
    Publication,
    RollCall,
    Vote,
)
from consultations.models.clock import now
from consultations.models.overrides import SUBMIT
from consultations.selectors.agenda import lost_days
from consultations.selectors.replay import digest_of_votes
from consultations.services.door import go_over, hold, note, one_action, pass_through, require
from consultations.services.readings import read_before_the_vote
from consultations.services.sheets import give_back, over
from consultations.text.said import says_something


@dataclass(frozen=True)
class Called:
    """One line of a roll call: who, of which club, how (`for`, `against`, …)."""

    councillor: str
    club: str
    vote: str


@dataclass(frozen=True)
class Totals:
    """The five totals of the minutes, as the office declares them."""

    votes_for: int
    votes_against: int
    abstained: int
    no_vote: int
    absent: int


@dataclass(frozen=True)
class Record:
    """Where a roll call comes from, and whom it passed; of one that replaces another, why."""

    source: str
    entered_by: Actor
    entered_at: datetime
    confirmed_by: Actor | None = None
    kind: str = RollCall.Kind.VOTE
    replaces: RollCall | None = None
    because: str = ""

    def replacing(self, kind: str, former: RollCall | None, because: str) -> "Record":
        """The same, of a roll call that takes the place of `former`."""
        return replace(self, kind=kind, replaces=former, because=because)


def submit_to_council(
    draft: Draft, *, by: Actor, ordinance_number: str = "", ordinance_on: date | None = None
) -> CouncilFile:
    """Open the council's file of a reviewed draft, once, by the President's ordinance.

    Raises NotYours, WrongState, Invalid, Unmet (an opinion is still awaited).
    """
    with one_action():
        draft = hold(draft)
        require(by, "council_file.submit", draft)
        if ordinance_on and ordinance_on > calendar.local_day(now()):
            raise Invalid(_("The day cannot lie in the future."), "ordinance_on")
        running = draft.council_files.exclude(state=CouncilFileState.SENT_BACK)
        if draft.state != DraftState.COUNCIL_VOTE or running.exists():
            raise WrongState
        over = go_over(draft, SUBMIT, by=by)
        council_file = CouncilFile.objects.create(
            draft=draft,
            submitted_at=now(),
            ordinance_number=ordinance_number.strip(),
            ordinance_on=ordinance_on,
        )
        note(council_file, "council_file.submit", by=by, facts=over)
    return council_file


def schedule_session(
    council_file: CouncilFile, *, session_number: str, session_on: date, by: Actor
) -> CouncilFile:
    """Put the draft on a session's agenda. Raises NotYours, Invalid, WrongState."""
    number = session_number.strip()
    if not number:
        raise Invalid(_("Enter the number of the session."), "session_number")
    if session_on < calendar.local_day(now()):
        raise Invalid(_("The day of the session has passed: choose one ahead."), "session_on")
    if session_on in lost_days():
        raise Invalid(
            _("The session of this day was cancelled or moved in the calendar: choose another."),
            "session_on",
        )
    return pass_through(
        council_file,
        "schedule",
        by=by,
        facts={"session": number, "session_on": session_on.isoformat()},
        session_number=number,
        session_on=session_on,
    )


def send_back_draft(council_file: CouncilFile, *, because: str, by: Actor) -> CouncilFile:
    """The council sends the draft back, for a reason; its review begins again.

    Raises NotYours, Invalid, WrongState.
    """
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why the draft is sent back: the reason is public."), "because")
    with one_action():
        row = hold(council_file)
        require(by, "council_file.send_back", row)
        words, (sheet, facts) = {"because": reason}, over(row)
        done = pass_through(row, "send_back", by=by, words=words, facts=facts, because=reason)
        give_back(sheet, facts, by=by)
        pass_through(done.draft, "take_back", by=by)
    return done


def record_publication(
    draft: Draft, *, place: str, address: str, published_on: date, by: Actor
) -> Publication:
    """Record where and when the resolution appeared. Raises NotYours, Invalid, WrongState."""
    with one_action():
        draft = hold(draft)
        require(by, "draft.record_publication", draft)
        _check_publication(draft, place, address, published_on)
        made, is_new = Publication.objects.get_or_create(
            draft=draft,
            place=place,
            address=address.strip(),
            defaults={"published_on": published_on},
        )
        if is_new:
            facts = {"place_words": place, "published_on": published_on.isoformat()}
            note(draft, "draft.record_publication", by=by, facts=facts)
    return made


def _check_publication(draft: Draft, place: str, address: str, published_on: date) -> None:
    if draft.state != DraftState.ADOPTED:
        raise WrongState(_("Only an adopted document is published."))
    if place not in Publication.Place.values:
        raise Invalid(_("Choose the place."), "place")
    if not says_something(address):
        raise Invalid(_("Enter the address or position."), "address")
    if published_on > calendar.local_day(now()):
        raise Invalid(_("The day cannot lie in the future."), "published_on")


def give_print_number(council_file: CouncilFile, *, print_number: str, by: Actor) -> CouncilFile:
    """Give the print number (druk nr)."""
    number = print_number.strip()
    if not number:
        raise Invalid(_("Enter the print number."), "print_number")
    facts = {"print_number": number}
    return pass_through(council_file, "give_print_number", by=by, facts=facts, print_number=number)


def record_vote(
    council_file: CouncilFile,
    *,
    called: Sequence[Called],
    held_on: date,
    by: Actor,
    declared: Totals | None = None,
) -> CouncilFile:
    """Enter the roll call of the voting system; what comes from paper `votes.enter_vote` takes.

    Refused without quorum, and while one from paper waits. Raises NotYours, Invalid, WrongState,
    Unmet. With `declared` totals they are the record, and names may be missing; without them the
    list must name the whole council. The only reading, unless recorded before, is recorded first.
    """
    with one_action():
        council_file = hold(council_file)
        require(by, "council_file.record_vote", council_file)
        if council_file.waiting_sheet is not None:
            raise WrongState(_("A roll call waits for a second person: it is decided first."))
        council_file = read_before_the_vote(council_file, by=by)
        entered = Record(source=RollCall.Source.SYSTEM, entered_by=by, entered_at=now())
        facts = write_roll_call(council_file, called, held_on, declared, entered)
        return pass_through(council_file, "record_vote", by=by, facts=facts)


def check_day(council_file: CouncilFile, held_on: date) -> None:
    """Raises Invalid for a vote that has not been, or was before the draft could be voted on."""
    if held_on > calendar.local_day(now()):
        raise Invalid(_("The session cannot lie in the future."), "held_on")
    if held_on < calendar.local_day(council_file.submitted_at):
        raise Invalid(_("The draft was not yet submitted to the council on this day."), "held_on")
    read_at = council_file.first_read_at
    if read_at is not None and held_on < calendar.local_day(read_at):
        raise Invalid(_("The vote cannot be before the first reading."), "held_on")


def write_roll_call(
    council_file: CouncilFile,
    called: Sequence[Called],
    held_on: date,
    declared: Totals | None,
    entered: Record,
) -> dict[str, Any]:
    """Write the rows, inside an action that holds the file; gives the facts for its entry."""
    record = totals_of(called, declared, council_file.draft.procedure)
    check_day(council_file, held_on)
    roll_call = RollCall.objects.create(
        council_file=council_file,
        held_on=held_on,
        declared=declared is not None,
        **record,
        **vars(entered),
    )
    Ballot.objects.bulk_create(Ballot(roll_call=roll_call, **vars(one)) for one in called)
    return {
        **record,
        "declared": roll_call.declared,
        "names": len(called),
        "roll_call": roll_call.pk,
        "source": str(entered.source),
        "entered_by": entered.entered_by.pk,
        "sha256": digest_of_votes(roll_call),
    }


def totals_of(
    called: Sequence[Called], declared: Totals | None, procedure: Procedure
) -> dict[str, int]:
    """The five totals the record would have. Raises Invalid for what contradicts itself."""
    names = [one.councillor for one in called]
    if len(set(names)) != len(names):
        raise Invalid(_("A councillor appears twice in the list."), "text")
    if any(one.vote not in Vote.values for one in called):
        raise Invalid(_("The list has a vote that is none of the five."), "text")
    counts = RollCall.counts(one.vote for one in called)
    seats = procedure.number_of("council_seats")
    if declared is None:
        _check_completeness(len(called), seats)
        return counts
    _check_totals(vars(declared), counts, seats)
    return dict(vars(declared))


def _check_completeness(names: int, seats: int) -> None:
    if names != seats:
        raise Invalid(
            _(
                "The list has %(count)s names; the council has %(seats)s seats. When names are"
                " missing, declare the five totals of the minutes."
            )
            % {"count": names, "seats": seats},
            "text",
        )


def _check_totals(totals: Mapping[str, int], named: Mapping[str, int], seats: int) -> None:
    """The totals sum to the seats, and no kind of vote has more names than its total."""
    if min(totals.values()) < 0:
        raise Invalid(_("A total cannot be less than zero."), "votes_for")
    together = sum(totals.values())
    if together != seats:
        raise Invalid(
            _(
                "The five totals make %(sum)s; the council has %(seats)s seats. The difference"
                " is %(difference)s."
            )
            % {"sum": together, "seats": seats, "difference": abs(together - seats)},
            "votes_for",
        )
    for kind, total in totals.items():
        if named[kind] > total:
            raise Invalid(
                _("The list has more names than the total: «%(vote)s» %(count)s, total %(total)s.")
                % {"vote": RollCall.label_of(kind), "count": named[kind], "total": total},
                kind,
            )


def adopt_draft(draft: Draft, *, resolution_number: str, adopted_on: date, by: Actor) -> Draft:
    """Enter the resolution; refused (Unmet) unless the roll call carried the draft.

    Its day is that of the vote, or of the end of a session that went on. Raises Invalid.
    """
    number = resolution_number.strip()
    if not number:
        raise Invalid(_("Enter the number of the resolution."), "resolution_number")
    if adopted_on > calendar.local_day(now()):
        raise Invalid(_("This day has not come yet: enter the day of the vote."), "adopted_on")
    vote = _latest_vote(draft)
    if vote is not None and adopted_on < vote.held_on:
        raise Invalid(
            _("The council voted on %(day)s: no resolution is older than its vote.")
            % {"day": date_format(vote.held_on, "j E Y")},
            "adopted_on",
        )
    facts = {"resolution_number": number, "adopted_on": adopted_on.isoformat()}
    return pass_through(
        draft, "adopt", by=by, facts=facts, resolution_number=number, adopted_on=adopted_on
    )


def _latest_vote(draft: Draft) -> RollCall | None:
    file = draft.council_files.order_by("-pk").first()
    return file.roll_call if file else None


def reject_draft(draft: Draft, *, by: Actor) -> Draft:
    """Record that the council did not adopt the draft."""
    return pass_through(draft, "reject", by=by)

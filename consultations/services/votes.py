"""Roll calls from paper, corrected and taken again: what follows the first entry of a vote.

What comes from the voting system one person enters. What comes from minutes on paper waits as a
sheet until another person has compared it with the minutes: only then is it a roll call. Nothing
that was recorded is edited: a correction and a re-vote replace it, and it stays readable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, Unmet, WrongState
from consultations.models import (
    Actor,
    CouncilFile,
    CouncilFileState,
    DraftState,
    RollCall,
    VoteSheet,
)
from consultations.models.amending import AMENDMENTS_SETTLED
from consultations.models.clock import now
from consultations.models.guards import QUORUM
from consultations.models.next_key import next_key
from consultations.selectors.replay_council import digest_of_sheet
from consultations.services.council import (
    Called,
    Record,
    Totals,
    check_day,
    totals_of,
    write_roll_call,
)
from consultations.services.door import (
    hold,
    note,
    one_action,
    pass_through,
    recorded_at,
    require,
)
from consultations.services.readings import read_before_the_vote, refuse_unless_at_council
from consultations.services.sheets import decide
from consultations.text.said import says_something

Kind, Source = RollCall.Kind, RollCall.Source
# The act by which each kind enters the record.
ACTS = {
    Kind.VOTE: "council_file.record_vote",
    Kind.CORRECTION: "council_file.correct_vote",
    Kind.REPEATED: "council_file.repeat_vote",
}


@dataclass(frozen=True)
class Vote:
    """What a person enters: the list, the day, the totals of the minutes, and why anew.

    `standing` is the roll call she had before her when she replaced it.
    """

    called: Sequence[Called]
    held_on: date
    declared: Totals | None = None
    because: str = ""
    standing: int | None = None


def enter_vote(
    council_file: CouncilFile, vote: Vote, *, by: Actor, kind: str = Kind.VOTE
) -> VoteSheet:
    """Enter a roll call from paper; it waits for another person, and nothing else moves.

    Raises NotYours, Invalid, WrongState.
    """
    with one_action():
        file = hold(council_file)
        require(by, "council_file.enter_vote", file)
        _refuse_unless_open(file, kind)
        _refuse_unless_seen(file, vote)
        reason = _reason(kind, vote.because)
        check_day(file, vote.held_on)
        record = totals_of(vote.called, vote.declared, file.draft.procedure)
        _refuse_without_quorum(file, kind, record)
        if kind == Kind.VOTE:
            file = _ready(file, by)
        sheet = VoteSheet(
            pk=next_key(VoteSheet),
            council_file=file,
            kind=kind,
            held_on=vote.held_on,
            called=[[one.councillor, one.club, one.vote] for one in vote.called],
            declared=None if vote.declared is None else vars(vote.declared),
            because=reason,
            entered_by=by,
        )
        facts = {
            **record,
            "sheet": sheet.pk,
            "entering": str(kind),
            "held_on": vote.held_on.isoformat(),
            "sha256": digest_of_sheet(sheet),
        }
        note(file, "council_file.enter_vote", by=by, facts=facts)
        sheet.entered_at = recorded_at()
        sheet.save(force_insert=True)
    return sheet


def return_vote(council_file: CouncilFile, *, remark: str, by: Actor) -> VoteSheet:
    """Send the waiting sheet back with a remark; whoever entered it may take it back herself.

    Raises NotYours, Invalid, WrongState.
    """
    said = remark.strip()
    if not says_something(said):
        raise Invalid(_("Say what is wrong: whoever entered it reads the remark."), "remark")
    with one_action():
        file = hold(council_file)
        require(by, "council_file.return_vote", file)
        sheet = waiting(file)
        words, facts = {"remark": said}, {"sheet": sheet.pk}
        note(file, "council_file.return_vote", by=by, words=words, facts=facts)
        decide(sheet, VoteSheet.State.RETURNED, by, said)
    return sheet


def confirm_vote(council_file: CouncilFile, *, totals: Totals, by: Actor) -> CouncilFile:
    """Confirm the waiting sheet by the five totals read from the minutes; it becomes the record.

    Raises NotYours (also for whoever entered it), Invalid (other totals), WrongState, Unmet.
    """
    with one_action():
        file = hold(council_file)
        require(by, "council_file.confirm_vote", file)
        sheet = waiting(file)
        vote = vote_of(sheet)
        _compare(totals_of(vote.called, vote.declared, file.draft.procedure), vars(totals))
        entered = Record(
            source=Source.PAPER,
            entered_by=sheet.entered_by,
            entered_at=sheet.entered_at,
            confirmed_by=by,
        )
        done = _enter(file, vote, Kind(sheet.kind), entered, by, sheet.pk)
        decide(sheet, VoteSheet.State.CONFIRMED, by, "")
    return done


def correct_vote(council_file: CouncilFile, vote: Vote, *, by: Actor) -> CouncilFile:
    """Replace a roll call that was entered wrongly, for a public reason; the old one stays.

    Also after the decision: then it says what the council did, and changes nothing else.
    Raises NotYours, Invalid, WrongState.
    """
    return _replace(council_file, vote, Kind.CORRECTION, by)


def repeat_vote(council_file: CouncilFile, vote: Vote, *, by: Actor) -> CouncilFile:
    """Enter the vote the council took again (reasumpcja), before its decision is entered.

    Raises NotYours, Invalid, WrongState.
    """
    return _replace(council_file, vote, Kind.REPEATED, by)


def waiting(council_file: CouncilFile) -> VoteSheet:
    """The sheet that waits for a second person; WrongState when none does."""
    sheet: VoteSheet | None = council_file.waiting_sheet
    if sheet is None:
        raise WrongState(_("No roll call waits for a second person."))
    return sheet


def vote_of(sheet: VoteSheet) -> Vote:
    """What was entered."""
    return Vote(
        called=[Called(*one) for one in sheet.called],
        held_on=sheet.held_on,
        declared=None if sheet.declared is None else Totals(**sheet.declared),
        because=sheet.because,
    )


def _replace(council_file: CouncilFile, vote: Vote, kind: Any, by: Actor) -> CouncilFile:
    with one_action():
        file = hold(council_file)
        require(by, ACTS[kind], file)
        _refuse_unless_open(file, kind)
        _refuse_unless_seen(file, vote)
        _refuse_alone(file, kind)
        entered = Record(source=Source.SYSTEM, entered_by=by, entered_at=now())
        return _enter(file, vote, kind, entered, by)


def _enter(
    file: CouncilFile, vote: Vote, kind: Any, entered: Record, by: Actor, sheet: int = 0
) -> CouncilFile:
    """Write the roll call and its entry: of the first one as the machine's act."""
    compared = {"sheet": sheet} if sheet else {}
    if kind == Kind.VOTE:
        file = _ready(file, by)
        facts = write_roll_call(file, vote.called, vote.held_on, vote.declared, entered)
        return pass_through(file, "record_vote", by=by, facts=facts | compared)
    _refuse_replacing(file, kind)
    reason, former = _reason(kind, vote.because), file.roll_call
    entered = entered.replacing(kind, former, reason)
    facts = write_roll_call(file, vote.called, vote.held_on, vote.declared, entered)
    _refuse_without_quorum(file, kind, facts)
    facts["replaces"] = former.pk if former else 0
    facts |= compared
    note(file, ACTS[kind], by=by, facts=facts, words={"because": reason})
    return hold(file)


def _ready(file: CouncilFile, by: Actor) -> CouncilFile:
    """The file before its first vote: still the council's, read, with no amendment left open."""
    refuse_unless_at_council(file)
    if not AMENDMENTS_SETTLED(file):
        raise Unmet([AMENDMENTS_SETTLED], file)
    return read_before_the_vote(file, by=by)


def _refuse_unless_open(file: CouncilFile, kind: str) -> None:
    """A sheet that waits is decided first; a first vote is of a file that waits for one."""
    if file.waiting_sheet is not None:
        raise WrongState(_("A roll call waits for a second person: it is decided first."))
    if kind != Kind.VOTE:
        _refuse_replacing(file, kind)
    else:
        refuse_unless_at_council(file)
        if not file.is_to_be_voted_on:
            raise WrongState


def _refuse_unless_seen(file: CouncilFile, vote: Vote) -> None:
    """Nobody replaces a roll call she has not seen."""
    stands = file.roll_call
    if vote.standing is not None and (stands is None or stands.pk != vote.standing):
        raise WrongState(_("Another roll call has been entered meanwhile: look at it first."))


def _refuse_alone(file: CouncilFile, kind: str) -> None:
    """What two persons entered is not corrected by one."""
    stands = file.roll_call
    if kind == Kind.CORRECTION and stands is not None and stands.source == Source.PAPER:
        raise Invalid(
            _("Two persons entered this roll call from paper: its correction needs two as well."),
            "source",
        )


def _refuse_without_quorum(file: CouncilFile, kind: str, record: Mapping[str, Any]) -> None:
    """No vote without a quorum; that there was none can be what a correction says."""
    present = sum(record[name] for name in ("votes_for", "votes_against", "abstained", "no_vote"))
    if kind != Kind.CORRECTION and present < file.draft.procedure.quorum:
        raise Unmet([QUORUM], file)


def _refuse_replacing(file: CouncilFile, kind: str) -> None:
    if file.state != CouncilFileState.VOTED:
        raise WrongState(_("There is no roll call to be replaced."))
    if kind == Kind.REPEATED and file.draft.state != DraftState.COUNCIL_VOTE:
        raise WrongState(
            _("The decision of the council is entered: a vote taken again no longer changes it.")
        )


def _reason(kind: str, because: str) -> str:
    reason = because.strip()
    if kind != Kind.VOTE and not says_something(reason):
        raise Invalid(_("Say why the roll call is replaced: the reason is public."), "because")
    return reason if kind != Kind.VOTE else ""


def _compare(entered: dict[str, int], read: dict[str, int]) -> None:
    """What the second person reads in the minutes is what the first one entered."""
    for name, total in entered.items():
        if read[name] != total:
            raise Invalid(
                _(
                    "You read «%(vote)s» %(read)s in the minutes; %(entered)s was entered. Look"
                    " again, or send the roll call back."
                )
                % {"vote": RollCall.label_of(name), "read": read[name], "entered": total},
                name,
            )

"""What the database refuses about roll calls: they are frozen, and paper needs two persons."""

from consultations.models import Ballot, CouncilFile, Entry, RollCall, VoteSheet
from consultations.models.council import TOTALS
from consultations.refusals import Refusal, changed, frozen, taken
from consultations.witnesses import fact, newest, says
from consultations.witnesses import words as sealed

FILES, CALLS = CouncilFile._meta.db_table, RollCall._meta.db_table
BALLOTS, SHEETS, ENTRIES = Ballot._meta.db_table, VoteSheet._meta.db_table, Entry._meta.db_table
BEFORE = "read"  # the state from which the file passes to «voted»
CONFIRMING = ("council_file.record_vote", "council_file.correct_vote", "council_file.repeat_vote")
RETURNING = ("council_file.return_vote", "council_file.send_back", "draft.withdraw")
REPLACING = "'council_file.correct_vote', 'council_file.repeat_vote'"


def votes() -> list[Refusal]:
    """A roll call is entered once, beside its file's state, and only ever replaced by another."""
    return [*_roll_calls(), *_ballots(), *_sheets()]


def _roll_calls() -> list[Refusal]:
    words = "a roll call is never edited"
    *rest, replace = frozen("rollcall", RollCall, words)
    state = f"(SELECT state FROM {FILES} WHERE id = NEW.council_file_id)"  # noqa: S608 - names of our own
    other = f"SELECT 1 FROM {CALLS} c WHERE c.council_file_id = NEW.council_file_id"  # noqa: S608 - names of our own
    first = f"{state} IS NOT DISTINCT FROM '{BEFORE}' AND NOT EXISTS ({other})"
    last = f"SELECT MAX(c.id) FROM {CALLS} c WHERE c.council_file_id = NEW.council_file_id"  # noqa: S608 - names of our own
    next_one = f"{state} IS NOT DISTINCT FROM 'voted' AND NEW.replaces_id = ({last})"
    in_place = (
        f"(NEW.replaces_id IS NULL AND {first}) OR (NEW.replaces_id IS NOT NULL AND {next_one})"
    )
    replace.condition = f"NOT COALESCE({in_place}, FALSE) OR {replace.condition}"
    waits = (
        f"SELECT 1 FROM {SHEETS} s WHERE s.council_file_id = NEW.council_file_id"  # noqa: S608 - names of our own
        " AND s.state = 'waiting' AND s.entered_by_id = NEW.entered_by_id"
    )
    alone = (
        "NEW.entered_by_id IS NULL OR NEW.confirmed_by_id IS NULL"
        f" OR NEW.entered_by_id = NEW.confirmed_by_id OR NOT EXISTS ({waits})"
    )
    two = "a roll call from paper needs two persons"
    paper = f"NEW.source <> 'system' AND ({alone})"
    return [*rest, replace, Refusal("rollcall_two_persons", CALLS, "INSERT", two, paper)]


def _ballots() -> list[Refusal]:
    words = "a roll call is never edited"
    *rest, replace = frozen("ballot", Ballot, words)
    call = f"FROM {CALLS} c JOIN {FILES} f ON f.id = c.council_file_id"
    said = (
        f"EXISTS (SELECT 1 FROM {ENTRIES} e WHERE e.council_file_id = f.id"  # noqa: S608 - names of our own
        f""" AND e.kind IN ({REPLACING}) AND e.payload LIKE '%"roll_call":' || c.id || ',%')"""
    )
    being_entered = (
        f"SELECT 1 {call} WHERE c.id = NEW.roll_call_id"
        f" AND ((c.replaces_id IS NULL AND f.state = '{BEFORE}')"
        f" OR (c.replaces_id IS NOT NULL AND f.state = 'voted' AND NOT {said}))"
    )
    replace.condition = f"NOT EXISTS ({being_entered}) OR {replace.condition}"
    return [*rest, replace, _more_names()]


def _more_names() -> Refusal:
    """No kind of vote has more names than its total."""
    kinds = " ".join(f"WHEN '{vote}' THEN c.{total}" for vote, total in TOTALS.items())
    total = f"(SELECT CASE NEW.vote {kinds} END FROM {CALLS} c WHERE c.id = NEW.roll_call_id)"  # noqa: S608 - names of our own
    same = "b.roll_call_id = NEW.roll_call_id AND b.vote = NEW.vote"
    named = f"(SELECT COUNT(*) FROM {BALLOTS} b WHERE {same})"  # noqa: S608 - names of our own
    words = "a roll call has no more names than votes"
    return Refusal("ballot_over", BALLOTS, "INSERT", words, f"{named} >= COALESCE({total}, 0)")


def _sheets() -> list[Refusal]:
    """What was entered stays as it was entered, and is decided once."""
    words = "a roll call from paper stays as it was entered"
    columns = [
        str(one.column)
        for one in VoteSheet._meta.concrete_fields
        if one.name not in ("state", "decided_by", "decided_at", "remark")
    ]
    begun = f"NEW.state <> 'waiting' OR {taken(VoteSheet, _waiting())}"
    return [
        Refusal(
            "votesheet_update",
            SHEETS,
            "UPDATE",
            words,
            f"OLD.state <> 'waiting' OR {changed(columns)}",
        ),
        Refusal("votesheet_delete", SHEETS, "DELETE", words),
        Refusal("votesheet_truncate", SHEETS, "TRUNCATE", words),
        Refusal("votesheet_insert", SHEETS, "INSERT", words, begun),
        *_recorded(),
    ]


def _waiting() -> str:
    """The partial key: of one file one sheet waits."""
    return (
        "kept.council_file_id = NEW.council_file_id AND kept.state = 'waiting'"
        " AND NEW.state = 'waiting'"
    )


def _recorded() -> list[Refusal]:
    """Entered and decided as the newest entry of the log says: by whom, and when."""
    words = "a sheet is entered and decided beside its entry in the log"
    this = says("sheet", "NEW.id")
    entered = newest(
        ["council_file.enter_vote"],
        *("e.council_file_id = NEW.council_file_id", this, says("entering", "NEW.kind")),
        *(says("held_on", "NEW.held_on"), "NEW.entered_by_id = e.actor_id"),
        "NEW.entered_at = e.at",
    )
    decided = (this, "NEW.decided_by_id = e.actor_id", "NEW.decided_at = e.at")
    confirmed = newest(CONFIRMING, *decided, "NEW.state = 'confirmed'", "NEW.remark = ''")
    remark = f"NEW.remark = COALESCE({fact('remark')}, {sealed('remark')})"
    returned = newest(RETURNING, *decided, "NEW.state = 'returned'", remark)
    said = f"{confirmed} OR {returned}"
    return [
        Refusal("votesheet_entered", SHEETS, "INSERT", words, f"NOT {entered}"),
        Refusal("votesheet_decided", SHEETS, "UPDATE", words, f"NOT ({said})"),
    ]

"""What the database refuses about proposed versions of the rules."""

from consultations.models import Entry, LogHead, ProcedureProposal
from consultations.refusals import Refusal, changed, taken

TABLE, ENTRY = ProcedureProposal._meta.db_table, Entry._meta.db_table
HEAD = LogHead._meta.db_table


def proposals() -> list[Refusal]:
    """What was proposed stays as it was, is decided once, and put in force by another person."""
    words = "what was proposed is never edited"
    own = (
        *("id", "kind", "base_id", "valid_from", "figures", "because", "proposed_by_id"),
        "proposed_at",
    )
    two = "the rules are proposed by one person and put in force by another"
    enacts = "NEW.state = 'enacted' AND OLD.state = 'proposed'"
    begun = f"NEW.state <> 'proposed' OR {taken(ProcedureProposal)}"
    return [
        Refusal("proposal_lasting", TABLE, "UPDATE", words, changed(own)),
        Refusal("proposal_once", TABLE, "UPDATE", "it is decided", "OLD.state <> 'proposed'"),
        Refusal("proposal_two", TABLE, "UPDATE", two, f"{enacts} AND NOT ({_two_persons()})"),
        Refusal("proposal_begin", TABLE, "INSERT", "a proposal begins undecided", begun),
        Refusal("proposal_delete", TABLE, "DELETE", words),
        Refusal("proposal_truncate", TABLE, "TRUNCATE", words),
    ]


def _two_persons() -> str:
    """The record names who proposed it and, as its newest entry, who puts it in force."""
    names = """e.payload LIKE '%"proposal":' || NEW.id || ',"%'"""
    said = f"SELECT 1 FROM {ENTRY} e WHERE {names}"  # noqa: S608 - names of our own
    proposed = f"{said} AND e.kind = 'procedure.propose' AND e.actor_id = NEW.proposed_by_id"
    newest = f"e.seq = (SELECT size FROM {HEAD} WHERE id = 1)"  # noqa: S608 - names of our own
    enacted = (
        f"{said} AND e.kind = 'procedure.enact' AND e.actor_id = NEW.decided_by_id AND {newest}"
    )
    return f"EXISTS ({proposed}) AND EXISTS ({enacted}) AND NEW.decided_by_id <> NEW.proposed_by_id"

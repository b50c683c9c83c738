"""What the database refuses about new versions of the law: none goes past its proposal."""

from consultations.models import (
    Element,
    Entry,
    Outcome,
    Procedure,
    ProcedureProposal,
    Rule,
)
from consultations.refusals import Refusal
from consultations.witnesses import fact, newest, says

LAW, PROPOSALS = Procedure._meta.db_table, ProcedureProposal._meta.db_table
ENTRY = Entry._meta.db_table
PARTS = (Rule, Outcome, Element)
ENACTED = ("procedure.enact",)


def law() -> list[Refusal]:
    """Written when the second person puts it in force, and then only.

    The versions the system is delivered with are laid before the guards are installed.
    """
    words = "a version of the law comes from a proposal that a second person put in force"
    version = newest(
        ENACTED,
        says("document_kind", "NEW.kind"),
        says("version", "NEW.number"),
        says("valid_from", "NEW.valid_from"),
        "NEW.valid_until IS NULL",
        _of_two_persons(),
    )
    whole = "a version of the law is written whole, when it is put in force"
    return [
        Refusal("procedure_insert", LAW, "INSERT", words, f"NOT {version}"),
        *(
            Refusal(f"{one._meta.model_name}_insert", one._meta.db_table, "INSERT", whole, _late())
            for one in PARTS
        ),
    ]


def _of_two_persons() -> str:
    """The proposal waits, and the entry that proposed it names another person than this one."""
    named = """o.payload LIKE '%"proposal":' || p.id || ',"%' AND o.kind = 'procedure.propose'"""
    proposed = f"SELECT 1 FROM {ENTRY} o WHERE {named} AND o.actor_id = p.proposed_by_id"  # noqa: S608 - names of our own
    return (
        f"EXISTS (SELECT 1 FROM {PROPOSALS} p WHERE '' || p.id = {fact('proposal')}"  # noqa: S608 - names of our own
        " AND p.state = 'proposed' AND p.kind = NEW.kind AND p.valid_from = NEW.valid_from"
        f" AND p.proposed_by_id <> e.actor_id AND EXISTS ({proposed}))"
    )


def _late() -> str:
    """The newest entry does not put this version in force."""
    this = (
        f"EXISTS (SELECT 1 FROM {LAW} v WHERE v.id = NEW.procedure_id"  # noqa: S608 - names of our own
        f" AND v.kind = {fact('document_kind')} AND '' || v.number = {fact('version')})"
    )
    return f"NOT {newest(ENACTED, this)}"

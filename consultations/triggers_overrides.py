"""What the database refuses about exceptions from a condition."""

from consultations.models import Entry, Override
from consultations.models.overrides import every_overridable
from consultations.refusals import Refusal, changed

TABLE, ENTRY = Override._meta.db_table, Entry._meta.db_table


def overrides() -> list[Refusal]:
    """Only from a condition the law lets one pass over; by two persons whom the record names."""
    allowed = " OR ".join(
        f"(NEW.act_kind = '{kind}' AND NEW.guard_code = '{code}')"
        for kind, code in sorted(every_overridable())
    )
    decides = "NEW.decided_by_id IS NOT NULL AND OLD.decided_by_id IS NULL"
    said = "OLD.decided_by_id IS NOT NULL"
    redecided = f"{said} AND ({changed(['decided_by_id', 'decided_at', 'decision'])})"
    absolute = "nobody is let pass over this condition"
    two = "an exception is asked for by one person and decided by another"
    return [
        Refusal("override_absolute", TABLE, "INSERT", absolute, f"NOT ({allowed})"),
        Refusal("override_decided", TABLE, "UPDATE", two, f"{decides} AND NOT ({_two_persons()})"),
        Refusal("override_once", TABLE, "UPDATE", "a decision is not rewritten", redecided),
    ]


def _two_persons() -> str:
    """The entries name who asked and who decides as the row does."""
    of_this = f"SELECT 1 FROM {ENTRY} e WHERE e.override_id = NEW.id"  # noqa: S608 - names of our own
    asked = f"{of_this} AND e.kind = 'override.ask' AND e.actor_id = NEW.asked_by_id"
    decided = f"{of_this} AND e.object_version = NEW.version AND e.actor_id = NEW.decided_by_id"
    return f"EXISTS ({asked}) AND EXISTS ({decided}) AND NEW.asked_by_id <> NEW.decided_by_id"

"""Deleting what is no longer needed, by the rules of `retention`: counts go into the record."""

from consultations import retention
from consultations.models import Actor
from consultations.services.door import note, one_action, require

AT_ONCE = 500  # rows of a rule in one transaction


def delete_expired(*, by: Actor) -> dict[str, int]:
    """Delete a batch of what each rule says is over; gives how many rows, by the rule's name.

    One transaction with its entry, which holds the numbers only; without anything to delete there
    is no entry. Call it again until it gives nothing. Raises NotYours.
    """
    due = [rule for rule in retention.every() if rule.due().exists()]
    if not due:  # most turns: then nothing is locked
        return {}
    with one_action():
        require(by, "office.delete_expired")
        counts = {rule.name: _deleted(rule) for rule in due}
        facts = {"deleted": sum(counts.values()), **counts}
        note(None, "office.delete_expired", by=by, facts=facts)
    return counts


def _deleted(rule: retention.Rule) -> int:
    rows = rule.due()
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    rows.model._default_manager.filter(pk__in=keys).delete()
    return len(keys)

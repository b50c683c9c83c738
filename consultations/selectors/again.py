"""The other rounds of a draft, for the page of one of them: held before, held again, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from consultations import policy
from consultations.models import Actor, Consultation, ConsultationState, Entry, Sealed

KIND = "draft.consult_again"


@dataclass(frozen=True)
class Rounds:
    """`again`: the draft is consulted once more after this round, for `because`, in `later`.

    `why`: for what reason this round itself was held after those of `earlier`.
    """

    earlier: Sequence[Consultation]
    later: Consultation | None
    again: bool
    because: str
    why: str


def rounds_beside(one: Consultation, viewer: Actor | None) -> Rounds:
    """What stands beside this round: one query, or two once it is not the only one."""
    seen = policy.visible(viewer, Consultation.objects.filter(draft=one.draft_id))
    others = list(
        seen.exclude(pk=one.pk).exclude(state=ConsultationState.CANCELLED).order_by("number")
    )
    later = next((each for each in others if each.number > one.number), None)
    earlier = [each for each in others if each.number < one.number]
    alone = one.number == 1 and one.state != ConsultationState.CLOSED
    reasons = [] if alone else _reasons(one.draft_id)
    after = _first_after(one, reasons)
    return Rounds(earlier, later, after is not None, after or "", _last_before(one, reasons))


def _reasons(draft: int) -> list[tuple[Entry, str]]:
    """Every act of consulting again, in its order, with its public reason."""
    rows = Sealed.objects.filter(entry__case=draft, entry__kind=KIND, field="because")
    return [(one.entry, one.text) for one in rows.select_related("entry").order_by("entry__seq")]


def _first_after(one: Consultation, reasons: Sequence[tuple[Entry, str]]) -> str | None:
    if one.state != ConsultationState.CLOSED or one.closes_at is None:
        return None
    return next((text for entry, text in reasons if entry.at >= one.closes_at), None)


def _last_before(one: Consultation, reasons: Sequence[tuple[Entry, str]]) -> str:
    if one.announced_at is None:
        return ""
    before = [text for entry, text in reasons if entry.at <= one.announced_at]
    return before[-1] if before else ""

"""Acts beside the next step: correcting, prolonging, cancelling, withdrawing, the case number."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations import policy, wording
from consultations.models import Actor, Consultation, Draft
from consultations.models.machine import Stateful, find_act


@dataclass(frozen=True)
class Side:
    """An act of the unit that is possible at certain stages; `grave` cannot be taken back."""

    action: str
    url: str
    causes: tuple[Any, ...]
    grave: bool = False

    @property
    def label(self) -> Any:
        return wording.ACTS[self.action]


SIDES: dict[str, Side] = {
    side.url: side
    for side in (
        Side(
            "consultation.correct",
            "correct_notice",
            (
                _("The notice changes at once; what stood before and the reason stay public."),
                _("The days do not change: to move the last day, prolong the consultation."),
            ),
        ),
        Side(
            "consultation.prolong",
            "prolong_consultation",
            (
                _("Comments are taken until the end of the new day; the reason is public."),
                _("The day can only be moved to a later one, never back."),
            ),
        ),
        Side(
            "consultation.cancel",
            "cancel_consultation",
            (
                _("The announced consultation does not take place; the reason is public."),
                _("Another round is planned: it must be announced anew, with its own days."),
            ),
            grave=True,
        ),
        Side(
            "draft.consult_again",
            "consult_again",
            (
                _("Another round is planned: its days and forms are announced anew."),
                _("The text can be changed until it is announced; the reason is public."),
                _("Comments of this round must still be answered, and its report released."),
            ),
        ),
        Side(
            "draft.withdraw",
            "withdraw_draft",
            (
                _("The road of the draft ends here and the reason is public."),
                _("Everything that happened stays on record. This cannot be taken back."),
            ),
            grave=True,
        ),
        Side(
            "draft.number_case",
            "number_draft_case",
            (_("The number of the records system stands in the record of the draft."),),
        ),
    )
}


def is_possible(side: Side, one: Consultation, draft: Draft) -> bool:
    """Whether the draft and its latest round are where the act can be done."""
    machine, _dot, name = side.action.partition(".")
    subject: Stateful = one if machine == "consultation" else draft
    act = find_act(subject, name)
    return str(subject.state) in act.sources and not act.unmet(subject)


def open_to(actor: Actor | None, one: Consultation, draft: Draft) -> list[Side]:
    """The acts the person may do now."""
    return [
        side
        for side in SIDES.values()
        if policy.can(actor, side.action) and is_possible(side, one, draft)
    ]

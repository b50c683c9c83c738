"""A roll call entered from minutes on paper, until a second person has compared it with them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.models.council import CouncilFile, RollCall
from consultations.models.people import Actor


class VoteSheet(models.Model):
    """What one person entered; another confirms it, or sends it back with a remark.

    Only a confirmed one becomes a roll call, and what was sent back stays, to be entered anew
    from it. `called` holds name, council group and vote of each councillor, `declared` the five
    totals of the minutes where they were given.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a second person")
        CONFIRMED = "confirmed", _("confirmed")
        RETURNED = "returned", _("sent back")

    council_file = models.ForeignKey(
        CouncilFile, on_delete=models.PROTECT, related_name="vote_sheets"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    kind = models.CharField(max_length=10, choices=RollCall.Kind, default=RollCall.Kind.VOTE)
    held_on = models.DateField(_("day of the session"))
    called: Any = models.JSONField(default=list)
    declared: Any = models.JSONField(null=True, blank=True)
    because = models.TextField(_("reason"), blank=True)
    entered_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["council_file"], condition=Q(state="waiting"), name="one_sheet_waits"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None)
                | Q(state="returned", decided_by__isnull=False)
                | (Q(state="confirmed", decided_by__isnull=False) & ~Q(decided_by=F("entered_by"))),
                name="sheet_has_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_file_id}: {self.state}"

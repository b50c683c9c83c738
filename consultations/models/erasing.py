"""A person's request that her data be erased (art. 17 GDPR), and what was decided on it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.people import Actor


class ErasureState(models.TextChoices):
    ASKED = "asked", _("waits for a decision")
    ACCEPTED = "accepted", _("accepted: the data are being erased")
    REFUSED = "refused", _("refused")
    TAKEN_BACK = "taken_back", _("taken back")


RUNNING = (ErasureState.ASKED, ErasureState.ACCEPTED)


class ErasureRequest(models.Model):
    """One request; it goes with the rest of her data, and the record keeps that there was one.

    `due_on` is the last day for the answer (art. 12 ust. 3). `because` is what she is told.
    """

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="erasure_requests")
    state = models.CharField(max_length=10, choices=ErasureState, default=ErasureState.ASKED)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="erasures_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["actor"],
                condition=Q(state__in=["asked", "accepted"]),
                name="one_erasure_request",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused"])
                | (~Q(because="") & Q(decided_by__isnull=False)),
                name="erasure_decided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.state}"

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

"""Motions for two readings: who moved them, for which reasons, and what the council decided."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.council import CouncilFile


class MotionBy(models.TextChoices):
    COUNCILLORS = "councillors", _("a group of councillors")
    PRESIDENT = "president", _("the President of the city")


class ReadingsMotion(models.Model):
    """A written motion (wniosek o dwa czytania); `accepted` is empty until it is decided.

    `backers` is how many councillors signed it, `movers` who speaks for them: public functions.
    """

    council_file = models.ForeignKey(CouncilFile, on_delete=models.PROTECT, related_name="motions")
    moved_by = models.CharField(_("moved by"), max_length=12, choices=MotionBy)
    backers = models.PositiveIntegerField(_("councillors who signed"), default=0)
    movers = models.CharField(_("who moves"), max_length=300, blank=True)
    reasons = models.TextField(_("reasons"))
    moved_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["council_file"], condition=Q(decided_at=None), name="one_waiting_motion"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, accepted=None)
                | Q(decided_at__isnull=False, accepted__isnull=False),
                name="motion_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_file_id}: {self.moved_by}"

"""The report on a round (raport z konsultacji): prepared by one person, released by another."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.models import guards
from consultations.models.consultations import Consultation
from consultations.models.machine import FSMField, Stateful, act
from consultations.models.people import Actor


class ReportState(models.TextChoices):
    PREPARED = "prepared", _("prepared")
    RELEASED = "released", _("released")


S = ReportState


class Report(Stateful):
    """One report a round: its tables come from the record, only the introduction is written."""

    machine = "report"
    initial = S.PREPARED

    consultation = models.OneToOneField(
        Consultation, on_delete=models.PROTECT, related_name="report"
    )
    state = FSMField(default=S.PREPARED, choices=S.choices, protected=True)
    introduction = models.TextField(_("introduction"), blank=True)
    prepared_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="reports")
    released_by = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="released_reports"
    )
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="released")
                | (Q(released_by__isnull=False) & Q(released_at__isnull=False)),
                name="released_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("prepared_by")),
                name="second_person_releases",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.state}"

    @act(source=S.PREPARED)
    def edit(self, *, introduction: str, prepared_by: Actor) -> None:
        """The introduction is rewritten; who writes last has prepared the report."""
        self.introduction, self.prepared_by = introduction, prepared_by

    @act(source=S.PREPARED, target=S.RELEASED, guards=[guards.ROUND_ANSWERED, guards.GRACE_OVER])
    def release(self, *, released_by: Actor, at: datetime) -> None:
        """Another person makes the report public."""
        self.released_by, self.released_at = released_by, at

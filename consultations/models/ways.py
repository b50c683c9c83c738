"""Forms of consultation (formy konsultacji): the meetings, hours and channels of one round."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation


class WayKind(models.TextChoices):
    """Names of the resolution; an open meeting or a workshop is obligatory."""

    OPEN_MEETING = "open_meeting", _("open meeting")
    WORKSHOP = "workshop", _("workshop")
    EXPERT_HOURS = "expert_hours", _("expert hours")
    ONLINE_FORM = "online_form", _("on-line form")
    EMAIL = "email", _("e-mail")
    PAPER = "paper", _("paper form")


MEETINGS = (WayKind.OPEN_MEETING, WayKind.WORKSHOP)
DATED = (*MEETINGS, WayKind.EXPERT_HOURS)


class Way(models.Model):
    """One form of a round; what has a day and a place gets attendance and minutes when held."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="ways")
    kind = models.CharField(_("form of consultation"), max_length=20, choices=WayKind)
    place = models.CharField(_("place or address"), max_length=300)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    cancelled_because = models.TextField(blank=True)
    attendance = models.PositiveIntegerField(_("how many came"), null=True, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)

    class Meta:
        ordering: ClassVar = [F("starts_at").asc(nulls_last=True), "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at__gt=F("starts_at")), name="ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["open_meeting", "workshop", "expert_hours"])
                | Q(starts_at__isnull=False),
                name="meeting_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.kind}"

    @property
    def is_dated(self) -> bool:
        return self.kind in DATED

    @property
    def was_held(self) -> bool:
        return self.attendance is not None

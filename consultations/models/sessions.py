"""The council's sessions as a calendar, and the days somebody planned for a draft's steps."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.drafts import Draft


class CouncilSession(models.Model):
    """One session (sesja) of the council: planned, moved or cancelled, never deleted."""

    number = models.CharField(_("number"), max_length=20)
    day = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    cancelled_because = models.TextField(blank=True)
    moved_because = ""  # no column: the sealed words, as `selectors.plan_page` reads them

    class Meta:
        ordering: ClassVar = ["day", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day"], condition=Q(cancelled_because=""), name="one_session_a_day"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="session_has_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.day}"

    @classmethod
    def days(cls, since: date) -> list[date]:
        """Every day from `since` on which the council meets."""
        held = cls.objects.filter(cancelled_because="", day__gte=since)
        return list(held.values_list("day", flat=True))


class PlannedDay(models.Model):
    """The day planned for one step of a draft, where it is not what the terms alone would give."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="planned_days")
    step = models.CharField(max_length=20)
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "step"], name="planned_once")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}, {self.step}: {self.day}"

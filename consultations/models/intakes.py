"""A sheet of comments on its way into the register: kept until its rows are entered."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.people import Actor


class Intake(models.Model):
    """An uploaded sheet (arkusz). No part of the record: a comment entered from it is.

    `rows` are its cells as text, each row with its number in the sheet first; they go when it is
    finished or too old. `columns` says which cell holds what, `done` how many rows were gone
    through, `outcome` what became of each: row in the sheet, number of the comment (0 for none),
    whether it was there already, and why it was not entered.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="intakes")
    uploaded_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="intakes")
    uploaded_at = models.DateTimeField()
    name = models.CharField(_("name of the file"), max_length=120)
    headings: Any = models.JSONField(default=list)
    rows: Any = models.JSONField(default=list)
    columns: Any = models.JSONField(default=dict)
    channel = models.CharField(max_length=10, blank=True)
    done = models.PositiveIntegerField(default=0)
    outcome: Any = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name

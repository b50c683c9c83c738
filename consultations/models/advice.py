"""What a department tells the unit of a comment: its opinion, apart from the position."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.comments import Comment
from consultations.models.people import Actor, Department


class Advice(models.Model):
    """The opinion of a department (opinia wydziału) on a comment; the unit's own reading.

    One for each department that had the comment; given anew, the former words stay sealed in the
    trail. `recommended` is the code of an outcome, empty when the department leaves it open.
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="advice")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="advice")
    author = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="advice")
    text = models.TextField(_("opinion"))
    recommended = models.CharField(_("recommended outcome"), max_length=20, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["given_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "department"], name="advice_once"),
            models.CheckConstraint(condition=~Q(text=""), name="advice_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.department_id}"

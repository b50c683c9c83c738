"""What belongs to people at the desk: who looks at a comment now, and views they have saved."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models.comments import Comment
from consultations.models.consultations import Consultation
from consultations.models.people import Actor


class Presence(models.Model):
    """That somebody has a comment open, and since when and until when they typed an answer.

    It is no part of the record: each look writes it over, and it goes after a few minutes.
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="presences")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="presences")
    seen_at = models.DateTimeField(db_index=True)
    typing_since = models.DateTimeField(null=True, blank=True)
    typing_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "actor"], name="present_once")
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} at {self.comment_id}"


class SavedView(models.Model):
    """Filters of the queue under a name, for one round or for all of them."""

    owner = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="saved_views")
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="saved_views"
    )
    name = models.CharField(_("name of the view"), max_length=60)
    query = models.CharField(max_length=1500)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_view_once")
        ]

    def __str__(self) -> str:
        return self.name

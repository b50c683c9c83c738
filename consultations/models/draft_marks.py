"""What a councillor keeps for herself of one draft: how far she has read, and a note."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models.drafts import Draft
from consultations.models.people import Actor


class DraftMark(models.Model):
    """Of one person and one draft: up to which entry of the record it was seen; a private note.

    Nobody else reads it, no entry of the record tells of it, and it goes with its person.
    """

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="draft_marks")
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="marks")
    seen_seq = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("private note"), blank=True)
    noted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "draft"], name="one_mark_of_a_draft")
        ]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.draft_id}"

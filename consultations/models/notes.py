"""A few words the office sends to the author of a comment together with the answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models.comments import Comment


class CoveringNote(models.Model):
    """The covering note (słowo do autora) of an approved answer: in her letter only, not public.

    It may be rewritten until the answer is published; each version stays sealed in the trail. A
    private person's goes when she is erased.
    """

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="covering_note")
    text = models.TextField(_("covering note"), blank=True)

    def __str__(self) -> str:
        return str(self.comment_id)

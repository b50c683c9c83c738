"""What the author of a comment says to its answer: how far it addresses the comment, one reply."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.comments import Comment


class Rating(models.TextChoices):
    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


class Reply(models.Model):
    """The author's rating and reply (replika) to a published answer.

    The rating may change until she replies; the reply is filed once and stays. It is public only
    from `shown_at` on, when the unit has looked at it. A private person's goes when she is erased.
    """

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="said_back")
    rating = models.CharField(_("rating"), max_length=10, choices=Rating, blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField(_("reply"), blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(text="", replied_at=None) | (~Q(text="") & Q(replied_at__isnull=False)),
                name="reply_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(shown_at=None) | ~Q(text=""), name="shown_reply_has_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.rating}"

"""What somebody without an account sent, until the link in her letter is opened."""

import hashlib
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.comments import Comment, CommentKind
from consultations.models.consultations import Consultation
from consultations.models.drafts import Wording

# What is hers, and leaves this row for the comment once it is filed.
HERS = ("proposed_wording", "reasons", "name", "email")


def hash_of(token: str) -> str:
    """What is kept of a link's secret: its SHA-256, hex."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class GuestComment(models.Model):
    """A comment that waits for its link; no part of the record before it is confirmed.

    The link's secret stands here as a SHA-256 only. Confirmed, the row keeps the link leading to
    the comment, and what the office reads of how it was sent; everything personal has left it.
    """

    key = models.UUIDField(unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField(_("kind of comment"), max_length=10, choices=CommentKind)
    proposed_wording = models.TextField(_("proposed wording"), blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    named = models.BooleanField(default=False)
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=10)
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    filled_trap = models.BooleanField(default=False)
    letters = models.PositiveSmallIntegerField(default=1)
    letter_due_at = models.DateTimeField(null=True, blank=True)
    letter_tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    comment = models.OneToOneField(
        Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="guest"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index("expires_at", condition=Q(comment=None), name="guest_waiting"),
            models.Index(
                "letter_due_at", condition=Q(letter_due_at__isnull=False), name="guest_letter"
            ),
            models.Index("email", condition=~Q(email=""), name="guest_email"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(comment=None, confirmed_at=None)
                | Q(
                    comment__isnull=False,
                    confirmed_at__isnull=False,
                    **dict.fromkeys(HERS, ""),
                ),
                name="confirmed_guest_is_emptied",
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.key}"

    @property
    def seconds(self) -> int:
        """From the form's opening to its sending."""
        return int((self.sent_at - self.begun_at).total_seconds())

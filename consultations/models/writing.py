"""Comments that are being written, and the files that go with them.

A draft of a comment is no act and not in the record; it becomes a comment when it is filed.
"""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from consultations.models.comments import Comment, CommentKind
from consultations.models.consultations import Consultation
from consultations.models.drafts import Wording
from consultations.models.organisations import Organisation
from consultations.models.people import Actor


class CommentDraftQuerySet(models.QuerySet["CommentDraft"]):
    def waiting(self) -> Self:
        """Those that are not comments yet: a form sent while it was being kept leaves its draft."""
        filed = Comment.objects.filter(idempotency_key=OuterRef("key"))
        return self.exclude(Exists(filed))


class CommentDraft(models.Model):
    """What somebody is writing: her own, or an organisation's, which all who speak for it edit.

    `key` is the idempotency key of its filing, so that it is filed once. `version` grows with every
    change; a change takes the internal signature (`signed_off_by`) away. `begun_at` decides whether
    it may still be filed in the minutes of grace after the closing.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="comment_drafts"
    )
    wording = models.ForeignKey(
        Wording, on_delete=models.PROTECT, null=True, blank=True, related_name="comment_drafts"
    )
    author = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="comment_drafts")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comment_drafts",
    )
    kind = models.CharField(_("kind of comment"), max_length=10, choices=CommentKind, blank=True)
    proposed_wording = models.TextField(_("proposed wording"), blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    named = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    ready = models.BooleanField(default=False)
    signed_off_by = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="signed_off"
    )
    signed_off_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = CommentDraftQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["begun_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(signed_off_by=None) | Q(organisation__isnull=False),
                name="only_organisations_sign_off",
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class Attachment(models.Model):
    """A file of a draft, or of a comment once it is filed; then nobody changes it (a trigger).

    Its bytes stand in a table of their own, so that a list does not read them. `media_type` was
    found by content, `size` is in bytes, `sha256` in hexadecimal digits.
    """

    draft = models.ForeignKey(
        CommentDraft, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    is_scan = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(draft=None, comment__isnull=False)
                | Q(draft__isnull=False, comment=None),
                name="attached_to_one",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AttachmentContent(models.Model):
    """The bytes of a file."""

    attachment = models.OneToOneField(
        Attachment, on_delete=models.CASCADE, primary_key=True, related_name="content"
    )
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.attachment_id)

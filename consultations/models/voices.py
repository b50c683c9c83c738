"""What hangs on a comment beside its own row: who supports it, and its words for the search."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from consultations.models.comments import Comment
from consultations.models.organisations import Organisation
from consultations.models.people import Actor


class Support(models.Model):
    """Somebody supports another's comment, for herself or in the name of an organisation.

    `ended_at` is set when it is taken back. A private person's goes when she is erased.
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="supports")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="supports")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="supports"
    )
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["comment", "actor"],
                condition=Q(organisation=None, ended_at=None),
                name="person_supports_once",
            ),
            models.UniqueConstraint(
                fields=["comment", "organisation"],
                condition=Q(ended_at=None),
                name="organisation_supports_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.organisation_id or 'private'}"


class CommentWords(models.Model):
    """What a comment says, folded for the search, with the basic forms of its words.

    `seq` is the entry of the record after which it was written. Erased with what it was made of.
    """

    comment = models.OneToOneField(
        Comment, on_delete=models.PROTECT, related_name="index", primary_key=True
    )
    said = models.TextField()
    seq = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.comment_id} at {self.seq}"

"""Comments that say the same: groups made by hand, and the numbers that tell who is like whom."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models.comments import Comment
from consultations.models.consultations import Consultation
from consultations.models.drafts import Provision
from consultations.models.people import Actor


class CommentGroup(models.Model):
    """Comments that get one answer; each keeps its own row, number, answer and notice.

    The lead is a member, of the same consultation; the database keeps it. `gist` is what they all
    say (istota), in one line. The row goes when the group is dissolved; the record keeps that it
    was there.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="comment_groups"
    )
    lead = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="leads")
    gist = models.CharField(_("What they say, in one line"), max_length=200, blank=True)
    made_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.lead_id}"


class Sketch(models.Model):
    """What one or more comments of a consultation say, as numbers of the stems of their words."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="sketches", db_index=False
    )
    whole = models.BigIntegerField()
    stems = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "whole"], name="sketch_once")
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.whole}"


class SketchBand(models.Model):
    """Sketches that may be alike have a band in common: only those are compared."""

    sketch = models.ForeignKey(Sketch, on_delete=models.CASCADE, related_name="bands")
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    band = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["consultation", "band", "sketch"], name="sketch_band")
        ]

    def __str__(self) -> str:
        return f"{self.sketch_id}: {self.band}"


class CommentSketch(models.Model):
    """The sketch of a comment, written beside the requests after it was filed or corrected.

    `like` is the comment on the same provision that said it first; itself when none did. `seq` is
    the entry of the record after which it was written. An erased comment has a row without sketch.
    """

    comment = models.OneToOneField(
        Comment, on_delete=models.PROTECT, related_name="sketched", primary_key=True
    )
    sketch = models.ForeignKey(
        Sketch, on_delete=models.CASCADE, null=True, related_name="comments", db_index=False
    )
    like = models.ForeignKey(Comment, on_delete=models.PROTECT, null=True, related_name="alike")
    provision = models.ForeignKey(
        Provision, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    seq = models.BigIntegerField(db_index=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["sketch", "provision", "comment"], name="sketch_at_place")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} at {self.seq}"

"""The files of a report: a copy is written at one stroke, in every format, and never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.people import Actor


class CopyKind(models.TextChoices):
    PUBLIC = "public", _("public copy")
    PREVIEW = "preview", _("public copy before its release")
    INTERNAL = "internal", _("internal copy")


class Making(models.TextChoices):
    """How far the writing of a copy has come."""

    GATHERING = "gathering", _("waiting, or being gathered")
    WRITING = "writing", _("being written")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")


class ReportCopy(models.Model):
    """One copy of a report in one language, with the instant its words are of.

    `seq` is the size of the log when it was begun. A copy that a later one took the place of keeps
    the sizes and hashes of its files, and nothing of what they said.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="report_copies"
    )
    kind = models.CharField(max_length=10, choices=CopyKind)
    language = models.CharField(max_length=10)
    at = models.DateTimeField()
    seq = models.BigIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="report_copies"
    )
    making = models.CharField(max_length=10, choices=Making, default=Making.GATHERING)
    rows = models.PositiveIntegerField(default=0)
    rows_gathered = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation", "kind", "language"],
                condition=Q(making__in=["gathering", "writing"]),
                name="one_copy_in_making",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}, {self.kind}, {self.language}: {self.making}"


class ReportFile(models.Model):
    """One file of a copy; a PDF has parts. Without an ending: what the files are written from."""

    report_copy = models.ForeignKey(ReportCopy, on_delete=models.CASCADE, related_name="files")
    ending = models.CharField(max_length=5, blank=True)
    part = models.PositiveSmallIntegerField(default=1)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["ending", "part"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report_copy", "ending", "part"], name="report_file_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_copy_id}: {self.part}.{self.ending}"


class ReportPiece(models.Model):
    """A piece of a file, so that a large one is never held in memory."""

    file = models.ForeignKey(ReportFile, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "number"], name="report_piece_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.number}"

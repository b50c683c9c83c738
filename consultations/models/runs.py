"""Runs: one act done to many comments, in the background, each comment a row of its own."""

import hashlib
import json
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models.comments import Comment
from consultations.models.consultations import Consultation
from consultations.models.people import Actor


class RunAct(models.TextChoices):
    """The acts on a comment that can be done to many at once, by the name of the transition."""

    ADMIT = "admit", _("Admit together")
    ASSIGN = "assign", _("Pass on together")
    ANSWER = "answer", _("Answer together")
    APPROVE = "approve", _("Approve answers together")
    PUBLISH = "publish", _("Publish answers together")


class RowState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    SAME = "same", _("nothing to change")
    REFUSED = "refused", _("left as it was")
    STOPPED = "stopped", _("stopped")


class Run(models.Model):
    """One act on many comments (czynność zbiorcza). No part of the record: each row's act is.

    Prepared, it is only looked over; `started_at` lets the loop carry it out. `asked` is what
    every row gets, unless it came with a `sheet`: then each row says it for itself. `notes` hold
    what was left out of the sheet.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="runs")
    act = models.CharField(max_length=10, choices=RunAct)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="runs")
    made_at = models.DateTimeField()
    language = models.CharField(max_length=10)
    asked: Any = models.JSONField(default=dict)
    sheet = models.CharField(_("name of the file"), max_length=120, blank=True)
    notes: Any = models.JSONField(default=dict)
    started_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.act}"

    @property
    def is_running(self) -> bool:
        return self.started_at is not None and self.finished_at is None

    @property
    def mark(self) -> str:
        """What the rows get, in short: two that differ have different marks."""
        said = json.dumps(self.asked, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    @property
    def lacks_asked(self) -> bool:
        """Nobody has said yet what the comments are to get."""
        needs = self.act in {RunAct.ASSIGN, RunAct.ANSWER}
        return needs and not self.asked and not self.sheet


class RunRow(models.Model):
    """One comment of a run, as it was looked at (`seen_version`), and what became of it.

    `place` orders the rows; of a sheet it is the row's number there. `said` is a sentence of ours,
    never a person's words. A row without a comment names one that is not there.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="run_rows"
    )
    seen_version = models.PositiveIntegerField(default=0)
    asked: Any = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=RowState, default=RowState.WAITING)
    code = models.CharField(max_length=20, blank=True)
    said = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["place"]
        indexes: ClassVar = [models.Index(fields=["run", "state", "place"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "comment"], name="comment_once_in_a_run"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}: {self.state}"

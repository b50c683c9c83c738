"""Who was told of what: numbered notices, the last number of each inbox, entries already told."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from consultations.models import Actor, Entry


class Notice(models.Model):
    """One entry of the record told to one person; `because` names the rule that chose her."""

    recipient = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="notices")
    number = models.PositiveIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="notices")
    because = models.CharField(max_length=20)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recipient", "entry"], name="told_once"),
            models.UniqueConstraint(fields=["recipient", "number"], name="notice_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="unread_notice")
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id}/{self.number}"


class InboxHead(models.Model):
    """The number of a person's latest notice; its row is locked while notices are numbered."""

    actor = models.OneToOneField(
        Actor, on_delete=models.PROTECT, primary_key=True, related_name="inbox"
    )
    latest = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.latest}"


class Dispatched(models.Model):
    """The outbox has come to this entry: one row an entry, and the row is the lock.

    `failed_at` is set when a mistake in the code kept it from telling; it tries again later.
    """

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="dispatched"
    )
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["failed_at"], condition=Q(failed_at__isnull=False), name="still_to_tell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}"

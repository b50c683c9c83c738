"""Who was told of what: numbered notices, the last number of each inbox, entries already told;
and by e-mail: letters to be sent, their words, what people prefer.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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


class Letter(models.Model):
    """One entry of the record told to one person by e-mail.

    `due_at` is when it is tried next, empty once it is sent or given up. Whoever moves it forward
    has the letter to send: a process that dies on the way leaves it due again later. `problem` is
    why it was not sent, and names no address.
    """

    recipient = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="letters")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="letters")
    because = models.CharField(max_length=20)
    due_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recipient", "entry"], name="written_once"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(due_at=None), name="sent_is_not_due"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="letter_due")
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id}/{self.entry_id}"


class Preference(models.Model):
    """What a person prefers: e-mails or none, and the language she last used."""

    actor = models.OneToOneField(
        Actor, on_delete=models.PROTECT, primary_key=True, related_name="preference"
    )
    emails = models.BooleanField(default=True)
    language = models.CharField(max_length=5, blank=True)

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.language}"


class LetterTemplate(models.Model):
    """The office's own words of a letter, in one language; without a row the file's words hold."""

    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=5)
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("text"))
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "language"], name="letter_template_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"

"""The trail: append-only entries, the head that orders them, and the erasable words they seal."""

import json
from collections.abc import Collection
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from consultations.ledger.tree import HASH
from consultations.models.amendments import Amendment
from consultations.models.comments import Comment
from consultations.models.consultations import Consultation
from consultations.models.council import CouncilFile
from consultations.models.documents import Document
from consultations.models.drafts import Draft, Provision
from consultations.models.opinions import Opinion
from consultations.models.overrides import Override
from consultations.models.people import Actor
from consultations.models.reports import Report

# What an entry can be about: the names of its keys.
SUBJECTS = (
    "document",
    "draft",
    "consultation",
    "comment",
    "council_file",
    "opinion",
    "report",
    "override",
    "amendment",
)


class LogHead(models.Model):
    """How many entries there are; its row is the last lock of every act."""

    size = models.BigIntegerField(default=0)
    last_t_us = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.size)

    @classmethod
    def newest(cls) -> int:
        """The number of the newest entry of the log; 0 before the first."""
        size: int = cls.objects.values_list("size", flat=True).get(pk=1)
        return size


class Entry(models.Model):
    """One event. Never changed and never deleted: triggers refuse it on both databases.

    `seq` is gapless from 1 in the order of commits; `case_seq` is gapless within one draft.
    `payload` is RFC 8785 canonical JSON with commitments instead of words; `t_us` is the instant
    in microseconds since 1970 UTC, strictly growing. `nodes` holds the hashes of the log's tree
    that this entry completes (`ledger.tree`); the first 32 bytes are the hash of its own leaf.
    """

    seq = models.BigIntegerField(unique=True)
    t_us = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="entries")
    role = models.CharField(max_length=20, blank=True)
    action = models.UUIDField()
    case = models.ForeignKey(Draft, on_delete=models.PROTECT, null=True, related_name="trail")
    case_seq = models.BigIntegerField(null=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, null=True, related_name="entries")
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, related_name="entries"
    )
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, null=True, related_name="entries"
    )
    council_file = models.ForeignKey(
        CouncilFile, on_delete=models.PROTECT, null=True, related_name="entries"
    )
    opinion = models.ForeignKey(
        Opinion, on_delete=models.PROTECT, null=True, related_name="entries"
    )
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="entries")
    override = models.ForeignKey(
        Override, on_delete=models.PROTECT, null=True, related_name="entries"
    )
    amendment = models.ForeignKey(
        Amendment, on_delete=models.PROTECT, null=True, related_name="entries"
    )
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30, blank=True)
    object_version = models.PositiveIntegerField(null=True)
    payload = models.TextField()
    nodes = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "case_seq"], name="case_seq_once")
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"

    @property
    def leaf(self) -> dict[str, Any]:
        """The payload as it was written."""
        return dict(json.loads(self.payload))

    @property
    def committed(self) -> list[str]:
        """The names of the words it commits to, erased ones too."""
        return sorted(self.leaf["words"])

    @property
    def fingerprint(self) -> str:
        """The hash of its leaf (hex), by which it stands in the log."""
        return bytes(self.nodes)[:HASH].hex()


def tree_rows(seqs: Collection[int]) -> dict[int, bytes]:
    """The hashes of the tree that these entries completed, by their numbers."""
    kept = Entry.objects.filter(seq__in=list(seqs)).values_list("seq", "nodes")
    return {seq: bytes(nodes) for seq, nodes in kept}


class Sealed(models.Model):
    """The words an entry commits to, with their salt: erasable, never altered."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="words")
    field = models.CharField(max_length=40)
    salt = models.BinaryField(max_length=32)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "field"], name="sealed_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.field}"


class Checkpoint(models.Model):
    """A signed head of the log: how many entries it covers, their root, the note as published.

    `key` is the public key of its signature (C2SP signed-note verifier key).
    """

    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    key = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["size"]

    def __str__(self) -> str:
        return f"{self.size}"

    @property
    def root_hex(self) -> str:
        return bytes(self.root).hex()


class Watch(models.Model):
    """Who follows what: a draft, a document with all its drafts, or one provision."""

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="watches")
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, null=True, related_name="watches")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="watches"
    )
    provision = models.ForeignKey(
        Provision, on_delete=models.PROTECT, null=True, related_name="watches"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "draft"], name="watched_once"),
            models.UniqueConstraint(fields=["actor", "document"], name="document_watched_once"),
            models.UniqueConstraint(fields=["actor", "provision"], name="provision_watched_once"),
            models.CheckConstraint(
                condition=Q(draft__isnull=False, document=None, provision=None)
                | Q(draft=None, document__isnull=False, provision=None)
                | Q(draft=None, document=None, provision__isnull=False),
                name="watches_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.draft_id or self.document_id or self.provision_id}"

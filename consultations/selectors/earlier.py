"""What a comment said before its author corrected it, for whoever may read it.

Its author and those who run the consultation read every wording; others only those that were
public: what was corrected before it was admitted may hold what should never be read by all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from consultations import policy
from consultations.models import Actor, Comment, CommentKind, Entry
from consultations.selectors import people
from consultations.selectors.changes import Change

SAYS, ADMITS = ("comment.file", "comment.correct"), "comment.admit"
LABELS = {"proposed_wording": _("Proposed wording"), "reasons": _("Reasons")}


@dataclass(frozen=True)
class Corrected:
    """One correction: when, and each wording before and after it."""

    at: datetime
    changes: list[Change]


@dataclass(frozen=True)
class _Stage:
    """What it said from one entry on, and whether that was public."""

    entry: Entry
    public: bool

    @property
    def said(self) -> dict[str, str]:
        return {one.field: one.text for one in self.entry.words.all()}

    @property
    def kind(self) -> Any:
        return CommentKind(self.entry.leaf["facts"]["kind"]).label


def corrections(comment: Comment, viewer: Actor | None) -> list[Corrected]:
    """Every correction this viewer may read, the latest first: two queries at most."""
    entries = comment.entries.filter(kind__in=(*SAYS, ADMITS)).order_by("seq")
    listed = list(entries)
    if not any(one.kind == "comment.correct" for one in listed):
        return []
    prefetch_related_objects(listed, "words")
    close = policy.is_theirs(viewer, comment) or people.reads_names(viewer)
    stages = [one for one in _stages(listed) if close or one.public]
    return [_between(before, after) for before, after in pairwise(stages)][::-1]


def _stages(entries: Sequence[Entry]) -> list[_Stage]:
    """A stage was public when it was admitted before it was corrected again."""
    follows = [*entries[1:], None]
    return [
        _Stage(one, public=next_ is not None and next_.kind == ADMITS)
        for one, next_ in zip(entries, follows, strict=True)
        if one.kind in SAYS
    ]


def _between(before: _Stage, after: _Stage) -> Corrected:
    stood, said = before.said, after.said
    gone = {*before.entry.committed, *after.entry.committed} - {*stood, *said}
    changes = [
        Change(label, stood.get(name, ""), said.get(name, ""), erased=name in gone)
        for name, label in LABELS.items()
        if stood.get(name) != said.get(name) or name in gone
    ]
    if before.kind != after.kind:
        changes.insert(0, Change(_("Kind"), str(before.kind), str(after.kind)))
    return Corrected(after.entry.at, changes)

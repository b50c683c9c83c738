"""Receipts: what stands in them, and checking one that somebody brings."""

import base64
import binascii
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import policy
from consultations.ledger.verify import Verdict, verify_record
from consultations.models import Actor, Checkpoint, Comment, Entry
from consultations.selectors import record_file
from consultations.selectors.log import latest_checkpoint

MOST_BYTES = 20_000_000
EMBEDDED = re.compile(rb'<script type="text/plain" id="record">([A-Za-z0-9+/=\s]+)</script>')

# What a verdict means; the codes are those of `ledger.verify`.
WRONG = {
    "framing": _("The file is not whole, or was altered: it is not a record of this kind."),
    "key": _("It was signed with another key than the one published here."),
    "signature": _("The signature is not right: the head of the log was altered or forged."),
    "path": _("The event does not stand in the signed log."),
    "leaf": _("The event does not say what was recorded."),
    "words": _("The words are not those that were recorded."),
    "order": _("The events are not in the order in which they were recorded."),
    "gap": _("An event is missing."),
}


# The words of a filed comment, as the receipt names them.
LABELS = {
    "proposed_wording": _("Proposed wording"),
    "reasons": _("Reasons"),
    "sender": _("Sender"),
    "attachments": _("Attachments, each with its SHA-256"),
}


@dataclass(frozen=True)
class Receipt:
    """`proof` is the record file of the filing; None while no signed head covers it yet."""

    proof: bytes | None
    facts: dict[str, Any]


@dataclass(frozen=True)
class Checked:
    """What became of a file that was sent; `words` is empty when all is right."""

    verdict: Verdict
    words: Any


def origin() -> str:
    """The name of the log."""
    return str(settings.LOG_ORIGIN)


def receipt(comment: Comment, viewer: Actor) -> Receipt | None:
    """The receipt of a comment for those whose it is; None for everybody else."""
    recorded = viewer.pk == comment.recorded_by_id != comment.filed_by_id
    if not recorded and not policy.is_theirs(viewer, comment):
        return None
    said = comment.entries.filter(kind__in=("comment.file", "comment.correct"))
    entry = said.latest("seq")
    checkpoint = latest_checkpoint()
    facts = {
        "number": comment.number,
        "filed_at": comment.filed_at,
        "corrected_at": entry.at if entry.kind == "comment.correct" else None,
        "draft_title": comment.consultation.draft.title,
        "seq": entry.seq,
        "fingerprint": entry.fingerprint,
        "origin": origin(),
        "words": _words(entry),
        "log_url": settings.ORIGIN + reverse("log"),
    }
    if checkpoint is None or checkpoint.size < entry.seq:
        return Receipt(None, facts)
    return Receipt(record_file.of_entry(entry, checkpoint), facts | {"key": checkpoint.key})


def _words(entry: Entry) -> list[tuple[Any, str | None]]:
    """Each field the entry commits to with its text; None for what was erased."""
    kept = dict(entry.words.values_list("field", "text"))
    return [(LABELS.get(name, name), kept.get(name)) for name in entry.committed]


@cache
def script(name: str) -> str:
    """The text of one of our scripts, to stand inside the receipt."""
    path = finders.find(f"js/{name}")
    if path is None:
        raise FileNotFoundError(name)
    return Path(path).read_text(encoding="utf-8")


def check(content: bytes) -> Checked:
    """Verify a receipt or a record file; it counts only under a key this log was signed with."""
    verdict = verify_record(_record_in(content))
    if verdict.ok and not Checkpoint.objects.filter(key=verdict.key).exists():
        verdict = Verdict(ok=False, what="key")
    return Checked(verdict, "" if verdict.ok else WRONG.get(verdict.what, WRONG["framing"]))


def _record_in(content: bytes) -> bytes:
    """The record a receipt holds; anything else as it is."""
    found = EMBEDDED.search(content)
    if found is None:
        return content
    try:
        return base64.b64decode(b"".join(found[1].split()), validate=True)
    except binascii.Error:
        return content

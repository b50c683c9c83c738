"""The notice of a round as everybody reads it, its corrections, the proof that it was public."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import calendar
from consultations.models import Consultation, Entry, TextVersion
from consultations.selectors import journal
from consultations.selectors.ways import ways
from consultations.selectors.wordings import nodes_of
from consultations.text.plain import to_plain

ANNOUNCED, PROBED = "consultation.announce", "consultation.probe"
# What changes a notice once it is public; a form planned before that is part of the notice.
CORRECTIONS = (
    "consultation.correct",
    "consultation.prolong",
    "consultation.cancel",
    "consultation.plan_way",
    "consultation.cancel_way",
)
FIELDS: dict[str, Any] = {
    "purpose": gettext_lazy("Purpose"),
    "host": gettext_lazy("Host"),
    "contact": gettext_lazy("Contact"),
    "posted_at": gettext_lazy("Where the notice is posted"),
}
RULES = ("notice_days", "consultation_days", "forms")


@dataclass(frozen=True)
class Section:
    """One part of the notice: its heading and its paragraphs."""

    title: str
    lines: list[str]


@dataclass(frozen=True)
class Change:
    """What one field said before a correction, and after it."""

    label: Any
    before: str
    after: str


@dataclass(frozen=True)
class Correction:
    """A public change of the notice, with the reason given for it."""

    at: datetime
    sentence: str
    because: str
    changes: list[Change]


@dataclass(frozen=True)
class Probe:
    """What the system found at the public address of the text, on one day."""

    at: datetime
    found: bool
    sha256: str


@dataclass(frozen=True)
class Proof:
    """Where the text became public and what it was, and every look since then."""

    at: datetime
    address: str
    sha256: str
    probes: list[Probe] = field(default_factory=list)

    def is_probed_on(self, day: date) -> bool:
        return any(calendar.local_day(one.at) == day for one in self.probes)


def plain_text(version: TextVersion) -> str:
    """The text of a version as everybody can download it; its bytes in UTF-8 are hashed."""
    return to_plain(nodes_of(version))


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def address_of_text(consultation: Consultation) -> str:
    """The public address of the text in plain form."""
    return _address("draft_text", consultation)


def _address(name: str, consultation: Consultation) -> str:
    return f"{settings.ORIGIN.rstrip('/')}{reverse(name, args=[consultation.slug])}"


def proof(consultation: Consultation) -> Proof | None:
    """What the record holds of the publication; None for a round never announced with a text."""
    found: Proof | None = None
    entries = consultation.entries.filter(kind__in=(ANNOUNCED, PROBED)).order_by("seq")
    for at, kind, payload in entries.values_list("at", "kind", "payload"):
        facts = json.loads(payload)["facts"]
        if kind == ANNOUNCED and "text_sha256" in facts:
            found = Proof(at, facts["address"], facts["text_sha256"])
        elif kind == PROBED and found is not None:
            found.probes.append(Probe(at, facts["result"], facts["sha256"]))
    return found


def corrections(consultation: Consultation) -> list[Correction]:
    """What was changed in the notice since it became public, the newest first: two queries."""
    if consultation.announced_at is None:
        return []
    entries = consultation.entries.filter(kind__in=CORRECTIONS, at__gt=consultation.announced_at)
    read = journal.with_subjects(entries).prefetch_related("words").order_by("-seq")
    return [_correction(entry) for entry in read]


def _correction(entry: Entry) -> Correction:
    words = {one.field: one.text for one in entry.words.all()}
    changes = [
        Change(label, words[f"{name}_before"], words.get(name, ""))
        for name, label in FIELDS.items()
        if f"{name}_before" in words
    ]
    return Correction(entry.at, journal.sentence(entry), words.get("because", ""), changes)


def sections(consultation: Consultation) -> list[Section]:
    """The whole notice, for the page and for the file alike; parts without content are left out."""
    draft = consultation.draft
    parts = [
        (_("Cancelled"), [consultation.cancelled_because]),
        (_("What is consulted"), [draft.title, _kind(consultation)]),
        (_("Purpose"), [consultation.purpose]),
        (_("When"), _days(consultation)),
        (_("Forms of consultation"), _forms(consultation)),
        (_("Where the text is"), _text_lines(consultation)),
        (_("Where the notice is posted"), consultation.posted_at.splitlines()),
        (_("Host and contact"), [consultation.host, consultation.contact]),
        (_("Legal basis"), _legal_bases(consultation)),
    ]
    return [Section(title, said) for title, lines in parts if (said := _said(lines))]


def _said(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line.strip()]


def _kind(consultation: Consultation) -> str:
    document = consultation.draft.document
    return ", ".join(filter(None, [str(document.get_kind_display()), document.period]))


def _days(consultation: Consultation) -> list[str]:
    days = (consultation.announced_at, consultation.first_day, consultation.last_day)
    announced, first, last = (date_format(one, "j E Y") if one else "" for one in days)
    return [
        _("The notice was made public on %(day)s.") % {"day": announced},
        _("Comments are taken from %(first)s to the end of %(last)s.")
        % {"first": first, "last": last},
    ]


def _forms(consultation: Consultation) -> list[str]:
    cancelled = _("%(form)s – cancelled: %(because)s")
    return [
        cancelled % {"form": line.words, "because": line.way.cancelled_because}
        if line.stage == "cancelled"
        else line.words
        for line in ways(consultation)
    ]


def _text_lines(consultation: Consultation) -> list[str]:
    shown = proof(consultation)
    read = _("To read and comment: %(address)s") % {
        "address": _address("consultation", consultation)
    }
    if shown is None:
        return [read]
    plain = _("Plain text: %(address)s") % {"address": shown.address}
    return [read, plain, _("SHA-256 of the plain text: %(hash)s") % {"hash": shown.sha256}]


def _legal_bases(consultation: Consultation) -> list[str]:
    """The articles the days and forms come from, each once."""
    rules = {rule.key: rule.legal_basis for rule in consultation.draft.procedure.rules.all()}
    return list(dict.fromkeys(rules[key] for key in RULES if key in rules))

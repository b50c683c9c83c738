"""What an entry of the record says in words: the reason given, and what was rewritten.

Only words that whoever may read the entry may read too: public reasons, the notice, and for those
who read all of the record the introduction of the report and the answers. Never what a
participant wrote, and no names.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations import policy
from consultations.models import Actor, Entry, Sealed
from consultations.selectors.notices import FIELDS

BECAUSE, BEFORE = "because", "_before"
CORRECTED, EDITED = "consultation.correct", "draft.edit_text"
# What is sealed as it reads from then on; what stood before is in an earlier entry.
REWRITTEN: dict[str, tuple[str, Any]] = {
    "report.edit": ("introduction", _("Introduction of the report")),
    "comment.answer": ("reasons", _("Reasons of the answer")),
}
FIRST = {"report.edit": ("report.prepare", "report.edit"), "comment.answer": ("comment.answer",)}
LONGEST_COMPARED = 3_000  # characters of both wordings together


@dataclass(frozen=True)
class Change:
    """Words before and after; `erased` when either of them is no longer kept."""

    label: Any
    before: str
    after: str
    erased: bool = False

    @property
    def is_compared(self) -> bool:
        """Whether a list shows the change word by word."""
        return len(self.before) + len(self.after) <= LONGEST_COMPARED


@dataclass(frozen=True)
class Said:
    """The public reason of an entry, and the words it changed."""

    because: str = ""
    changes: list[Change] = field(default_factory=list)


# Words by the key of their entry and the name of their field.
Words = Mapping[int, Mapping[str, str]]


def said(entries: Iterable[Entry], viewer: Actor | None) -> dict[int, Said]:
    """What each of these entries says, by its key: two queries, however many."""
    seen = list(entries)
    words = _words(seen)
    earlier = _earlier([one for one in seen if one.kind in REWRITTEN], viewer)
    return {
        one.pk: Said(words[one.pk].get(BECAUSE, ""), _changes(one, words[one.pk], earlier))
        for one in seen
    }


def _words(entries: list[Entry]) -> Words:
    """Of a correction or an edit all that is sealed, of a rewriting its words, else the reason."""
    corrected = [one.pk for one in entries if one.kind in (CORRECTED, EDITED)]
    shown = Q(entry__in=[one.pk for one in entries], field=BECAUSE) | Q(entry__in=corrected)
    for kind, (name, _label) in REWRITTEN.items():
        shown |= Q(entry__in=[one.pk for one in entries if one.kind == kind], field=name)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for entry, name, text in Sealed.objects.filter(shown).values_list("entry", "field", "text"):
        found[entry][name] = text
    return found


def _changes(entry: Entry, words: Mapping[str, str], earlier: "Earlier") -> list[Change]:
    if entry.kind in REWRITTEN:
        return _rewritten(entry, words, earlier)
    if entry.kind == EDITED:
        return _edited(words)
    if entry.kind != CORRECTED:
        return []
    sealed = json.loads(entry.payload)["words"]  # empty words are not sealed
    return [
        Change(
            label,
            words.get(f"{name}{BEFORE}", ""),
            words.get(name, ""),
            erased=not {name, f"{name}{BEFORE}"} & set(sealed) <= set(words),
        )
        for name, label in FIELDS.items()
        if name in sealed or f"{name}{BEFORE}" in sealed
    ]


def _edited(words: Mapping[str, str]) -> list[Change]:
    """What an edit of the text took away and put in; nothing for a mere move."""
    before, after = words.get(f"text{BEFORE}", ""), words.get("text", "")
    return [Change(_("Wording"), before, after)] if before != after else []


def _rewritten(entry: Entry, words: Mapping[str, str], earlier: "Earlier") -> list[Change]:
    """Against the latest earlier words; nothing for what is written for the first time."""
    name, label = REWRITTEN[entry.kind]
    stood = [text for seq, text in earlier[_subject(entry)] if seq < entry.seq]
    if not stood or stood[-1] == words.get(name):
        return []
    return [Change(label, stood[-1] or "", words.get(name, ""), erased=name not in words)]


# The words of earlier entries in their order, by report or comment.
Earlier = Mapping[tuple[int | None, int | None], list[tuple[int, str | None]]]


def _subject(entry: Entry) -> tuple[int | None, int | None]:
    return entry.report_id, entry.comment_id


def _earlier(rewritten: list[Entry], viewer: Actor | None) -> Earlier:
    found: dict[tuple[int | None, int | None], list[tuple[int, str | None]]] = defaultdict(list)
    if not rewritten:
        return found
    wanted = Q(
        entry__report__in={one.report_id for one in rewritten if one.report_id},
        entry__kind__in=FIRST["report.edit"],
        field="introduction",
    ) | Q(
        entry__comment__in={one.comment_id for one in rewritten if one.comment_id},
        entry__kind__in=FIRST["comment.answer"],
        field="reasons",
    )
    seen = policy.visible(viewer, Entry.objects.all())
    rows = Sealed.objects.filter(wanted, entry__in=seen).order_by("entry__seq")
    about = ("entry__report", "entry__comment", "entry__seq", "text")
    for report, comment, seq, text in rows.values_list(*about):
        found[report, comment].append((seq, text))
    return found

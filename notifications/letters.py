"""Which events are told by e-mail too, to whom, and in which words.

The words of a letter are the office's own (`LetterTemplate`) or those of a file beside the
templates; names in braces stand for facts. The frame around them is fixed: where to read on, why
this person gets it, who writes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from consultations import policy, wording
from consultations.models import Answer, Entry
from consultations.models.clock import now
from consultations.selectors import journal
from consultations.selectors.log import latest_checkpoint
from consultations.selectors.recorded import lateness
from notifications.models import Letter, LetterTemplate
from notifications.rules import (
    RULES,
    Rule,
    approvers,
    asker,
    clerks,
    colleagues,
    councillors,
    filer,
    holder,
    members,
    officers,
    secretary,
    watchers,
)

PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Entries in their order, each with the people told and the rule that chose them.
Told = list[tuple[Entry, dict[int, str]]]
COMMON = ("draft", "city", "unit")
CONFIRMATION = "comment.file"  # sent to whoever filed, although she did it herself
AT_ONCE = 500


@dataclass(frozen=True)
class Kind:
    """Who gets a letter of this kind; the facts it may name, and those it must."""

    to: tuple[Rule, ...]
    facts: tuple[str, ...] = ()
    must: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.facts, *COMMON)


MANDATE = ("name", "mandate_kind", "until")
LETTERS: dict[str, Kind] = {
    "comment.file": Kind((filer,), ("number", "place"), ("number",)),
    "comment.admit": Kind((filer,), ("number", "place")),
    "comment.return_for_completion": Kind(
        (filer,), ("number", "place", "because", "complete_by"), ("because", "complete_by")
    ),
    "comment.leave": Kind((filer,), ("number", "place", "because"), ("because",)),
    "comment.hide": Kind((filer,), ("number", "place", "because", "appeal_by"), ("because",)),
    "comment.restore": Kind((filer,), ("number", "place")),
    "comment.uphold": Kind((filer,), ("number", "place", "because"), ("because",)),
    "comment.publish": Kind((filer,), ("number", "place", "outcome", "reasons")),
    "consultation.announce": Kind((watchers, members), ("opens", "closes"), ("opens", "closes")),
    "consultation.open": Kind((watchers, members), ("closes",), ("closes",)),
    "consultation.correct": Kind((watchers, members), ("because",)),
    "consultation.prolong": Kind((watchers, members), ("last_day", "because"), ("last_day",)),
    "consultation.cancel": Kind((watchers, members), ("because",)),
    "draft.withdraw": Kind((watchers, members), ("because",)),
    "report.release": Kind((watchers,)),
    "draft.alarm": Kind(
        (watchers, officers, approvers, clerks, councillors),
        ("ready", "deadline"),
        ("ready", "deadline"),
    ),
    "draft.execution_overdue": Kind((officers, approvers), ("due_on",), ("due_on",)),
    "draft.adopt": Kind((watchers,), ("resolution",)),
    "draft.reject": Kind((watchers,)),
    "office.verify_organisation": Kind((colleagues,), ("name",), ("name",)),
    "office.grant_mandate": Kind((holder,), MANDATE, ("name",)),
    "office.refuse_mandate": Kind((holder,), (*MANDATE, "because"), ("name", "because")),
    "office.end_mandate": Kind((holder,), MANDATE, ("name",)),
    "opinion.request": Kind((secretary,), ("opinion_by",), ("opinion_by",)),
    "person.accept_erasure": Kind((asker,), ("because",)),
    "person.refuse_erasure": Kind((asker,), ("because",), ("because",)),
    "person.remind_erasure": Kind((approvers,), ("due_on",), ("due_on",)),
}
# What the law lets nobody switch off: the answer to a request of one's own (GDPR, art. 12(3)).
OWED = ("person.accept_erasure", "person.refuse_erasure")


def write(told: Told) -> None:
    """Put a letter into the post for each of these people whom its kind is for."""
    wanted = [
        (entry, actor, rule)
        for entry, because in told
        for actor, rule in because.items()
        if any(rule == one.name for one in _to(entry))
    ]
    if not wanted:
        return
    instant = now()
    Letter.objects.bulk_create(
        (
            Letter(recipient_id=actor, entry=entry, because=rule, due_at=instant)
            for entry, actor, rule in wanted
        ),
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )


def confirm(named: Told) -> None:
    """Confirm to whoever filed a comment that it is here, although she did it herself."""
    filed = [(entry, because) for entry, because in named if entry.kind == CONFIRMATION]
    own = [(entry, entry.actor_id, because.get(entry.actor_id)) for entry, because in filed]
    write([(entry, {actor: rule}) for entry, actor, rule in own if rule == filer.name])


def _to(entry: Entry) -> tuple[Rule, ...]:
    kind = LETTERS.get(entry.kind)
    return () if kind is None else kind.to


@dataclass(frozen=True)
class Words:
    """Subject and text with their names in braces; `version` counts the office's changes."""

    subject: str
    body: str
    version: int = 0

    def filled(self, facts: Mapping[str, Any]) -> "Words":
        """With the facts in place of their names; a name there is no fact for becomes a dash."""

        def fill(text: str) -> str:
            return PLACEHOLDER.sub(lambda found: str(facts.get(found[1]) or "–"), text)

        return Words(" ".join(fill(self.subject).split()), fill(self.body), self.version)


Own = Mapping[tuple[str, str], Words]  # by kind of event and language


def own_words(**only: str) -> Own:
    """The letters the office has put into its own words, or those `only` of them."""
    rows = LetterTemplate.objects.filter(**only)
    return {(one.kind, one.language): Words(one.subject, one.body, one.version) for one in rows}


@dataclass(frozen=True)
class InForce:
    """What every letter sent now is drawn from: the office's words, the signed head of the log."""

    own: Own
    checkpoint: str


def look_up() -> InForce:
    """Two queries for any number of letters."""
    latest = latest_checkpoint()
    return InForce(own_words(), "" if latest is None else latest.note.strip())


def words_of(kind: str, language: str) -> Words:
    """The words in force: the office's own, else the file's."""
    own = own_words(kind=kind, language=language)
    return own.get((kind, language)) or words_of_file(kind, language)


@cache
def words_of_file(kind: str, language: str) -> Words:
    """The words that come with the program: the first line is the subject."""
    text = render_to_string(f"notifications/letters/{kind}.{language}.txt")
    subject, _newline, body = text.partition("\n")
    return Words(subject.strip(), body.strip())


def facts_of(entry: Entry) -> dict[str, Any]:
    """What a letter on this entry may name, in the language that is on."""
    facts = journal.facts_for(entry) | {"city": settings.CITY, "unit": settings.UNIT}
    if "because" in LETTERS[entry.kind].facts:
        facts |= dict(entry.words.filter(field="because").values_list("field", "text"))
    if entry.kind == "comment.publish" and entry.comment:
        answer = entry.comment.given_answer
        facts |= {"outcome": wording.OUTCOMES[answer.outcome], "reasons": _reasons(answer)}
    return facts


def _reasons(answer: Answer) -> str:
    """The reasons of an answer, after the part that is accepted."""
    words = _("Accepted in this part: %(part)s") % {"part": answer.accepted_part}
    return f"{words}\n\n{answer.reasons}" if answer.accepted_part else answer.reasons


def drawn(letter: Letter, language: str, in_force: InForce) -> Words:
    """The whole letter as it is sent."""
    entry = letter.entry
    with translation.override(language):
        words = in_force.own.get((entry.kind, language)) or words_of_file(entry.kind, language)
        words = words.filled(facts_of(entry))
        link = journal.address(entry, staff=policy.is_staff(letter.recipient))
        theirs = entry.comment is not None and policy.is_theirs(letter.recipient, entry.comment)
        said = with_note(words.body, entry) if theirs else words.body
        body = framed(
            said + _late(entry),
            link,
            letter.because,
            language,
            checkpoint=in_force.checkpoint,
        )
        return Words(words.subject, body)


def with_note(body: str, entry: Entry) -> str:
    """An answer's letter to its author begins with the office's covering note, if there is one."""
    if entry.kind != "comment.publish" or entry.comment is None:
        return body
    note = getattr(getattr(entry.comment, "covering_note", None), "text", "")
    return f"{note}\n\n{body}" if note else body


def _late(entry: Entry) -> str:
    """What the confirmation adds for a comment that came too late."""
    if entry.kind != CONFIRMATION or entry.comment is None or not entry.comment.late:
        return ""
    return f"\n\n{lateness(entry.comment)}"


def framed(body: str, link: str, because: str, language: str, *, checkpoint: str) -> str:
    """The text with what stands in every letter: the link, the reason, who writes, the signed
    head of the log, which makes whoever keeps the letter a witness of the record.
    """
    with translation.override(language):
        rendered = render_to_string(
            f"notifications/letters/frame.{language}.txt",
            {
                "body": body,
                "link": settings.ORIGIN + link,
                "why": RULES[because].why,
                "inbox": settings.ORIGIN + reverse("inbox"),
                "city": settings.CITY,
                "unit": settings.UNIT,
                "unit_email": settings.UNIT_EMAIL,
                "unit_phone": settings.UNIT_PHONE,
                "checkpoint": checkpoint,
                "log": settings.ORIGIN + reverse("log"),
            },
        )
    return rendered.strip()  # a plain string: a page must not take it for HTML


def unknown_names(kind: str, text: str) -> list[str]:
    """Names in braces that a letter of this kind has no fact for."""
    found = dict.fromkeys(PLACEHOLDER.findall(text))
    return [name for name in found if name not in LETTERS[kind].names]


def missing_names(kind: str, text: str) -> list[str]:
    """Facts the letter must name and does not."""
    return [name for name in LETTERS[kind].must if name not in PLACEHOLDER.findall(text)]

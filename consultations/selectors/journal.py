"""The record in words: the sentence of each entry, what it is about and where it leads."""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations import policy, wording
from consultations.models import Actor, Comment, Consultation, Draft, Entry

JOINED = (
    "document",
    "case",
    "consultation__draft",
    "comment__wording",
    "comment__department",
    "comment__consultation",
    "council_file__roll_call",
)
VOTES = ("votes_for", "votes_against", "abstained", "no_vote", "absent")


def with_subjects(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries with all that `sentence` and `address` read: a constant number of queries."""
    return entries.select_related(*JOINED)


def journal(draft: Draft, viewer: Actor | None) -> QuerySet[Entry]:
    """What `viewer` may read of the draft's record, newest first."""
    return with_subjects(policy.visible(viewer, draft.trail.all())).order_by("-seq")


def public_counter(draft: Draft) -> int:
    """How many public events the record holds; it only grows, and open pages compare it."""
    return draft.trail.filter(kind__in=policy.PUBLIC_KINDS).count()


def desk_counter(draft: Draft) -> int:
    """How many events of any kind the record holds: what open pages of the office compare."""
    return draft.trail.count()


def sentence(entry: Entry) -> str:
    """What happened, in the reader's language."""
    return str(wording.SENTENCES[entry.kind]) % facts_for(entry)


def facts_for(entry: Entry) -> dict[str, Any]:
    """Names for the sentence, from the sealed payload and the rows the entry points to."""
    facts = dict(json.loads(entry.payload)["facts"])
    facts["document"] = str(entry.document or "")
    facts["draft"] = entry.case.title if entry.case else ""
    facts["print"] = facts.get("print_number", "")
    facts["resolution"] = facts.get("resolution_number", "")
    if entry.comment:
        facts |= _comment_facts(entry.comment)
    if entry.consultation:
        facts |= _round_facts(entry.consultation)
    return facts


def _comment_facts(comment: Comment) -> dict[str, Any]:
    return {
        "number": comment.number,
        "place": comment.wording.citation if comment.wording else _("the whole draft"),
        "department": comment.department.name if comment.department else "",
    }


def _round_facts(consultation: Consultation) -> dict[str, Any]:
    days = {"opens": consultation.first_day, "closes": consultation.last_day}
    return {name: date_format(day, "j E Y") if day else "" for name, day in days.items()}


def address(entry: Entry, *, staff: bool = False) -> str:
    """The page that shows what the entry is about; the office gets its own."""
    if entry.comment:
        slug, number = entry.comment.consultation.slug, entry.comment.number
        if staff:
            return f"{reverse('queue', args=[slug])}?uwaga={number}"
        return reverse("comment", args=[slug, number])
    if entry.council_file and staff:
        return reverse("council_file", args=[entry.council_file_id])
    return _case_address(entry, staff=staff)


def _case_address(entry: Entry, *, staff: bool) -> str:
    if entry.case is None:
        return reverse("documents")
    latest = entry.case.rounds.order_by("-number").first()
    if latest is None:
        return reverse("documents")
    return reverse("control_room" if staff else "consultation", args=[latest.slug])


def roles(entries: Sequence[Entry]) -> dict[int, Any]:
    """In which role each entry's actor acted, in words, by the entry's key."""
    return {entry.pk: wording.ROLES.get(entry.role, entry.role) for entry in entries}

"""The course of many comments in a line each: the last step with its day, and the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from consultations.models import Comment, CommentState, Entry
from consultations.selectors.course import APPROVED, ENDS, NAMES, OF_THE_DRAFT, OWN, PUBLIC, REPORT

S = CommentState
NEXT = {
    S.RECEIVED: "comment.admit",
    S.RETURNED: "comment.complete",
    S.ADMITTED: APPROVED,
    S.ASSIGNED: APPROVED,
    S.PROPOSED: APPROVED,
    S.APPROVED: "comment.publish",
}


@dataclass(frozen=True)
class Short:
    """The name and instant of the last step; the name of the next, empty when there is none."""

    name: Any
    at: datetime
    next: Any = ""


def in_short(comments: Sequence[Comment]) -> dict[int, Short]:
    """Where each comment is, by its key; for those whose it is. Two queries."""
    kinds = tuple(kind for kind in (*PUBLIC, *OWN) if kind != APPROVED)
    last = (
        Entry.objects.filter(comment__in=[one.pk for one in comments], kind__in=kinds)
        .order_by()
        .values("comment")
        .annotate(last=Max("seq"))
        .values("last")
    )
    rounds = {one.consultation_id for one in comments}
    drafts = {one.consultation.draft_id for one in comments}
    of_the_draft = Q(report__consultation__in=rounds, kind=REPORT)
    of_the_draft |= Q(case__in=drafts, kind__in=OF_THE_DRAFT)
    own = {one.comment_id: one for one in Entry.objects.filter(seq__in=last)}
    shared = (
        list(Entry.objects.filter(of_the_draft).select_related("report").order_by("seq"))
        if comments
        else []
    )
    return {one.pk: _short(one, own[one.pk], shared) for one in comments if one.pk in own}


def _short(comment: Comment, own: Entry, shared: Sequence[Entry]) -> Short:
    """A published comment goes the way of its report and draft."""
    if comment.state != S.PUBLISHED:
        return Short(NAMES[own.kind], own.at, NAMES.get(NEXT.get(comment.state, ""), ""))
    draft = comment.consultation.draft_id
    here = [
        one
        for one in shared
        if (one.report and one.report.consultation_id == comment.consultation_id)
        or (one.report is None and one.case_id == draft)
    ]
    kinds = {one.kind for one in here}
    latest = max([own, *here], key=lambda one: one.seq)
    if kinds & ENDS:
        return Short(NAMES[latest.kind], latest.at)
    follows = REPORT if REPORT not in kinds else "draft.adopt"
    return Short(NAMES[latest.kind], latest.at, NAMES[follows])

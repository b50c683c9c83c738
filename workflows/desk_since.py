"""Of each draft of the desk, since the person saw it last: provisions, refusals, her own marks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from consultations import policy
from consultations.models import (
    Actor,
    Comment,
    CommentState,
    Draft,
    DraftMark,
    TextVersion,
    Visit,
)
from consultations.selectors.revision import ChangeShown
from consultations.selectors.revision_many import Pair, between_many

CHANGES_SHOWN, REFUSALS_SHOWN = 4, 5
REFUSED = "rejected"  # outcome: nieuwzględniona


@dataclass(frozen=True)
class Since:
    """From where on something is new to her: her own mark on the draft, else her last visit."""

    seq: int
    at: datetime | None
    marked: bool
    note: str = ""


@dataclass(frozen=True)
class Changed:
    """The provisions that changed, the first of them in full, and where the comparison is."""

    count: int = 0
    shown: list[ChangeShown] = field(default_factory=list)
    url: str = ""
    old: int = 0
    new: int = 0

    @property
    def more(self) -> int:
        return self.count - len(self.shown)


@dataclass(frozen=True)
class Refused:
    """Comments of organisations the office did not accept, the newest answers first."""

    count: int = 0
    fresh: int = 0
    shown: list[Comment] = field(default_factory=list)


def since(viewer: Actor, drafts: Iterable[Draft], visit: Visit) -> dict[int, Since]:
    """By draft: one query."""
    marks = {one.draft_id: one for one in DraftMark.objects.filter(actor=viewer)}
    return {draft.pk: _since(marks.get(draft.pk), visit) for draft in drafts}


def _since(mark: DraftMark | None, visit: Visit) -> Since:
    note = mark.note if mark else ""
    if mark is None or mark.seen_at is None:
        return Since(visit.before_seq, visit.before_at, marked=False, note=note)
    return Since(mark.seen_seq, mark.seen_at, marked=True, note=note)


def newer(marks: dict[int, Since]) -> Q:
    """The entries of these drafts that are new to her."""
    by_seq: defaultdict[int, list[int]] = defaultdict(list)
    for draft, one in marks.items():
        by_seq[one.seq].append(draft)
    wanted = Q(pk__in=())
    for seq, drafts in by_seq.items():
        wanted |= Q(case__in=drafts, seq__gt=seq)
    return wanted


def changed(
    drafts: Sequence[Draft], marks: dict[int, Since], slugs: dict[int, str], viewer: Actor
) -> dict[int, Changed]:
    """Which provisions changed, with their causes: four queries."""
    pairs = _pairs(drafts, marks)
    found = between_many(pairs, viewer)
    empty = {draft.pk: Changed() for draft in drafts}
    return empty | {
        new.draft_id: _changed(found[new.draft_id], old, new, slugs[new.draft_id])
        for old, new in pairs
    }


def _changed(changes: list[ChangeShown], old: TextVersion, new: TextVersion, slug: str) -> Changed:
    url = f"{reverse('draft_changes', args=[slug])}?od={old.number}&do={new.number}"
    return Changed(len(changes), changes[:CHANGES_SHOWN], url, old.number, new.number)


def _pairs(drafts: Sequence[Draft], marks: dict[int, Since]) -> list[Pair]:
    """The published version she saw last, or the first one, with the latest."""
    versions: defaultdict[int, list[TextVersion]] = defaultdict(list)
    rows = TextVersion.objects.filter(draft__in=drafts, published_at__isnull=False)
    for one in rows.order_by("number"):
        versions[one.draft_id].append(one)
    pairs = []
    for draft, listed in versions.items():
        at = marks[draft].at
        seen = [one for one in listed if at and one.published_at and one.published_at <= at]
        old, new = (seen or listed[:1])[-1], listed[-1]
        if old.number < new.number:
            pairs.append((old, new))
    return pairs


def refused(drafts: Sequence[Draft], marks: dict[int, Since], viewer: Actor) -> dict[int, Refused]:
    """Where the office refused organisations' comments, and why: one query."""
    rows: Any = policy.visible(
        viewer,
        Comment.objects.filter(
            consultation__draft__in=drafts,
            organisation__isnull=False,
            state=CommentState.PUBLISHED,
            given_answer__outcome=REFUSED,
        ),
    ).select_related("organisation", "wording", "given_answer", "consultation")
    ranked = rows.annotate(
        place=Window(
            RowNumber(),
            partition_by=F("consultation__draft"),
            order_by=[F("given_answer__published_at").desc(), F("pk").desc()],
        ),
        many=Window(Count("pk"), partition_by=F("consultation__draft")),
    )
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for comment in ranked.filter(place__lte=REFUSALS_SHOWN).order_by("place"):
        found[comment.consultation.draft_id].append(comment)
    return {draft.pk: _refused(found[draft.pk], marks[draft.pk]) for draft in drafts}


def _refused(comments: list[Any], mark: Since) -> Refused:
    if not comments:
        return Refused()
    fresh = [one for one in comments if mark.at is None or one.given_answer.published_at > mark.at]
    return Refused(comments[0].many, len(fresh), comments)

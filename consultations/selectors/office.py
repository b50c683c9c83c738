"""The desk of the unit: what needs attention across consultations, and drafts by their stage."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Value,
    When,
)
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import calendar, policy
from consultations.models import (
    Actor,
    Comment,
    CommentState,
    Consultation,
    Draft,
    DraftState,
    Report,
    TextVersion,
)
from consultations.models.clock import now
from consultations.models.comments import CLOSED_STATES
from consultations.selectors import waiting
from consultations.selectors.plan import ringing
from consultations.selectors.stages import ENDS
from consultations.selectors.wordings import nodes_of
from consultations.text.tree import Node

S = CommentState
LAPSED = "lapsed"  # returned, and the day for completing is over


@dataclass(frozen=True)
class Line:
    """A draft with its latest round, its unanswered comments and whether it has a text."""

    draft: Draft
    consultation: Consultation
    has_text: bool
    counts: Counter[str]

    @property
    def comments(self) -> int:
        return sum(self.counts.values())

    @property
    def unanswered(self) -> int:
        """Without those returned to authors whose day is over: they wait for no answer."""
        finished = {*CLOSED_STATES, LAPSED}
        return sum(n for state, n in self.counts.items() if state not in finished)

    @property
    def report(self) -> Report | None:
        return getattr(self.consultation, "report", None)


@dataclass(frozen=True)
class Attention:
    """One thing that waits: what, in which consultation, how many, and where it is done."""

    label: Any
    line: Line
    count: int
    url: str


@dataclass(frozen=True)
class StageOfDrafts:
    """The drafts that are at one stage."""

    name: str
    lines: list[Line]


def lines(viewer: Actor | None) -> list[Line]:
    """Every draft the viewer may see, the latest first: three queries."""
    ordered = Consultation.objects.order_by("-number").select_related("report")
    rounds = Prefetch("rounds", ordered, to_attr="latest")
    texts = TextVersion.objects.filter(draft=OuterRef("pk"))
    drafts = policy.visible(viewer, Draft.objects.annotate(has_text=Exists(texts)))
    found = list(drafts.order_by("-registered_at", "-pk").prefetch_related(rounds))
    counts = _counts([one.latest[0] for one in found if one.latest])
    return [
        Line(one, one.latest[0], one.has_text, counts[one.latest[0].pk])
        for one in found
        if one.latest
    ]


def _counts(rounds: Sequence[Consultation]) -> defaultdict[int, Counter[str]]:
    lapsed = Q(state=S.RETURNED, complete_by__lt=calendar.local_day(now()))
    standing = Case(When(lapsed, then=Value(LAPSED)), default=F("state"), output_field=CharField())
    rows = (
        Comment.objects.filter(consultation__in=rounds)
        .order_by()
        .annotate(standing=standing)
        .values_list("consultation", "standing")
        .annotate(Count("pk"))
    )
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for consultation, state, count in rows:
        counts[consultation][state] = count
    return counts


def attention(found: Sequence[Line], viewer: Actor | None) -> list[Attention]:
    """What waits for the unit, in the order of the work: six queries, whatever there is."""
    by_round = {line.consultation.pk: line for line in found}
    return [
        *_alarms(found),
        *_texts(found),
        *(
            Attention(one.label, by_round[one.consultation], one.count, one.url)
            for one in waiting.waiting([line.consultation for line in found], viewer)
        ),
        *_reviews(found),
    ]


def _alarms(found: Sequence[Line]) -> list[Attention]:
    """Drafts for which no session of the council in time fits any more."""
    label = _("Alarm: no session in time fits any more")
    rung = ringing([one.draft.pk for one in found if one.draft.state not in ENDS])
    return [
        Attention(label, one, 1, reverse("plan", args=[one.consultation.slug]))
        for one in found
        if one.draft.pk in rung
    ]


def _texts(found: Sequence[Line]) -> list[Attention]:
    label = _("Text to import")
    return [
        Attention(label, one, 1, reverse("import_draft", args=[one.consultation.slug]))
        for one in found
        if one.draft.state == DraftState.DRAFTING and not one.has_text
    ]


def _reviews(found: Sequence[Line]) -> list[Attention]:
    """Every comment is answered: the report is to be prepared, released, the review finished."""
    ready = [
        one for one in found if one.draft.state == DraftState.COMMENT_REVIEW and not one.unanswered
    ]
    return [Attention(label, one, 1, url) for one in ready for label, url in [_next_of(one)]]


def _next_of(line: Line) -> tuple[Any, str]:
    report, slug = line.report, line.consultation.slug
    if report is not None and report.released_at is not None:
        return _("Review to finish: the report is released"), reverse("control_room", args=[slug])
    words = _("Report to prepare: every comment is answered")
    if report is not None:
        words = _("Report to be released by a second person")
    return words, reverse("prepare_report", args=[slug])


def by_stage(found: Sequence[Line]) -> list[StageOfDrafts]:
    """The drafts under the names of their stages; stages with none are left out."""
    stages = [
        StageOfDrafts(str(state.label), [one for one in found if one.draft.state == state])
        for state in DraftState
    ]
    return [stage for stage in stages if stage.lines]


def working_nodes(draft: Draft) -> tuple[Node, ...]:
    """The imported text as a tree; empty when there is none."""
    version = draft.versions.last()
    return () if version is None else nodes_of(version)

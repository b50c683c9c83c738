"""Search in all one may see: documents, consultations, provisions, comments with their answers.

Each term must stand somewhere in the thing, whatever its case and diacritics; in a comment in any
form of the word (`selectors.said`). The comparison is plain SQL, the same on both databases. Names
of private persons are not searched.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Count,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    Window,
)
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import policy, wording
from consultations.models import (
    Actor,
    Comment,
    Consultation,
    Document,
    Draft,
    TextVersion,
    Wording,
)
from consultations.selectors import comments as shown_comments
from consultations.selectors import said
from consultations.selectors.folded import Folded
from consultations.selectors.snippets import Piece, marked, snippet
from consultations.text.typography import typo

OF_EACH_KIND = 5


@dataclass(frozen=True)
class Hit:
    """One thing found: its title and a piece of its text with the places marked."""

    title: list[Piece]
    url: str
    about: str
    snippet: list[Piece]


@dataclass(frozen=True)
class Kind:
    """What can be found: its words, the rows for a viewer and terms, and how they are shown."""

    words: Any
    rows: Callable[[Actor | None, Sequence[str]], QuerySet[Any]]
    hits: Callable[[Iterable[Any], Actor | None, Sequence[str]], list[Hit]]


@dataclass(frozen=True)
class Found:
    """Of one kind: how many there are, and some of them."""

    code: str
    words: Any
    count: int
    hits: list[Hit]


def _holding(rows: QuerySet[Any], terms: Sequence[str], *fields: Any) -> QuerySet[Any]:
    """The rows in whose fields together every term stands."""
    parts = [part for field in fields for part in (field, Value(" "))]
    rows = rows.alias(said=Folded(Concat(*parts, output_field=TextField())))
    for term in sorted(terms, key=len, reverse=True):  # the rarest is looked for first
        rows = rows.filter(said__contains=term)
    return rows


def _documents(viewer: Actor | None, terms: Sequence[str]) -> QuerySet[Document]:
    rows = policy.visible(viewer, Document.objects.all())
    return _holding(rows, terms, "title", "period").order_by("title", "pk")


def _document_hits(
    rows: Iterable[Document], _viewer: Actor | None, terms: Sequence[str]
) -> list[Hit]:
    found = [(one, reverse("document", args=[one.slug])) for one in rows]
    return [Hit(marked(one.title, terms), url, _document_about(one), []) for one, url in found]


def _document_about(one: Document) -> str:
    return " · ".join(filter(None, [str(one.get_kind_display()).capitalize(), one.period]))


def _rounds(viewer: Actor | None, terms: Sequence[str]) -> QuerySet[Consultation]:
    rows = policy.visible(viewer, Consultation.objects.all()).select_related("draft")
    fields = ("draft__title", "purpose", "host", "draft__resolution_number")
    return _holding(rows, terms, *fields).order_by(F("opens_at").desc(nulls_first=True), "pk")


def _round_hits(
    rows: Iterable[Consultation], _viewer: Actor | None, terms: Sequence[str]
) -> list[Hit]:
    return [
        Hit(
            marked(one.draft.title, terms),
            reverse("consultation", args=[one.slug]),
            f"{one.get_state_display()} · {one.draft.get_state_display()}".capitalize(),
            snippet([one.purpose, one.host, one.draft.resolution_number], terms),
        )
        for one in rows
    ]


def _provisions(viewer: Actor | None, terms: Sequence[str]) -> QuerySet[Wording]:
    """The wordings of the latest published version of each draft that has a page to show it."""
    published = TextVersion.objects.filter(
        draft=OuterRef("text_version__draft"), published_at__isnull=False
    ).order_by()
    latest = published.values("draft").annotate(last=Max("number")).values("last")
    rows = Wording.objects.filter(
        provision__draft__in=policy.visible(viewer, Draft.objects.all()),
        text_version__published_at__isnull=False,
        text_version__number=Subquery(latest),
    ).select_related("provision__draft")
    found = _holding(rows, terms, "citation", "heading", "text")
    return found.order_by("-provision__draft__registered_at", "text_version", "position")


def _provision_hits(
    rows: Iterable[Wording], _viewer: Actor | None, terms: Sequence[str]
) -> list[Hit]:
    return [
        Hit(
            marked(typo(one.citation), terms),
            reverse("provision", args=[one.provision.key]),
            one.provision.draft.title,
            snippet([typo(one.text), typo(one.heading)], terms),
        )
        for one in rows
    ]


def _comments(viewer: Actor | None, terms: Sequence[str]) -> QuerySet[Comment]:
    """What the page of a comment shows: an answer counts once it is published."""
    rounds = policy.visible(viewer, Consultation.objects.all())
    rows = policy.visible(viewer, Comment.objects.filter(consultation__in=rounds))
    joined = shown_comments.joined(rows).select_related(
        "consultation__draft", "wording__provision", "organisation", "given_answer"
    )
    return said.holding(joined, terms).order_by("-filed_at", "-pk")


def _comment_hits(rows: Iterable[Comment], viewer: Actor | None, terms: Sequence[str]) -> list[Hit]:
    marks = said.marks(terms)
    return [_comment_hit(one, marks) for one in shown_comments.shown(rows, viewer)]


def _comment_hit(one: shown_comments.Shown, terms: Sequence[str]) -> Hit:
    comment, draft = one.comment, one.comment.consultation.draft
    place = typo(comment.wording.citation) if comment.wording else _("the whole draft")
    answer = one.answer.reasons if one.answer else ""
    own = (comment.reasons, comment.proposed_wording, comment.supplement)
    texts = [*(wording.kept(text) for text in own), answer]
    title = _("Comment %(number)s on %(place)s") % {"number": comment.number, "place": place}
    return Hit(
        marked(title, terms),
        reverse("comment", args=[comment.consultation.slug, comment.number]),
        " · ".join([one.who, str(comment.get_state_display()), draft.title]),
        snippet(texts, terms),
    )


KINDS: dict[str, Kind] = {
    "dokumenty": Kind(gettext_lazy("Documents"), _documents, _document_hits),
    "projekty": Kind(gettext_lazy("Consultations"), _rounds, _round_hits),
    "przepisy": Kind(gettext_lazy("Provisions"), _provisions, _provision_hits),
    "uwagi": Kind(gettext_lazy("Comments"), _comments, _comment_hits),
}


def some(viewer: Actor | None, terms: Sequence[str]) -> list[Found]:
    """Of each kind the first few and how many there are: a query for each."""
    return [_some(code, kind, viewer, terms) for code, kind in KINDS.items()]


def _some(code: str, kind: Kind, viewer: Actor | None, terms: Sequence[str]) -> Found:
    counted = kind.rows(viewer, terms).annotate(in_all=Window(Count("pk")))
    rows = list(counted[:OF_EACH_KIND])
    count = rows[0].in_all if rows else 0
    return Found(code, kind.words, count, kind.hits(rows, viewer, terms))


def counts(viewer: Actor | None, terms: Sequence[str]) -> list[Found]:
    """Only how many there are of each kind."""
    return [
        Found(code, kind.words, kind.rows(viewer, terms).count(), [])
        for code, kind in KINDS.items()
    ]

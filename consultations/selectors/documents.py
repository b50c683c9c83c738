"""The register of documents: how they relate, what was adopted, the drafts on their way."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from consultations import policy
from consultations.models import Actor, Consultation, CouncilFile, Document, Draft, DraftState


@dataclass(frozen=True)
class DraftLine:
    """A draft of a document, the latest round one may open, and what the council did with it."""

    draft: Draft
    consultation: Consultation | None
    file: CouncilFile | None
    vote: Any


def documents(viewer: Actor | None) -> QuerySet[Document]:
    """Every document, each with the drafts the viewer may see."""
    drafts = policy.visible(viewer, Draft.objects.order_by("-registered_at"))
    return (
        policy.visible(viewer, Document.objects.all())
        .select_related("part_of")
        .prefetch_related(Prefetch("drafts", drafts, to_attr="seen_drafts"))
        .order_by("kind", "title")
    )


def adopted(viewer: Actor | None) -> list[DraftLine]:
    """What the council adopted, the latest resolution first: a constant number of queries."""
    found = policy.visible(viewer, Draft.objects.filter(state=DraftState.ADOPTED))
    return _lines(viewer, found.order_by("-adopted_on", "-pk"))


def drafts_of(document: Document, viewer: Actor | None) -> list[DraftLine]:
    """The drafts of a document, the latest first."""
    return _lines(viewer, policy.visible(viewer, document.drafts.order_by("-registered_at")))


def _lines(viewer: Actor | None, drafts: QuerySet[Draft]) -> list[DraftLine]:
    rounds = policy.visible(viewer, Consultation.objects.order_by("-number"))
    files = policy.visible(viewer, CouncilFile.objects.order_by("-pk"))
    files = files.prefetch_related("roll_calls")
    joined = drafts.select_related("document", "procedure").prefetch_related(
        "procedure__rules",
        "publications",
        Prefetch("rounds", rounds, to_attr="seen_rounds"),
        Prefetch("council_files", files, to_attr="seen_files"),
    )
    return [_line(draft) for draft in joined]


def _line(draft: Any) -> DraftLine:
    file = next(iter(draft.seen_files), None)
    return DraftLine(
        draft=draft,
        consultation=next(iter(draft.seen_rounds), None),
        file=file,
        vote=file.roll_call if file else None,
    )

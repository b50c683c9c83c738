"""The register of documents: how they relate, and the drafts on their way to becoming one."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from consultations import policy
from consultations.models import Actor, Consultation, Document, Draft


@dataclass(frozen=True)
class DraftLine:
    """A draft of a document and the latest round one may open."""

    draft: Draft
    consultation: Consultation | None


def documents(viewer: Actor | None) -> QuerySet[Document]:
    """Every document, each with the drafts the viewer may see."""
    drafts = policy.visible(viewer, Draft.objects.order_by("-registered_at"))
    return (
        policy.visible(viewer, Document.objects.all())
        .select_related("part_of")
        .prefetch_related(Prefetch("drafts", drafts, to_attr="seen_drafts"))
        .order_by("kind", "title")
    )


def drafts_of(document: Document, viewer: Actor | None) -> list[DraftLine]:
    """The drafts of a document, the latest first: two queries."""
    rounds = policy.visible(viewer, Consultation.objects.order_by("-number"))
    drafts = policy.visible(viewer, document.drafts.order_by("-registered_at")).prefetch_related(
        Prefetch("rounds", rounds, to_attr="seen_rounds")
    )
    return [DraftLine(one, next(iter(one.seen_rounds), None)) for one in drafts]

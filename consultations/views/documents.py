"""Important documents, with the whole record behind what was adopted; how the council voted."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations import policy
from consultations.access import ActingRequest, access
from consultations.models import CouncilFile
from consultations.models.majority import MAJORITIES
from consultations.selectors import documents as register
from consultations.selectors import journal, votes
from consultations.selectors.agenda import what_became
from consultations.views.finding import found


@access("public")
@require_safe
def documents(request: ActingRequest) -> HttpResponse:
    """What was adopted, then every document with its kind and place."""
    shown = {
        "adopted": register.adopted(request.actor),
        "documents": register.documents(request.actor),
    }
    return render(request, "consultations/public/documents.html", shown)


@access("public")
@require_safe
def document(request: ActingRequest, slug: str) -> HttpResponse:
    """One document: what it belongs to, what belongs to it, its resolutions and drafts."""
    one = get_object_or_404(register.documents(request.actor), slug=slug)
    drafts = register.drafts_of(one, request.actor)
    shown = {
        "document": one,
        "parts": one.parts.all(),
        "carries_out": one.carries_out.all(),
        "carried_out_by": one.carried_out_by.all(),
        "adopted": [line for line in drafts if line.draft.state == "adopted"],
        "drafts": [line for line in drafts if line.draft.state != "adopted"],
    }
    return render(request, "consultations/public/document.html", shown)


@access("public")
@require_safe
def roll_call(request: ActingRequest, slug: str) -> HttpResponse:
    """How each councillor voted, and on which totals the result stands."""
    one = found(request, slug)
    files = policy.visible(request.actor, CouncilFile.objects.filter(draft=one.draft_id))
    file = files.select_related("draft__procedure").prefetch_related("roll_calls").last()
    vote = file.roll_call if file else None
    ballots = list(vote.ballots.all()) if vote else []
    former = votes.earlier(file)
    prefetch_related_objects(former, "ballots")
    shown = {
        "consultation": one,
        "draft": one.draft,
        "file": file,
        "lost": what_became(file) if file else "",
        "vote": vote,
        "ballots": ballots,
        "known": len(ballots),
        "unnamed": vote.unnamed(ballot.vote for ballot in ballots) if vote else [],
        "earlier": former,
        "contradicts": votes.contradicts(one.draft, vote),
        "live_topic": f"k:{slug}",
        "live_seen": journal.public_counter(one.draft),
        "live_words": journal.live_words(),
        "publications": one.draft.publications.all(),
        "procedure": one.draft.procedure,
        "majority": MAJORITIES[one.draft.procedure.rule("majority").value].words,
    }
    return render(request, "consultations/public/roll_call.html", shown)

"""What the pages of acts share: sending a form to a service, and what came of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from consultations.access import ActingRequest
from consultations.models import Consultation, CouncilFile
from workflows.selectors import files_seen, rounds_seen

UNREADABLE = 422


def round_at(request: ActingRequest, slug: str) -> Consultation:
    """The round of this address, if the person may see it; else 404."""
    return get_object_or_404(rounds_seen(request.actor), slug=slug)


def file_at(request: ActingRequest, pk: int) -> CouncilFile:
    """The council's file of this number, if the person may see it; else 404."""
    return get_object_or_404(files_seen(request.actor), pk=pk)


def page(
    request: ActingRequest, template: str, names: dict[str, Any], status: int | None = None
) -> HttpResponse:
    return render(request, f"workflows/{template}.html", names, status=status or 200)

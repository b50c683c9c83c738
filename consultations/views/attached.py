"""A file of a draft or a comment, given as a download and never opened here."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access
from consultations.models import AttachmentContent
from consultations.selectors import writing as shown


@access("signed_in")
@require_safe
def attachment(request: ActingRequest, attachment: int) -> HttpResponse:
    """Only to its author, her organisation, the office and the department; 404 for others."""
    row = get_object_or_404(shown.attachments(request.actor), pk=attachment)
    data = AttachmentContent.objects.get(pk=row.pk).data
    response = HttpResponse(bytes(data), content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=row.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response

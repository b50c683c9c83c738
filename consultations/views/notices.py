"""The notice of a round for everybody: as a page, as a file for BIP, and the text it speaks of."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access
from consultations.limits import limited
from consultations.models import Consultation
from consultations.selectors import notices
from consultations.text.formats.letter import MIME, letter
from consultations.views.finding import found, live


@access("public")
@require_safe
def notice(request: ActingRequest, slug: str) -> HttpResponse:
    """The notice with its corrections, and the proof that it and the text were public."""
    one = _announced(request, slug)
    shown = {
        "consultation": one,
        "draft": one.draft,
        "sections": notices.sections(one),
        "corrections": notices.corrections(one),
        "proof": notices.proof(one),
    }
    return render(request, "consultations/public/notice.html", shown | live(one.draft, slug))


@access("public")
@require_safe
@limited("download")
def notice_docx(request: ActingRequest, slug: str) -> HttpResponse:
    """The same notice as a file, to be published in BIP."""
    one = _announced(request, slug)
    title = _("Notice of consultation: %(draft)s") % {"draft": one.draft.title}
    parts = [(part.title, part.lines) for part in notices.sections(one)]
    written = letter(title, parts, author=settings.UNIT, language=get_language() or "pl")
    return HttpResponse(
        written,
        content_type=MIME,
        headers={"Content-Disposition": f'attachment; filename="{slug}-ogloszenie.docx"'},
    )


@access("public")
@require_safe
@limited("download")
def draft_text(request: ActingRequest, slug: str) -> HttpResponse:
    """The text under consultation as plain text: the bytes whose hash is on record."""
    one = _announced(request, slug)
    if one.text_version is None:
        raise Http404
    text = notices.plain_text(one.text_version)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _announced(request: ActingRequest, slug: str) -> Consultation:
    """The round, if it has been announced; else there is no notice yet."""
    one = found(request, slug)
    if one.announced_at is None:
        raise Http404
    return one

"""The files of a report: taking one, and having the internal copy or a preview written."""

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations.access import ActingRequest, access, person
from consultations.limits import limited
from consultations.models import Consultation, CopyKind, ReportFile
from consultations.selectors import report_files as shown
from consultations.selectors.consultations import report_is_released
from consultations.services import report_files
from consultations.text.formats.reports.writing import MIMES
from consultations.views.finding import found

SUFFIXES = {CopyKind.PUBLIC: "", CopyKind.INTERNAL: "-wewnetrzny", CopyKind.PREVIEW: "-podglad"}


@access("public")
@require_safe
@limited("download")
def report_file(request: ActingRequest, slug: str, ending: str, part: int = 1) -> HttpResponseBase:
    """A file of the released report; while it is being prepared, the page that says how far."""
    one = found(request, slug)
    if not report_is_released(one):
        raise Http404
    return _given(request, one, CopyKind.PUBLIC, ending, part)


@access("names.see")
@require_safe
@limited("download")
def inside_report_file(
    request: ActingRequest, slug: str, part: int, ending: str
) -> HttpResponseBase:
    """A file of the internal copy."""
    return _given(request, found(request, slug), CopyKind.INTERNAL, ending, part)


@access("desk.see")
@require_safe
@limited("download")
def preview_report_file(
    request: ActingRequest, slug: str, part: int, ending: str
) -> HttpResponseBase:
    """A file of the public copy as it would be released now."""
    return _given(request, found(request, slug), CopyKind.PREVIEW, ending, part)


def _given(
    request: ActingRequest, one: Consultation, kind: CopyKind, ending: str, part: int
) -> HttpResponseBase:
    if ending not in MIMES or not 1 <= part < 10_000:
        raise Http404
    file = shown.found(one, kind, ending, part)
    if file is not None:
        return _sent(request, file, _name(one, kind, ending, part))
    shelf = shown.shelf(one, kind)
    public = kind == CopyKind.PUBLIC
    if part > 1 or not (public or shelf.failed or shelf.percent is not None):
        raise Http404
    _say_why_not(request, shelf, public=public)
    name = "report" if public else "prepare_report"
    return redirect(f"{reverse(name, args=[one.slug])}#pliki")


def _say_why_not(request: ActingRequest, shelf: shown.Shelf, *, public: bool) -> None:
    if shelf.percent is not None or not shelf.failed:
        messages.info(request, _("This file is being prepared. Look again in a moment."))
    elif public:
        messages.error(
            request, _("This file could not be prepared. It is tried again within an hour.")
        )
    else:
        messages.error(request, _("This file could not be prepared. Have the files prepared anew."))


def _name(one: Consultation, kind: CopyKind, ending: str, part: int) -> str:
    numbered = f"-{part}" if part > 1 else ""
    return f"{one.slug}{SUFFIXES[kind]}{numbered}.{ending}"


def _sent(request: ActingRequest, file: ReportFile, name: str) -> HttpResponseBase:
    """The file as a download, piece by piece, never opened here."""
    pieces = shown.pieces(file)
    return StreamingHttpResponse(
        _spread(pieces) if isinstance(request, ASGIRequest) else pieces,
        content_type=MIMES[file.ending],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": str(file.size),
            "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


async def _spread(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The same for a server that must not wait."""
    while (piece := await sync_to_async(_next)(pieces)) is not None:
        yield piece


def _next(pieces: Iterator[bytes]) -> bytes | None:
    return next(pieces, None)


@access("desk.see")
@require_POST
def ask_report_files(request: ActingRequest, slug: str) -> HttpResponse:
    """Have the internal copy, or the preview, written in every format."""
    kind = request.POST.get("kind", "")
    if kind not in (CopyKind.INTERNAL, CopyKind.PREVIEW):
        raise Http404
    report_files.ask_report_files(found(request, slug), kind=kind, by=person(request))
    messages.success(request, _("The files are being prepared. They appear on this page."))
    return redirect(f"{reverse('prepare_report', args=[slug])}#pliki")

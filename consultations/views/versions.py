"""Versions of a draft for everybody: what changed and why, and the text as a file."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from consultations.access import ActingRequest, access, person
from consultations.limits import limited
from consultations.models import TextVersion
from consultations.selectors import revision, written
from consultations.selectors.stages import stages
from consultations.selectors.viewed import still_viewed, viewed
from consultations.services import viewing
from consultations.text.formats.writing import FORMATS
from consultations.text.numbers import number_in
from consultations.views.finding import found, live
from consultations.views.reading import standing


@access("public")
@require_safe
def draft_changes(request: ActingRequest, slug: str) -> HttpResponse:
    """What changed between two published versions: `?od=` and `?do=`, else the last two."""
    one = found(request, slug)
    versions = list(revision.published(one.draft))
    old, new = _asked(request, versions)
    changes = revision.between(old, new, request.actor) if old and new else []
    shown = (
        standing(one)
        | live(one.draft, slug)
        | {
            "stages": stages(one.draft),
            "versions": versions,
            "old": old,
            "new": new,
            "changes": changes,
            "viewed": still_viewed(changes, viewed(request.actor, one.draft)),
        }
    )
    return render(request, "consultations/public/changes.html", shown)


def _asked(
    request: ActingRequest, versions: list[TextVersion]
) -> tuple[TextVersion | None, TextVersion | None]:
    """Two versions in their order; 404 for a number that no published version has."""
    if len(versions) < 2:
        return None, None
    new = _numbered(request, "do", versions) or versions[-1]
    before = max(versions.index(new) - 1, 0)
    old = _numbered(request, "od", versions) or versions[before]
    return (old, new) if old.number <= new.number else (new, old)


def _numbered(request: ActingRequest, name: str, versions: list[TextVersion]) -> TextVersion | None:
    asked = request.GET.get(name, "")
    if not asked:
        return None
    for one in versions:
        if str(one.number) == asked:
            return one
    raise Http404


@access("signed_in")
@require_POST
def mark_viewed(request: ActingRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """«Looked at» in the version that is shown, or with `cofnij` the mark taken away."""
    one = found(request, slug)
    provision = get_object_or_404(one.draft.provisions, key=key)
    shown = request.POST.get("wersja", "")
    version = get_object_or_404(
        revision.published(one.draft),
        number=number_in(shown),
    )
    if "cofnij" in request.POST:
        viewing.unmark_viewed(provision, by=person(request))
    else:
        viewing.mark_viewed(provision, version, by=person(request))
    query = request.POST.get("powrot", "")
    back = f"?{query}" if query and query.replace("=", "").replace("&", "").isalnum() else ""
    return redirect(f"{reverse('draft_changes', args=[slug])}{back}#z-{key}")


@access("public")
@require_safe
@limited("download")
def draft_file(request: ActingRequest, slug: str, version: int, kind: str) -> HttpResponse:
    """One published version as a file of this kind."""
    one = found(request, slug)
    text = get_object_or_404(revision.published(one.draft), number=version)
    if kind not in FORMATS:
        raise Http404
    form = FORMATS[kind]
    return _attached(form.write(written.written(one, text)), form.mime, f"{slug}-{version}.{kind}")


@access("public")
@require_safe
@limited("download")
def changes_file(request: ActingRequest, slug: str, old: int, new: int) -> HttpResponse:
    """The changes between two published versions as tracked changes of Word."""
    one = found(request, slug)
    versions = revision.published(one.draft)
    before, after = (get_object_or_404(versions, number=number) for number in (old, new))
    content = written.tracked(one, before, after)
    return _attached(content, FORMATS["docx"].mime, f"{slug}-{old}-{new}.docx")


def _attached(content: bytes, mime: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

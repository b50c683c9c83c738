"""A sheet of comments: uploaded, its columns said, tried without writing, entered in portions."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.access import ActingRequest, access, person
from consultations.forms.base import refusal_of
from consultations.forms.intakes import MapColumnsForm, UploadSheetForm
from consultations.models import Consultation, Intake
from consultations.selectors import intakes as selected
from consultations.selectors.papers import takes_entries
from consultations.services import intakes
from consultations.services.intake_rows import judged
from consultations.text.formats.sheets import MIME
from consultations.views.finding import found
from consultations.views.rooms import rooms

SHOWN = 200  # rows of each kind on one page


@access("comment.record")
@require_http_methods(["GET", "HEAD", "POST"])
def upload_sheet(request: ActingRequest, slug: str) -> HttpResponse:
    """The file is read and kept; nothing is entered yet."""
    consultation, form, status = found(request, slug), UploadSheetForm(), None
    if request.method == "POST":
        form, kept = UploadSheetForm(request.POST, request.FILES), []
        status = refusal_of(form, lambda: kept.append(_kept(form, consultation, request)))
        if status is None:
            return redirect("try_sheet", slug=slug, intake=kept[0].pk)
    shown = {
        "form": form,
        "sheets": selected.sheets(consultation),
        "takes_entries": takes_entries(consultation),
        "kept_days": settings.KEEP_DAYS["sheets"],
    }
    return _page(request, consultation, "upload_sheet", shown, status or 200)


def _kept(form: UploadSheetForm, consultation: Consultation, request: ActingRequest) -> Intake:
    name = form.cleaned_data["file"].name
    return intakes.keep_sheet(consultation, name, form.rows, by=person(request))


@access("comment.record")
@require_http_methods(["GET", "HEAD", "POST"])
def try_sheet(request: ActingRequest, slug: str, intake: int) -> HttpResponse:
    """The columns, and what would be entered from each row; a finished sheet says what was."""
    consultation, sheet = _sheet(request, slug, intake)
    if sheet.finished_at:
        return _page(request, consultation, "entered_sheet", _outcome(sheet))
    form, status = MapColumnsForm(intake=sheet), None
    if request.method == "POST":
        form = MapColumnsForm(request.POST, intake=sheet)
        status = refusal_of(form, lambda: _mapped(form, sheet, request))
        if status is None:
            return redirect("try_sheet", slug=slug, intake=intake)
    return _tried(request, consultation, sheet, form, status or 200)


def _mapped(form: MapColumnsForm, sheet: Intake, request: ActingRequest) -> Intake:
    channel = form.cleaned_data["channel_of_all"]
    return intakes.map_columns(sheet, form.columns(), channel=channel, by=person(request))


def _tried(
    request: ActingRequest, consultation: Consultation, sheet: Intake, form: Any, status: int
) -> HttpResponse:
    rows = judged(sheet)[sheet.done :]
    ready, wrong = ([one for one in rows if one.is_ready], [one for one in rows if one.errors])
    shown = _outcome(sheet) | {
        "form": form,
        "ready": ready[:SHOWN],
        "wrong": wrong[:SHOWN],
        "already": [one for one in rows if one.already][:SHOWN],
        "counts": {
            "all": len(sheet.rows),
            "ready": len(ready),
            "wrong": len(wrong),
            "already": len(rows) - len(ready) - len(wrong),
            "late": sum(one.late for one in ready),
        },
        "shown": SHOWN,
        "whole": _("the whole draft"),
    }
    return _page(request, consultation, "try_sheet", shown, status)


@access("comment.record")
@require_POST
def enter_sheet(request: ActingRequest, slug: str, intake: int) -> HttpResponse:
    """The next rows are entered; a long sheet takes several turns."""
    _consultation, sheet = _sheet(request, slug, intake)
    if not sheet.finished_at:
        sheet = intakes.enter_rows(sheet, by=person(request))
        if sheet.finished_at:
            messages.success(request, _("The sheet is entered."))
    return redirect("try_sheet", slug=slug, intake=intake)


@access("comment.record")
@require_POST
def drop_sheet(request: ActingRequest, slug: str, intake: int) -> HttpResponse:
    """The sheet is forgotten; what was entered from it stays."""
    _consultation, sheet = _sheet(request, slug, intake)
    intakes.drop_sheet(sheet, by=person(request))
    messages.success(request, _("The sheet is removed. What was entered from it stays."))
    return redirect("upload_sheet", slug=slug)


@access("comment.record")
@require_safe
def sheet_template(request: ActingRequest, slug: str) -> HttpResponse:
    """An empty sheet with the headings that are understood."""
    found(request, slug)
    headers = {"Content-Disposition": 'attachment; filename="uwagi-wzor.xlsx"'}
    return HttpResponse(selected.template_file(), content_type=MIME, headers=headers)


def _sheet(request: ActingRequest, slug: str, intake: int) -> tuple[Consultation, Intake]:
    consultation = found(request, slug)
    sheet = get_object_or_404(consultation.intakes.all(), pk=intake)
    sheet.consultation = consultation
    return consultation, sheet


def _outcome(sheet: Intake) -> dict[str, Any]:
    return {"sheet": sheet, "outcome": selected.outcome(sheet)}


def _page(
    request: ActingRequest,
    consultation: Consultation,
    name: str,
    shown: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    around = {
        "consultation": consultation,
        "draft": consultation.draft,
        "rooms": rooms(request, consultation, "record_comment"),
    }
    return render(request, f"consultations/office/{name}.html", around | shown, status=status)

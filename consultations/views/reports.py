"""The report: the public page and its files, preparing and releasing it, the internal copy."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, Refused, WrongState
from consultations.forms.reports import PrepareReportForm, ReleaseReportForm
from consultations.models import Consultation, ConsultationState, CopyKind, Report
from consultations.selectors import comments as shown_comments
from consultations.selectors import left, report_file, report_files, report_table, ways
from consultations.selectors import report as selected
from consultations.selectors.figures import Numbers
from consultations.selectors.opinions import opinions
from consultations.selectors.private_data import suspects
from consultations.selectors.revision import since_consulted
from consultations.selectors.stages import stages
from consultations.services import reports
from consultations.views.finding import found, live, paged
from consultations.views.rooms import rooms

ROWS_ON_A_PAGE = 50


@access("public")
@require_safe
def report(request: ActingRequest, slug: str) -> HttpResponse:
    """The report on the consultation; before its release, when it will come."""
    one = found(request, slug)
    written = selected.found(request.actor, one)
    shown = {"consultation": one, "draft": one.draft, "report": written} | live(one.draft, slug)
    if not selected.is_released(written):
        return render(request, "consultations/public/report_to_come.html", shown)
    return render(
        request,
        "consultations/public/report.html",
        shown | _body(request, one, public=True) | _files(one),
    )


def _files(one: Consultation) -> dict[str, Any]:
    return {
        "shelf": report_files.shelf(one, CopyKind.PUBLIC),
        "earlier": report_files.earlier(one),
    }


def _body(request: ActingRequest, one: Consultation, *, public: bool) -> dict[str, Any]:
    """All that the report shows: the same names before its release and after it."""
    numbers = Numbers(one)
    totals = numbers.totals
    listed = paged(request, report_table.rows(one), ROWS_ON_A_PAGE)
    return listed | {
        "course": selected.course(one),
        "ways": [(line, report_file.became(line)) for line in ways.ways(one)],
        "totals": totals,
        "figures": [figure for figure in numbers.figures() if figure.bars],
        "opinions": opinions(one.draft, None if public else request.actor),
        "nobody": report_file.nobody_answered(totals),
        "left": left.left(one) if totals.left else [],
        "changes": since_consulted(one, None) if listed["page"].number == 1 else [],
        "rows": shown_comments.shown(listed["page"], None),
        "stages": stages(one.draft),
    }


@access("desk.see")
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_report(request: ActingRequest, slug: str) -> HttpResponse:
    """What is missing, the introduction, and the report exactly as it will be published."""
    one = found(request, slug)
    if request.method != "POST":
        return _page(request, one)
    form = PrepareReportForm(request.POST, report=selected.found(request.actor, one))
    refusal = _prepared(request, one, form)
    if refusal is not None:
        return _page(request, one, form, refusal)
    messages.success(request, _("The introduction is saved."))
    return redirect("prepare_report", slug=slug)


def _prepared(request: ActingRequest, one: Consultation, form: PrepareReportForm) -> Refused | None:
    """None when it is saved; a clash lets the person send the text again, knowingly."""
    if not form.is_valid():
        return Invalid("")
    try:
        reports.prepare_report(
            one,
            introduction=form.cleaned_data["introduction"],
            seen_version=form.cleaned_data["version"],
            by=person(request),
        )
    except Refused as refusal:
        form.refuse(refusal)
        if isinstance(refusal, WrongState):
            form.take_version(selected.found(request.actor, one))
        return refusal
    return None


def _page(
    request: ActingRequest,
    one: Consultation,
    form: PrepareReportForm | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    actor, report = request.actor, selected.found(request.actor, one)
    prepares = policy.can(actor, "report.prepare")
    released = selected.is_released(report)
    writable = prepares and one.state == ConsultationState.CLOSED and not released
    shown = (
        _body(request, one, public=False)
        | {
            "consultation": one,
            "draft": one.draft,
            "report": report,
            "rooms": rooms(request, one, "prepare_report"),
            "missing": selected.missing(one, report),
            "suspects": [] if released else suspects(one, report),
            "versions": selected.versions(report, actor) if report else [],
            "form": (form or PrepareReportForm(report=report)) if writable or form else None,
            "released": released,
            "writable": writable,
            "stands": report.introduction if report and refusal else "",
            "may_release": report is not None
            and not released
            and policy.can(actor, "report.release", report),
            "own": _is_own(request, report) and not released,
            "reads_names": policy.can(actor, "names.see"),
        }
        | _inside_files(one, released=released, names=policy.can(actor, "names.see"))
    )
    status = refusal.status if refusal else 200
    return render(request, "consultations/office/prepare_report.html", shown, status=status)


def _inside_files(one: Consultation, *, released: bool, names: bool) -> dict[str, Any]:
    """The files of the public copy, or its preview before the release, and of the internal one."""
    files = {"shelf": report_files.shelf(one, CopyKind.PREVIEW)} if not released else _files(one)
    if names:
        files["inside_shelf"] = report_files.shelf(one, CopyKind.INTERNAL)
    return files


def _is_own(request: ActingRequest, report: Report | None) -> bool:
    """Whether a head of unit looks at a report of her own."""
    if report is None or request.actor is None or report.prepared_by_id != request.actor.pk:
        return False
    return policy.can(request.actor, "report.release")


@access("report.release")
@require_http_methods(["GET", "HEAD", "POST"])
def release_report(request: ActingRequest, slug: str) -> HttpResponse:
    """Says what becomes public, asks once more, then releases the version that was read."""
    one = found(request, slug)
    report = selected.found(request.actor, one)
    if report is None or selected.is_released(report):
        return redirect("prepare_report", slug=slug)
    form, status = ReleaseReportForm(report=report), 200
    if request.method == "POST":
        form = ReleaseReportForm(request.POST, report=report)
        refusal = _released_by(request, report, form)
        if refusal is None:
            messages.success(request, _("The report is released: everybody can read it."))
            return redirect("prepare_report", slug=slug)
        status = refusal.status
    shown = {
        "consultation": one,
        "draft": one.draft,
        "report": report,
        "form": form,
        "missing": selected.missing(one, report),
        "suspects": suspects(one, report),
        "totals": Numbers(one).totals,
        "own": _is_own(request, report),
    }
    return render(request, "consultations/office/release_report.html", shown, status=status)


def _released_by(request: ActingRequest, report: Report, form: ReleaseReportForm) -> Refused | None:
    if not form.is_valid():
        return Invalid("")
    seen = form.cleaned_data["version"]
    try:
        reports.release_report(report, seen_version=seen, by=person(request))
    except Refused as refusal:
        form.refuse(refusal)
        return refusal
    return None

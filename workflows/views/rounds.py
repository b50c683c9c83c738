"""Acts of the unit: registering a draft, announcing, finishing the review, submitting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.access import ActingRequest, access, person
from consultations.forms.base import refusal_of
from consultations.models import Consultation, Document
from workflows import selectors, services
from workflows.council_forms import SubmitToCouncilForm
from workflows.forms import AnnounceConsultationForm, ConfirmForm, RegisterDraftForm
from workflows.road import latest_round
from workflows.steps import STEPS
from workflows.views.acting import page, round_at


@access("draft.register")
@require_http_methods(["GET", "HEAD", "POST"])
def register_draft(request: ActingRequest) -> HttpResponse:
    """Begin the cycle of a draft of `?dokument=`."""
    actor = person(request)
    document = Document.objects.filter(slug=request.GET.get("dokument", "")).first()
    if request.method != "POST":
        form = RegisterDraftForm(initial=RegisterDraftForm.prefilled(document))
        return page(request, "register_draft", {"form": form})
    form = RegisterDraftForm(request.POST)
    refused = refusal_of(form, lambda: services.register_draft(**form.cleaned_data, by=actor))
    if refused is not None:
        return page(request, "register_draft", {"form": form}, refused)
    messages.success(request, _("The draft is registered. Now import its text."))
    return redirect("control_room", slug=form.cleaned_data["slug"])


@access("consultation.announce")
@require_http_methods(["GET", "HEAD", "POST"])
def announce_consultation(request: ActingRequest, slug: str) -> HttpResponse:
    """The notice: days, purpose, host, contact."""
    actor, one = person(request), round_at(request, slug)
    form, refused = AnnounceConsultationForm(consultation=one), None
    if request.method == "POST":
        form = AnnounceConsultationForm(request.POST, consultation=one)
        refused = refusal_of(
            form, lambda: services.announce_consultation(one, form.notice(), by=actor)
        )
        if refused is None:
            day = date_format(form.cleaned_data["first_day"], "j E Y")
            sentence = _("The consultation is announced. It opens on %(day)s.")
            messages.success(request, sentence % {"day": day})
            return redirect("control_room", slug=slug)
    return _step_page(request, one, "prepare_text", form, refused)


@access("draft.finish_review")
@require_http_methods(["GET", "HEAD", "POST"])
def finish_review(request: ActingRequest, slug: str) -> HttpResponse:
    """Asks once more, then makes the report public."""
    actor, one = person(request), round_at(request, slug)
    form, refused = ConfirmForm(request.POST), None
    if request.method == "POST":
        refused = refusal_of(form, lambda: services.finish_review(one.draft, by=actor))
        if refused is None:
            messages.success(request, _("The review is finished and the report is public."))
            return redirect("control_room", slug=slug)
    return _step_page(request, one, "review_comments", form, refused)


@access("council_file.submit")
@require_http_methods(["GET", "HEAD", "POST"])
def submit_to_council(request: ActingRequest, slug: str) -> HttpResponse:
    """The President's ordinance; then the council's file is open."""
    actor, one = person(request), round_at(request, slug)
    form, refused = SubmitToCouncilForm(), None
    if request.method == "POST":
        form = SubmitToCouncilForm(request.POST)
        refused = refusal_of(
            form, lambda: services.submit_to_council(one.draft, **form.cleaned_data, by=actor)
        )
        if refused is None:
            messages.success(request, _("The draft is before the council."))
            return redirect("control_room", slug=slug)
    return _step_page(request, one, "submit_to_council", form, refused)


def _step_page(
    request: ActingRequest, one: Consultation, node: str, form: object, refused: int | None
) -> HttpResponse:
    """The page of a step; whoever comes at another time is led to where the draft stands."""
    next_step = selectors.next_step(one.draft, request.actor)
    due = next_step is not None and next_step.step is STEPS[node] and one == latest_round(one.draft)
    if refused is None and not due:
        return redirect("control_room", slug=one.slug)
    names = {
        "consultation": one,
        "draft": one.draft,
        "step": STEPS[node],
        "next": next_step,
        "form": form,
    }
    return page(request, "step", names, refused)

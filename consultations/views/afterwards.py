"""After the adoption, for everybody; for unit and clerk, entering what happened."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.forms.afterwards import EnterIntoForceForm, ExecutionReportForm
from consultations.forms.base import RefusableForm, refusal_of
from consultations.models import Consultation, DraftState
from consultations.selectors.afterwards import afterwards
from consultations.services import afterwards as services
from consultations.views.finding import found, live


@access("public")
@require_safe
def after_adoption(request: ActingRequest, slug: str) -> HttpResponse:
    """Resolution, publications as they were found, entry into force, execution."""
    one = found(request, slug)
    is_adopted = one.draft.state == DraftState.ADOPTED
    acts = ("draft.enter_into_force", "draft.file_execution_report")
    shown = {
        "consultation": one,
        "draft": one.draft,
        "after": afterwards(one.draft) if is_adopted else None,
        "may": {
            name.partition(".")[2]: is_adopted and policy.can(request.actor, name) for name in acts
        },
    }
    return render(
        request, "consultations/public/after_adoption.html", shown | live(one.draft, slug)
    )


@access("draft.enter_into_force")
@require_http_methods(["GET", "HEAD", "POST"])
def enter_into_force(request: ActingRequest, slug: str) -> HttpResponse:
    """Since when the document is in force."""
    one, by = found(request, slug), person(request)
    if request.method != "POST" and one.draft.state != DraftState.ADOPTED:
        return redirect("after_adoption", slug=slug)
    day = afterwards(one.draft).in_force or one.draft.adopted_on
    form = EnterIntoForceForm(request.POST or None, initial={"day": day})
    return _answer(
        request,
        one,
        form,
        lambda: services.enter_into_force(one.draft, **form.cleaned_data, by=by),
        {"title": _("Enter the day of entry into force"), "done": _("The day is entered.")},
    )


@access("draft.file_execution_report")
@require_http_methods(["GET", "HEAD", "POST"])
def file_execution_report(request: ActingRequest, slug: str) -> HttpResponse:
    """When and where the report on the execution was filed."""
    one, by = found(request, slug), person(request)
    after = afterwards(one.draft)
    if request.method != "POST" and after.due is None:
        return redirect("after_adoption", slug=slug)
    names = ExecutionReportForm.base_fields if after.report else ()
    stands = {name: getattr(after.report, name) for name in names}
    form = ExecutionReportForm(request.POST or None, initial=stands)
    return _answer(
        request,
        one,
        form,
        lambda: services.file_execution_report(one.draft, **form.cleaned_data, by=by),
        {
            "title": _("Enter the report on the execution"),
            "done": _("The report on the execution is entered."),
            "due": after.due,
        },
    )


def _answer(
    request: ActingRequest,
    one: Consultation,
    form: RefusableForm,
    act: Callable[[], object],
    names: dict[str, Any],
) -> HttpResponse:
    refused = None
    if request.method == "POST":
        refused = refusal_of(form, act)
        if refused is None:
            messages.success(request, names["done"])
            return redirect("after_adoption", slug=one.slug)
    shown = names | {"consultation": one, "draft": one.draft, "form": form}
    return render(request, "consultations/office/after_act.html", shown, status=refused or 200)

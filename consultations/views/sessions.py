"""The calendar of the council's sessions: for everybody to read, for clerk and unit to keep."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.forms.base import RefusableForm, refusal_of
from consultations.forms.plan import AddSessionForm, ChangeSessionForm
from consultations.forms.ways import BecauseForm
from consultations.models import CouncilSession
from consultations.selectors import plan_page
from consultations.selectors.plan import today
from consultations.services import sessions as services
from consultations.views.finding import paged

ON_A_PAGE = 30


@access("public")
@require_safe
def sessions(request: ActingRequest) -> HttpResponse:
    """The sessions ahead, then those that were."""
    shown = paged(request, plan_page.sessions_past(today()), ON_A_PAGE)
    past = shown["page"].object_list
    ahead = plan_page.sessions_ahead(today())
    shown["page"].object_list = plan_page.with_reasons(past)
    shown |= {
        "ahead": plan_page.with_reasons(ahead),
        "keeps": policy.can(request.actor, "council.change_session"),
    }
    return render(request, "consultations/public/sessions.html", shown)


@access("council.add_session")
@require_http_methods(["GET", "HEAD", "POST"])
def add_session(request: ActingRequest) -> HttpResponse:
    """A new session."""
    form = AddSessionForm(request.POST or None)
    names = {"title": _("Enter a session"), "button": _("Enter the session")}
    return _answer(
        request,
        form,
        lambda: services.add_session(**form.cleaned_data, by=person(request)),
        _("The session is in the calendar; all plans count with it."),
        names,
    )


@access("council.change_session")
@require_http_methods(["GET", "HEAD", "POST"])
def change_session(request: ActingRequest, session: int) -> HttpResponse:
    """Another day, number or place, for a public reason."""
    row = get_object_or_404(CouncilSession, pk=session, cancelled_because="")
    stands = {name: getattr(row, name) for name in ("number", "day", "place")}
    form = ChangeSessionForm(request.POST or None, initial=stands)
    names = {"title": _("Change a session"), "button": _("Change the session"), "session": row}
    return _answer(
        request,
        form,
        lambda: services.change_session(row, **form.cleaned_data, by=person(request)),
        _("The session is changed; all plans count with its new day."),
        names,
    )


@access("council.cancel_session")
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_session(request: ActingRequest, session: int) -> HttpResponse:
    """It will not take place, for a public reason."""
    row = get_object_or_404(CouncilSession, pk=session, cancelled_because="")
    form = BecauseForm(request.POST or None)
    names = {
        "title": _("Cancel a session"),
        "button": _("Cancel the session"),
        "session": row,
        "grave": True,
    }
    return _answer(
        request,
        form,
        lambda: services.cancel_session(row, **form.cleaned_data, by=person(request)),
        _("The session is cancelled; no plan counts with it any more."),
        names,
    )


def _answer(
    request: ActingRequest,
    form: RefusableForm,
    act: Callable[[], object],
    done: str,
    names: dict[str, Any],
) -> HttpResponse:
    """Back to the calendar when it is done, else the form with the refusal."""
    refused = None
    if request.method == "POST":
        refused = refusal_of(form, act)
        if refused is None:
            messages.success(request, done)
            return redirect("sessions")
    page = "consultations/office/session_act.html"
    return render(request, page, names | {"form": form}, status=refused or 200)

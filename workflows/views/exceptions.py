"""Exceptions from a condition: asking, looking at one, deciding, taking back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import policy, wording
from consultations.access import ActingRequest, access, person
from consultations.forms.base import RefusableForm, refusal_of
from consultations.forms.ways import BecauseForm
from consultations.models import Override, OverrideState
from consultations.models.machine import Guard
from consultations.models.overrides import RUNNING
from consultations.selectors import people
from consultations.services import overrides
from workflows import selectors
from workflows.road import latest_round
from workflows.steps import STEPS, subject_of
from workflows.views.acting import page, round_at


class DecideForm(BecauseForm):
    """The reason of a decision; only a refusal needs one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].required = False
        self.fields["because"].label = gettext_lazy("Reason of the decision")
        self.fields["because"].help_text = gettext_lazy(
            "Everybody will read it. A refusal needs one."
        )


@access("override.ask")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_override(request: ActingRequest, slug: str, guard: str) -> HttpResponse:
    """Asks for one passing of the next step without one of its conditions."""
    actor, one = person(request), round_at(request, slug)
    draft, found = one.draft, selectors.next_step(one.draft, request.actor)
    if guard not in wording.CONDITIONS:
        raise Http404
    guards = found.step.guards if found else ()
    missing = next((each for each in guards if each.code == guard), None)
    if found is None or missing is None or one != latest_round(draft):
        return redirect("control_room", slug=latest_round(draft).slug)
    subject = subject_of(found.step, draft)
    form, refused = BecauseForm(request.POST or None), None
    if request.method == "POST":
        refused = refusal_of(
            form,
            lambda: overrides.ask_override(
                subject,  # type: ignore[arg-type]  # a draft, a round or a file of the council
                act_kind=found.step.action,
                guard_code=guard,
                **form.cleaned_data,
                by=actor,
            ),
        )
        if refused is None:
            messages.success(request, _("The exception is asked for; a head of unit is told."))
            return redirect("control_room", slug=slug)
    names = {
        "consultation": one,
        "draft": draft,
        "step": found.step,
        "sentence": missing.says(subject),
        "basis": missing.legal_basis,
        "form": form,
    }
    return page(request, "ask_override", names, refused)


@access("desk.see")
@require_safe
def override(request: ActingRequest, override: int) -> HttpResponse:
    """One exception: what, why, who decided; for who may decide, the decision."""
    return _page(request, _at(request, override), DecideForm())


@access("override.grant")
@require_POST
def grant_override(request: ActingRequest, override: int) -> HttpResponse:
    """Lets the act pass over the condition, once."""
    return _decide(request, override, overrides.grant_override, _("The exception is granted."))


@access("override.refuse")
@require_POST
def refuse_override(request: ActingRequest, override: int) -> HttpResponse:
    """Refuses it, for a public reason."""
    return _decide(request, override, overrides.refuse_override, _("The exception is refused."))


@access("override.withdraw")
@require_POST
def withdraw_override(request: ActingRequest, override: int) -> HttpResponse:
    """Who asked takes the request back."""
    one, actor, form = _at(request, override), person(request), RefusableForm(request.POST)
    refused = refusal_of(form, lambda: overrides.withdraw_override(one, by=actor))
    if refused is not None:
        return _page(request, one, form, refused)
    messages.success(request, _("The request for an exception is withdrawn."))
    return redirect("override", override=one.pk)


def _decide(
    request: ActingRequest, pk: int, service: Callable[..., Override], said: str
) -> HttpResponse:
    one, actor, form = _at(request, pk), person(request), DecideForm(request.POST)
    refused = refusal_of(form, lambda: service(one, **form.cleaned_data, by=actor))
    if refused is not None:
        return _page(request, one, form, refused)
    messages.success(request, said)
    return redirect("override", override=one.pk)


def _at(request: ActingRequest, pk: int) -> Override:
    seen = policy.visible(request.actor, Override.objects.all())
    found: Override = get_object_or_404(
        seen.select_related("draft__procedure", "consultation", "council_file"), pk=pk
    )
    return found


def _page(
    request: ActingRequest, one: Override, form: RefusableForm, status: int | None = None
) -> HttpResponse:
    waits = one.state == OverrideState.ASKED
    guard = _missing(one) if one.state in RUNNING else None
    names = {
        "exception": one,
        "draft": one.draft,
        "slug": latest_round(one.draft).slug,
        "condition": one.condition,
        "act": next(
            (str(step.label) for step in STEPS.values() if step.action == one.act_kind), ""
        ),
        "missing": guard.says(one.subject) if guard else "",
        "basis": guard.legal_basis if guard else "",
        "asked_by": _who(request, one, ("override.ask",)),
        "decided_by": _who(request, one, ("override.grant", "override.refuse")),
        "waits": waits,
        "may_decide": waits and policy.can(request.actor, "override.grant", one),
        "may_withdraw": one.state in RUNNING
        and policy.can(request.actor, "override.withdraw", one),
        "form": form,
    }
    return page(request, "override", names, status)


def _who(request: ActingRequest, one: Override, kinds: tuple[str, ...]) -> str:
    """In which role somebody acted, and the name for those who read names."""
    entry = one.entries.filter(kind__in=kinds).select_related("actor").first()
    if entry is None:
        return ""
    role = str(wording.ROLES.get(entry.role, entry.role))
    if not people.reads_names(request.actor):
        return role
    return f"{people.person_name(entry.actor)}, {role}"


def _missing(one: Override) -> Guard | None:
    """The condition, while it is not met."""
    guard = one.guard
    if guard(one.subject):
        return None
    if one.state != OverrideState.GRANTED or guard.covered(one.subject, one.missing):
        return guard
    return guard.beyond(one.subject, one.missing)

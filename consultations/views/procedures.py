"""The rules: which are in force and by what law; a new version proposed and decided on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.forms.base import RefusableForm, refusal_of
from consultations.forms.procedures import ProposeProcedureForm
from consultations.forms.ways import BecauseForm
from consultations.models import DocumentKind, ProcedureProposal, ProposalState
from consultations.selectors import people
from consultations.selectors import procedures as selected
from consultations.services import procedures as services


@access("public")
@require_safe
def rules(request: ActingRequest) -> HttpResponse:
    """Which rules are in force for each kind of document, and by what law."""
    shown = {"kinds": selected.kinds(), "is_office": policy.can(request.actor, "desk.see")}
    return render(request, "consultations/public/rules.html", shown)


@access("public")
@require_safe
def rules_version(request: ActingRequest, procedure: int) -> HttpResponse:
    """One version of the rules, in force, earlier or to come."""
    shown = selected.version(procedure)
    if shown is None:
        raise Http404
    names = {"version": shown, "proposal": getattr(shown.procedure, "proposal", None)}
    return render(request, "consultations/public/rules_version.html", names)


@access("desk.see")
@require_safe
def procedures(request: ActingRequest) -> HttpResponse:
    """The office's page: the versions of each kind, and what waits for a second person."""
    shown = {
        "kinds": selected.kinds(),
        "proposes": policy.can(request.actor, "procedure.propose"),
    }
    return render(request, "consultations/office/procedures.html", shown)


@access("procedure.propose")
@require_http_methods(["GET", "HEAD", "POST"])
def propose_procedure(request: ActingRequest, document_kind: str) -> HttpResponse:
    """A copy of the last version; what is changed in it is proposed."""
    if document_kind not in DocumentKind.values:
        raise Http404
    actor, base = person(request), services.latest_version(document_kind)
    form, refused = ProposeProcedureForm(request.POST or None, base=base), None
    if request.method == "POST":
        refused = refusal_of(
            form,
            lambda: services.propose_procedure(
                document_kind,
                figures_given=form.given(),
                valid_from=form.cleaned_data["valid_from"],
                because=form.cleaned_data["because"],
                by=actor,
            ),
        )
        if refused is None:
            messages.success(
                request, _("The new version is proposed; the heads of units are told.")
            )
            return redirect("procedures")
    names = {"form": form, "base": base, "label": DocumentKind(document_kind).label}
    return render(
        request, "consultations/office/propose_procedure.html", names, status=refused or 200
    )


@access("desk.see")
@require_safe
def procedure_proposal(request: ActingRequest, proposal: int) -> HttpResponse:
    """One proposal: what would change and why; for who may decide, the decision."""
    return _page(request, _at(proposal), BecauseForm())


@access("procedure.enact")
@require_POST
def enact_procedure(request: ActingRequest, proposal: int) -> HttpResponse:
    """The new version is in force from its day."""
    words = _("The new version is put in force from its day.")
    return _decided(request, proposal, services.enact_procedure, words, needs_reason=False)


@access("procedure.refuse")
@require_POST
def refuse_procedure(request: ActingRequest, proposal: int) -> HttpResponse:
    """The rules stay as they are, for a reason."""
    words = _("The new version is refused.")
    return _decided(request, proposal, services.refuse_procedure, words, needs_reason=True)


@access("procedure.withdraw")
@require_POST
def withdraw_procedure(request: ActingRequest, proposal: int) -> HttpResponse:
    """Who proposed it takes it back."""
    words = _("The proposal is withdrawn.")
    return _decided(request, proposal, services.withdraw_procedure, words, needs_reason=False)


def _at(pk: int) -> ProcedureProposal:
    found: ProcedureProposal = get_object_or_404(selected.proposals(), pk=pk)
    return found


def _decided(
    request: ActingRequest, pk: int, act: Callable[..., object], words: str, *, needs_reason: bool
) -> HttpResponse:
    row, actor = _at(pk), person(request)
    form = (BecauseForm if needs_reason else RefusableForm)(request.POST)
    refused = refusal_of(form, lambda: act(row, **form.cleaned_data, by=actor))
    if refused is not None:
        return _page(request, row, form, refused)
    messages.success(request, words)
    return redirect("procedure_proposal", proposal=pk)


def _page(
    request: ActingRequest, row: ProcedureProposal, form: RefusableForm, status: int = 200
) -> HttpResponse:
    waits = row.state == ProposalState.PROPOSED
    names: dict[str, Any] = {
        "proposal": row,
        "changes": selected.changes(row),
        "form": form if "because" in form.fields else BecauseForm(),
        "refusal": None if "because" in form.fields else form,
        "waits": waits,
        "may_decide": waits and policy.can(request.actor, "procedure.enact", row),
        "may_withdraw": waits and policy.can(request.actor, "procedure.withdraw", row),
        "proposed_by": "",
        "decided_by": "",
    }
    if people.reads_names(request.actor):
        names["proposed_by"] = people.person_name(row.proposed_by)
        names["decided_by"] = people.person_name(row.decided_by) if row.decided_by else ""
    return render(request, "consultations/office/procedure_proposal.html", names, status=status)

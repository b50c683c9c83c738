"""Who signs for an absent head of unit."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, NotYours, Refused
from consultations.forms.substitutes import SubstituteForm
from consultations.models import Actor, Substitution
from consultations.selectors import substitutes as selected
from consultations.services import people


@access("desk.see")
@require_http_methods(["GET", "HEAD", "POST"])
def substitutes(request: ActingRequest) -> HttpResponse:
    """The list for everybody in the offices; for heads of units, the form."""
    actor = person(request)
    may = policy.can(actor, "office.substitute")
    if request.method != "POST":
        return _page(request, SubstituteForm(actor=actor) if may else None)
    if not may:
        raise NotYours
    form = SubstituteForm(request.POST, actor=actor)
    refusal = _made(form, actor)
    if refusal is not None:
        return _page(request, form, refusal.status)
    messages.success(request, _("The substitute is entered."))
    return redirect("substitutes")


def _made(form: SubstituteForm, actor: Actor) -> Refused | None:
    if not form.is_valid():
        return Invalid("")
    try:
        people.substitute(**form.given(), by=actor)
    except Refused as refusal:
        form.refuse(refusal)
        return refusal
    return None


@access("office.end_substitution")
@require_POST
def end_substitution(request: ActingRequest, substitution: int) -> HttpResponse:
    """From now on the substitute signs for nobody."""
    row = get_object_or_404(Substitution, pk=substitution)
    people.end_substitution(row, by=person(request))
    messages.success(request, _("The substitution is ended."))
    return redirect("substitutes")


def _page(request: ActingRequest, form: SubstituteForm | None, status: int = 200) -> HttpResponse:
    shown = {
        "lines": selected.lines(),
        "form": form,
        "runs_it": policy.can(request.actor, "office.see"),
    }
    return render(request, "consultations/office/substitutes.html", shown, status=status)

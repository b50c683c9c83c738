"""Acts beside the next step: correcting, prolonging, cancelling, withdrawing, the case number."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.access import ActingRequest, access, person
from consultations.forms.base import RefusableForm, refusal_of
from consultations.forms.ways import BecauseForm
from consultations.models import Consultation
from consultations.services import drafts
from workflows import services
from workflows.consequences import told_in_words
from workflows.road import latest_round
from workflows.side_forms import CaseNumberForm, CorrectNoticeForm, ProlongConsultationForm
from workflows.sideways import SIDES, is_possible
from workflows.views.acting import page, round_at


@access("consultation.correct")
@require_http_methods(["GET", "HEAD", "POST"])
def correct_notice(request: ActingRequest, slug: str) -> HttpResponse:
    """The erratum: what stood before, what stands now, and why."""
    actor, one = person(request), round_at(request, slug)
    form = CorrectNoticeForm(request.POST or None, consultation=one)

    def act() -> str:
        because = form.cleaned_data["because"]
        services.correct_notice(one, changed=form.corrections(), because=because, by=actor)
        return _("The notice is corrected.")

    return _answer(request, one, "correct_notice", form, act)


@access("consultation.prolong")
@require_http_methods(["GET", "HEAD", "POST"])
def prolong_consultation(request: ActingRequest, slug: str) -> HttpResponse:
    """A later last day, for a public reason."""
    actor, one = person(request), round_at(request, slug)
    form = ProlongConsultationForm(request.POST or None)

    def act() -> str:
        services.prolong_consultation(one, **form.cleaned_data, by=actor)
        day = date_format(form.cleaned_data["last_day"], "j E Y")
        return _("The consultation is prolonged until the end of %(day)s.") % {"day": day}

    return _answer(request, one, "prolong_consultation", form, act)


@access("consultation.cancel")
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_consultation(request: ActingRequest, slug: str) -> HttpResponse:
    """What was announced will not take place, for a public reason."""
    actor, one = person(request), round_at(request, slug)
    form = BecauseForm(request.POST or None)

    def act() -> str:
        services.cancel_consultation(one, **form.cleaned_data, by=actor)
        return _("The consultation is cancelled. Another round is planned.")

    return _answer(request, one, "cancel_consultation", form, act)


@access("draft.consult_again")
@require_http_methods(["GET", "HEAD", "POST"])
def consult_again(request: ActingRequest, slug: str) -> HttpResponse:
    """Another round of a draft in review, for a public reason."""
    actor, one = person(request), round_at(request, slug)
    form = BecauseForm(request.POST or None)

    def act() -> str:
        services.consult_again(one.draft, **form.cleaned_data, by=actor)
        return _("Another round is planned. Prepare its text and announce it.")

    return _answer(request, one, "consult_again", form, act)


@access("draft.withdraw")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_draft(request: ActingRequest, slug: str) -> HttpResponse:
    """The sponsor withdraws the draft, for a public reason."""
    actor, one = person(request), round_at(request, slug)
    form = BecauseForm(request.POST or None)

    def act() -> str:
        services.withdraw_draft(one.draft, **form.cleaned_data, by=actor)
        return _("The draft is withdrawn.")

    return _answer(request, one, "withdraw_draft", form, act)


@access("draft.number_case")
@require_http_methods(["GET", "HEAD", "POST"])
def number_draft_case(request: ActingRequest, slug: str) -> HttpResponse:
    """The number of the records system; entering another one replaces it."""
    actor, one = person(request), round_at(request, slug)
    form = CaseNumberForm(request.POST or None, initial={"case_number": one.draft.case_number})

    def act() -> str:
        drafts.number_draft_case(one.draft, **form.cleaned_data, by=actor)
        return _("The case number is entered.")

    return _answer(request, one, "number_draft_case", form, act)


def _answer(
    request: ActingRequest,
    one: Consultation,
    url: str,
    form: RefusableForm,
    act: Callable[[], str],
) -> HttpResponse:
    """The form, or what came of it; whoever comes at another time is led to the control room."""
    latest, said, refused = latest_round(one.draft), list[str](), None
    if request.method == "POST":
        refused = refusal_of(form, lambda: said.append(act()))
        if refused is None:
            messages.success(request, said[0])
            return redirect("control_room", slug=latest_round(one.draft).slug)
    side = SIDES[url]
    if refused is None and not (one == latest and is_possible(side, one, one.draft)):
        return redirect("control_room", slug=latest.slug)
    told = told_in_words(side.action, one.draft, request.actor)
    names = {"consultation": one, "draft": one.draft, "side": side, "form": form, "told": told}
    return page(request, "side", names, refused)

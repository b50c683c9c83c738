"""Acts on amendments: filing, settling, writing them into the text."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, WrongState
from consultations.forms.amendments import (
    FileAmendmentForm,
    MergeAmendmentForm,
    MergeByHandForm,
    SettleAmendmentForm,
    WithdrawAmendmentForm,
)
from consultations.forms.base import RefusableForm, refusal_of
from consultations.models import (
    Amendment,
    AmendmentPlace,
    AmendmentState,
    CouncilFile,
    Draft,
    Role,
    Wording,
)
from consultations.selectors import amendments as selected
from consultations.selectors.readings import reading_of
from consultations.services import amendments as services
from consultations.services import merging

METHODS = ["GET", "HEAD", "POST"]
CHOSE = "wybrano"  # the button under the provisions was pressed


@access("amendment.file")
@require_http_methods(METHODS)
def file_amendment(request: ActingRequest, pk: int) -> HttpResponse:
    """First the provisions are chosen (`?przepis=` for each), then what becomes of them."""
    actor = person(request)
    seen = policy.visible(actor, CouncilFile.objects.select_related("draft__procedure"))
    file = get_object_or_404(seen, pk=pk)
    wordings = _wordings(file.draft)
    chosen = _chosen(request, wordings)
    if not chosen:
        missed = request.method == "POST" or CHOSE in request.GET
        status = Invalid.status if missed else 200
        shown = {"wordings": wordings, "missed": missed, "chose": CHOSE}
        return _of_file(request, file, "choose_amended", shown, status)
    given = _sent(request)
    only_own = Role.CLERK not in policy.roles_of(actor)
    form = FileAmendmentForm(given, wordings=chosen, only_own=only_own)
    refused = None
    if given is not None:
        refused = refusal_of(
            form,
            lambda: services.file_amendment(file, form.filed(), form.places(), by=actor),
        )
        if refused is None:
            messages.success(request, _("The amendment is filed."))
            return redirect("amendments", slug=_slug(file.draft))
    return _of_file(request, file, "file_amendment", {"form": form}, refused or 200)


def _of_file(
    request: ActingRequest, file: CouncilFile, template: str, more: dict[str, Any], status: int
) -> HttpResponse:
    shown = {"file": file, "draft": file.draft, "reading": reading_of(file)} | more
    return render(request, f"consultations/office/{template}.html", shown, status=status)


def _wordings(draft: Draft) -> list[Wording]:
    """The provisions of the latest published text."""
    latest = draft.versions.filter(published_at__isnull=False).last()
    return list(latest.wordings.select_related("provision")) if latest else []


def _chosen(request: ActingRequest, wordings: list[Wording]) -> list[Wording]:
    """Those the address names, in the order of the text; 404 for one that is not in it."""
    try:
        keys = {uuid.UUID(one) for one in request.GET.getlist("przepis")}
    except ValueError as wrong:
        raise Http404 from wrong
    found = [one for one in wordings if one.provision.key in keys]
    if len(found) != len(keys):
        raise Http404
    return found


def _slug(draft: Draft) -> str:
    return str(draft.rounds.latest("number").slug)


def _at(request: ActingRequest, amendment: int) -> Amendment:
    return get_object_or_404(selected.visible(request.actor), pk=amendment)


def _line(row: Amendment, request: ActingRequest) -> selected.Shown:
    beside = selected.of_file(row.council_file, request.actor)
    return next(one for one in beside if one.amendment.pk == row.pk)


@access("amendment.adopt")
@require_http_methods(METHODS)
def adopt_amendment(request: ActingRequest, amendment: int) -> HttpResponse:
    """The council's vote on it; where another one on the provision is adopted, that it is meant."""
    row, actor = _at(request, amendment), person(request)
    form = SettleAmendmentForm(_sent(request), adopted=_adopted_beside(row))

    def adopt() -> None:
        despite = form.cleaned_data.get("despite") or ()
        try:
            services.adopt_amendment(row, totals=form.totals(), despite=despite, by=actor)
        except WrongState:
            form.offer(_adopted_beside(row))  # somebody was faster with the other one
            raise

    return _settling(request, row, form, adopt, _("The adoption is recorded."))


@access("amendment.reject")
@require_http_methods(METHODS)
def reject_amendment(request: ActingRequest, amendment: int) -> HttpResponse:
    """The council's vote on it."""
    row, actor = _at(request, amendment), person(request)
    form = SettleAmendmentForm(_sent(request))

    def reject() -> None:
        services.reject_amendment(row, totals=form.totals(), by=actor)

    return _settling(request, row, form, reject, _("The rejection is recorded."))


@access("amendment.withdraw")
@require_http_methods(METHODS)
def withdraw_amendment(request: ActingRequest, amendment: int) -> HttpResponse:
    """Asks once more, then records that its mover withdrew it."""
    row, actor = _at(request, amendment), person(request)
    form = WithdrawAmendmentForm(_sent(request))

    def withdraw() -> None:
        services.withdraw_amendment(row, by=actor)

    return _settling(request, row, form, withdraw, _("The withdrawal is recorded."))


def _adopted_beside(row: Amendment) -> list[Amendment]:
    return [one for one in services.rivals_of(row) if one.state == AmendmentState.ADOPTED]


def _sent(request: ActingRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _settling(
    request: ActingRequest,
    row: Amendment,
    form: RefusableForm,
    act: Callable[[], None],
    done: str,
) -> HttpResponse:
    """The page of the act, or the act; of two in conflict it says what is still to be settled."""
    slug = _slug(row.council_file.draft)
    refused = refusal_of(form, act) if form.is_bound else None
    if form.is_bound and refused is None:
        left = _line(_at(request, row.pk), request)
        still = [one for one in left.rivals if one.state == AmendmentState.FILED]
        messages.success(request, " ".join(filter(None, [done, _still_open(still)])))
        return redirect("amendment", slug=slug, number=row.number)
    shown = {
        "line": _line(row, request),
        "draft": row.council_file.draft,
        "slug": slug,
        "form": form,
        "act": request.resolver_match.url_name if request.resolver_match else "",
    }
    template = "consultations/office/settle_amendment.html"
    return render(request, template, shown, status=refused or 200)


def _still_open(rivals: list[Amendment]) -> str:
    if not rivals:
        return ""
    numbers = ", ".join(str(one.number) for one in rivals)
    return _(
        "In conflict with it, and to be settled before the final text: amendment no. %(numbers)s."
    ) % {"numbers": numbers}


@access("amendment.merge")
@require_http_methods(METHODS)
def merge_amendment(request: ActingRequest, amendment: int) -> HttpResponse:
    """Writes it into the working version where the text is as it found it; shows the rest."""
    row, actor = _at(request, amendment), person(request)
    form, refused = MergeAmendmentForm(_sent(request)), None
    if form.is_bound:
        left: list[AmendmentPlace] = []

        def merge() -> None:
            left.extend(merging.merge_amendment(row, by=actor).left)

        refused = refusal_of(form, merge)
        if refused is None and not left:
            messages.success(request, _("The amendment is in the working version of the text."))
            return redirect("amendments", slug=_slug(row.council_file.draft))
        if refused is None:
            return redirect("merge_amendment", amendment=row.pk)
    draft = row.council_file.draft
    shown = {
        "line": _line(row, request),
        "draft": draft,
        "slug": _slug(draft),
        "form": form,
        "waiting": [_waiting(one, draft) for one in merging.waiting(row)],
    }
    return render(
        request, "consultations/office/merge_amendment.html", shown, status=refused or 200
    )


def _waiting(place: AmendmentPlace, draft: Draft) -> dict[str, Any]:
    return {
        "place": place,
        "stands": merging.stands(place, draft),
        "as_found": merging.is_as_found(place, draft),
    }


@access("amendment.merge")
@require_http_methods(METHODS)
def merge_by_hand(request: ActingRequest, amendment: int, place: int) -> HttpResponse:
    """Both texts side by side, and the words to be written over what stands."""
    row, actor = _at(request, amendment), person(request)
    draft = row.council_file.draft
    one = get_object_or_404(merging.waiting_of(row), pk=place)
    stands, refused = merging.stands(one, draft), None
    initial = {"heading": one.heading, "text": one.text}
    form = MergeByHandForm(initial=initial | {"revision": stands.revision if stands else 0})
    if request.method == "POST":
        form = MergeByHandForm(request.POST)
        refused = refusal_of(form, lambda: _by_hand(form, one, actor))
        if refused is None:
            messages.success(request, _("The amendment is in the working version of the text."))
            return redirect("amendment", slug=_slug(draft), number=row.number)
        form.put(revision=str(stands.revision if stands else 0))
    shown = {
        "line": _line(row, request),
        "place": one,
        "stands": stands,
        "draft": draft,
        "slug": _slug(draft),
        "form": form,
    }
    return render(request, "consultations/office/merge_by_hand.html", shown, status=refused or 200)


def _by_hand(form: MergeByHandForm, place: AmendmentPlace, actor: Any) -> None:
    given = form.cleaned_data
    if given["because"].strip():
        merging.merge_without_change(place, because=given["because"], by=actor)
        return
    merging.merge_by_hand(
        place,
        heading=given["heading"],
        text=given["text"],
        seen_revision=given["revision"] or 0,
        by=actor,
    )

"""Proofs: the signed log, the receipt of a comment, and checking either of them."""

import base64
from pathlib import Path
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from consultations import limits
from consultations.access import ActingRequest, access, person
from consultations.forms.proofs import CheckFileForm
from consultations.ledger import proof as tlog_proof
from consultations.ledger import verify
from consultations.selectors import comments as shown_comments
from consultations.selectors import conformity, receipts
from consultations.selectors import journal as record
from consultations.selectors.log import latest_checkpoint
from consultations.selectors.log import proof as proof_of
from consultations.views.finding import found

PLAIN = "text/plain; charset=utf-8"
# A receipt is a page of its own, with its scripts inside; as a download it runs from the disk.
NO_NETWORK = "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'"


@access("public")
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: ActingRequest) -> HttpResponse:
    """What the log is, its key and latest head; a receipt or record sent here is checked."""
    sent = request.method == "POST"
    if sent:
        limits.take(request, "download")
    form = CheckFileForm(request.POST, request.FILES) if sent else CheckFileForm()
    shown: dict[str, Any] = {
        "checkpoint": latest_checkpoint(),
        "origin": receipts.origin(),
        "form": form,
        "just_filed": "za-chwile" in request.GET,
    }
    status = 200
    if sent:
        if form.is_valid():
            shown["checked"] = receipts.check(form.cleaned_data["file"])
        else:
            status = 400
    return render(request, "consultations/public/log.html", shown, status=status)


@access("public")
@require_safe
def checkpoint(_request: ActingRequest) -> HttpResponse:
    """The latest signed head, as C2SP tlog-checkpoint says it."""
    latest = latest_checkpoint()
    if latest is None:
        raise Http404
    return HttpResponse(latest.note, content_type=PLAIN)


@access("public")
@require_safe
def verifier(_request: ActingRequest) -> HttpResponse:
    """The program that checks records without this site."""
    return _file(Path(verify.__file__).read_bytes(), "text/x-python; charset=utf-8", "verify.py")


@access("public")
@require_safe
def entry_proof(request: ActingRequest, slug: str, seq: int) -> HttpResponse:
    """The proof of one event as C2SP tlog-proof says it, with the leaf as its extra data."""
    entry = get_object_or_404(record.journal(found(request, slug).draft, request.actor), seq=seq)
    proof = proof_of(entry)
    if proof is None:
        return redirect(f"{reverse('log')}?za-chwile")
    text = tlog_proof.write(proof.index, proof.path, proof.checkpoint, extra=proof.extra)
    return _file(text, PLAIN, f"{slug}-{seq}.tlog-proof")


@access("signed_in")
@require_safe
def receipt(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The receipt of one's own comment: a page that checks itself, to be kept."""
    actor = person(request)
    row = get_object_or_404(shown_comments.visible(actor, slug), number=number)
    made = receipts.receipt(row, actor)
    if made is None:
        raise Http404
    if made.proof is None:
        return render(request, "consultations/public/receipt_soon.html", {"comment": row})
    shown = {
        "record": base64.b64encode(made.proof).decode(),
        "verifier": receipts.script("verify.js"),
        "driver": receipts.script("receipt.js"),
        "lang": get_language(),
        **made.facts,
    }
    page = render(request, "consultations/public/receipt.html", shown)
    page["Content-Disposition"] = f'attachment; filename="{slug}-{number}-potwierdzenie.html"'
    page["Content-Security-Policy"] = NO_NETWORK
    return page


@access("public")
@require_safe
def conform(request: ActingRequest, slug: str) -> HttpResponse:
    """Check the record of the draft, some hundred events at a time, until the end or a fault."""
    one, place = found(request, slug), Signer(salt=f"conform:{slug}")
    look = conformity.look(one.draft, _checked_so_far(request.GET.get("od", ""), place))
    further = f"?od={place.sign(str(look.done))}"
    shown = {
        "consultation": one,
        "draft": one.draft,
        "look": look,
        "fault_words": conformity.in_words(look.fault),
        "further": further,
    }
    page = render(request, "consultations/public/conformity.html", shown)
    if not look.is_over:
        page["Refresh"] = f"0; url={request.path}{further}"
    return page


def _checked_so_far(sent: str, place: Signer) -> int:
    """Where our last page stopped; anything else begins anew: «all is right» must not be a link."""
    try:
        return int(place.unsign(sent))
    except BadSignature:
        return 0


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)

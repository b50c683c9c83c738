"""Importing the text of a draft: read, looked at as a tree, and only then saved."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, Refused
from consultations.forms.importing import ImportDraftForm, fingerprint
from consultations.models import Consultation
from consultations.models.drafts import EDITABLE
from consultations.selectors.mapping import Mapped, asked, carried, mapped, stood_now
from consultations.selectors.office import working_nodes
from consultations.services import texts
from consultations.text.parse import Parsed, parse_plain
from consultations.text.plain import to_plain
from consultations.text.preview import preview
from consultations.views.finding import found
from consultations.views.rooms import rooms


@access("draft.import_text")
@require_http_methods(["GET", "HEAD", "POST"])
def import_draft(request: ActingRequest, slug: str) -> HttpResponse:
    """A file or a pasted text becomes a tree on the page; «Save this text» keeps that tree."""
    consultation = found(request, slug)
    if request.method != "POST":
        return _standing_text(request, consultation)
    form = ImportDraftForm(request.POST, request.FILES)
    if not form.is_valid() or form.parsed is None:
        return _page(request, consultation, form, None, status=Invalid.status)
    if "save" not in request.POST:
        return _shown(request, consultation, form, form.parsed)
    if not form.was_seen or form.cleaned_data["stood"] != stood_now(consultation.draft):
        return _shown(request, consultation, form, form.parsed, changed=True)
    return _saved(request, consultation, form, form.parsed)


def _saved(
    request: ActingRequest, consultation: Consultation, form: ImportDraftForm, parsed: Parsed
) -> HttpResponse:
    try:
        texts.import_text(
            consultation.draft,
            parsed.nodes,
            corrected=asked(request.POST.dict()),
            by=person(request),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return _page(request, consultation, form, parsed, status=refusal.status)
    count = preview(parsed).provisions
    sentence = ngettext(
        "The text is saved: %(count)d provision.", "The text is saved: %(count)d provisions.", count
    )
    messages.success(request, sentence % {"count": count})
    return redirect("edit_text", slug=consultation.slug)


def _shown(
    request: ActingRequest,
    consultation: Consultation,
    form: ImportDraftForm,
    parsed: Parsed,
    **more: Any,
) -> HttpResponse:
    """The tree of what was just read, and the same text to be corrected."""
    form.show(parsed, stood_now(consultation.draft))
    return _page(request, consultation, form, parsed, **more)


def _standing_text(request: ActingRequest, consultation: Consultation) -> HttpResponse:
    """The text imported before, if there is one, to be corrected or replaced."""
    nodes = working_nodes(consultation.draft)
    if not nodes:
        return _page(request, consultation, ImportDraftForm(), None)
    text = to_plain(nodes)
    stood = stood_now(consultation.draft)
    form = ImportDraftForm(initial={"text": text, "seen": fingerprint(text), "stood": stood})
    return _page(request, consultation, form, parse_plain(text), standing=True)


def _page(
    request: ActingRequest,
    consultation: Consultation,
    form: ImportDraftForm,
    parsed: Parsed | None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    shown = {
        "consultation": consultation,
        "draft": consultation.draft,
        "form": form,
        "rooms": rooms(request, consultation, "edit_text"),
        "preview": preview(parsed) if parsed else None,
        "mapped": _mapped(request, consultation, parsed),
        "editable": consultation.draft.state in EDITABLE,
        "file_name": _name(form),
    }
    return render(request, "consultations/office/import_draft.html", shown | more, status=status)


def _mapped(
    request: ActingRequest, consultation: Consultation, parsed: Parsed | None
) -> Mapped | None:
    """What each place inherits: proposed anew for a text just read, else as the officer said."""
    if parsed is None:
        return None
    if "save" in request.POST:
        said = asked(request.POST.dict())
    else:
        said = carried(consultation.draft, parsed.keys)
    return mapped(consultation.draft, parsed.nodes, said)


def _name(form: ImportDraftForm) -> str:
    """The file that was read, to be named above its tree."""
    file = form.files.get("file")
    return _("Read from %(name)s.") % {"name": file.name} if file and not form.errors else ""

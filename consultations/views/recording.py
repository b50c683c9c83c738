"""The office enters a comment that came by e-mail, post, fax, in person or at a meeting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations import calendar
from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, Refused
from consultations.forms.recording import RecordCommentForm, shown_wording
from consultations.models import Comment, Consultation
from consultations.models.clock import now
from consultations.selectors.consultations import takes_comments
from consultations.selectors.papers import last_paper_day, takes_entries
from consultations.selectors.recorded import anew, last_recorded
from consultations.services import attachments
from consultations.services.filing import file_comment
from consultations.views.finding import found
from consultations.views.rooms import rooms

# What the address keeps for the next comment; never a name.
KEPT = {
    "channel": "kanal",
    "organisation": "organizacja",
    "way": "spotkanie",
    "arrived_on": "dzien",
}


@access("comment.record")
@require_http_methods(["GET", "HEAD", "POST"])
def record_comment(request: ActingRequest, slug: str) -> HttpResponse:
    """The form; after one comment it comes back for the next, with what the two may share.

    `?od=` begins with what stands in a comment that was entered by mistake.
    """
    consultation = found(request, slug)
    if request.method != "POST":
        kept = {name: request.GET.get(asked) for name, asked in KEPT.items()}
        kept |= anew(consultation, request.GET.get("od", ""))
        form = RecordCommentForm(initial=kept, consultation=consultation)
        form.begin()
        return _page(request, consultation, form)
    if "pokaz" in request.POST:
        return _page(request, consultation, shown_wording(request.POST, consultation))
    form = RecordCommentForm(request.POST, request.FILES, consultation=consultation)
    recorded = _recorded(request, consultation, form)
    if isinstance(recorded, Refused):
        return _page(request, consultation, form, recorded.status)
    sentence = _("Comment %(number)s is recorded. Enter the next one, or leave this page.")
    if recorded.late:
        sentence = _("Comment %(number)s is recorded as late: it came after the last day.")
    messages.success(request, sentence % {"number": recorded.number})
    said_day = form.cleaned_data["arrived_on"] is not None
    return redirect(_next_entry(consultation, recorded, said_day=said_day))


def _recorded(
    request: ActingRequest, consultation: Consultation, form: RecordCommentForm
) -> Comment | Refused:
    """The comment, or the refusal, which then stands on the form."""
    if not form.is_valid():
        return Invalid("")
    scan = form.cleaned_data["file"]
    try:
        file = scan and attachments.examine(scan.name, scan.read(attachments.limit() + 1))
        filed = file_comment(
            consultation,
            form.said(),
            key=form.cleaned_data["key"],
            by=person(request),
            filed_by=form.filed_by,
            sender=form.cleaned_data["sender"],
        )
        if file:  # sent again after a failure here, the same comment gets its scan
            attachments.keep(filed, file, is_scan=True, by=person(request))
    except Refused as refusal:
        form.refuse(refusal)
        return refusal
    return filed


def _next_entry(consultation: Consultation, recorded: Comment, *, said_day: bool) -> str:
    """The same form with what letters of one sender share; a person's name never in an address."""
    came = recorded.arrived_at
    kept = {
        "kanal": recorded.channel,
        "organizacja": recorded.organisation_id,
        "spotkanie": recorded.way_id,
        "dzien": calendar.local_day(came) if came and said_day else None,
    }
    query = urlencode({name: str(value) for name, value in kept.items() if value})
    return f"{reverse('record_comment', args=[consultation.slug])}?{query}"


def _page(
    request: ActingRequest, consultation: Consultation, form: RecordCommentForm, status: int = 200
) -> HttpResponse:
    shown = {
        "consultation": consultation,
        "draft": consultation.draft,
        "form": form,
        "rooms": rooms(request, consultation, "record_comment"),
        "takes_comments": takes_comments(consultation, now()),
        "takes_entries": takes_entries(consultation),
        "last_paper_day": last_paper_day(consultation),
        "whole": _("the whole draft"),
        "last": last_recorded(consultation, person(request)),
    }
    return render(request, "consultations/office/record_comment.html", shown, status=status)

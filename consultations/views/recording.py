"""The office enters a comment that came by e-mail, post, in person or at a meeting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, Refused
from consultations.forms.recording import RecordCommentForm, shown_wording
from consultations.models import Comment, Consultation
from consultations.models.clock import now
from consultations.selectors.consultations import takes_comments
from consultations.selectors.papers import last_paper_day, takes_papers
from consultations.services.comments import file_comment
from consultations.views.finding import found
from consultations.views.rooms import rooms


@access("comment.record")
@require_http_methods(["GET", "HEAD", "POST"])
def record_comment(request: ActingRequest, slug: str) -> HttpResponse:
    """The form; after one comment it comes back for the next, with the channel kept."""
    consultation = found(request, slug)
    if request.method != "POST":
        kept = {"channel": request.GET.get("kanal"), "organisation": request.GET.get("organizacja")}
        form = RecordCommentForm(initial=kept, consultation=consultation)
        return _page(request, consultation, form)
    if "pokaz" in request.POST:
        return _page(request, consultation, shown_wording(request.POST, consultation))
    form = RecordCommentForm(request.POST, consultation=consultation)
    recorded = _recorded(request, consultation, form)
    if isinstance(recorded, Refused):
        return _page(request, consultation, form, recorded.status)
    sentence = _("Comment %(number)s is recorded. Enter the next one, or leave this page.")
    messages.success(request, sentence % {"number": recorded.number})
    return redirect(_next_entry(consultation, recorded))


def _recorded(
    request: ActingRequest, consultation: Consultation, form: RecordCommentForm
) -> Comment | Refused:
    """The comment, or the refusal, which then stands on the form."""
    if not form.is_valid():
        return Invalid("")
    try:
        return file_comment(
            consultation,
            form.said(),
            key=form.cleaned_data["key"],
            by=person(request),
            filed_by=form.filed_by,
            sender=form.cleaned_data["sender"],
        )
    except Refused as refusal:
        form.refuse(refusal)
        return refusal


def _next_entry(consultation: Consultation, recorded: Comment) -> str:
    """The same form with what letters of one sender share; a person's name never in an address."""
    kept = {"kanal": recorded.channel, "organizacja": recorded.organisation_id or ""}
    query = urlencode({name: value for name, value in kept.items() if value})
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
        "takes_papers": takes_papers(consultation, now()),
        "last_paper_day": last_paper_day(consultation),
    }
    return render(request, "consultations/office/record_comment.html", shown, status=status)

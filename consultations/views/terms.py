"""Calendars to subscribe to, for everybody: of one draft, and of all drafts with the sessions."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access
from consultations.limits import limited
from consultations.models import Draft
from consultations.models.clock import now
from consultations.selectors import terms
from consultations.text.formats.ical import MIME, Event, calendar_file
from consultations.views.finding import found


@access("public")
@require_safe
@limited("download")
def draft_calendar(request: ActingRequest, slug: str) -> HttpResponse:
    """The days of one draft and its meetings."""
    one = found(request, slug)
    draft = Draft.objects.filter(pk=one.draft_id)
    shown = [*terms.events(draft), *terms.meetings(draft), *terms.amending(draft)]
    return calendar_answer(one.draft.title, shown, slug)


@access("public")
@require_safe
@limited("download")
def all_calendar(_request: ActingRequest) -> HttpResponse:
    """The days of every draft everybody may see, and the council's sessions."""
    drafts = terms.drafts(None)
    shown = [*terms.events(drafts), *terms.meetings(drafts), *terms.amending(drafts)]
    shown += terms.sessions()
    return calendar_answer(_("Consultations and sessions"), shown, "uwaga")


def calendar_answer(name: str, events: Iterable[Event], file: str) -> HttpResponse:
    """The calendar as an answer."""
    headers = {"Content-Disposition": f'inline; filename="{file}.ics"'}
    written = calendar_file(name, events, stamp=now())
    return HttpResponse(written, content_type=MIME, headers=headers)

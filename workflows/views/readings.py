"""Pages of the readings: off the agenda, the motion for two, each reading, the two deadlines."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.access import ActingRequest, access, person
from consultations.forms.base import refusal_of
from consultations.services import readings
from workflows import services
from workflows.forms import ConfirmForm
from workflows.reading_forms import (
    DeadlinesForm,
    DecideTwoReadingsForm,
    MoveTwoReadingsForm,
    TakeOffAgendaForm,
)
from workflows.views.acting import file_at
from workflows.views.council import answer, file_page

METHODS = ["GET", "HEAD", "POST"]


@access("council_file.take_off_agenda")
@require_http_methods(METHODS)
def take_off_agenda(request: ActingRequest, pk: int) -> HttpResponse:
    """Asks for the reason, then takes the draft off the agenda."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "take_off_agenda")
    form = TakeOffAgendaForm(request.POST)
    refused = refusal_of(
        form, lambda: readings.take_off_agenda(file, **form.cleaned_data, by=actor)
    )
    return answer(request, file, form, refused, _("The draft is off the agenda."))


@access("council_file.move_two_readings")
@require_http_methods(METHODS)
def move_two_readings(request: ActingRequest, pk: int) -> HttpResponse:
    """The motion for two readings."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "move_two_readings")
    form = MoveTwoReadingsForm(request.POST, council_file=file)
    refused = refusal_of(form, lambda: readings.move_two_readings(file, form.motion(), by=actor))
    return answer(request, file, form, refused, _("The motion is filed."))


@access("council_file.decide_two_readings")
@require_http_methods(METHODS)
def decide_two_readings(request: ActingRequest, pk: int) -> HttpResponse:
    """What the council decided on it."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "decide_two_readings")
    form = DecideTwoReadingsForm(request.POST)
    refused = refusal_of(
        form, lambda: services.decide_two_readings(file, accepted=form.accepted, by=actor)
    )
    return answer(request, file, form, refused, _("The decision is recorded."))


@access("council_file.begin_reading")
@require_http_methods(METHODS)
def begin_reading(request: ActingRequest, pk: int) -> HttpResponse:
    """Asks once more, then records that the reading begins."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "begin_reading")
    form = ConfirmForm(request.POST)
    refused = refusal_of(form, lambda: readings.begin_reading(file, by=actor))
    return answer(request, file, form, refused, _("The reading has begun."))


@access("council_file.hold_reading")
@require_http_methods(METHODS)
def hold_reading(request: ActingRequest, pk: int) -> HttpResponse:
    """Asks once more, then closes the only reading."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "hold_reading")
    form = ConfirmForm(request.POST)
    refused = refusal_of(form, lambda: readings.hold_reading(file, by=actor))
    return answer(request, file, form, refused, _("The reading is closed."))


@access("council_file.hold_first_reading")
@require_http_methods(METHODS)
def hold_first_reading(request: ActingRequest, pk: int) -> HttpResponse:
    """Closes the first of two readings, with the two deadlines the chair set."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "hold_first_reading")
    form = DeadlinesForm(request.POST)
    refused = refusal_of(
        form, lambda: services.hold_first_reading(file, form.deadlines(), by=actor)
    )
    return answer(request, file, form, refused, _("The first reading is closed."))


@access("council_file.set_deadlines")
@require_http_methods(METHODS)
def set_deadlines(request: ActingRequest, pk: int) -> HttpResponse:
    """Other last instants for amendments."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "set_deadlines")
    form = DeadlinesForm(request.POST)
    refused = refusal_of(form, lambda: readings.set_deadlines(file, form.deadlines(), by=actor))
    return answer(request, file, form, refused, _("The last instants for amendments are set."))


@access("council_file.hold_second_reading")
@require_http_methods(METHODS)
def hold_second_reading(request: ActingRequest, pk: int) -> HttpResponse:
    """Asks once more, then closes the second reading."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "hold_second_reading")
    form = ConfirmForm(request.POST)
    refused = refusal_of(form, lambda: services.hold_second_reading(file, by=actor))
    return answer(request, file, form, refused, _("The second reading is closed."))

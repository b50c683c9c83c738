"""Forms of the readings: the motion for two, its decision, the two deadlines, off the agenda."""

from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.calendar import WARSAW
from consultations.forms.base import LongText, RefusableForm
from consultations.models import CouncilFile, MotionBy
from consultations.services.readings import Deadlines, Motion, backers_needed
from workflows.forms import DayField


class TakeOffAgendaForm(RefusableForm):
    """Why the draft is taken off the agenda."""

    because = LongText(
        label=gettext_lazy("Why it is taken off the agenda"),
        rows=3,
        help_text=gettext_lazy("Everybody will read the reason."),
        error_messages={
            "required": gettext_lazy("Say why it is taken off the agenda: the reason is public.")
        },
    )


class MoveTwoReadingsForm(RefusableForm):
    """Who moves for two readings, and why."""

    moved_by = forms.ChoiceField(
        label=gettext_lazy("Who moves"),
        choices=MotionBy.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose who moves."),
            "invalid_choice": gettext_lazy("Choose who moves."),
        },
    )
    conditional = ("backers",)
    backers = forms.IntegerField(
        label=gettext_lazy("How many councillors signed"),
        required=False,
        min_value=0,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "min": 0}),
        error_messages={"invalid": gettext_lazy("Enter a whole number.")},
    )
    movers = forms.CharField(
        label=gettext_lazy("Who speaks for the motion"), required=False, max_length=300
    )
    reasons = LongText(
        label=gettext_lazy("Reasons"),
        rows=4,
        help_text=gettext_lazy("Everybody will read the reasons."),
        error_messages={
            "required": gettext_lazy("Give the reasons of the motion: they are public.")
        },
    )

    def __init__(self, *args: Any, council_file: CouncilFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        basis = council_file.draft.procedure.rule("two_readings_percent").legal_basis
        self.fields["backers"].help_text = _(
            "At least %(count)d for a motion of councillors (%(basis)s)."
        ) % {"count": backers_needed(council_file), "basis": basis}

    def motion(self) -> Motion:
        given = self.cleaned_data
        return Motion(**given | {"backers": given["backers"] or 0})


class DecideTwoReadingsForm(RefusableForm):
    """What the council decided on the motion."""

    decision = forms.ChoiceField(
        label=gettext_lazy("What the council decided"),
        choices=[
            ("accepted", gettext_lazy("The motion is accepted: two readings")),
            ("refused", gettext_lazy("The motion is refused: one reading")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what the council decided."),
            "invalid_choice": gettext_lazy("Choose what the council decided."),
        },
    )

    @property
    def accepted(self) -> bool:
        return bool(self.cleaned_data["decision"] == "accepted")


def _time(label: Any) -> forms.TimeField:
    words = {
        "required": gettext_lazy("Enter the time as 17:00."),
        "invalid": gettext_lazy("Enter the time as 17:00."),
    }
    attrs = {"type": "time", "class": "govuk-input--width-5"}
    widget = forms.TimeInput(attrs=attrs, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, error_messages=words)


class DeadlinesForm(RefusableForm):
    """The two last instants, by the clock of Warsaw; the second is never the earlier one."""

    own_day = DayField(label=gettext_lazy("The sponsor's own amendments: until the day"))
    own_time = _time(gettext_lazy("The sponsor's own amendments: until the hour"))
    every_day = DayField(label=gettext_lazy("Other amendments: until the day"))
    every_time = _time(gettext_lazy("Other amendments: until the hour"))

    FIELDS: ClassVar = {"own_amendments_until": "own_time", "amendments_until": "every_time"}

    @staticmethod
    def standing(council_file: CouncilFile) -> dict[str, Any]:
        """The instants as they are set now, for the fields."""
        own, every = council_file.own_amendments_until, council_file.amendments_until
        if own is None or every is None:
            return {}
        own, every = localtime(own, WARSAW), localtime(every, WARSAW)
        return {
            "own_day": own.date(),
            "own_time": own.time(),
            "every_day": every.date(),
            "every_time": every.time(),
        }

    def refuse(self, refusal: Any) -> None:
        """Beside the hour of the instant the refusal speaks of."""
        field = self.FIELDS.get(getattr(refusal, "field", None) or "")
        self.add_error(field, str(refusal))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for name in ("own", "every"):
            day, hour = given.get(f"{name}_day"), given.get(f"{name}_time")
            if day is not None and hour is not None and not _exists(day, hour):
                words = _("This hour does not exist: clocks were put forward that night.")
                self.add_error(f"{name}_time", words)
        return given

    def deadlines(self) -> Deadlines:
        given = self.cleaned_data
        return Deadlines(
            _instant(given["own_day"], given["own_time"]),
            _instant(given["every_day"], given["every_time"]),
        )


def _instant(day: date, hour: time) -> datetime:
    """In the hour that comes twice, the later one: nobody is cut off early."""
    return datetime.combine(day, hour.replace(fold=1), tzinfo=WARSAW)


def _exists(day: date, hour: time) -> bool:
    """Not in the hour that is left out when clocks are put forward."""
    instant = _instant(day, hour)
    return instant.astimezone(UTC).astimezone(WARSAW).time() == hour

"""Forms about the forms of consultation: planning one, cancelling it, entering its minutes."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.forms.base import LongText, RefusableForm
from consultations.models import WayKind
from consultations.models.clock import now
from consultations.models.ways import DATED
from consultations.services.ways import Plan

SHORT = {"class": "govuk-input--width-10"}


def time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", **SHORT}, format="%H:%M"),
        error_messages={"invalid": _("Enter the time as 17:00.")},
    )


class PlanWayForm(RefusableForm):
    """What, where and, for a meeting or hours, when."""

    kind = forms.ChoiceField(
        label=_("Form of consultation"),
        choices=WayKind.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages={
            "required": _("Choose the form of consultation."),
            "invalid_choice": _("Choose the form of consultation."),
        },
    )
    place = forms.CharField(
        label=_("Place or address"),
        max_length=300,
        help_text=_("A room and a street; for e-mail its address, for paper where to bring it."),
        error_messages={"required": _("Say where: a place or an address.")},
    )
    day = forms.DateField(
        label=_("Day"),
        required=False,
        help_text=_("For a meeting, a workshop and expert hours."),
        widget=forms.DateInput(attrs={"type": "date", **SHORT}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a day.")},
    )
    begins = time_field(_("Begins at"))
    ends = time_field(_("Ends at"))

    def clean(self) -> dict[str, Any]:
        """A meeting needs its day and hours, and they lie ahead; a channel has none."""
        given = self.cleaned_data
        if given.get("kind") not in DATED:
            return given
        missing = {
            "day": _("Enter the day."),
            "begins": _("Say when it begins."),
            "ends": _("Say when it ends."),
        }
        for name, sentence in missing.items():
            if name not in self.errors and not given.get(name):
                self.add_error(name, sentence)
        if not self.errors:
            self._check_order(given["day"], given["begins"], given["ends"])
        return given

    def _check_order(self, day: date, begins: time, ends: time) -> None:
        if ends <= begins:
            self.add_error("ends", _("It ends before it begins."))
        if _instant(day, begins) <= now():
            self.add_error("day", _("This time has passed: plan it ahead."))

    def plan(self) -> Plan:
        given = self.cleaned_data
        if given["kind"] not in DATED:
            return Plan(given["kind"], given["place"])
        begins, ends = (_instant(given["day"], given[name]) for name in ("begins", "ends"))
        return Plan(given["kind"], given["place"], begins, ends)


def _instant(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=calendar.WARSAW)


class BecauseForm(RefusableForm):
    """An act that needs nothing but a public reason."""

    because = LongText(
        label=_("Reason"),
        rows=4,
        help_text=_("Everybody will read it."),
        error_messages={"required": _("Give the reason: everybody will read it.")},
    )


class RecordMeetingForm(RefusableForm):
    """How many came, and the minutes."""

    attendance = forms.IntegerField(
        label=_("How many came"),
        min_value=0,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={
            "required": _("Enter how many people came; 0 when nobody did."),
            "invalid": _("Enter a whole number."),
            "min_value": _("Enter a whole number, 0 or more."),
            "max_value": _("This number is too large."),
        },
    )
    minutes = LongText(
        label=_("Minutes"),
        rows=12,
        help_text=_(
            "What was said and agreed. They become public: leave out names of private persons who"
            " did not agree to be named."
        ),
        error_messages={"required": _("Enter the minutes: they belong to the record.")},
    )

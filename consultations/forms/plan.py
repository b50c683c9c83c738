"""Forms of the plan: a day moved, a session entered, changed or cancelled."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations import wording
from consultations.forms.base import LongText, RefusableForm
from consultations.plan import Step

DAY = {"type": "date", "class": "govuk-input--width-10"}


def day_field(label: Any) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter a day.")},
    )


def because_field() -> LongText:
    return LongText(
        label=_("Reason"),
        rows=4,
        help_text=_("Everybody will read it."),
        error_messages={"required": _("Give the reason: everybody will read it.")},
    )


class MoveDayForm(RefusableForm):
    """Which day of the plan, to when, and why."""

    step = forms.ChoiceField(
        label=_("Which day"),
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages={
            "required": _("Choose the day you move."),
            "invalid_choice": _("Choose the day you move."),
        },
    )
    day = day_field(_("New day"))
    because = because_field()

    def __init__(self, *args: Any, steps: list[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["step"]
        field.choices = [(str(step), str(wording.STEPS[step])) for step in steps]


class AddSessionForm(RefusableForm):
    """Number, day and place of a session."""

    number = forms.CharField(
        label=_("Number of the session"),
        max_length=20,
        help_text=_("For example XXX."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"required": _("Enter the number of the session.")},
    )
    day = day_field(_("Day"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)


class ChangeSessionForm(AddSessionForm):
    """The same, and why it changes."""

    because = because_field()

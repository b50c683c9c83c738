"""Forms of opinions: asking for one, entering one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.forms.base import LongText, RefusableForm
from consultations.models import OpinionBody, OpinionOutcome
from consultations.models.clock import now

SMALL = {"class": "govuk-radios--small"}


class RequestOpinionForm(RefusableForm):
    """Whom the draft was delivered to, and when."""

    body = forms.ChoiceField(
        label=_("Body"),
        choices=OpinionBody.choices,
        widget=forms.RadioSelect(attrs=SMALL),
        error_messages={
            "required": _("Choose the body."),
            "invalid_choice": _("Choose the body."),
        },
    )
    body_name = forms.CharField(
        label=_("Full name of the body"),
        max_length=200,
        required=False,
        help_text=_("For a committee or a commission, as in its statute."),
    )
    delivered_on = forms.DateField(
        label=_("Delivered on"),
        help_text=_("The public-benefit council's days run from here (art. 41i ust. 2)."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter the day.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delivered_on"].initial = calendar.local_day(now())


class GiveOpinionForm(RefusableForm):
    """The outcome, and the remarks as they were given."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=OpinionOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the outcome."),
            "invalid_choice": _("Choose the outcome."),
        },
    )
    remarks = LongText(
        label=_("Remarks"),
        rows=8,
        required=False,
        help_text=_("Everybody will read them, and they go to the council with the draft."),
    )

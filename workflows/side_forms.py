"""Forms of the acts beside the next step."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.forms.base import LongText, RefusableForm
from consultations.forms.ways import BecauseForm
from consultations.models import Consultation
from consultations.services.consultations import CORRECTABLE
from workflows.forms import DayField


class ProlongConsultationForm(BecauseForm):
    """The new last day and the public reason."""

    last_day = DayField(label=gettext_lazy("New last day for comments"))
    field_order = ("last_day", "because")


class CorrectNoticeForm(BecauseForm):
    """The correctable parts of the notice as they stand, and what is corrected and why."""

    purpose = LongText(label=gettext_lazy("Purpose"), rows=4)
    host = forms.CharField(label=gettext_lazy("Host"), max_length=200)
    contact = forms.CharField(label=gettext_lazy("Contact"), max_length=200)
    posted_at = LongText(label=gettext_lazy("Where the notice is posted"), rows=3, required=False)
    field_order = ("purpose", "host", "contact", "posted_at", "because")

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        self.standing = {name: str(getattr(consultation, name)) for name in sorted(CORRECTABLE)}
        kwargs["initial"] = self.standing
        super().__init__(*args, **kwargs)
        self.fields["because"].label = _("What is corrected, and why")

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.corrections():
            raise forms.ValidationError(_("Nothing is changed: correct at least one part."))
        return self.cleaned_data

    def corrections(self) -> dict[str, str]:
        """The parts that now say something else."""
        given = self.cleaned_data
        return {name: given[name] for name, old in self.standing.items() if given[name] != old}


class CaseNumberForm(RefusableForm):
    """The number of the city's records system (EZD)."""

    case_number = forms.CharField(
        label=gettext_lazy("Case number"),
        max_length=60,
        help_text=gettext_lazy(
            "As the records system (EZD) gives it, for example SO-05.524.1.2026."
        ),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the case number.")},
    )

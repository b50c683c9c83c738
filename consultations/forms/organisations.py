"""Forms about organisations: their data, asking for a mandate, refusing one."""

from datetime import MAXYEAR, date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.forms.base import LongText, RefusableForm
from consultations.models import LegalForm, Mandate, Organisation
from consultations.models.clock import now
from consultations.services.organisations import NUMBERS, Data

SHORT = {"class": "govuk-input--width-20", "autocomplete": "off"}
# art. 3 ust. 2: non-governmental organisations; art. 3 ust. 3: entities equated with them.
NGOS = (LegalForm.ASSOCIATION, LegalForm.FOUNDATION)
FORMS = [
    (_("non-governmental organisations"), [(one.value, one.label) for one in NGOS]),
    (
        _("equated entities"),
        [(one.value, one.label) for one in LegalForm if one not in NGOS],
    ),
]


def number_field(label: str, help_text: Any) -> forms.CharField:
    """A number as people type it: with blanks and dashes, none of them counted."""
    widget = forms.TextInput(attrs=SHORT)
    return forms.CharField(
        label=label, required=False, max_length=40, help_text=help_text, widget=widget
    )


class OrganisationForm(RefusableForm):
    """Name, legal form and numbers; the numbers may have blanks and dashes."""

    name = forms.CharField(
        label=_("Full name, as in the register"),
        max_length=200,
        error_messages={"required": _("Write the full name, as in the register.")},
    )
    legal_form = forms.ChoiceField(
        label=_("Legal form"),
        choices=[("", _("choose…")), *FORMS],
        error_messages={
            "required": _("Choose one of the legal forms."),
            "invalid_choice": _("Choose one of the legal forms."),
        },
    )
    krs = number_field("KRS", _("Ten digits, if it stands in the register of courts."))
    nip = number_field("NIP", _("Ten digits."))
    regon = number_field("REGON", _("Nine or fourteen digits."))

    def data_given(self) -> Data:
        """What the service takes."""
        names = ("name", "legal_form", *NUMBERS)
        return Data(**{name: self.cleaned_data[name] for name in names})

    @classmethod
    def filled(cls, organisation: Organisation) -> "OrganisationForm":
        """With the data as they stand."""
        names = ("name", "legal_form", *NUMBERS)
        return cls(initial={name: getattr(organisation, name) for name in names})


class MandateForm(RefusableForm):
    """Which function, on what basis, until when."""

    kind = forms.ChoiceField(
        label=_("Your function"),
        choices=[
            (Mandate.Kind.DRAFTER.value, _("drafter: prepares comments")),
            (Mandate.Kind.SIGNATORY.value, _("signatory: also files them")),
        ],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages={
            "required": _("Choose the function: drafter or signatory."),
            "invalid_choice": _("Choose the function: drafter or signatory."),
        },
    )
    basis = LongText(
        label=_("On what basis"),
        rows=3,
        help_text=_("For example: entry in KRS, resolution of the board, power of attorney."),
        error_messages={
            "required": _(
                "Say on what basis, for example: entry in KRS, resolution, power of attorney."
            )
        },
    )
    last_day = forms.DateField(
        label=_("Until when"),
        required=False,
        help_text=_("The last day. Leave it empty if the mandate has no end."),
        widget=forms.DateInput(
            attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"
        ),
        error_messages={"invalid": _("Enter the day.")},
    )

    def clean_last_day(self) -> date | None:
        """A day that has begun to pass cannot be the last one; nor one no calendar holds."""
        day: date | None = self.cleaned_data["last_day"]
        if day is not None and day < calendar.local_day(now()):
            raise forms.ValidationError(_("The last day lies in the past."))
        if day is not None and day.year == MAXYEAR:
            raise forms.ValidationError(_("Enter the day."))
        return day

    def refuse(self, refusal: Any) -> None:
        """The service speaks of the instant, the form of the day."""
        if getattr(refusal, "field", None) == "until":
            refusal.field = "last_day"
        super().refuse(refusal)

    def mandate_given(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        return {"kind": given["kind"], "basis": given["basis"], "until": self._until()}

    def _until(self) -> datetime | None:
        last_day = self.cleaned_data["last_day"]
        return calendar.end_of(last_day) if last_day else None


class RegisterForm(MandateForm, OrganisationForm):
    """A new organisation, and the mandate the person asks for in it."""

    field_order = ("name", "legal_form", *NUMBERS, "kind", "basis", "last_day")


class RefuseMandateForm(RefusableForm):
    """Why a mandate is refused."""

    because = LongText(
        label=_("Why the mandate is refused"),
        rows=4,
        help_text=_("The person will read it."),
        error_messages={"required": _("Say why: the person will read it.")},
    )

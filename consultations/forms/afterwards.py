"""Forms of what comes after the adoption."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.base import RefusableForm
from consultations.forms.plan import day_field


class EnterIntoForceForm(RefusableForm):
    """Since when."""

    day = day_field(_("Day of entry into force"))


class ExecutionReportForm(RefusableForm):
    """When it was filed, where it stands, and which document it is."""

    filed_on = day_field(_("Day on which it was filed"))
    address = forms.CharField(
        label=_("Address or position"),
        max_length=500,
        help_text=_("The address of the page in BIP, or the number under which it was filed."),
        error_messages={"required": _("Enter the address or position.")},
    )
    sha256 = forms.CharField(
        label=_("SHA-256 of the document (optional)"),
        max_length=64,
        required=False,
        help_text=_("So that everybody can check that the document was not exchanged."),
    )

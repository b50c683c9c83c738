"""Asking for one's data to be erased, and deciding on it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.base import LongText, RefusableForm


class AskErasureForm(RefusableForm):
    """That it cannot be undone is confirmed, and that something stays."""

    understood = forms.BooleanField(
        label=_("I understand what goes, what stays, and that it cannot be undone."),
        error_messages={"required": _("Confirm that you understand what goes and what stays.")},
    )


class DecideErasureForm(RefusableForm):
    """The reason, which she reads; it stays in the record, so it names nobody."""

    because = LongText(
        label=_("Reason"),
        rows=3,
        help_text=_("The person reads it in a letter. It stays in the record: name nobody."),
        error_messages={"required": _("Write the reason: the person will read it.")},
    )

"""The form of a saved phrase."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.base import LongText, RefusableForm
from consultations.selectors.phrases import outcomes


class PhraseForm(RefusableForm):
    """Name, text and the outcome it belongs to; `version` is what the person looked at."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("By it you find the phrase when you answer."),
        error_messages={"required": _("Give the phrase a name.")},
    )
    text = LongText(
        label=_("Text"),
        rows=8,
        help_text=_("Leave personal data out: the text goes into public answers."),
        error_messages={"required": _("Write the text of the phrase.")},
    )
    outcome = forms.ChoiceField(
        label=_("Outcome it belongs to"),
        required=False,
        error_messages={"invalid_choice": _("Choose the outcome.")},
    )
    version = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["outcome"]
        field.choices = [("", _("any")), *outcomes()]

    @property
    def said(self) -> dict[str, str]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in ("name", "text", "outcome")}

"""Forms of the inbox, and of the office's letters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.base import LongText, RefusableForm


class ReadAllForm(forms.Form):
    """Up to which notice everything has been read: what comes later was not on the page."""

    upto = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class CoveringNoteForm(RefusableForm):
    """A few words to the author, above the answer in her letter."""

    note = LongText(
        label=_("Note to the author"),
        rows=3,
        required=False,
        help_text=_("It stands at the top of the letter and nowhere else. Empty it to send none."),
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class EditLetterForm(RefusableForm):
    """Subject and text of one letter; `version` is the version the person looked at."""

    subject = forms.CharField(
        label=_("Subject"),
        max_length=150,
        error_messages={"required": _("A letter needs a subject and a text.")},
    )
    body = LongText(
        label=_("Text"),
        rows=14,
        error_messages={"required": _("A letter needs a subject and a text.")},
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

"""What to look for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.text.folding import terms

LONGEST, SHORTEST = 100, 2


class SearchForm(forms.Form):
    """Words, at least two characters of them."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"required": _("Write what you are looking for.")},
    )

    def clean_q(self) -> str:
        said: str = self.cleaned_data["q"]
        asked = terms(said)
        if not any(len(one) >= SHORTEST or one.isdecimal() for one in asked):
            raise forms.ValidationError(_("Write at least two letters, or a number."))
        return said

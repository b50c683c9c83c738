"""Which entries of the record to show: the filters in the address."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations import wording
from consultations.selectors.journal import GROUPS
from consultations.selectors.journal_file import Filter

YEARS = (date(2000, 1, 1), date(2199, 12, 31))


def day_field(label: Any) -> forms.DateField:
    """A day of a year the record can be from."""
    words = {"invalid": _("Enter a day, for example 2026-10-05.")}
    widget = forms.DateInput(attrs={"type": "date", "class": "uw-short"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, error_messages=words)


class JournalFilterForm(forms.Form):
    """All of it may be left out."""

    rodzaj = forms.ChoiceField(
        label=_("About"), required=False, choices=[("", _("everything")), *GROUPS.items()]
    )
    od = day_field(_("From"))
    do = day_field(_("To"))
    rola = forms.ChoiceField(
        label=_("Who"), required=False, choices=[("", _("everybody")), *wording.ROLES.items()]
    )
    uwaga = forms.IntegerField(
        label=_("Number of a comment"),
        required=False,
        min_value=1,
        max_value=999_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "uw-short"}),
    )

    def clean_od(self) -> date | None:
        return _of_our_years(self.cleaned_data["od"])

    def clean_do(self) -> date | None:
        return _of_our_years(self.cleaned_data["do"])

    @property
    def filter(self) -> Filter:
        """What could be read of the address; a wrong field asks for nothing."""
        self.is_valid()
        said = self.cleaned_data
        return Filter(
            group=said.get("rodzaj", ""),
            first=said.get("od"),
            last=said.get("do"),
            role=said.get("rola", ""),
            comment=said.get("uwaga"),
        )


def _of_our_years(day: date | None) -> date | None:
    if day is not None and not YEARS[0] <= day <= YEARS[1]:
        raise forms.ValidationError(_("Enter a day, for example 2026-10-05."))
    return day

"""Forms of the register: adding a document."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.base import RefusableForm
from consultations.models import Document, DocumentKind

LONGEST_SLUG = 80
_NO_ACCENT = str.maketrans("łŁ", "lL")


def proposed_slug(title: str) -> str:
    """An address made from the title: «Program współpracy 2027» gives `program-wspolpracy-2027`."""
    plain = unicodedata.normalize("NFKD", title.translate(_NO_ACCENT))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST_SLUG]
        if len(longer) > LONGEST_SLUG:
            break
        slug = longer
    return slug


class SeveralField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # not at run time
    """A number too long for its column is no choice, and no error of the database either."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError(_("Choose from the list."), "invalid_choice") from None


class AddDocumentForm(RefusableForm):
    """A document for the register and how it relates to the others."""

    kind = forms.ChoiceField(
        label=_("Kind of document"), choices=DocumentKind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("Title"), max_length=300)
    period = forms.CharField(
        label=_("Period"),
        max_length=20,
        required=False,
        help_text=_("For example 2027 or 2025–2028."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    slug = forms.SlugField(
        label=_("Address"),
        max_length=LONGEST_SLUG,
        required=False,
        help_text=_(
            "Letters without accents, digits and hyphens. Leave it empty to have it made from the"
            " title."
        ),
    )
    part_of = forms.ModelChoiceField(
        label=_("Is part of"),
        queryset=Document.objects.all(),
        required=False,
        empty_label=_("no other document"),
    )
    carries_out = SeveralField(
        label=_("Carries out"),
        queryset=Document.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The documents whose goals and tasks it takes over."),
    )

    def clean(self) -> dict[str, Any]:
        """An address nobody typed comes from the title."""
        given = self.cleaned_data
        if "title" in given and not given.get("slug") and "slug" not in self.errors:
            given["slug"] = proposed_slug(given["title"])
            if not given["slug"]:
                self.add_error("slug", _("Write the address: the title has no letters for one."))
        return given

    def show_slug(self) -> None:
        """Put the proposed address into the field, so that it can be corrected."""
        self.put(slug=self.cleaned_data.get("slug", ""))

"""Which public comments to list: the filters in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation
from consultations.selectors import listing
from consultations.selectors.listing import Asked, From
from consultations.text.folding import terms

LONGEST = 100
LARGEST = 10**9
WRONG = {"invalid_choice": _("There is nothing of the kind here. Choose from the list.")}


def choice(label: Any) -> forms.ChoiceField:
    """A filter that may be left out; what it offers is read when the form is made."""
    return forms.ChoiceField(label=label, required=False, error_messages=WRONG)


class ListFilterForm(forms.Form):
    """All of it may be left out."""

    szukaj = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search", "class": "uw-short"}),
    )
    przepis = choice(_("Provision"))
    organizacja = choice(_("Whose"))
    rodzaj = choice(_("Kind"))
    stan = choice(_("State or outcome"))

    def __init__(self, sent: Any, *, consultation: Consultation) -> None:
        super().__init__(sent)
        self._offer("przepis", listing.places(consultation, sent.get("przepis", "")))
        self._offer("organizacja", listing.organisations(consultation))
        self._offer("rodzaj", listing.kinds())
        self._offer("stan", listing.standings(consultation))

    def _offer(self, name: str, choices: list[listing.Choice]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("all")), *choices]
        field.widget.attrs["class"] = "uw-short"

    @property
    def asked(self) -> Asked:
        """What can be read of it; a wrong filter narrows nothing, and says so."""
        self.is_valid()
        given = self.cleaned_data
        return Asked(
            terms(given.get("szukaj", "")),
            given.get("przepis", ""),
            given.get("organizacja", ""),
            given.get("rodzaj", ""),
            given.get("stan", ""),
        )


def begin(sent: Any) -> From:
    """Where the page begins: `?po=`, `?przed=`, `?od=` a number, or `?koniec`."""
    return From(
        after=_number(sent.get("po", "")),
        before=_number(sent.get("przed", "")),
        at=_number(sent.get("od", "")),
        last="koniec" in sent,
    )


def _number(text: str) -> int | None:
    """The number that is written; None for anything else."""
    if not (text.isascii() and text.isdecimal()):
        return None
    return min(int(text[:12]), LARGEST)

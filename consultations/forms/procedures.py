"""A new version of the rules: each figure with its value and legal basis, the day, the reason."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import figures
from consultations.errors import Refused, SeveralInvalid
from consultations.forms.base import LongText, RefusableForm
from consultations.models import Procedure, Rule
from consultations.services.procedures import LONGEST_BASIS, Given

NAMED = {"class": "govuk-input--width-10"}


class ProposeProcedureForm(RefusableForm):
    """The figures as they stand; what is changed makes the new version."""

    valid_from = forms.DateField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Cycles that run keep the version they began with."),
        widget=forms.DateInput(attrs={"type": "date", **NAMED}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Enter the day."),
            "invalid": gettext_lazy("Enter a day."),
        },
    )
    because = LongText(
        label=gettext_lazy("Reason"),
        rows=4,
        help_text=gettext_lazy("What changed in the law. Everybody will read it."),
        error_messages={"required": gettext_lazy("Give the reason: everybody will read it.")},
    )

    def __init__(self, *args: Any, base: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = list(base.rules.order_by("pk"))
        for rule in self.standing:
            self.fields[f"value_{rule.key}"] = _value_field(rule)
            self.fields[f"basis_{rule.key}"] = _basis_field(rule)
            self.fields[f"holds_{rule.key}"] = _holds_field()
            self.fields[f"confirmed_{rule.key}"] = _confirmed_field(rule)

    def rows(self) -> Iterator[tuple[str, Any, Any, Any, Any]]:
        """Of each figure its name and four fields."""
        for rule in self.standing:
            value, basis, holds, confirmed = (
                self[f"{kind}_{rule.key}"] for kind in ("value", "basis", "holds", "confirmed")
            )
            yield figures.name(rule.key), value, basis, holds, confirmed

    def refuse(self, refusal: Refused) -> None:
        """Each fault at its own field."""
        if isinstance(refusal, SeveralInvalid):
            for field, sentence in refusal.faults.items():
                self.add_error(field, str(sentence))
        else:
            super().refuse(refusal)

    def given(self) -> dict[str, Given]:
        """The figures as they were sent."""
        sent = self.cleaned_data
        return {
            rule.key: Given(
                sent[f"value_{rule.key}"],
                sent[f"basis_{rule.key}"],
                sent[f"confirmed_{rule.key}"],
                sent[f"holds_{rule.key}"],
            )
            for rule in self.standing
        }


def _value_field(rule: Rule) -> forms.Field:
    label = _("Value")
    choices = _choices(rule)
    if choices:
        return forms.ChoiceField(
            label=label,
            initial=rule.value,
            choices=choices,
            error_messages={"invalid_choice": _("Choose one of the values.")},
        )
    words = {"required": _("Enter the value: %(figure)s.") % {"figure": figures.name(rule.key)}}
    return forms.CharField(
        label=label,
        initial=rule.value,
        max_length=figures.LONGEST,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
        error_messages=words,
    )


def _choices(rule: Rule) -> list[tuple[str, Any]]:
    if rule.unit == "rule":
        return list(figures.MAJORITIES.items())
    if rule.unit == "readings":
        return [(one, figures.in_words(one, rule.unit)) for one in figures.READINGS]
    return []


def _basis_field(rule: Rule) -> forms.Field:
    name = figures.name(rule.key)
    return forms.CharField(
        label=_("Legal basis"),
        initial=rule.legal_basis,
        max_length=LONGEST_BASIS,
        error_messages={"required": _("Name the legal basis: %(figure)s.") % {"figure": name}},
    )


def _holds_field() -> forms.Field:
    return forms.BooleanField(
        label=_("The value changes, the legal basis still holds"), required=False
    )


def _confirmed_field(rule: Rule) -> forms.Field:
    return forms.BooleanField(
        label=_("Confirmed in the text of the law"),
        initial=rule.confirmed,
        required=False,
    )

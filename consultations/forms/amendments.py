"""Forms of amendments: filing one on chosen provisions, settling it, writing it down by hand."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from consultations.errors import Refused
from consultations.forms.base import LongText, RefusableForm
from consultations.models import Amendment, AmendmentKind, MoverKind, Wording
from consultations.models.amendments import How
from consultations.services.amendments import Filed, Place, Totals
from consultations.text.typography import typo

CHOOSE = gettext_lazy("Choose who moves it.")


class FileAmendmentForm(RefusableForm):
    """Who moves it and why, and for each chosen provision what becomes of it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=AmendmentKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the kind of amendment."),
            "invalid_choice": gettext_lazy("Choose the kind of amendment."),
        },
    )
    mover = forms.ChoiceField(
        label=gettext_lazy("Who moves it"),
        choices=MoverKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    conditional = ("mover_name",)
    mover_name = forms.CharField(
        label=gettext_lazy("Name of the councillor, group or committee"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Everybody will read it. Of the President it is not needed."),
    )
    reasons = LongText(
        label=gettext_lazy("Reasons"),
        rows=4,
        error_messages={"required": gettext_lazy("Give the reasons: everybody will read them.")},
    )

    def __init__(self, *args: Any, wordings: Sequence[Wording], only_own: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.wordings = list(wordings)
        if only_own:
            own = [one for one in AmendmentKind.choices if one[0] == AmendmentKind.OWN]
            president = [one for one in MoverKind.choices if one[0] == MoverKind.PRESIDENT]
            fields: Any = self.fields
            fields["kind"].choices, fields["kind"].initial = own, AmendmentKind.OWN
            fields["mover"].choices, fields["mover"].initial = president, MoverKind.PRESIDENT
        for one in self.wordings:
            self._add(one)

    def _add(self, one: Wording) -> None:
        key = str(one.provision.key)
        choose = _("Choose what becomes of the provision.")
        self.fields[f"how_{key}"] = forms.ChoiceField(
            label=typo(_("What becomes of %(place)s") % {"place": one.citation}),
            choices=How.choices,
            initial=How.CHANGE,
            widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
            error_messages={"required": choose, "invalid_choice": choose},
        )
        self.fields[f"number_{key}"] = forms.CharField(
            label=_("Number, for a new provision"),
            required=False,
            max_length=20,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        )
        self.fields[f"heading_{key}"] = forms.CharField(
            label=_("Heading"), required=False, max_length=500, initial=one.heading
        )
        self.fields[f"text_{key}"] = LongText(
            label=_("Proposed wording"), rows=5, required=False, initial=one.text
        )

    def chosen(self) -> list[dict[str, Any]]:
        """The fields of each provision together, for the page."""
        return [
            {
                "wording": one,
                "fields": [
                    self[f"{name}_{one.provision.key}"]
                    for name in ("how", "number", "heading", "text")
                    if name != "heading" or one.heading or self.is_bound
                ],
            }
            for one in self.wordings
        ]

    def filed(self) -> Filed:
        given = self.cleaned_data
        return Filed(*(given[name] for name in ("kind", "mover", "mover_name", "reasons")))

    def places(self) -> list[Place]:
        given = self.cleaned_data
        return [
            Place(
                one.provision.key,
                **{
                    name: given[f"{name}_{one.provision.key}"]
                    for name in ("how", "heading", "text", "number")
                },
            )
            for one in self.wordings
        ]

    def refuse(self, refusal: Refused) -> None:
        """What is wrong with a provision stands beside its wording."""
        field = getattr(refusal, "field", None)
        known = f"text_{field}" if f"text_{field}" in self.fields else field
        self.add_error(known if known in self.fields else None, str(refusal))


class SettleAmendmentForm(RefusableForm):
    """The council's vote on it, where it is known; and that two in conflict were both adopted."""

    despite = forms.TypedMultipleChoiceField(
        label=gettext_lazy("In conflict with it and adopted already"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    votes_for, votes_against, abstained = (
        forms.IntegerField(
            label=label,
            required=False,
            min_value=0,
            widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "min": 0}),
            error_messages={"invalid": gettext_lazy("Enter a whole number.")},
        )
        for label in (
            pgettext_lazy("total", "For"),
            pgettext_lazy("total", "Against"),
            pgettext_lazy("total", "Abstained"),
        )
    )
    TOTALS = ("votes_for", "votes_against", "abstained")

    def __init__(self, *args: Any, adopted: Sequence[Amendment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(adopted)

    def offer(self, adopted: Sequence[Amendment]) -> None:
        """Those in conflict with it that are adopted: the box that says it is meant."""
        fields: Any = self.fields
        words = _("The council adopted both this one and no. %(number)s.")
        fields["despite"].choices = [(one.pk, words % {"number": one.number}) for one in adopted]

    def clean(self) -> dict[str, Any]:
        """All three totals or none."""
        given = self.cleaned_data
        missing = [name for name in self.TOTALS if given.get(name) is None]
        wrong = any(name in self.errors for name in self.TOTALS)
        if not wrong and 0 < len(missing) < len(self.TOTALS):
            self.add_error(missing[0], _("Enter all three totals, or none of them."))
        return given

    def totals(self) -> Totals | None:
        given = [self.cleaned_data.get(name) for name in self.TOTALS]
        return None if given[0] is None else Totals(*(int(one or 0) for one in given))


class WithdrawAmendmentForm(RefusableForm):
    """Nothing to fill in: that its mover withdrew it is confirmed."""


class MergeAmendmentForm(RefusableForm):
    """Nothing to fill in: writing it into the text is confirmed."""


class MergeByHandForm(RefusableForm):
    """The words as they are to stand; or, with no words to write, why not."""

    heading = forms.CharField(label=gettext_lazy("Heading"), required=False, max_length=500)
    text = LongText(label=gettext_lazy("Wording"), rows=8, required=False)
    because = LongText(
        label=gettext_lazy("Or why nothing is written"),
        rows=2,
        required=False,
        help_text=gettext_lazy(
            "Where another amendment took the provision out. Everybody will read it."
        ),
    )
    revision = forms.IntegerField(
        required=False,
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={"invalid": gettext_lazy("This form has grown old. Please send it again.")},
    )

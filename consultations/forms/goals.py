"""What the office sends about goals: marks in a text, words entered by hand, what each serves."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.base import LongText, RefusableForm
from consultations.models import GoalKind
from consultations.selectors.alignment import Group
from consultations.selectors.goals import Candidate
from consultations.services.goals import LONGEST_LABEL, Mark


class MarkGoalsForm(RefusableForm):
    """For each provision on the page what it is; `seen` is the sign of what was marked then."""

    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, candidates: Sequence[Candidate], seen: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        self.fields["seen"].initial = seen
        for one in candidates:
            kind, label = _names(one)
            self.fields[kind] = _kind_field(one)
            self.fields[label] = _label_field(one)

    def rows(self) -> Iterator[tuple[Candidate, Any, Any]]:
        """Each provision with the two fields that speak of it."""
        for one in self.candidates:
            kind, label = _names(one)
            yield one, self[kind], self[label]

    def marks(self) -> dict[uuid.UUID, Mark | None]:
        given = self.cleaned_data
        return {one.wording.provision.key: _mark(given, *_names(one)) for one in self.candidates}


def _names(one: Candidate) -> tuple[str, str]:
    key = one.wording.provision.key.hex
    return f"kind_{key}", f"label_{key}"


def _kind_field(one: Candidate) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("What it is"),
        required=False,
        choices=[("", _("neither")), *GoalKind.choices],
        initial=one.goal.kind if one.goal else one.proposed,
    )


def _label_field(one: Candidate) -> forms.CharField:
    return forms.CharField(
        label=_("Number"),
        required=False,
        max_length=LONGEST_LABEL,
        initial=one.goal.label if one.goal else "",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10"}),
    )


def _mark(given: dict[str, Any], kind: str, label: str) -> Mark | None:
    return Mark(given[kind], given[label]) if given[kind] else None


class AddGoalForm(RefusableForm):
    """A goal or task of a document whose text is not here."""

    kind = forms.ChoiceField(
        label=_("What it is"), choices=GoalKind.choices, widget=forms.RadioSelect
    )
    label = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=LONGEST_LABEL,
        help_text=_("As the document has it, for example Goal 2.1."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10"}),
    )
    title = LongText(label=_("Words"), rows=3, help_text=_("At most 500 characters."))


class LinkGoalsForm(RefusableForm):
    """The goals of each higher document, to be ticked."""

    def __init__(
        self, *args: Any, groups: Sequence[Group], served: set[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {one.goal.pk: one.goal for group in groups for one in group.goals}
        for group in groups:
            own = [one.goal.pk for one in group.goals]
            self.fields[f"document_{group.document.pk}"] = forms.TypedMultipleChoiceField(
                label=group.document.title,
                required=False,
                coerce=int,
                choices=[(one.goal.pk, one.whole) for one in group.goals],
                initial=[pk for pk in own if pk in served],
                widget=forms.CheckboxSelectMultiple,
            )

    def chosen(self) -> list[Any]:
        """The goals ticked, of all documents together."""
        ticked = {pk for given in self.cleaned_data.values() for pk in given}
        return [goal for pk, goal in self.offered.items() if pk in ticked]

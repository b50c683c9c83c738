"""The form that says who signs for an absent head of unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.base import RefusableForm
from consultations.models import Actor
from consultations.selectors import substitutes as selected

DAY = {"required": _("Enter the day."), "invalid": _("Enter the day.")}


def day_field(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=DAY)


class SubstituteForm(RefusableForm):
    """Who is absent, who signs instead, from which day to which."""

    absent = forms.TypedChoiceField(
        label=_("Who is absent"),
        coerce=int,
        error_messages={"required": _("Choose a person."), "invalid_choice": _("Choose a person.")},
    )
    substitute = forms.TypedChoiceField(
        label=_("Who signs instead"),
        coerce=int,
        help_text=_("An officer or another head of unit. Nobody approves an answer of their own."),
        error_messages={"required": _("Choose a person."), "invalid_choice": _("Choose a person.")},
    )
    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.actor_id: one.actor for one in selected.candidates()}
        choose = ("", _("choose…"))
        absent: Any = self.fields["absent"]
        absent.choices = [choose, *selected.named(selected.heads())]
        absent.initial = actor.pk
        substitute: Any = self.fields["substitute"]
        substitute.choices = [choose, *selected.named(selected.candidates())]

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        said = self.cleaned_data
        return {
            "absent": self.people[said["absent"]],
            "by_whom": self.people[said["substitute"]],
            "days": (said["first_day"], said["last_day"]),
        }

"""Forms are drawn by our own field template: label, hint, error, control, in that order."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consultations.models import User


class UwagaRenderer(TemplatesSetting):
    form_template_name = "uwaga/form.html"
    field_template_name = "uwaga/field.html"


class NameForm(forms.Form):
    """What a new account says about a person besides the address."""

    name = forms.CharField(
        label=_("Name and surname"),
        max_length=150,
        required=False,
        help_text=_(
            "Only the office that answers comments sees it. Others see it only beside a comment"
            " with which you choose to show it."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: Any) -> None:  # noqa: ARG002 - allauth's signature
        """Called once the account has been written."""
        User.objects.filter(pk=user.pk).update(name=self.cleaned_data["name"].strip())

"""allauth's forms in our words: an address, a code, and a name when an account is new."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

WIDTH = "govuk-input--width-30"


def _address(form: Any) -> None:
    field = form.fields["email"]
    field.label = _("E-mail address")
    field.widget = forms.EmailInput(
        attrs={"autocomplete": "email", "spellcheck": "false", "class": WIDTH}
    )


def _code(form: Any) -> None:
    attributes = {
        "autocomplete": "one-time-code",
        "inputmode": "numeric",
        "class": "uw-code",
        "spellcheck": "false",
    }
    form.fields["code"].label = _("Code from the e-mail")
    form.fields["code"].help_text = _("Six digits.")
    form.fields["code"].widget = forms.TextInput(attrs=attributes)


class RequestLoginCodeForm(allauth_forms.RequestLoginCodeForm):  # type: ignore[misc] # no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self)
        self.fields["email"].help_text = _("We will send a code there. There are no passwords.")


class ConfirmLoginCodeForm(allauth_forms.ConfirmLoginCodeForm):  # type: ignore[misc] # no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self)


class ConfirmEmailVerificationCodeForm(allauth_forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc] # no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self)


class SignupForm(allauth_forms.SignupForm):  # type: ignore[misc] # no types
    """An address is enough; the name is for the office, which answers people by name."""

    name = forms.CharField(
        label=_("Name and surname"),
        max_length=150,
        required=False,
        help_text=_("Only the office that answers comments sees it. Public pages do not show it."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": WIDTH}),
    )
    field_order = ("email", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self)
        self.fields["email"].help_text = _("We will send a code there, to see that it is yours.")

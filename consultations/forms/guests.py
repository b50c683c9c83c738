"""The form of somebody without an account: the same comment, with an e-mail address."""

from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.forms.comments import FileCommentForm
from consultations.models import Wording
from consultations.models.clock import now
from consultations.services.filing import Said
from consultations.services.guests import Sender

OPENED = signing.Signer(salt="consultations.guests.opened")
WIDTH = "govuk-input--width-30"


class GuestCommentForm(FileCommentForm):
    """A comment in one's own name, sent with an address to which a link goes.

    `website` is for machines that fill in whatever they find; people do not see it. What stands
    in it, and how soon the form came back, only tells the office where to look: it stops nobody.
    """

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send a link there; the comment is filed when you open it and confirm."),
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "spellcheck": "false", "class": WIDTH}
        ),
        error_messages={"required": _("Write the e-mail address to which the link can go.")},
    )
    show_name = forms.BooleanField(
        label=_("Show my name with this comment"),
        required=False,
        help_text=_("Without your consent everybody reads «private person»."),
    )
    name = forms.CharField(
        label=_("Name and surname"),
        max_length=150,
        required=False,
        help_text=_("Only if it is to be shown. Without your consent we do not keep it."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": WIDTH}),
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, wording: Wording | None, **kwargs: Any) -> None:
        super().__init__(*args, actor=None, wording=wording, **kwargs)
        for name in ("in_name_of", "version", "file"):
            del self.fields[name]
        self.fields["opened"].initial = lambda: OPENED.sign(now().isoformat())

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("show_name") and not given.get("name"):
            self.add_error("name", _("Write the name that is to be shown."))
        return given

    def said(self) -> Said:
        """What the service keeps."""
        given = self.cleaned_data
        names = ("kind", "proposed_wording", "reasons")
        return Said(
            wording=self.wording, organisation=None, **{name: given[name] for name in names}
        )

    def sender(self) -> Sender:
        """Who sends it, and how the form came back."""
        given = self.cleaned_data
        return Sender(
            email=given["email"],
            name=given["name"] if given["show_name"] else "",
            language=get_language() or "pl",
            begun_at=_opened_at(given["opened"]),
            filled_trap=bool(given["website"]),
        )


def _opened_at(signed: str) -> datetime | None:
    """When the form was drawn; None for a mark that is not ours."""
    try:
        return datetime.fromisoformat(OPENED.unsign(signed))
    except (signing.BadSignature, ValueError):
        return None

"""The form on which the office enters a comment that came by another channel."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.base import KeyedForm, LongText
from consultations.models import (
    Actor,
    Channel,
    CommentKind,
    Consultation,
    Membership,
    Organisation,
    User,
    Wording,
)
from consultations.selectors.texts import words_of
from consultations.services.comments import Said
from consultations.text.tree import Level

WHOLE = "calosc"
LONGEST_LABEL = 90
SMALL = {"class": "govuk-radios--small"}


class RecordCommentForm(KeyedForm):
    """How it came, whose it is, what it says. A name goes into the sealed words only."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[(one.value, one.label) for one in Channel if one is not Channel.FORM],
        widget=forms.RadioSelect(attrs=SMALL),
        error_messages={"required": _("Choose how the comment came.")},
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.all(),
        required=False,
        empty_label=_("a private person"),
    )
    sender = forms.CharField(
        label=_("Name and surname of the sender"),
        max_length=150,
        required=False,
        help_text=_("Never shown in public. Leave it empty when the comment is not signed."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail of the sender"),
        required=False,
        help_text=_(
            "Only to find an account here: the comment then stands among that person's own. The"
            " address is not kept."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    posted_on = forms.DateField(
        label=_("Postmark"),
        required=False,
        help_text=_("For a letter that came by post: it counts by the day on which it was posted."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter the day.")},
    )
    provision = forms.ChoiceField(
        label=_("Provision"),
        error_messages={"invalid_choice": _("Choose a provision of this text.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind of comment"),
        choices=CommentKind.choices,
        widget=forms.RadioSelect(attrs=SMALL),
        error_messages={"required": _("Choose the kind of comment.")},
    )
    proposed_wording = LongText(
        label=_("Proposed wording"),
        required=False,
        help_text=_("For a change or a new provision: the whole provision as it should read."),
    )
    reasons = LongText(
        label=_("Reasons"),
        help_text=_("As they were given. Leave personal data out: the comment will be public."),
        error_messages={"required": _("Say why: reasons are needed.")},
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wordings = Wording.objects.filter(text_version=consultation.text_version_id)
        listed = list(wordings.select_related("provision").order_by("position"))
        self.wordings = {str(one.provision.key): one for one in listed}
        field: Any = self.fields["provision"]
        field.choices = [(WHOLE, _("the whole draft")), *_groups(listed)]
        self.filed_by: Actor | None = None

    @property
    def wording(self) -> Wording | None:
        """The provision chosen so far; None for the whole draft."""
        return self.wordings.get(str(self["provision"].value() or ""))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        standing = words_of(self.wording).strip()
        asks = given.get("kind") in (CommentKind.QUESTION, CommentKind.DELETE)
        if asks and given.get("proposed_wording", "").strip() == standing:
            given["proposed_wording"] = ""
        if given.get("email"):
            self._find_sender(given["email"], given.get("organisation"))
        return given

    def _find_sender(self, email: str, organisation: Organisation | None) -> None:
        """Whose comment it is: an account of this address, a member where it is for one."""
        user = User.objects.filter(email__iexact=email).select_related("actor").first()
        if user is None:
            return
        members = Membership.objects.filter(actor=user.actor, until=None)
        if organisation and not members.filter(organisation=organisation).exists():
            self.add_error("email", _("This person may not speak for the organisation."))
            return
        self.filed_by = user.actor

    def said(self) -> Said:
        """What the service files."""
        given = self.cleaned_data
        return Said(
            wording=self.wordings.get(given["provision"]),
            organisation=given["organisation"],
            kind=given["kind"],
            proposed_wording=given["proposed_wording"],
            reasons=given["reasons"],
            channel=given["channel"],
            posted_on=given["posted_on"],
        )


def shown_wording(data: Any, consultation: Consultation) -> RecordCommentForm:
    """The form as typed so far, with the wording of the chosen provision to start from."""
    typed = {name: data.get(name, "") for name in RecordCommentForm.base_fields}
    form = RecordCommentForm(initial=typed, consultation=consultation)
    form.fields["key"].initial = data.get("key") or uuid.uuid4()
    if not typed["proposed_wording"].strip():
        form.initial["proposed_wording"] = words_of(form.wording)
    return form


def _groups(listed: list[Wording]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The provisions under their chapters, each with the beginning of its words."""
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for one in listed:
        if one.level == Level.CHAPTER or not groups:
            groups.append((_cut(f"{one.label} {one.heading}".strip() or one.citation), []))
        words = one.heading or one.text
        label = f"{one.citation}: {words}" if words else one.citation
        groups[-1][1].append((str(one.provision.key), _cut(label)))
    return groups


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST_LABEL else f"{words[: LONGEST_LABEL - 1].rstrip()}…"

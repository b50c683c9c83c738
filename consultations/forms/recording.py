"""The form on which the office enters a comment that came by another channel."""

import uuid
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.errors import Refused
from consultations.forms.base import KeyedForm, LongText
from consultations.forms.ways import time_field
from consultations.models import (
    Actor,
    Channel,
    CommentKind,
    Consultation,
    Organisation,
    Way,
    Wording,
)
from consultations.selectors.texts import words_of
from consultations.selectors.ways import Line, meetings, when
from consultations.services.filing import Said
from consultations.services.senders import sender_of
from consultations.services.verdict import WRITTEN
from consultations.text import places
from consultations.text.sniffing import ACCEPTED
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
    way = forms.ModelChoiceField(
        label=_("Meeting or expert hours"),
        queryset=Way.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("For what was said or handed in there."),
    )
    arrived_on = forms.DateField(
        label=_("When it came"),
        required=False,
        help_text=_(
            "The day on which it reached the office or was said. Without a day: just now. It"
            " decides in time or late; of a letter the postmark does."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter the day.")},
    )
    arrived_time = time_field(_("At what time, if it is known"))
    posted_on = forms.DateField(
        label=_("Postmark"),
        required=False,
        help_text=_("For a letter that came by post: it counts by the day on which it was posted."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter the day.")},
    )
    typed = forms.CharField(
        label=_("Provision, typed"),
        max_length=80,
        required=False,
        help_text=_("For example: § 5 ust. 2, or 5.2. Or choose it from the list."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
    )
    provision = forms.ChoiceField(
        label=_("Provision"),
        required=False,
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
    file = forms.FileField(
        label=_("Scan"),
        required=False,
        help_text=_("Of the letter, for the files of the office; never shown in public."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": _("The file is empty.")},
    )

    unsigned = forms.BooleanField(
        label=_("It is not signed"),
        required=False,
        help_text=_("Marked by itself when nobody is named in a letter, a fax or an e-mail."),
    )
    incomplete = forms.BooleanField(
        label=_("Something is missing in it"),
        required=False,
        help_text=_("It is recorded all the same; then return it to its author for completion."),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["way"].queryset = meetings(consultation)
        fields["way"].label_from_instance = _when_held
        wordings = Wording.objects.filter(text_version=consultation.text_version_id)
        listed = list(wordings.select_related("provision").order_by("position"))
        self.wordings = {str(one.provision.key): one for one in listed}
        fields["provision"].choices = [(WHOLE, _("the whole draft")), *_groups(listed)]
        self.filed_by: Actor | None = None

    def begin(self) -> None:
        """The cursor stands in the first field there is still something to type in."""
        known = bool(self.initial.get("channel"))
        self.fields["sender" if known else "channel"].widget.attrs["autofocus"] = True

    @property
    def wording(self) -> Wording | None:
        """The provision typed or chosen so far; None for the whole draft."""
        chosen = self._typed(str(self["typed"].value() or "")) or self["provision"].value()
        return self.wordings.get(str(chosen or ""))

    def _typed(self, words: str) -> str:
        """The key of the provision that was typed; empty where nothing fits."""
        if not words.strip():
            return ""
        if places.is_whole(words):
            return WHOLE
        cited = {key: one.citation for key, one in self.wordings.items()}
        return places.find(words, cited) or ""

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        self._take_typed(given)
        standing = words_of(self.wording).strip()
        asks = given.get("kind") in (CommentKind.QUESTION, CommentKind.DELETE)
        if asks and given.get("proposed_wording", "").strip() == standing:
            given["proposed_wording"] = ""
        if given.get("email"):
            self._find_sender(given["email"], given.get("organisation"))
        nobody = not (given.get("sender") or given.get("organisation") or self.filed_by)
        given["unsigned"] = given["unsigned"] or (nobody and given.get("channel") in WRITTEN)
        if given.get("arrived_time") and not given.get("arrived_on"):
            self.add_error("arrived_on", _("Enter the day."))
        return given

    def _take_typed(self, given: dict[str, Any]) -> None:
        """What was typed wins over the list, where the last provision may still stand."""
        if given.get("typed"):
            given["provision"] = self._typed(given["typed"])
            if not given["provision"]:
                self.add_error("typed", _("There is no such provision in this text."))
        elif not given.get("provision") and "provision" not in self.errors:
            self.add_error("provision", _("Choose a provision of this text."))

    def _find_sender(self, email: str, organisation: Organisation | None) -> None:
        try:
            self.filed_by = sender_of(email, organisation)
        except Refused as refusal:
            self.refuse(refusal)

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
            arrived_at=arrival(given["arrived_on"], given["arrived_time"]),
            way=given["way"],
            unsigned=given["unsigned"],
            incomplete=given["incomplete"],
        )


def arrival(day: date | None, hour: time | None) -> datetime | None:
    """The instant in Warsaw; a day without its hour begins at midnight, which says the day only."""
    return None if day is None else datetime.combine(day, hour or time.min, tzinfo=calendar.WARSAW)


def _when_held(way: Way) -> str:
    return Line(way, when(way), "held").words


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

"""Forms of a sheet of comments: choosing the file, saying which column holds what."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.base import RefusableForm
from consultations.models import Channel, Intake
from consultations.text.formats.sheets import Rows, read_sheet
from consultations.text.headings import FIELDS
from consultations.text.reading import UnreadableDraft

NAMES: dict[str, Any] = {
    "reasons": _("Reasons"),
    "provision": _("Provision"),
    "proposed": _("Proposed wording"),
    "kind": _("Kind of comment"),
    "arrived": _("When it came"),
    "posted": _("Postmark"),
    "channel": _("How it came"),
    "organisation": _("Organisation"),
    "sender": _("Name and surname"),
    "first_name": _("Name alone"),
    "surname": _("Surname alone"),
    "email": _("E-mail"),
}
NONE = ""


class UploadSheetForm(RefusableForm):
    """The file; `rows` are what was read from it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("An .xlsx or .csv file, 5 MB and 2,000 rows at most. Its first sheet is read."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
            "invalid": _("Choose a file."),
        },
    )
    rows: Rows

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.rows = read_sheet(file.name, file)
        except UnreadableDraft as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file


class MapColumnsForm(RefusableForm):
    """Which column holds what, beginning with what the headings were guessed to say."""

    channel_of_all = forms.ChoiceField(
        label=_("How they came, where the sheet does not say"),
        required=False,
        choices=[
            (NONE, _("the sheet says it")),
            *((one.value, one.label) for one in Channel if one is not Channel.FORM),
        ],
    )

    def __init__(self, *args: Any, intake: Intake, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(NONE, _("no column")), *_columns(intake.headings)]
        for name in sorted(FIELDS, key=list(NAMES).index):
            self.fields[name] = forms.TypedChoiceField(
                label=NAMES[name],
                choices=choices,
                required=False,
                coerce=int,
                empty_value=None,
                initial=intake.columns.get(name, NONE),
                error_messages={"invalid_choice": _("Choose a column of this sheet.")},
            )
        self.fields["channel_of_all"].initial = intake.channel
        self.order_fields([*NAMES, "channel_of_all"])

    def columns(self) -> dict[str, int]:
        """Column by what it holds; what no column holds is left out."""
        given = {name: self.cleaned_data[name] for name in FIELDS}
        return {name: place for name, place in given.items() if place is not None}


def _columns(headings: Sequence[str]) -> list[tuple[str, str]]:
    return [(str(place), one or f"({place + 1})") for place, one in enumerate(headings)]

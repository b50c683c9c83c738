"""Forms of the council's acts, from the ordinance to the place where the resolution appeared."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from consultations import calendar
from consultations.errors import Invalid
from consultations.forms.base import LongText, RefusableForm
from consultations.models import CouncilFile, Publication, RollCall
from consultations.models.clock import now
from consultations.selectors.plan import today
from consultations.selectors.plan_page import sessions_open
from consultations.services.council import Called, Totals, check_day, totals_of
from workflows import roll_calls
from workflows.forms import DayField
from workflows.roll_calls import Listed, Row, Trouble

LARGEST_FILE = 100_000  # bytes; a roll call of 43 has about two thousand
TROUBLES_SHOWN = 20
TOTALS = ("votes_for", "votes_against", "abstained", "no_vote", "absent")
LABELS = (
    pgettext_lazy("total", "For"),
    pgettext_lazy("total", "Against"),
    pgettext_lazy("total", "Abstained"),
    pgettext_lazy("total", "Present, did not vote"),
    pgettext_lazy("total", "Absent"),
)


def short(width: int) -> forms.TextInput:
    """A control for a short number or mark."""
    return forms.TextInput(attrs={"class": f"govuk-input--width-{width}", "autocomplete": "off"})


class SubmitToCouncilForm(RefusableForm):
    """The President's ordinance (zarządzenie) by which the draft goes to the council."""

    ordinance_number = forms.CharField(
        label=gettext_lazy("Number of the ordinance"),
        max_length=40,
        help_text=gettext_lazy("The President's ordinance that sends the draft to the council."),
        widget=short(10),
        error_messages={"required": gettext_lazy("Enter the number of the ordinance.")},
    )
    ordinance_on = DayField(label=gettext_lazy("Date of the ordinance"))


class GivePrintNumberForm(RefusableForm):
    """The print number (druk nr)."""

    print_number = forms.CharField(
        label=gettext_lazy("Print number"),
        max_length=20,
        widget=short(5),
        error_messages={"required": gettext_lazy("Enter the print number.")},
    )


class ScheduleSessionForm(RefusableForm):
    """The session (sesja) on whose agenda the draft stands: of the calendar, or typed."""

    session = forms.ChoiceField(
        label=gettext_lazy("Session of the calendar"),
        required=False,
        help_text=gettext_lazy("Choose one here, or enter number and day of another below."),
    )
    session_number = forms.CharField(
        label=gettext_lazy("Number of the session"),
        max_length=20,
        help_text=gettext_lazy("For example XXX."),
        widget=short(5),
        error_messages={"required": gettext_lazy("Enter the number of the session.")},
    )
    session_on = DayField(label=gettext_lazy("Day of the session"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ahead = {str(one.pk): one for one in sessions_open(today())}
        if not self.ahead:
            del self.fields["session"]
            return
        field: Any = self.fields["session"]
        field.choices = [("", _("another one"))] + [
            (key, f"{one.number}, {date_format(one.day, 'j E Y')}")
            for key, one in self.ahead.items()
        ]
        if self.data.get("session") in self.ahead:
            for name in ("session_number", "session_on"):
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """What was chosen from the calendar goes before what was typed."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = self.ahead.get(given.pop("session", ""))
        if chosen is not None:
            given |= {"session_number": chosen.number, "session_on": chosen.day}
        return given


class SendBackDraftForm(RefusableForm):
    """Why the council sends the draft back."""

    because = LongText(
        label=gettext_lazy("Why the draft is sent back"),
        rows=4,
        help_text=gettext_lazy("Everybody will read the reason."),
        error_messages={
            "required": gettext_lazy("Say why the draft is sent back: the reason is public.")
        },
    )


class RecordVoteForm(RefusableForm):
    """The roll call as a file or as pasted text, and the totals where names are missing.

    An unreadable file ends up in the text, to be corrected. Of a table with several votes the
    one with the file's print number is taken; when that does not settle it, the clerk chooses.
    """

    listed_votes = True  # its page shows the fields in groups

    held_on = DayField(label=gettext_lazy("Day of the session"))
    conditional = ("source",)
    source = forms.ChoiceField(
        label=gettext_lazy("Where the list comes from"),
        required=False,
        choices=[
            (
                RollCall.Source.SYSTEM,
                gettext_lazy("The voting system: its file, or the list copied from it"),
            ),
            (
                RollCall.Source.PAPER,
                gettext_lazy("Minutes on paper: another person compares it before it counts"),
            ),
        ],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=gettext_lazy("File with the roll call"),
        required=False,
        help_text=gettext_lazy(
            "CSV, one councillor a line: name; council group; vote. The votes are: za, przeciw,"
            " wstrzymał się, brak głosu, nieobecny. A table of the voting system may hold"
            " several votes: the one with this print number is taken."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the list"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    which = forms.CharField(
        label=gettext_lazy("Vote in the file"), required=False, widget=forms.Select
    )
    votes_for, votes_against, abstained, no_vote, absent = (
        forms.IntegerField(
            label=label,
            required=False,
            min_value=0,
            widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "min": 0}),
            error_messages={"invalid": gettext_lazy("Enter a whole number.")},
        )
        for label in LABELS
    )

    def __init__(self, *args: Any, council_file: CouncilFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.council_file = council_file
        self.listed: Listed | None = None
        if not self.is_bound:
            day = council_file.session_on or calendar.local_day(now())
            self.fields["held_on"].initial = min(day, calendar.local_day(now()))

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.listed.parsed.rows if self.listed else ()

    def totals(self) -> list[forms.BoundField]:
        """The five fields, for the page."""
        return [self[name] for name in TOTALS]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is too large for a roll call."))
        return file

    def clean(self) -> dict[str, Any]:
        """Read the list and say what cannot be read or does not add up."""
        given = self.cleaned_data
        if "file" in self.errors:
            return given
        if given.get("file"):
            source = given.get("source") or str(RollCall.Source.SYSTEM)
            self.put(text=roll_calls.decode(given["file"].read()), source=source)
            given["source"] = source
        if not given.get("source") and "source" not in self.errors:
            self.add_error("source", _("Say where the list comes from."))
        self._take_vote(str(self.data.get(self.add_prefix("text"), "")))
        self._check_totals()
        for name, sentence in self._complaints():
            self.add_error(name, sentence)
        return given

    def _take_vote(self, text: str) -> None:
        """The vote the list is, or the one of a table that is meant; only it stays in the text."""
        if len(text) > LARGEST_FILE:
            self.add_error("text", _("The list is too long for a roll call."))
            return
        votes, number = roll_calls.votes_in(text), self.council_file.print_number
        chosen = self.cleaned_data.get("which")
        by_hand = next((one for one in votes if one.key and one.key == chosen), None)
        self.listed = by_hand or roll_calls.about(votes, number)
        if self.listed is None:
            words = _("The print number %(number)s does not tell which vote it is: choose one.")
            self.add_error("which", words % {"number": number})
        if self.listed is None or (self.listed.key and self.listed.parsed.troubles):
            self._offer(votes)
        elif self.listed.key:
            self.put(text=self.plain(), which="")

    def _offer(self, votes: Sequence[Listed]) -> None:
        choices = [("", _("choose…")), *((one.key, _in_short(one)) for one in votes)]
        self.fields["which"].widget.choices = choices

    def offers_votes(self) -> bool:
        """Whether the clerk has to choose among the votes of a table."""
        return bool(getattr(self.fields["which"].widget, "choices", ()))

    def _check_totals(self) -> None:
        """All five totals or none."""
        given = [self.cleaned_data.get(name) for name in TOTALS]
        missing = [name for name, one in zip(TOTALS, given, strict=True) if one is None]
        if 0 < len(missing) < len(TOTALS) and not any(name in self.errors for name in TOTALS):
            self.add_error(missing[0], _("Enter all five totals, or none of them."))

    def _complaints(self) -> list[tuple[str, str]]:
        if self.listed is None:
            return []
        parsed = self.listed.parsed
        if parsed.troubles:
            return [("text", _in_words(one)) for one in parsed.troubles[:TROUBLES_SHOWN]]
        if not parsed.rows and self.declared() is None:
            return [("text", _("Choose a file or paste the list."))]
        if any(name in self.errors for name in TOTALS):
            return []
        try:
            if (day := self.cleaned_data.get("held_on")) is not None:
                check_day(self.council_file, day)
            totals_of(self.called(), self.declared(), self.council_file.draft.procedure)
        except Invalid as refusal:
            return [(refusal.field or "text", str(refusal))]
        return []

    def declared(self) -> Totals | None:
        """The totals, when all five are given."""
        given = {name: self.cleaned_data.get(name) for name in TOTALS}
        if any(one is None for one in given.values()):
            return None
        return Totals(**{name: int(one or 0) for name, one in given.items()})

    def called(self) -> Sequence[Called]:
        return [Called(row.councillor, row.club, row.vote) for row in self.rows]

    def plain(self) -> str:
        """The list in its plain form, to be sent once more with the confirmation."""
        return roll_calls.write(self.rows)


class ReplaceVoteForm(RecordVoteForm):
    """A roll call in place of the one that stands, with the reason everybody reads."""

    because = LongText(
        label=gettext_lazy("Why the roll call is replaced"),
        rows=3,
        help_text=gettext_lazy("Everybody will read the reason beside both roll calls."),
        error_messages={
            "required": gettext_lazy("Say why the roll call is replaced: the reason is public.")
        },
    )
    standing = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=2**62)
    field_order = ("because",)


class ConfirmVoteForm(RefusableForm):
    """The five totals as the second person reads them in the minutes."""

    votes_for, votes_against, abstained, no_vote, absent = (
        forms.IntegerField(
            label=label,
            min_value=0,
            widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "min": 0}),
            error_messages={
                "invalid": gettext_lazy("Enter a whole number."),
                "required": gettext_lazy("Enter the total you read in the minutes."),
            },
        )
        for label in LABELS
    )

    def totals(self) -> list[forms.BoundField]:
        """The five fields, for the page."""
        return [self[name] for name in TOTALS]


class SeenForm(RefusableForm):
    """Up to which entry of the record the page was drawn."""

    upto = forms.IntegerField(min_value=0, max_value=2**62, widget=forms.HiddenInput)


class WriteNoteForm(RefusableForm):
    """A private note on a draft."""

    note = LongText(
        label=gettext_lazy("Your private note"),
        rows=6,
        required=False,
        help_text=gettext_lazy("Nobody else reads it. Leave it empty to delete it."),
    )


class ReturnVoteForm(RefusableForm):
    """What is wrong with a roll call entered from paper."""

    remark = LongText(
        label=gettext_lazy("What is wrong"),
        rows=3,
        help_text=gettext_lazy("Whoever entered it reads this; it is not public."),
        error_messages={
            "required": gettext_lazy("Say what is wrong: whoever entered it reads the remark.")
        },
    )


def _in_short(vote: Listed) -> str:
    """One vote of a table, so that it can be told from the others."""
    day = date_format(vote.held_on, "j E Y") if vote.held_on else ""
    number = _("print number %(number)s") % {"number": vote.print_number}
    return ", ".join(filter(None, [number if vote.print_number else "", day, vote.topic[:80]]))


def _in_words(trouble: Trouble) -> str:
    words = {
        "columns": _("Row %(row)s: name, council group and vote are needed, nothing else."),
        "name": _("Row %(row)s: the name is missing."),
        "long": _("Row %(row)s: the name or the council group is too long."),
        "vote": _(
            "Row %(row)s, %(name)s: «%(word)s» is no vote. Write za, przeciw, wstrzymał się,"
            " brak głosu or nieobecny."
        ),
        "twice": _("Row %(row)s: %(name)s appears twice."),
    }
    return words[trouble.code] % vars(trouble)


class AdoptDraftForm(RefusableForm):
    """Number and date of the resolution (uchwała)."""

    resolution_number = forms.CharField(
        label=gettext_lazy("Number of the resolution"),
        max_length=40,
        help_text=gettext_lazy("For example XXX/792/26."),
        widget=short(10),
        error_messages={"required": gettext_lazy("Enter the number of the resolution.")},
    )
    adopted_on = DayField(label=gettext_lazy("Date of the resolution"))


class RecordPublicationForm(RefusableForm):
    """Where and when the resolution appeared."""

    place = forms.ChoiceField(
        label=gettext_lazy("Where it was published"),
        choices=Publication.Place.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the place."),
            "invalid_choice": gettext_lazy("Choose the place."),
        },
    )
    address = forms.CharField(
        label=gettext_lazy("Address or position"),
        max_length=500,
        help_text=gettext_lazy(
            "The address of the page, or the year and position of the official journal."
        ),
        error_messages={"required": gettext_lazy("Enter the address or position.")},
    )
    published_on = DayField(label=gettext_lazy("Day of publication"))

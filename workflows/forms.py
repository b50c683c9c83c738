"""Forms of the acts that move a draft."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import calendar
from consultations.forms.base import LongText, RefusableForm
from consultations.models import Consultation, CouncilFile, Document, Procedure
from consultations.models.clock import now
from consultations.services.consultations import Notice, earliest_days
from consultations.services.council import Called
from workflows import roll_calls
from workflows.roll_calls import Row, Trouble

LARGEST_FILE = 100_000  # bytes; a roll call of 43 has about two thousand
TROUBLES_SHOWN = 20


class DayField(forms.DateField):
    """A day, with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        attrs = {"type": "date", "class": "govuk-input--width-10"}
        widget = forms.DateInput(attrs=attrs, format="%Y-%m-%d")
        words = {
            "required": gettext_lazy("Enter the day."),
            "invalid": gettext_lazy("Enter a day."),
        }
        super().__init__(widget=widget, error_messages=words, **options)


class ConfirmForm(RefusableForm):
    """Nothing to fill in: the act itself is confirmed."""


class RegisterDraftForm(RefusableForm):
    """The document, the title of the draft and its address on the pages."""

    document = forms.ModelChoiceField(
        label=gettext_lazy("Document"),
        queryset=Document.objects.all(),
        to_field_name="slug",
        empty_label=gettext_lazy("choose…"),
        error_messages={
            "required": gettext_lazy("Choose the document."),
            "invalid_choice": gettext_lazy("Choose the document."),
        },
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the draft"),
        max_length=300,
        error_messages={"required": gettext_lazy("Enter the title of the draft.")},
    )
    slug = forms.SlugField(
        label=gettext_lazy("Address of the consultation"),
        max_length=80,
        help_text=gettext_lazy(
            "The last part of its address: small letters, digits and hyphens. It never changes."
        ),
        error_messages={
            "required": gettext_lazy("Enter the address."),
            "invalid": gettext_lazy("Use letters without accents, digits and hyphens only."),
        },
    )

    @staticmethod
    def prefilled(document: Document | None) -> dict[str, str]:
        """What is known of a document already: its title, and an address that is still free."""
        if document is None:
            return {}
        title = _("Draft: %(title)s") % {"title": document.title}
        return {
            "document": document.slug,
            "title": title[:300],
            "slug": _free_address(document.slug),
        }


def _free_address(wanted: str) -> str:
    taken = set(Consultation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    others = (f"{wanted[:75]}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (wanted, *others) if one not in taken)


class AnnounceConsultationForm(RefusableForm):
    """The notice (ogłoszenie). The earliest days the procedure allows stand there already."""

    first_day = DayField(label=gettext_lazy("First day for comments"))
    last_day = DayField(label=gettext_lazy("Last day for comments"))
    purpose = LongText(
        label=gettext_lazy("Purpose"),
        rows=4,
        help_text=gettext_lazy("What is consulted and why, in three sentences."),
        error_messages={"required": gettext_lazy("Say what the consultation is for.")},
    )
    host = forms.CharField(
        label=gettext_lazy("Host"),
        max_length=200,
        help_text=gettext_lazy("Who runs the consultation."),
        error_messages={"required": gettext_lazy("Say who runs the consultation.")},
    )
    contact = forms.CharField(
        label=gettext_lazy("Contact"),
        max_length=200,
        help_text=gettext_lazy("Where people can ask and where paper comments are sent."),
        error_messages={"required": gettext_lazy("Say where people can ask.")},
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        first, last = earliest_days(consultation)
        known = {
            "first_day": first,
            "last_day": last,
            "host": settings.UNIT,
            "contact": f"{settings.UNIT_EMAIL}, {settings.UNIT_PHONE}",
        }
        kwargs.setdefault("initial", known)
        super().__init__(*args, **kwargs)
        self._explain_days(consultation.draft.procedure, first)

    def _explain_days(self, procedure: Procedure, first: date) -> None:
        notice, length = procedure.rule("notice_days"), procedure.rule("consultation_days")
        self.fields["first_day"].help_text = _(
            "The notice stands for at least %(days)s days, so %(day)s at the earliest (%(basis)s)."
        ) % {"days": notice.value, "day": date_format(first, "j E Y"), "basis": notice.legal_basis}
        self.fields["last_day"].help_text = _(
            "At least %(days)s days after the first one (%(basis)s)."
        ) % {"days": length.value, "basis": length.legal_basis}

    def notice(self) -> Notice:
        return Notice(**self.cleaned_data)


class GivePrintNumberForm(RefusableForm):
    """The print number (druk nr)."""

    print_number = forms.CharField(
        label=gettext_lazy("Print number"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the print number.")},
    )


class RecordVoteForm(RefusableForm):
    """The roll call as a file or as pasted text; an unreadable file ends up in the text."""

    held_on = DayField(label=gettext_lazy("Day of the session"))
    file = forms.FileField(
        label=gettext_lazy("File with the roll call"),
        required=False,
        help_text=gettext_lazy(
            "CSV, one councillor a line: name; council group; vote. The votes are: za, przeciw,"
            " wstrzymał się, brak głosu, nieobecny."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    text = LongText(
        label=gettext_lazy("Or paste the list"),
        required=False,
        rows=8,
    )

    def __init__(self, *args: Any, council_file: CouncilFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.procedure = council_file.draft.procedure
        self.rows: tuple[Row, ...] = ()
        if not self.is_bound:
            self.fields["held_on"].initial = calendar.local_day(now())

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is too large for a roll call."))
        return file

    def clean(self) -> dict[str, Any]:
        """Read the list and say row by row what cannot be read."""
        given = self.cleaned_data
        if "file" in self.errors:
            return given
        if given.get("file"):
            self._move_to_text(roll_calls.decode(given["file"].read()))
        parsed = roll_calls.parse(str(self.data.get("text", "")))
        self.rows = parsed.rows
        for sentence in self._complaints(parsed):
            self.add_error("text", sentence)
        return given

    def _move_to_text(self, text: str) -> None:
        """So that what a file holds can be corrected on the page."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["text"] = text
        self.data = data

    def _complaints(self, parsed: roll_calls.Parsed) -> list[str]:
        troubles = [_in_words(one) for one in parsed.troubles[:TROUBLES_SHOWN]]
        if troubles:
            return troubles
        if not parsed.rows:
            return [_("Choose a file or paste the list.")]
        seats, count = self.procedure.number_of("council_seats"), len(parsed.rows)
        if count == seats:
            return []
        words = _("The list has %(count)s names; the council has %(seats)s seats.")
        return [words % {"count": count, "seats": seats}]

    def called(self) -> Sequence[Called]:
        return [Called(row.councillor, row.club, row.vote) for row in self.rows]

    def plain(self) -> str:
        """The list in its plain form, to be sent once more with the confirmation."""
        return roll_calls.write(self.rows)


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
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the number of the resolution.")},
    )
    adopted_on = DayField(label=gettext_lazy("Date of the resolution"))

"""Forms of the acts that move a draft."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.forms.base import LongText, RefusableForm
from consultations.models import Consultation, Document, Procedure
from consultations.services.consultations import Notice, earliest_days


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
    posted_at = LongText(
        label=gettext_lazy("Where the notice is posted"),
        rows=3,
        required=False,
        help_text=gettext_lazy("One place a line: BIP, the city's site, the notice boards."),
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

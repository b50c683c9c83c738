"""The roll call entered councillor by councillor: a row for each seat, with five choices."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from consultations import calendar
from consultations.forms.base import LongText, RefusableForm
from consultations.models import CouncilFile, RollCall, Vote
from consultations.models.clock import now
from workflows.forms import DayField
from workflows.roll_calls import LONGEST_CLUB, LONGEST_NAME, Row, folded

# The key of each vote, as voting keys are known in Polish councils, and its word.
KEYS: dict[str, str] = {"for": "Z", "against": "P", "abstained": "W", "no_vote": "O", "absent": "N"}
CHOICES = (
    ("for", pgettext_lazy("vote", "for")),
    ("against", pgettext_lazy("vote", "against")),
    ("abstained", pgettext_lazy("vote", "abstained")),
    ("no_vote", pgettext_lazy("vote", "did not vote")),
    ("absent", pgettext_lazy("vote", "absent")),
)


class GridForm(RefusableForm):
    """A day, for a replacement a reason, and a row for each seat: name, council group, vote."""

    held_on = DayField(label=gettext_lazy("Day of the session"))

    def __init__(
        self, *args: Any, file: CouncilFile, replacing: bool, rows: Sequence[Row], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        today = calendar.local_day(now())
        self.fields["held_on"].initial = min(file.session_on or today, today)
        if replacing:
            self.fields["because"] = LongText(
                label=_("Why the roll call is replaced"),
                rows=3,
                help_text=_("Everybody will read the reason beside both roll calls."),
            )
            self.fields["standing"] = forms.IntegerField(
                widget=forms.HiddenInput,
                required=False,
                max_value=2**62,
                initial=file.roll_call.pk if file.roll_call else None,
            )
        self.seats = file.draft.procedure.number_of("council_seats")
        for place in range(self.seats):
            row = rows[place] if place < len(rows) else Row("", "", "")
            self._add(place, row)

    def _add(self, place: int, row: Row) -> None:
        number = {"number": place + 1}
        fields = {
            "name": forms.CharField(
                label=_("Councillor %(number)s") % number,
                max_length=LONGEST_NAME,
                required=False,
                initial=row.councillor,
            ),
            "club": forms.CharField(
                label=_("Council group of councillor %(number)s") % number,
                max_length=LONGEST_CLUB,
                required=False,
                initial=row.club,
            ),
            "vote": forms.ChoiceField(
                label=_("Vote of councillor %(number)s") % number,
                choices=CHOICES,
                required=False,
                initial=row.vote,
            ),
        }
        for part, made in fields.items():
            self.fields[f"{part}{place}"] = made

    def lines(self) -> list[dict[str, Any]]:
        """The rows for the page."""
        return [self._line(place) for place in range(self.seats)]

    def _line(self, place: int) -> dict[str, Any]:
        name, club, vote = (self[f"{part}{place}"] for part in ("name", "club", "vote"))
        chosen = vote.value() or ""
        return {
            "number": place + 1,
            "name": name,
            "club": club,
            "vote": vote,
            "typed": bool(name.errors or club.errors or not name.value()),
            "choices": [
                (code, words, KEYS[code], f"{vote.id_for_label}_{code}", code == chosen)
                for code, words in CHOICES
            ],
        }

    def totals(self) -> list[tuple[str, Any, int]]:
        """Each vote in words with how many are marked."""
        marked = [self[f"vote{place}"].value() for place in range(self.seats)]
        return [(code, words, marked.count(code)) for code, words in CHOICES]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        names: set[str] = set()
        for place in range(self.seats):
            if given.get(f"name{place}") and folded(given[f"name{place}"]) in names:
                self.add_error(f"name{place}", _("This councillor stands in the list twice."))
            names |= {folded(given.get(f"name{place}") or "")} - {""}
            name, vote = given.get(f"name{place}"), given.get(f"vote{place}")
            if name and not vote and f"vote{place}" not in self.errors:
                self.add_error(f"vote{place}", _("Mark the vote of: %(name)s.") % {"name": name})
            if vote and not name and f"name{place}" not in self.errors:
                self.add_error(f"name{place}", _("Enter the name of the councillor."))
        return given

    def rows(self) -> list[Row]:
        """The councillors that were entered; seats left blank are passed over."""
        given = self.cleaned_data
        return [
            Row(given[f"name{place}"], given[f"club{place}"], given[f"vote{place}"])
            for place in range(self.seats)
            if given.get(f"name{place}")
        ]


def beginning(file: CouncilFile, *, replacing: bool) -> list[Row]:
    """The council as the latest roll call names it; of a correction, with the votes that stand."""
    call = RollCall.objects.filter(ballots__vote__in=Vote.values).order_by("-pk").first()
    if replacing and file.roll_call is not None:
        call = file.roll_call
    ballots = call.ballots.all() if call else ()
    return [Row(one.councillor, one.club, one.vote if replacing else "") for one in ballots]

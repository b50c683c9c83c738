"""Sheets of comments as the office sees them: the list, and what became of each row."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Channel, Consultation, Intake
from consultations.text.formats.sheets import add_sheet, new_book, saved

TEMPLATE_WIDTHS = (12, 18, 16, 34, 26, 28, 22, 22, 50, 50)


@dataclass(frozen=True)
class Entered:
    """What became of one row: its number in the sheet, the comment's (0 for none), why none."""

    row: int
    number: int
    already: bool
    because: str


@dataclass(frozen=True)
class Outcome:
    """What became of the rows gone through so far."""

    entered: list[Entered]
    already: list[Entered]
    refused: list[Entered]


def sheets(consultation: Consultation) -> list[Intake]:
    """The sheets of a round that are still kept, the latest first, without their rows."""
    return list(consultation.intakes.defer("rows", "outcome"))


def outcome(intake: Intake) -> Outcome:
    """The rows gone through, by what became of them."""
    rows = [Entered(*one) for one in intake.outcome]
    return Outcome(
        entered=[one for one in rows if one.number and not one.already],
        already=[one for one in rows if one.already],
        refused=[one for one in rows if not one.number],
    )


def template_file() -> bytes:
    """A sheet to be filled in, its headings in the reader's language; how, on a second one."""
    columns = [
        (_("No."), _("Anything, for your own order: it is not entered.")),
        (
            _("Date received"),
            _("The day: 2026-10-05 or 5.10.2026, also with an hour."),
        ),
        (_("Channel"), ", ".join(str(one.label) for one in Channel if one != Channel.FORM)),
        (
            _("Organisation"),
            _("Its name as it stands here; empty for a private person."),
        ),
        (_("Name and surname"), _("Sealed: never shown in public.")),
        (_("E-mail"), _("Only to find an account here; it is not kept.")),
        (_("Postmark"), _("For a letter: the day on which it was posted decides.")),
        (_("Provision"), _("§ 5 ust. 2, or 5.2; empty for the whole draft.")),
        (_("Proposed wording"), _("The whole provision as it should read; empty for a question.")),
        (_("Reasons"), _("Always needed.")),
    ]
    book = new_book()
    add_sheet(book, _("Comments"), [[name for name, _how in columns]], TEMPLATE_WIDTHS)
    how = [[_("Column"), _("What to write in it")], *([name, words] for name, words in columns)]
    add_sheet(book, _("How to fill it in"), how, (26, 90))
    return saved(book)

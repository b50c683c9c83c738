"""Records roll calls from a file of the voting system, or only prints what the file says."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consultations import policy
from consultations.errors import Refused
from consultations.models import Actor, CouncilFile, RollCall, User
from consultations.models.council import TO_VOTE
from consultations.services.council import Called, Totals
from workflows import roll_calls, services
from workflows.roll_calls import Listed, Trouble


def declared(word: str) -> tuple[str, Totals]:
    """`405=40-0-1-0-2`: a print number and its five totals."""
    number, _equals, totals = word.partition("=")
    counts = [int(one) for one in totals.split("-") if one.isdecimal()]
    if not number or len(counts) != 5 or "-".join(map(str, counts)) != totals:
        raise ArgumentTypeError(f"{word}: write it like 405=40-0-1-0-2")
    return number, Totals(*counts)


class Command(BaseCommand):
    help = (
        "Record the roll calls of a CSV file, each in the council's file with its print number;"
        " with --dry-run only print a line for each vote, and one beginning with ! for each row"
        " that cannot be read. What no name and no declared total tells is printed as -."
    )
    requires_system_checks = ()  # looking at a file asks nothing of the database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="CSV of the voting system")
        parser.add_argument("--dry-run", action="store_true", help="record nothing")
        parser.add_argument(
            "--declared",
            metavar="PRINT=FOR-AGAINST-ABSTAINED-NOVOTE-ABSENT",
            type=declared,
            action="append",
            default=[],
            help="the five totals of the minutes, where names are missing; may be repeated",
        )
        parser.add_argument("--print-number", metavar="N", help="only the vote on this print")
        parser.add_argument("--held-on", metavar="DAY", type=date.fromisoformat, help="YYYY-MM-DD")
        parser.add_argument("--by", metavar="EMAIL", help="the council clerk who records it")

    def handle(self, *_args: Any, **options: Any) -> None:
        votes = [one for one in read(options["file"]) if is_asked_for(one, options)]
        if not votes:
            raise CommandError(_("The file has no vote on this print."))
        totals = dict(options["declared"])
        for one in votes:
            number = one.print_number or options["print_number"] or ""
            self.stdout.write(line_of(one, number, totals.get(number)))
            self.stdout.write("".join(bad_row(bad) for bad in one.parsed.troubles), ending="")
            if not options["dry_run"]:
                record(one, number, totals.get(number), options)


def is_asked_for(one: Listed, options: dict[str, Any]) -> bool:
    """A mere list names no print: the option does."""
    wanted = options["print_number"]
    return not one.key or wanted in (None, one.print_number)


def read(path: Path) -> tuple[Listed, ...]:
    try:
        return roll_calls.votes_in(roll_calls.decode(path.read_bytes()))
    except OSError as error:
        raise CommandError(_("%(path)s: the file cannot be opened.") % {"path": path}) from error


def line_of(one: Listed, number: str, totals: Totals | None) -> str:
    """Print number, for-against-abstained, did not vote, absent."""
    counts = RollCall.counts(row.vote for row in one.parsed.rows)
    known = vars(totals) if totals else counts
    unsaid = {name: known[name] if totals or known[name] else "-" for name in ("no_vote", "absent")}
    return _("%(print)s: %(result)s, did not vote %(no_vote)s, absent %(absent)s") % {
        "print": number or "-",
        "result": "{votes_for}-{votes_against}-{abstained}".format(**known),
        **unsaid,
    }


def bad_row(trouble: Trouble) -> str:
    said = f"{trouble.name} «{trouble.word}»" if trouble.word else trouble.name
    return f"! row {trouble.row}: {trouble.code}, {said}\n"


def record(one: Listed, number: str, totals: Totals | None, options: dict[str, Any]) -> None:
    """Enter the vote; CommandError with the refusal's sentence."""
    held_on = options["held_on"] or one.held_on
    if one.parsed.troubles or held_on is None:
        raise CommandError(_("Correct the rows, and say with --held-on which day it was."))
    files = CouncilFile.objects.filter(print_number=number, state__in=TO_VOTE)
    if len(files) != 1:
        raise CommandError(
            _("%(number)s: there is not exactly one draft with this print number before the vote.")
            % {"number": number}
        )
    called = [Called(row.councillor, row.club, row.vote) for row in one.parsed.rows]
    try:
        services.record_vote(
            files[0], called=called, held_on=held_on, declared=totals, by=clerk(options["by"])
        )
    except Refused as refusal:
        raise CommandError(f"{number}: {refusal}") from refusal


def clerk(email: str | None) -> Actor:
    """Who records: the council clerk of this e-mail."""
    user = User.objects.filter(email__iexact=email or "").first()
    if user is None or not policy.can(user.actor, "council_file.record_vote"):
        raise CommandError(_("Say with --by EMAIL which council clerk records the vote."))
    return user.actor

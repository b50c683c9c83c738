"""Records roll calls from a file of the voting system, or only prints what the file says."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import policy, procedures
from consultations.errors import Refused
from consultations.models import Actor, CouncilFile, RollCall, User
from consultations.models.council import TO_VOTE
from consultations.services.council import Called, Totals
from workflows import roll_calls, services, vote_totals
from workflows.roll_calls import Listed, Trouble
from workflows.vote_totals import Tallied

UNREADY = gettext_lazy("Correct the rows, and say with --held-on which day it was.")
SEATS = next(int(one.value) for one in procedures.COMMON if one.key == "council_seats")


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
        " that cannot be read. What no name and no declared total tells is printed as -. A table of"
        " totals (columns druk, za, przeciw, …) gives a line for each row, marked with ! where the"
        " totals do not make the whole council, and the count of such rows at the end."
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
        parser.add_argument("--vote", metavar="ID", help="only the vote with this vote_id")
        parser.add_argument(
            "--seats", type=int, default=SEATS, help="councillors of the council (%(default)s)"
        )
        parser.add_argument("--held-on", metavar="DAY", type=date.fromisoformat, help="YYYY-MM-DD")
        parser.add_argument("--by", metavar="EMAIL", help="the council clerk who records it")

    def handle(self, *_args: Any, **options: Any) -> None:
        text = read(options["file"])
        tallied = vote_totals.tallied_in(text)
        if tallied:
            self.of_totals(chosen(tallied, options), options)
            return
        votes = chosen(roll_calls.votes_in(text), options)
        totals = dict(options["declared"])
        for one in votes:
            number = one.print_number or options["print_number"] or ""
            self.stdout.write(line_of(one, number, totals.get(number)))
            self.stdout.write("".join(bad_row(bad) for bad in one.parsed.troubles), ending="")
            if not options["dry_run"]:
                record(one, number, totals.get(number), options)

    def of_totals(self, votes: Sequence[Tallied], options: dict[str, Any]) -> None:
        """A line for each row of a table of totals; where one is asked for, it is recorded."""
        seats = options["seats"]
        for one in votes:
            self.stdout.write(tallied_line(one, seats))
        self.stdout.write(summary(votes, seats))
        if options["dry_run"]:
            return
        if len(votes) != 1:
            raise CommandError(
                _("Say with --print-number, and with --vote where it has several, which to record.")
            )
        (one,) = votes
        if one.totals is None:
            raise CommandError(_("Row %(row)s: a total is no number.") % {"row": one.row})
        enter(one.print_number, [], one.held_on, Totals(**one.totals), options)


AnyVote = TypeVar("AnyVote", Listed, Tallied)


def chosen(votes: Sequence[AnyVote], options: dict[str, Any]) -> list[AnyVote]:
    """The votes that are asked for; CommandError when there is none."""
    found = [one for one in votes if is_asked_for(one, options)]
    if not found:
        raise CommandError(_("The file has no vote on this print."))
    return found


def is_asked_for(one: Listed | Tallied, options: dict[str, Any]) -> bool:
    """A mere list names no print: the option does."""
    wanted, key = options["print_number"], options["vote"]
    named = isinstance(one, Tallied) or one.key
    return not named or (wanted in (None, one.print_number) and key in (None, one.key))


def read(path: Path) -> str:
    try:
        return roll_calls.decode(path.read_bytes())
    except OSError as error:
        raise CommandError(_("%(path)s: the file cannot be opened.") % {"path": path}) from error


def line_of(one: Listed, number: str, totals: Totals | None) -> str:
    """Print number, for-against-abstained, did not vote, absent."""
    counts = RollCall.counts(row.vote for row in one.parsed.rows)
    if totals:
        return in_line(number, vars(totals))
    unsaid = {name: counts[name] or "-" for name in ("no_vote", "absent")}
    return in_line(number, counts | unsaid)


def in_line(number: str, known: Mapping[str, Any]) -> str:
    return _("%(print)s: %(result)s, did not vote %(no_vote)s, absent %(absent)s") % {
        "print": number or "-",
        "result": "{votes_for}-{votes_against}-{abstained}".format(**known),
        "no_vote": known["no_vote"],
        "absent": known["absent"],
    }


def tallied_line(one: Tallied, seats: int) -> str:
    """As `line_of`, marked where the totals are not the whole council."""
    if one.totals is None:
        unread = _("%(print)s: row %(row)s has a total that is no number") % {
            "print": one.print_number or "-",
            "row": one.row,
        }
        return f"! {unread}"
    line = in_line(one.print_number, one.totals)
    if one.makes(seats):
        return line
    made = _("the totals make %(sum)s, not %(seats)s (row %(row)s)") % {
        "sum": sum(one.totals.values()),
        "seats": seats,
        "row": one.row,
    }
    return f"! {line}; {made}"


def summary(votes: Sequence[Tallied], seats: int) -> str:
    uneven = len(vote_totals.uneven(votes, seats))
    return _("Votes: %(count)s; of them not making %(seats)s: %(uneven)s; dropped: 0.") % {
        "count": len(votes),
        "seats": seats,
        "uneven": uneven,
    }


def bad_row(trouble: Trouble) -> str:
    said = f"{trouble.name} «{trouble.word}»" if trouble.word else trouble.name
    return f"! row {trouble.row}: {trouble.code}, {said}\n"


def record(one: Listed, number: str, totals: Totals | None, options: dict[str, Any]) -> None:
    """Enter the vote of a list; CommandError with the refusal's sentence."""
    if one.parsed.troubles:
        raise CommandError(str(UNREADY))
    called = [Called(row.councillor, row.club, row.vote) for row in one.parsed.rows]
    enter(number, called, one.held_on, totals, options)


def enter(
    number: str,
    called: Sequence[Called],
    on: date | None,
    totals: Totals | None,
    options: dict[str, Any],
) -> None:
    """Enter one vote in the file with this print number; CommandError when it is refused."""
    held_on = options["held_on"] or on
    if held_on is None:
        raise CommandError(str(UNREADY))
    files = CouncilFile.objects.filter(print_number=number, state__in=TO_VOTE)
    if len(files) != 1:
        raise CommandError(
            _("%(number)s: there is not exactly one draft with this print number before the vote.")
            % {"number": number}
        )
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

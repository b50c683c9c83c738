"""`manage.py replay 2019`: a year of the annual programme, day by day, and when its alarm rang."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from consultations import plan, procedures
from consultations.plan import Term
from consultations.years import YEARS, Ring, Year, play


class Command(BaseCommand):
    help = "Play a year again by the terms the system is delivered with. Writes nothing anywhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int, help=", ".join(str(year) for year in YEARS))

    def handle(self, *_args: Any, **options: Any) -> None:
        year = YEARS.get(options["year"])
        if year is None:
            known = ", ".join(str(one) for one in YEARS)
            raise CommandError(f"Nothing is known of {options['year']}; known: {known}.")
        rings = list(play(year, delivered_terms()))
        for ring in rings:
            self.stdout.write(_in_words(ring))
        if not rings:
            self.stdout.write("it never rang: a session in time fitted on every day")
        self.stdout.write(_end(year))
        for one in year.assumptions:
            self.stdout.write(f"assumed: {one}")


def delivered_terms() -> dict[str, Term]:
    """The terms of `procedures`, as every new version begins with; no database is asked."""
    figures = {one.key: one for one in (*procedures.COMMON, *procedures.LATER)}
    return {
        key: Term(int(figures[key].value), working=figures[key].unit.startswith("working"))
        for key in plan.RULES
    }


def _in_words(ring: Ring) -> str:
    found = ring.alarm
    missed = f"the last session in time, {found.missed}," if found.missed else "the last day"
    following = f"the next one, {found.session}," if found.session else "no session is known; it"
    return (
        f"alarm: {ring.day}\n"
        f"reason: a session can be on {found.ready} at the earliest; {missed} is missed by"
        f" {_days(found.missed_by)}; {following} is {_days(found.late)} after {found.deadline}"
    )


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"


def _end(year: Year) -> str:
    late = (year.adopted - year.deadline).days
    when = f"{_days(late)} late" if late > 0 else f"{_days(-late)} before the last day"
    return f"adopted: {year.adopted} ({year.resolution}), {when}"

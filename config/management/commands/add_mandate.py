"""`manage.py add_mandate ORGANISATION EMAIL KIND`: who may act for an organisation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from config.logins import login_of
from config.management import people
from consultations import calendar
from consultations.errors import Invalid
from consultations.models import Actor, Mandate, Organisation
from consultations.services import mandates


class Command(BaseCommand):
    help = "Let somebody act for an organisation, or end it with --end. It goes into the record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = Mandate.Kind.values
        parser.add_argument("organisation", help="its name or its KRS number")
        parser.add_argument("email", type=people.email, help="who acts for it")
        parser.add_argument(
            "--kind",
            choices=kinds,
            default=Mandate.Kind.SIGNATORY.value,
            help="a drafter prepares comments, a signatory also files them (the default)",
        )
        parser.add_argument("--name", default="", help="name and surname of a new person")
        parser.add_argument("--basis", default="", help="on what basis, e.g. entry in KRS")
        parser.add_argument("--until", type=people.day, help="the last day, as 2027-12-31")
        parser.add_argument("--end", action="store_true", help="end it instead")

    def handle(self, *_args: Any, **options: Any) -> None:
        with people.by_operator() as by:
            body = people.organisation(options["organisation"])
            said = self._end(body, options, by) if options["end"] else self._add(body, options, by)
        self.stdout.write(said)

    def _add(self, body: Organisation, options: dict[str, Any], by: Actor) -> str:
        user, _is_new = login_of(options["email"], options["name"])
        last_day = options["until"]
        made = mandates.add_mandate(
            body,
            user.actor,
            kind=options["kind"],
            basis=options["basis"],
            until=calendar.end_of(last_day) if last_day else None,
            by=by,
        )
        return f"{user.email} may act for {body.name} as a {made.kind}."

    def _end(self, body: Organisation, options: dict[str, Any], by: Actor) -> str:
        user = people.known_login(options["email"])
        running = Mandate.objects.running().filter(organisation=body, actor=user.actor).first()
        if running is None:
            raise Invalid("The person has no mandate of this organisation.")
        mandates.end_mandate(running, by=by)
        return f"{user.email} no longer acts for {body.name}."

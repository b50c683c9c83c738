"""`manage.py add_member ORGANISATION EMAIL`: who may speak for an organisation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from config.logins import login_of
from config.management import people
from consultations.models import Actor, Organisation
from consultations.services import enrolling


class Command(BaseCommand):
    help = "Let somebody speak for an organisation, or end it with --end. It goes into the record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="its name or its KRS number")
        parser.add_argument("email", type=people.email, help="who speaks for it")
        parser.add_argument("--name", default="", help="name and surname of a new person")
        parser.add_argument("--end", action="store_true", help="end it instead")

    def handle(self, *_args: Any, **options: Any) -> None:
        with people.by_operator() as by:
            body = people.organisation(options["organisation"])
            said = self._end(body, options, by) if options["end"] else self._add(body, options, by)
        self.stdout.write(said)

    def _add(self, body: Organisation, options: dict[str, Any], by: Actor) -> str:
        user, _is_new = login_of(options["email"], options["name"])
        enrolling.add_member(body, user.actor, by=by)
        return f"{user.email} may speak for {body.name}."

    def _end(self, body: Organisation, options: dict[str, Any], by: Actor) -> str:
        user = people.known_login(options["email"])
        enrolling.end_membership(body, user.actor, by=by)
        return f"{user.email} no longer speaks for {body.name}."

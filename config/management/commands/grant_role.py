"""`manage.py grant_role EMAIL ROLE`: who works here, and as what; also for those to come."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management import BaseCommand
from django.utils import translation

from config.logins import login_of
from config.management import people
from consultations.models import Actor, Role
from consultations.services import enrolling


class Command(BaseCommand):
    help = "Give somebody a role, or take it back with --revoke. It goes into the record."

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        kwargs["formatter_class"] = RawDescriptionHelpFormatter
        with translation.override("en"):
            roles = "".join(f"  {role.value:16} {role.label}\n" for role in Role)
        return super().create_parser(*args, epilog=f"roles:\n{roles}", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", type=people.email, help="whose role it is")
        parser.add_argument("role", choices=Role.values, metavar="ROLE", help="see below")
        parser.add_argument("--name", default="", help="name and surname of a new person")
        parser.add_argument("--department", metavar="SLUG", help="where an expert works")
        parser.add_argument("--revoke", action="store_true", help="end the role instead")

    def handle(self, *_args: Any, **options: Any) -> None:
        with people.by_operator() as by:
            said = self._revoke(options, by) if options["revoke"] else self._grant(options, by)
        self.stdout.write(said)

    def _grant(self, options: dict[str, Any], by: Actor) -> str:
        department = people.department(options["department"])
        user, is_new = login_of(options["email"], options["name"])
        enrolling.grant_role(user.actor, options["role"], department=department, by=by)
        new = " New here; they sign in with a code sent to this address." if is_new else ""
        return f"{user.email} holds the role {options['role']}.{new}"

    def _revoke(self, options: dict[str, Any], by: Actor) -> str:
        user = people.known_login(options["email"])
        enrolling.revoke_role(user.actor, options["role"], by=by)
        return f"{user.email} no longer holds the role {options['role']}."

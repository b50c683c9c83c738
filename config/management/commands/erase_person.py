"""`manage.py erase_person EMAIL_OR_ACTOR --because …`: who she is and what she wrote goes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from config import erasing as files
from config.logins import find_login
from config.management import people
from consultations.errors import Invalid
from consultations.models import Actor
from consultations.services import erasing


class Command(BaseCommand):
    help = "Erase a person's data for good. It goes into the record, without her name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", metavar="EMAIL_OR_ACTOR", help="address, or number of actor")
        parser.add_argument("--because", required=True, help="on what ground; never write who")
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *_args: Any, **options: Any) -> None:
        with people.by_operator():
            person = _person(options["person"])
            self._preview(person)
        if options["dry_run"]:
            self.stdout.write("Nothing was changed.")
            return
        if not options["yes"]:
            self._ask()
        with people.by_operator() as by:
            erasing.erase_person(person, by=by, because=options["because"])
        self.stdout.write(f"Erased: actor {person.pk}. {files.wipe()}")
        self.stdout.write("Backups made before still hold her: see docs/operations.md.")

    def _preview(self, person: Actor) -> None:
        self.stdout.write(f"Of actor {person.pk} this goes, is ended or emptied:")
        for name, count in erasing.find(person).counts().items():
            self.stdout.write(f"  {name:16} {count:6}")

    def _ask(self) -> None:
        if input("This cannot be undone. Type ERASE to go on: ").strip() != "ERASE":
            raise CommandError("Nothing was changed.")


def _person(word: str) -> Actor:
    """By address, or by number for those who have no login: a letter's sender."""
    if word.isdecimal():
        found = Actor.objects.filter(pk=int(word), kind=Actor.Kind.PERSON).first()
    else:
        user = find_login(word)
        found = user.actor if user else None
    if found is None:
        raise Invalid(f"There is no such person: {word}")
    return found

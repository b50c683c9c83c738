"""`manage.py add_department SLUG NAME`: a department that comments can be passed to."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_slug

from config.management import people
from consultations.services import enrolling


class Command(BaseCommand):
    help = "Add a department, by a short name (letters, digits, hyphens) and its full name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="short name, as budzet")
        parser.add_argument("name", help="full name, as “Wydział Budżetu”")

    def handle(self, *_args: Any, **options: Any) -> None:
        slug, name = options["slug"], options["name"].strip()
        try:
            validate_slug(slug)
        except ValidationError:
            raise CommandError("The short name has letters, digits and hyphens only.") from None
        with people.by_operator() as by:
            enrolling.add_department(slug=slug, name=name, by=by)
        self.stdout.write(f"Added: {name} ({slug}).")

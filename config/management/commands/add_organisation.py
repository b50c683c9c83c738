"""`manage.py add_organisation NAME FORM`: an organisation people may speak for."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from config.management import people
from consultations.models import LegalForm
from consultations.services import enrolling


class Command(BaseCommand):
    help = f"Add an organisation. FORM is one of: {', '.join(LegalForm.values)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="full name, as in the register")
        parser.add_argument("form", choices=LegalForm.values, metavar="FORM", help="legal form")
        parser.add_argument("--krs", default="", help="number in the register KRS, ten digits")

    def handle(self, *_args: Any, **options: Any) -> None:
        name = options["name"].strip()
        with people.by_operator() as by:
            enrolling.add_organisation(
                name=name, legal_form=options["form"], krs=options["krs"], by=by
            )
        self.stdout.write(f"Added: {name}.")

"""`manage.py add_organisation NAME FORM`: an organisation people may speak for."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from config.management import people
from consultations.models import LegalForm
from consultations.services import organisations


class Command(BaseCommand):
    help = f"Add an organisation. FORM is one of: {', '.join(LegalForm.values)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="full name, as in the register")
        parser.add_argument("form", choices=LegalForm.values, metavar="FORM", help="legal form")
        parser.add_argument("--krs", default="", help="number in the register KRS, ten digits")
        parser.add_argument("--nip", default="", help="tax number NIP, ten digits")
        parser.add_argument("--regon", default="", help="number REGON, nine or fourteen digits")

    def handle(self, *_args: Any, **options: Any) -> None:
        numbers = {kind: options[kind] for kind in ("krs", "nip", "regon")}
        data = organisations.Data(options["name"], options["form"], **numbers)
        with people.by_operator() as by:
            added = organisations.add_organisation(data, by=by)
        self.stdout.write(f"Added: {added.name}.")

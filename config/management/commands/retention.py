"""`manage.py retention`: delete now what the table of personal data says is over."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management import BaseCommand

from config.management import people
from consultations import retention
from consultations.services.keeping import delete_expired


class Command(BaseCommand):
    help = "Delete what nobody needs any more; the clock does the same once an hour."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *_args: Any, **options: Any) -> None:
        rules, dry = retention.every(), options["dry_run"]
        found = {rule.name: rule.due().count() for rule in rules} if dry else _deleted()
        self.stdout.write(f"{'rule':12} {'days':>6} {'rows':>8}")
        for rule in rules:
            self.stdout.write(f"{rule.name:12} {rule.days or '–':>6} {found.get(rule.name, 0):8}")
        if dry:
            self.stdout.write("Nothing was changed.")


def _deleted() -> Counter[str]:
    """Batch by batch, each a transaction of its own."""
    deleted: Counter[str] = Counter()
    while batch := _batch():
        deleted.update(batch)
    return deleted


def _batch() -> dict[str, int]:
    with people.by_operator() as by:
        return delete_expired(by=by)

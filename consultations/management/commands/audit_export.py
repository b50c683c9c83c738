"""`manage.py audit_export`: the record of a draft, or the whole log, for somebody to check."""

import os
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from consultations.models import Checkpoint, Consultation, Draft
from consultations.selectors import record_file
from consultations.selectors.log import latest_checkpoint

HOLDS_WORDS = "It holds words and names of people: give it only to whoever may read them."


class Command(BaseCommand):
    help = f"Write the record into a file that verify.py checks. {HOLDS_WORDS}"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="the whole log")
        parser.add_argument(
            "given",
            nargs="+",
            metavar="DRAFT PATH",
            help="the draft (its key, or the address of one of its rounds), and the new file",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        *drafts, path = options["given"]
        if len(drafts) != (0 if options["all"] else 1):
            raise CommandError("Give a draft and a path, or --all and a path.")
        checkpoint = latest_checkpoint()
        if checkpoint is None:
            raise CommandError("Nothing has been signed yet: the clock does it, or manage.py tick.")
        self._write(Path(path), _pieces(drafts, checkpoint))
        self.stdout.write(f"{path}: up to entry {checkpoint.size}. {HOLDS_WORDS}")

    def _write(self, path: Path, pieces: Iterator[bytes]) -> None:
        """A new file only its owner may read."""
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)


def _pieces(drafts: list[str], checkpoint: Checkpoint) -> Iterator[bytes]:
    if drafts:
        return record_file.of_case(_draft(drafts[0]), checkpoint)
    return record_file.of_log(checkpoint)


def _draft(what: str) -> Draft:
    """The draft with this key, or whose round has this address."""
    if what.isdecimal() and (draft := Draft.objects.filter(pk=int(what)).first()):
        return draft
    round_of_it = Consultation.objects.filter(slug=what).select_related("draft").first()
    if round_of_it is None:
        raise CommandError(f"There is no draft with the key or address «{what}».")
    return round_of_it.draft

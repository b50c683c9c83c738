"""`manage.py audit_verify`: is the record what it was, and are the tables what it says?"""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from consultations.checks import guards_stand
from consultations.ledger.verify import Bad, Checkpoint, open_note, parse_checkpoint
from consultations.selectors import replay
from consultations.selectors.audit import Audit, Fault, Wrong
from consultations.selectors.log import latest_checkpoint

NOT_CHECKED = 9  # a file given to compare with is not what it should be
CODES = "; ".join(f"{one.value} {one.name.lower()}" for one in Wrong)


class Command(BaseCommand):
    help = f"Check the record. Exit codes: 0 all is right; {CODES}. The first fault decides."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--against",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="a checkpoint kept earlier; may be repeated",
        )
        parser.add_argument("--deep", action="store_true", help="compare the tables, too")
        parser.add_argument("--key", default="", help="the public key, when it is not ours")

    def handle(self, *_args: Any, **options: Any) -> None:
        kept = [self._kept(path, options["key"]) for path in options["against"]]
        audit = Audit(kept)
        for done in audit.run():
            if options["verbosity"] > 1:
                self.stdout.write(f"{done} entries")
        found = [*audit.faults, *_guards(), *(replay.faults() if options["deep"] else ())]
        for fault in found:
            self.stderr.write(f"{fault.what.value} {fault.what.name.lower()}: {fault}")
        if found:
            raise SystemExit(int(found[0].what))
        self.stdout.write(f"All is right: {audit.size} entries.")

    def _kept(self, path: Path, key: str) -> Checkpoint:
        """The head somebody kept; CommandError when it was not signed with the key."""
        latest = latest_checkpoint()
        key = key or (latest.key if latest else "")
        try:
            return parse_checkpoint(open_note(path.read_bytes(), key))
        except OSError as error:
            words = f"{path} cannot be read: {error.strerror}."
            raise CommandError(words, returncode=NOT_CHECKED) from error
        except Bad as error:
            words = (
                f"{path} is not a checkpoint signed with the key {key or '(none)'}: {error.what}"
            )
            raise CommandError(words, returncode=NOT_CHECKED) from error


def _guards() -> Iterator[Fault]:
    for message in guards_stand(["default"]):
        yield Fault(Wrong.GUARD, message.msg)

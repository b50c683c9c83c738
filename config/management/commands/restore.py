"""`manage.py restore FILE`: a backup in the place of what stands, or nothing at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from config.backups.manifest import Unusable
from config.backups.restoring import restore


class Command(BaseCommand):
    help = "Restore a backup and bring it up to date with this program; stop the server first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="made by manage.py backup")
        parser.add_argument(
            "--replace", action="store_true", help="replace a record; it is backed up first"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            about = restore(
                options["file"].resolve(), replace=options["replace"], say=self.stdout.write
            )
        except (Unusable, DatabaseError, OSError) as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        self.stdout.write(f"Restored as of {about.made_at} (version {about.version}).")
        self.stdout.write(f"Checked: {about.head}.")

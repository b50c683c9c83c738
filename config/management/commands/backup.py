"""`manage.py backup FILE`: everything the site holds in one file, while it goes on working."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from config.backups.making import make
from config.backups.manifest import Unusable


class Command(BaseCommand):
    help = "Write a backup of the whole site into FILE (a zip); the server may go on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="a new file")

    def handle(self, *_args: Any, **options: Any) -> None:
        path = options["file"].resolve()
        try:
            about = make(path)
        except (Unusable, DatabaseError, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        self.stdout.write(f"{path}: {about.head}.")

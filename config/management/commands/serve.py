"""`manage.py serve`: pages, sockets, clock and notices from one process."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from config import serving


class Command(BaseCommand):
    help = "Bring the database up to date and serve until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *_args: Any, **options: Any) -> None:
        serving.restart_for(options["port"])
        claimed = serving.claim_port(settings.HOST, settings.PORT)
        serving.bring_up_to_date()
        self.stdout.write(f"Serving {settings.ORIGIN}/ (Ctrl-C ends it)")
        self.stdout.flush()
        serving.serve(claimed)

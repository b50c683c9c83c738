"""`manage.py demo`: fill the demonstration when the database is empty, then serve it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import translation

from config import serving
from config.demo.fill import fill
from config.demo.people import MAIN, faces
from consultations.models import User


class Command(BaseCommand):
    help = "Bring the database up to date, fill the demonstration when it is empty, serve it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="fill only")
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Set UWAGA_DEMO=1: a demonstration never touches a real site.")
        if options["no_serve"]:
            self._prepare()
            return
        serving.restart_for(options["port"])
        claimed = serving.claim_port(settings.HOST, settings.PORT)
        self._prepare()
        self._introduce()
        serving.serve(claimed)

    def _prepare(self) -> None:
        serving.bring_up_to_date()
        if fill(say=self._say):
            self._say("Done.")
        elif not User.objects.filter(email=MAIN[0]).exists():
            raise CommandError(
                "This database holds another site. Give the demonstration one of its own:"
                "  DATABASE_URL=... make"
            )

    def _introduce(self) -> None:
        address = f"http://localhost:{settings.PORT}/"
        self._say(f"\nThe demonstration is at {address} (Ctrl-C ends it).")
        self._say(f"Step into anybody's role at {address}demo/, with no password:\n")
        with translation.override("en"):
            for face in faces():
                self._say(f"  {face.name:20} {face.email:42} {face.role}")
        self._say("")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

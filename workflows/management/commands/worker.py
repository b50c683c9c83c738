"""The loop in a process of its own, for sites with several web processes."""

import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from consultations.text.words import learn_beside
from workflows.loop import Loop


class Command(BaseCommand):
    help = "Run clock, outbox and jobs until SIGTERM or Ctrl+C."

    def handle(self, **_options: Any) -> None:
        if settings.WORDS:
            learn_beside()
        loop = Loop()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: loop.stop())
        loop.run()

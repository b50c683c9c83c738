"""One sweep: due timers and registered jobs; nothing, while another worker leads."""

from typing import Any

from django.core.management.base import BaseCommand

from workflows.leases import this_process
from workflows.tick import tick


class Command(BaseCommand):
    help = "Do once what is due: timers, notices, checks."

    def handle(self, **_options: Any) -> None:
        if this_process.leads():
            print(tick())
            this_process.step_down()
        else:
            print("Another worker leads; nothing to do.")

"""For every draft: the open step of its flow is the one its state calls for."""

from typing import Any

from django.core.management.base import BaseCommand

from workflows.flow_check import mismatches


class Command(BaseCommand):
    help = "Check that the flow of every draft fits its stage; exit code 1 when one does not."

    def handle(self, **_options: Any) -> None:
        found = mismatches()
        for sentence in found:
            print(sentence)
        if found:
            raise SystemExit(1)
        print("Every flow fits the stage of its draft.")

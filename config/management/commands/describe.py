"""`manage.py describe`: print docs/flows.md anew; `--check` only says whether it is current."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config.describe import page


class Command(BaseCommand):
    help = "Writes docs/flows.md: every machine, act, guard and who is told."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="exit 1 when the page is stale")

    def handle(self, *, check: bool, **_options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "flows.md"
        if not check:
            path.write_text(page(), encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != page():
            self.stderr.write("docs/flows.md is stale; run: manage.py describe")
            sys.exit(1)

"""`manage.py migrate`: Django's own, which may begin although guards are missing or old.

It is what installs them: the check that names them would otherwise keep every upgrade away that
brings a new guard, and the very command its hint asks for.
"""

from typing import Any

from django.core.management.commands import migrate


class Command(migrate.Command):
    def check(self, *args: Any, **options: Any) -> None:
        """All checks but those that look into the database, which is about to change."""
        super().check(*args, **(options | {"databases": None}))

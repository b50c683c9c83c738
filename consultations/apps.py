"""Wires the guards of the database and the rows the law is delivered with to migrations."""

from typing import Any

from django.apps import AppConfig
from django.core.management import CommandError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate, pre_migrate


class ConsultationsConfig(AppConfig):
    name = "consultations"

    def ready(self) -> None:
        from consultations import (  # noqa: PLC0415 - models must be loaded first
            belongings,
            checks,
            rights,
            triggers,
        )
        from consultations.ground import lay  # noqa: PLC0415
        from consultations.selectors import own_data  # noqa: PLC0415

        def lift(using: str, **_: Any) -> None:
            if not rights.is_owner(connections[using]):
                whose = rights.owner(connections[using])
                raise CommandError(
                    f"Only the owner of the tables migrates them: run it as {whose}."
                )
            triggers.drop(connections[using])

        def settle(using: str, **_: Any) -> None:
            if _is_complete(using):  # halfway, the tables are not those of this code
                triggers.drop(connections[using])  # what is laid was proposed by nobody
                lay()
                triggers.install(connections[using])

        pre_migrate.connect(lift, sender=self, weak=False)
        post_migrate.connect(settle, sender=self, weak=False)
        belongings.register()
        own_data.register()
        checks.register_all()


def _is_complete(using: str) -> bool:
    """Whether every migration of this app has been applied."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes("consultations"))

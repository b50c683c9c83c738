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
            checks,
            erasers,
            retention,
            rights,
            triggers,
        )
        from consultations.ground import lay  # noqa: PLC0415
        from consultations.models import (  # noqa: PLC0415
            Attachment,
            CommentDraft,
            CommentWords,
            ErasureRequest,
            Intake,
            Support,
            UnsavedEdit,
            Viewed,
            Visit,
            Watch,
        )
        from consultations.models.clock import now  # noqa: PLC0415
        from consultations.models.erasing import RUNNING  # noqa: PLC0415
        from consultations.selectors import own_data  # noqa: PLC0415
        from consultations.selectors.guests import of_person  # noqa: PLC0415

        def lift(using: str, **_: Any) -> None:
            if not rights.is_owner(connections[using]):
                whose = rights.owner(connections[using])
                raise CommandError(
                    f"Only the owner of the tables migrates them: run it as {whose}."
                )
            triggers.drop(connections[using])

        def settle(using: str, **_: Any) -> None:
            if _is_complete(using):  # halfway, the tables are not those of this code
                lay()
                triggers.install(connections[using])

        pre_migrate.connect(lift, sender=self, weak=False)
        post_migrate.connect(settle, sender=self, weak=False)
        erasers.register("links of guests", of_person)
        erasers.register("watches", lambda person: Watch.objects.filter(actor=person))
        erasers.register("marks of reading", lambda person: Viewed.objects.filter(actor=person))
        erasers.register("unsaved texts", lambda person: UnsavedEdit.objects.filter(author=person))
        erasers.register("sheets", lambda person: Intake.objects.filter(uploaded_by=person))
        erasers.register(
            "unfiled drafts",
            lambda person: CommentDraft.objects.filter(author=person, organisation=None),
        )
        erasers.register(
            "attachments",
            lambda person: Attachment.objects.filter(
                comment__filed_by=person, comment__organisation=None
            ),
        )
        erasers.register("council visits", lambda person: Visit.objects.filter(actor=person))
        erasers.register(
            "supports", lambda person: Support.objects.filter(actor=person, organisation=None)
        )
        erasers.register(
            "words of the search",
            lambda person: CommentWords.objects.filter(
                comment__filed_by=person, comment__organisation=None
            ).exclude(said=""),
        )
        erasers.register("requests", lambda person: ErasureRequest.objects.filter(actor=person))
        retention.register(
            "unsaved", lambda kept: UnsavedEdit.objects.filter(saved_at__lt=now() - kept)
        )
        retention.register("visits", lambda kept: Visit.objects.filter(looked_at__lt=now() - kept))
        retention.register(
            "requests",
            lambda kept: ErasureRequest.objects.filter(decided_at__lt=now() - kept).exclude(
                state__in=RUNNING
            ),
        )
        own_data.register()
        checks.register_all()


def _is_complete(using: str) -> bool:
    """Whether every migration of this app has been applied."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes("consultations"))

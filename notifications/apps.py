"""Wires the doorbell to the record, the outbox to the jobs, and the sockets to signing out."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out

from consultations.signals import recorded


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from notifications import counting, outbox, ringing  # noqa: PLC0415 - after the models
        from workflows import consequences, jobs  # noqa: PLC0415

        def close_sockets(request: Any, **_signal: Any) -> None:
            session = getattr(request, "session", None)
            ringing.kick(session.session_key if session is not None else None)

        recorded.connect(ringing.ring, dispatch_uid="notifications.ring")
        user_logged_out.connect(close_sockets, weak=False, dispatch_uid="notifications.kick")
        jobs.register(outbox.dispatch)
        consequences.register(counting.people_told)

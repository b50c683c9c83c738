"""Wires the doorbell to the record, the outbox to the jobs, and the sockets to signing out."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.utils.translation import get_language

from consultations.signals import recorded


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from notifications import (  # noqa: PLC0415 - after the models
            counting,
            erasing,
            guest_letters,
            outbox,
            post,
            ringing,
            services,
        )
        from workflows import consequences, jobs  # noqa: PLC0415

        def close_sockets(request: Any, **_signal: Any) -> None:
            session = getattr(request, "session", None)
            ringing.kick(session.session_key if session is not None else None)

        def remember_language(user: Any, **_signal: Any) -> None:
            services.remember_language(get_language(), by=user.actor)

        recorded.connect(ringing.ring, dispatch_uid="notifications.ring")
        user_logged_out.connect(close_sockets, weak=False, dispatch_uid="notifications.kick")
        user_logged_in.connect(remember_language, weak=False, dispatch_uid="notifications.language")
        jobs.register(outbox.dispatch)
        jobs.register(post.deliver)
        jobs.register(guest_letters.deliver)
        consequences.register(counting.people_told)
        erasing.register()

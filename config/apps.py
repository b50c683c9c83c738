"""Wires signing in to the layers below: what it keeps of a person, and how a login is opened."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import erasing, logins  # noqa: PLC0415 - models must be loaded first
        from consultations.logins import register  # noqa: PLC0415

        erasing.register()
        register(logins.login_of)

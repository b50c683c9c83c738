"""Wires what signing in keeps of a person to erasing her."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import erasing  # noqa: PLC0415 - models must be loaded first

        erasing.register()

"""The site's own settings, with the bench's views added: what is measured beside the pages."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"

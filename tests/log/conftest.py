"""Pages of the log are looked at like the other public ones."""

from tests.public.conftest import visit

__all__ = ["visit"]

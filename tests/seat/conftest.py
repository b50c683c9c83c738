"""Looking at pages as somebody, in English."""

from tests.public.conftest import visit

__all__ = ["visit"]

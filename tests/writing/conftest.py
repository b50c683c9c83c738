"""The scene of the attacks, and looking at a page as somebody."""

from tests.ground.scene import scene
from tests.public.conftest import visit

__all__ = ["scene", "visit"]

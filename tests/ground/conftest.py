"""The scene of the attacks and the walk over every address, for the tests of the ground."""

from tests.ground.scene import scene
from tests.ground.walk import there

__all__ = ["scene", "there"]

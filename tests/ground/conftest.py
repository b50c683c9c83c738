"""The scene of the attacks, for every test of the ground."""

from tests.ground.scene import scene

__all__ = ["scene"]

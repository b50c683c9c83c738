"""What these tests share: the verifier under Node, and a browser as the stories have it."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import browser, problems
from tests.proof import node

__all__ = ["browser", "problems"]


@pytest.fixture(scope="session")
def javascript() -> Iterator[node.Node]:
    """The JavaScript verifier in one process; a machine without Node skips, and says so."""
    if node.node() is None:
        pytest.skip(node.NO_NODE)
    with node.running() as one:
        yield one

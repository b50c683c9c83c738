"""What these tests share: the verifier under Node."""

from collections.abc import Iterator

import pytest

from tests.proof import node


@pytest.fixture(scope="session")
def javascript() -> Iterator[node.Node]:
    """The JavaScript verifier in one process; a machine without Node skips, and says so."""
    if node.node() is None:
        pytest.skip(node.NO_NODE)
    with node.running() as one:
        yield one

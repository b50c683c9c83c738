"""A world filled once for all tests of a file: each of them leaves it as it found it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction


@contextmanager
def lasting(blocker: Any, folders: Any) -> Iterator[pytest.MonkeyPatch]:
    """What is written inside stays until the file's last test, and is undone then.

    For a fixture of scope «module»: `django_db_blocker` and `tmp_path_factory`. The tests need
    `django_db` of their own, whose transaction becomes a savepoint in this one.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "SIGNER_HOME", folders.mktemp("signer"))
        with blocker.unblock(), transaction.atomic():
            yield patch
            transaction.set_rollback(True)

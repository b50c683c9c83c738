"""`migrate` begins although a guard is missing: it is what puts it back."""

import pytest
from django.core.management.base import SystemCheckError
from django.core.management.commands import migrate as djangos

from config.management.commands.migrate import Command
from tests.ground.attacks import lift


def test_a_missing_guard_does_not_keep_migrate_from_putting_it_back(db: None) -> None:
    lift("entry_update")
    Command().check(databases=["default"])
    with pytest.raises(SystemCheckError, match="uw_entry_update"):  # the control
        djangos.Command().check(databases=["default"])

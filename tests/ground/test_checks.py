"""`manage.py check --database default` finds a guard that is gone, off, or not what it was."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from consultations import triggers
from tests.databases import POSTGRES
from tests.ground.attacks import lift, sql

GUARDS = [one.name.removeprefix("uw_") for one in triggers.for_vendor("postgresql")]


def check() -> str:
    """What the command says: nothing, or its errors."""
    try:
        call_command("check", databases=["default"], stdout=StringIO(), stderr=StringIO())
    except SystemCheckError as error:
        return str(error)
    return ""


@pytest.mark.django_db
def test_nothing_is_missing_in_a_fresh_database() -> None:
    assert (check(), triggers.drifted(connection)) == ("", [])


@pytest.mark.django_db
def test_every_constraint_of_the_models_is_in_the_database() -> None:
    """Django leaves out silently what a database cannot have."""
    models = apps.get_app_config("consultations").get_models()
    wanted = {one.name for model in models for one in model._meta.constraints}
    with connection.cursor() as cursor:
        found = {
            name
            for model in apps.get_app_config("consultations").get_models()
            for name in connection.introspection.get_constraints(cursor, model._meta.db_table)
        }
    assert wanted - found == set()


@pytest.mark.django_db
def test_every_dropped_guard_is_named() -> None:
    """Each of them, one after the other."""
    standing = [name.removeprefix("uw_") for name, _table in triggers.standing(connection)]
    unnoticed = []
    for name in standing:
        lift(name)
        if f"uw_{name}" not in check() or "uwaga.E001" not in check():
            unnoticed.append(name)
    assert (unnoticed, len(standing) > 50) == ([], True)


@pytest.mark.django_db
def test_a_weakened_guard_is_named() -> None:
    if POSTGRES:
        sql(
            "CREATE OR REPLACE FUNCTION uw_entry_update() RETURNS trigger"
            " AS $$BEGIN RETURN NEW; END$$ LANGUAGE plpgsql"
        )
    else:
        lift("entry_update")
        sql(
            "CREATE TRIGGER uw_entry_update BEFORE UPDATE ON {entry} WHEN 0"
            " BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    assert triggers.drifted(connection) == ["uw_entry_update"]
    assert "uwaga.E002" in check()


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("how", ["DISABLE TRIGGER", "ENABLE TRIGGER", "ENABLE REPLICA TRIGGER"])
def test_a_guard_that_does_not_always_fire_is_named(how: str) -> None:
    sql(f"ALTER TABLE {{entry}} {how} uw_entry_update")
    assert "uw_entry_update" in check()


@pytest.mark.django_db
def test_migrating_puts_every_guard_back() -> None:
    lift("entry_update", "comment_state")
    triggers.install(connection)
    assert check() == ""


def test_no_two_guards_share_a_name() -> None:
    assert len(set(GUARDS)) == len(GUARDS)

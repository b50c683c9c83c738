"""The application's own role on PostgreSQL: it does all its work, and no insider's.

Each attack is tried twice: as the application's role it is refused, for want of the right or by a
guard; as the owner of the tables, with the guards lifted, it succeeds, or the test could not fail.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from config import serving
from consultations import rights, triggers
from consultations.models import Comment, Entry, Sealed
from consultations.models.people import operator
from consultations.services.comments import withdraw_comment
from consultations.services.erasing import erase_person
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.databases import WORKER
from tests.ground.attacks import TABLES, as_replica, forge, sql, sql_value
from tests.ground.scene import Scene
from tests.world import World

ROLE = f"uwaga_test_{WORKER or 'main'}"
# Either the role lacks the right, or a guard says no; anything else would be a slip of the test.
NO_RIGHT, GUARD = "42501", "23001"


@contextmanager
def connected_as(role: str) -> Iterator[None]:
    """The services' own connection belongs to the role, from its first byte on."""
    owner = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = role
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = owner


@pytest.fixture
def role(transactional_db: None) -> Iterator[str]:
    """The role as the command makes it; gone after the test."""
    call_command("database_role", ROLE, stdout=StringIO())
    yield ROLE
    sql(f"DROP OWNED BY {ROLE}")
    sql(f"DROP ROLE {ROLE}")


def became(act: Callable[[], object], *, lifted: bool = False) -> str:
    """What became of the act: the code of the refusal, or «passed»; nothing of it stays."""
    try:
        with transaction.atomic():
            if lifted:
                triggers.drop(connection)
            act()
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(getattr(error.__cause__, "sqlstate", error))
    return "passed"


def words_of_an_answer() -> int:
    return Sealed.objects.filter(entry__kind="comment.answer").delete()[0]


def attacks(scene: Scene, owner: str) -> dict[str, tuple[Callable[[], object], str, bool]]:
    """By name: the act, what refuses it, whether the owner must lift the guards for it."""
    entry, answer = scene.entry, scene.answer
    lone = Entry.objects.get(kind="consultation.open", case=scene.draft)
    return {
        "update an entry": (
            lambda: sql("UPDATE {entry} SET kind = 'x' WHERE id = %s", entry.pk),
            *(NO_RIGHT, True),
        ),
        "delete an entry": (
            lambda: sql("DELETE FROM {entry} WHERE id = %s", lone.pk),
            *(NO_RIGHT, True),
        ),
        "empty the record": (lambda: sql("TRUNCATE {entry} CASCADE"), NO_RIGHT, True),
        "insert an entry out of order": (lambda: forge(scene, bump=False), GUARD, True),
        "insert an entry at a wrong place of its case": (
            lambda: forge(scene, case_seq=scene.newest.case_seq + 7),  # type: ignore[operator]
            *(GUARD, True),
        ),
        "turn the head back": (
            lambda: sql("UPDATE {loghead} SET size = size - 1"),
            *(GUARD, True),
        ),
        "delete the head": (lambda: sql("DELETE FROM {loghead}"), NO_RIGHT, True),
        "change a comment's state without an entry": (
            lambda: sql("UPDATE {comment} SET state = 'admitted' WHERE id = %s", scene.received.pk),
            *(GUARD, True),
        ),
        "rewrite a published answer": (
            lambda: sql("UPDATE {answer} SET reasons = 'x' WHERE id = %s", answer.pk),
            *(GUARD, True),
        ),
        "delete sealed words without an erasing": (words_of_an_answer, GUARD, True),
        "rewrite sealed words": (lambda: sql("UPDATE {sealed} SET text = 'x'"), NO_RIGHT, True),
        "edit a published wording": (
            lambda: sql("UPDATE {wording} SET text = 'x' WHERE id = %s", scene.wording.pk),
            *(GUARD, True),
        ),
        "change a ballot": (lambda: sql("UPDATE {ballot} SET vote = 'against'"), NO_RIGHT, True),
        "change the law": (lambda: sql("UPDATE {rule} SET value = 'x'"), NO_RIGHT, True),
        "disable a guard": (
            lambda: sql("ALTER TABLE {entry} DISABLE TRIGGER uw_entry_order"),
            *(NO_RIGHT, False),
        ),
        "drop a guard": (lambda: sql("DROP TRIGGER uw_entry_order ON {entry}"), NO_RIGHT, False),
        "rewrite a guard": (
            lambda: sql(
                "CREATE OR REPLACE FUNCTION uw_entry_order() RETURNS trigger AS"
                " 'BEGIN RETURN NEW; END' LANGUAGE plpgsql"
            ),
            *(NO_RIGHT, False),
        ),
        "write as a replica": (as_replica, NO_RIGHT, False),
        "alter a table": (
            lambda: sql("ALTER TABLE {entry} ADD COLUMN spare text"),
            *(NO_RIGHT, False),
        ),
        "put a table of one's own in the guards' way": (
            lambda: sql("CREATE TEMPORARY TABLE {loghead} (id int, size int, last_t_us int)"),
            *(NO_RIGHT, False),
        ),
        "give oneself a right": (
            lambda: (
                sql(f"GRANT UPDATE ON {{entry}} TO {ROLE}"),  # passes, and gives nothing
                sql("UPDATE {entry} SET kind = 'x' WHERE id = %s", entry.pk),
            ),
            *(NO_RIGHT, True),
        ),
        "become the owner": (
            lambda: sql(f'SET LOCAL ROLE "{owner}"'),
            *(NO_RIGHT, False),
        ),
    }


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_every_attack_of_an_insider_is_refused(scene: Scene, role: str) -> None:
    scene.world.voted(scene.world.numbered(scene.world.closed(scene.world.opened("glosowany"))))
    tried = attacks(scene, rights.owner(connection))
    wanted = {name: code for name, (_act, code, _lifted) in tried.items()}
    by_owner = {name: became(act, lifted=lifted) for name, (act, _code, lifted) in tried.items()}
    with connected_as(role):
        by_role = {name: became(act) for name, (act, _code, _lifted) in tried.items()}
    assert by_role == wanted
    assert by_owner == dict.fromkeys(tried, "passed")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_role_does_all_the_work_of_the_application(
    world: World, role: str, tmp_path: Path
) -> None:
    with connected_as(role):
        assert sql_value("SELECT current_user") == role
        consultation = world.opened()
        world.answered(world.admitted(consultation))
        withdraw_comment(world.comment(consultation), by=world.ngo)
        private = world.comment(consultation, organisation=None, by=world.outsider)
        world.voted(world.numbered(world.closed(world.opened("drugi"))))
        dispatch()
        erase_person(world.outsider, by=operator(), because="Wniosek.")
        call_command("tick", stdout=StringIO())
        call_command("backup", str(tmp_path / "all.zip"), stdout=StringIO())
        assert serving.bring_up_to_date() is False
    states = [one.state for one in Comment.objects.filter(consultation=consultation)]
    assert states == ["published", "withdrawn", "received"]
    assert (Comment.objects.get(pk=private.pk).is_erased, Notice.objects.exists()) == (True, True)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_owns_nothing_is_told_who_can_migrate(
    role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = rights.owner(connection)
    with connected_as(role):
        with pytest.raises(CommandError) as told:
            call_command("migrate", verbosity=0)
        assert str(told.value) == (
            f"Only the owner of the tables migrates them: run it as {owner}."
        )
        monkeypatch.setattr(serving, "guards_stand", lambda _: ["a guard is gone"])
        with pytest.raises(CommandError) as told:
            serving.bring_up_to_date()
        assert str(told.value) == (
            f"The database is not up to date, and {role} does not own its tables. Run as {owner}:"
            f"  manage.py migrate && manage.py database_role {role}"
        )
    monkeypatch.undo()
    sql(f"REVOKE INSERT ON {TABLES['entry']} FROM {role}")
    with connected_as(role), pytest.raises(CommandError, match="lacks rights on") as told:
        serving.bring_up_to_date()
    assert TABLES["entry"] in str(told.value)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_printed_script_does_what_the_command_does(role: str) -> None:
    printed = StringIO()
    call_command("database_role", role, "--print", stdout=printed)
    sql(f"DROP OWNED BY {role}")
    with connection.cursor() as cursor:
        cursor.execute(printed.getvalue())
    with connected_as(role):
        assert rights.lacking(connection) == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_owner_is_no_role_for_the_application(role: str) -> None:
    with pytest.raises(CommandError, match="owns the tables or is above all rights"):
        call_command("database_role", rights.owner(connection))
    with connected_as(role), pytest.raises(CommandError, match=r"Nothing was changed\."):
        call_command("database_role", role)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL has roles")
def test_sqlite_has_no_roles_and_says_so() -> None:
    with pytest.raises(CommandError, match="SQLite has no roles"):
        call_command("database_role", "uwaga_web")

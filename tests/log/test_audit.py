"""`audit_verify` finds what was altered behind the record's back, and says where."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from consultations import triggers
from consultations.ledger.signer import WillNotSign
from consultations.management.commands.audit_verify import NOT_CHECKED
from consultations.models import Entry, LogHead
from consultations.models.people import operator
from consultations.selectors.audit import Wrong
from consultations.services.checkpoints import publish_checkpoint
from consultations.services.enrolling import add_department
from tests.ground.attacks import nothing_guards, sql
from tests.world import World

Plant = Callable[[Entry], object]


@pytest.fixture
def walked(world: World) -> World:
    world.answered(world.admitted(world.opened()))
    world.comment(world.opened("drugi"))
    publish_checkpoint()
    return world


@pytest.fixture
def unguarded(walked: World) -> Iterator[World]:
    with nothing_guards():
        yield walked


def verify(*options: str) -> tuple[int, str]:
    """The exit code and what was said on standard error."""
    said = StringIO()
    try:
        call_command("audit_verify", *options, stdout=StringIO(), stderr=said)
    except SystemExit as end:
        return int(end.code or 0), said.getvalue()
    return 0, said.getvalue()


def test_all_is_right(walked: World) -> None:
    assert verify("--deep") == (0, "")


def target() -> Entry:
    """The entry that is attacked: somewhere in the middle."""
    return Entry.objects.filter(kind="comment.answer").get()


def payload(entry: Entry, **changes: Any) -> str:
    return json.dumps(json.loads(entry.payload) | changes, separators=(",", ":"), sort_keys=True)


def rewrite(entry: Entry, text: str) -> None:
    sql("UPDATE {entry} SET payload = %s WHERE id = %s", text, entry.pk)


def other_nodes(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(nodes=bytes(32) + bytes(entry.nodes)[32:])


@dataclass(frozen=True)
class Planted:
    name: str
    plant: Plant
    code: Wrong
    here: bool = True  # whether the attacked entry is the one to be named


TOLD = ("notice", "letter", "dispatched")


def remove(entry: Entry) -> None:
    """As if it had never been: also from the tables that point to it."""
    sql("DELETE FROM {sealed} WHERE entry_id = %s", entry.pk)
    for name in TOLD:
        sql(f"DELETE FROM notifications_{name} WHERE entry_id = %s", entry.pk)  # noqa: S608
    sql("DELETE FROM {entry} WHERE id = %s", entry.pk)


def alter(statement: str) -> Plant:
    """A statement on the row of the attacked entry."""
    return lambda entry: sql(statement, entry.pk)


def remove_last(_entry: Entry) -> None:
    remove(Entry.objects.latest("seq"))


EACH = [
    Planted("a leaf", lambda one: rewrite(one, payload(one, role="clerk")), Wrong.LEAF),
    Planted("the hash of a leaf", other_nodes, Wrong.LEAF),
    Planted("a column", alter("UPDATE {entry} SET role = 'clerk' WHERE id = %s"), Wrong.LEAF),
    Planted(
        "an instant",
        alter("UPDATE {entry} SET at = '2020-01-01 00:00:00' WHERE id = %s"),
        Wrong.LEAF,
    ),
    Planted("an entry removed", remove, Wrong.GAP),
    Planted(
        "the head", lambda _: sql("UPDATE {loghead} SET size = size + 1"), Wrong.HEAD, here=False
    ),
    Planted("the last entry removed", remove_last, Wrong.HEAD, here=False),
    Planted(
        "a published root",
        lambda _: sql("UPDATE {checkpoint} SET root = %s", bytes(32)),
        Wrong.CHECKPOINT,
        here=False,
    ),
    Planted(
        "sealed words", alter("UPDATE {sealed} SET text = 'x' WHERE entry_id = %s"), Wrong.WORDS
    ),
    Planted("sealed words removed", alter("DELETE FROM {sealed} WHERE entry_id = %s"), Wrong.WORDS),
]


@pytest.mark.parametrize("planted", EACH, ids=lambda one: one.name.replace(" ", "_"))
def test_what_was_altered_is_found_and_named(unguarded: World, planted: Planted) -> None:
    entry = target()
    planted.plant(entry)
    triggers.install(connection)
    code, said = verify()
    assert code == planted.code
    if planted.here:
        assert f"entry {entry.seq}:" in said


LIVE: list[tuple[str, str]] = [
    ("a state", "UPDATE {comment} SET state = 'rejected'"),
    ("a version", "UPDATE {comment} SET version = version + 1"),
    ("what was filed", "UPDATE {comment} SET reasons = 'x'"),
    ("the proposed wording", "UPDATE {comment} SET proposed_wording = 'x'"),
    ("the number", "UPDATE {comment} SET number = number + 100"),
    ("the channel", "UPDATE {comment} SET channel = 'post'"),
    ("the outcome", "UPDATE {answer} SET outcome = 'accepted'"),
    ("the reasons of an answer", "UPDATE {answer} SET reasons = 'x'"),
    ("the second signature", "UPDATE {answer} SET approver_id = approver_id + 1"),
    ("a published text", "UPDATE {wording} SET text = 'x' WHERE level = 'section'"),
    ("an answer removed", "DELETE FROM {answer}"),
    ("a state of a draft", "UPDATE {draft} SET state = 'withdrawn'"),
]


@pytest.mark.parametrize("statement", [one for _, one in LIVE], ids=[name for name, _ in LIVE])
def test_tables_that_are_not_what_the_record_says_are_found_by_the_deep_check(
    unguarded: World, statement: str
) -> None:
    touched = sql(statement)
    triggers.install(connection)
    assert touched
    assert verify() == (0, "")  # the log itself is whole
    assert verify("--deep")[0] == Wrong.LIVE


def test_a_missing_guard_is_found(unguarded: World) -> None:
    code, said = verify()
    assert (code, "uw_entry_update" in said) == (Wrong.GUARD, True)


def test_an_older_database_is_found_with_a_head_somebody_kept(
    walked: World, tmp_path: Path
) -> None:
    """The end is cut off and the inside made whole again: only the kept head shows it."""
    add_department(slug="kultura", name="Wydział Kultury", by=operator())
    latest = publish_checkpoint()
    assert latest is not None
    kept = tmp_path / "kept.txt"
    kept.write_text(latest.note)
    with nothing_guards():
        remove(Entry.objects.latest("seq"))
        before = Entry.objects.latest("seq")
        LogHead.objects.update(size=before.seq, last_t_us=before.t_us)
        sql("DELETE FROM {checkpoint} WHERE size > %s", before.seq)
    assert verify("--deep") == (0, "")
    code, said = verify("--against", str(kept))
    assert (code, "the end is missing" in said) == (Wrong.CHECKPOINT, True)
    with pytest.raises(WillNotSign):
        add_and_publish()


def add_and_publish() -> None:
    """Going on from the older database: the signer remembers the newer one."""
    add_department(slug="sport", name="Wydział Sportu", by=operator())
    publish_checkpoint()


def test_a_file_that_is_no_head_of_ours_is_told_apart(walked: World, tmp_path: Path) -> None:
    """Not with the code of an altered entry."""
    (tmp_path / "inne.txt").write_text("localhost/log\n")
    for name in ("inne.txt", "brak.txt"):
        with pytest.raises(CommandError) as told:
            verify("--against", str(tmp_path / name))
        assert told.value.returncode == NOT_CHECKED
        assert told.value.returncode not in set(Wrong)

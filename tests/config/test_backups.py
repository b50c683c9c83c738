"""A backup is whole and of one instant; a restore is all of it or nothing, and says why not."""

import asyncio
import io
import json
import shutil
import sqlite3
import threading
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, connections, models
from django.test import Client
from django.utils import timezone

from config.backups import archive, manifest, on_postgresql, restoring
from consultations import triggers
from consultations.models import Comment, Document, Entry, LogHead, User
from consultations.services.documents import add_document
from tests.conftest import guards_of_this_database
from tests.world import World
from workflows.models import Lease

pytestmark = pytest.mark.django_db(transaction=True)
SQLITE = connection.vendor == "sqlite"


@pytest.fixture(autouse=True)
def alone(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Nobody else of this run has the database open; what is saved beside it stays here."""
    settings.VAR_DIR = tmp_path
    asyncio.run(sync_to_async(connections.close_all)())
    yield
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


@pytest.fixture
def site(world: World) -> World:
    """A record with an answered comment."""
    world.answered(world.admitted(world.opened()))
    return world


def said(*words: object) -> str:
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def refused(*words: object) -> str:
    with pytest.raises(CommandError) as told:
        said(*words)
    return str(told.value)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for leases and when migrations were applied."""
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            if table not in {"workflows_lease", "django_migrations"}:
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of tables
                rows[table] = sorted(cursor.fetchall(), key=repr)
    return rows


def changed(path: Path, to: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """The backup with another manifest."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == manifest.NAME:
                about = json.loads(content)
                change(about)
                content = json.dumps(about).encode()
            new.writestr(name, content)
    return to


def test_all_comes_back_as_it_was_and_the_road_goes_on(site: World, tmp_path: Path) -> None:
    before, file = everything(), tmp_path / "backup.zip"
    said("backup", file)
    add_document(slug="pozniej", kind="annual", title="Później", by=site.officer)
    User.objects.filter(actor=site.outsider).delete()
    words = said("restore", file, "--replace")
    assert everything() == before
    assert (triggers.standing(connection), triggers.drifted(connection)) == (
        guards_of_this_database(),
        [],
    )
    assert f"the last entry is {LogHead.objects.get().size}, SHA-256 " in words
    add_document(slug="dalej", kind="annual", title="Dalej", by=site.officer)
    assert Client().get("/k/program-2027/").status_code == 200


def test_the_manifest_says_what_it_holds(site: World, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    words = said("backup", file)
    with archive.reading(file) as backup:
        about = backup.about
    last = Entry.objects.latest("seq")
    assert (about.head.size, about.version, about.rows["consultations_entry"]) == (
        last.seq,
        manifest.version(),
        Entry.objects.count(),
    )
    assert ("consultations", "0001_ground") in about.migrations
    assert (file.stat().st_mode & 0o777, about.head.sha256 in words) == (0o600, True)


def test_what_stood_is_saved_and_can_be_had_back(site: World, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    said("backup", file)
    add_document(slug="pozniej", kind="annual", title="Później", by=site.officer)
    later = everything()
    words = said("restore", file, "--replace")
    (saved,) = tmp_path.glob("before-restore-*.zip")
    assert f"What stood here was saved: {saved}" in words
    said("restore", saved, "--replace")
    assert everything() == later


def test_a_record_is_not_replaced_by_the_way(site: World, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    said("backup", file)
    before = everything()
    why = refused("restore", file)
    entries, people = Entry.objects.count(), User.objects.count()
    assert why == (
        f"Nothing was restored. This database holds a record: {entries} entries, {people} people."
        " Use --replace to replace it."
    )
    assert everything() == before


def _flipped(content: bytes) -> bytes:
    """One bit of it, in the middle of the largest part."""
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        largest = max(bundle.infolist(), key=lambda one: one.compress_size)
    place = largest.header_offset + 30 + len(largest.filename) + largest.compress_size // 2
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda content: content[: len(content) // 2], "not a whole zip file"),
        (lambda _content: b"", "not a whole zip file"),
        (_flipped, "damaged"),
    ],
    ids=["half", "empty", "one bit"],
)
def test_a_damaged_file_is_refused_and_nothing_changes(
    site: World, tmp_path: Path, spoil: Callable[[bytes], bytes], why: str
) -> None:
    file, spoilt = tmp_path / "backup.zip", tmp_path / "spoilt.zip"
    said("backup", file)
    spoilt.write_bytes(spoil(file.read_bytes()))
    before = everything()
    assert why in refused("restore", spoilt, "--replace")
    assert everything() == before
    said("restore", file, "--replace")  # the control: the sound one is taken


def _another_hash(about: dict[str, Any]) -> None:
    next(iter(about["parts"].values()))["sha256"] = "0" * 64


def _of_tomorrow(about: dict[str, Any]) -> None:
    about["version"] = "9.9"
    about["migrations"].append(["consultations", "9999_tomorrow"])


def _another_kind(about: dict[str, Any]) -> None:
    about["database"] = "oracle"


def _another_head(about: dict[str, Any]) -> None:
    about["head"]["sha256"] = "0" * 64


def _more_rows(about: dict[str, Any]) -> None:
    about["rows"]["consultations_comment"] += 1


def _nothing(_about: dict[str, Any]) -> None:
    """The control."""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_another_hash, "has another SHA-256 than in the manifest"),
        (_of_tomorrow, "made by a newer program (9.9; this one is"),
        (_another_kind, "The backup is of oracle, this site runs on"),
        (_another_head, "The record of the backup came out as"),
        (_more_rows, "The rows of the backup came out as"),
        (_nothing, ""),
    ],
)
def test_a_backup_that_is_not_what_it_says_is_refused(
    site: World, tmp_path: Path, change: Callable[[dict[str, Any]], None], why: str
) -> None:
    """The last two are found only after all was loaded: then, too, nothing of it stays."""
    file = tmp_path / "backup.zip"
    said("backup", file)
    other = changed(file, tmp_path / "other.zip", change)
    add_document(slug="pozniej", kind="annual", title="Później", by=site.officer)
    before = everything()
    if why:
        assert why in refused("restore", other, "--replace")
        assert everything() == before
    else:
        said("restore", other, "--replace")
        assert not Document.objects.filter(slug="pozniej").exists()


def test_a_restore_that_stumbles_leaves_what_stood(
    site: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, before = tmp_path / "backup.zip", everything()
    said("backup", file)

    def stumble(*_words: object, **_options: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(restoring, "call_command", stumble)
    assert "No space left on device" in refused("restore", file, "--replace")
    assert everything() == before
    assert triggers.standing(connection) == guards_of_this_database()


def test_nothing_is_restored_under_a_running_server(site: World, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    said("backup", file)
    lease = Lease.objects.create(
        name="tick", owner="server:1", expires=timezone.now() + timedelta(seconds=9)
    )
    assert "A server is at work on this database (server:1)." in refused(
        "restore", file, "--replace"
    )
    lease.expires = timezone.now() - timedelta(seconds=1)
    lease.save()
    said("restore", file, "--replace")


@pytest.mark.skipif(not SQLITE, reason="on PostgreSQL the transaction keeps others out")
def test_sqlite_is_not_swapped_under_whoever_has_it_open(site: World, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    said("backup", file)
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("SELECT COUNT(*) FROM consultations_entry").fetchall()
        assert "Another program has the database open." in refused("restore", file, "--replace")
    said("restore", file, "--replace")


def test_a_backup_never_takes_the_place_of_another(site: World, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    file.write_text("the backup of yesterday")
    assert "is there already" in refused("backup", file)
    assert "There is no folder" in refused("backup", tmp_path / "none" / "backup.zip")
    assert "cannot be read" in refused("restore", tmp_path / "none.zip", "--replace")
    assert file.read_text() == "the backup of yesterday"


def test_a_backup_under_writes_is_of_one_instant(site: World, tmp_path: Path) -> None:
    """While another connection records one act after the other."""
    stop, written = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            slug = f"d-{uuid.uuid4().hex}"
            add_document(slug=slug, kind="annual", title=slug, by=site.officer)
            written.append(slug)
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        files = [tmp_path / f"{n}.zip" for n in range(3)]
        for file in files:
            seen = len(written)
            said("backup", file)
            while len(written) == seen:  # so that the next one has more to hold
                stop.wait(0.01)
    finally:
        stop.set()
        writer.join()
    sizes = []
    for file in files:
        said("restore", file, "--replace")
        size = LogHead.objects.get().size
        counts = Entry.objects.count(), Entry.objects.filter(kind="document.add").count()
        assert counts == (size, Document.objects.count())
        sizes.append(size)
    assert (sizes == sorted(sizes), sizes[0] < sizes[-1]) == (True, True)


@pytest.mark.skipif(not SQLITE, reason="a file to be copied by hand is SQLite's")
def test_a_mere_copy_of_the_file_would_lose_what_came_last(site: World, tmp_path: Path) -> None:
    """The control: what is still in the write-ahead log is in the backup only."""
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM consultations_entry").fetchall()
        add_document(slug="ostatni", kind="annual", title="Ostatni", by=site.officer)
        shutil.copyfile(name, tmp_path / "copy.sqlite3")
        said("backup", tmp_path / "backup.zip")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        lost = copy.execute("SELECT COUNT(*) FROM consultations_document").fetchone()[0]
    with archive.reading(tmp_path / "backup.zip") as backup:
        kept = backup.about.rows["consultations_document"]
    assert (lost < kept, kept) == (True, Document.objects.count())


def wipe() -> None:
    """A lost disk: nothing stands, not even tables."""
    if SQLITE:
        connection.close()
        Path(connection.settings_dict["NAME"]).unlink()
    else:
        with connection.cursor() as cursor:
            tables = ", ".join(f'"{one}"' for one in connection.introspection.table_names())
            cursor.execute(f"DROP TABLE {tables} CASCADE")


def test_a_backup_of_an_older_program_is_brought_up_to_date(site: World, tmp_path: Path) -> None:
    """Of the program before the broad road, whose tables were other ones: after a lost disk, and
    in the place of today's.
    """
    record = list(Entry.objects.order_by("seq").values("seq", "kind", "payload"))
    comments = list(Comment.objects.values("number", "state", "reasons"))
    file = tmp_path / "old.zip"
    call_command("migrate", "consultations", "0002_role_held_once", verbosity=0)
    said("backup", file)
    with archive.reading(file) as backup:
        assert "consultations_report" not in backup.about.rows
    wipe()
    for options in ([], ["--replace"]):
        said("restore", file, *options)
        assert list(Entry.objects.order_by("seq").values("seq", "kind", "payload")) == record
        assert list(Comment.objects.values("number", "state", "reasons")) == comments
        assert triggers.standing(connection) == guards_of_this_database()
    assert [Client().get(path).status_code for path in ("/", "/k/program-2027/")] == [200, 200]


@pytest.mark.skipif(SQLITE, reason="on SQLite the file must be nobody else's")
def test_on_postgresql_nothing_is_replaced_under_whoever_reads(
    site: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_postgresql, "PATIENCE", "200ms")
    file, other = tmp_path / "backup.zip", connection.copy()
    said("backup", file)
    before = everything()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM consultations_entry")
        assert "Somebody works in the database." in refused("restore", file, "--replace")
    other.close()
    assert everything() == before
    said("restore", file, "--replace")


def test_another_programs_database_is_left_alone(site: World, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    said("backup", file)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE consultations_entry RENAME TO something")
        why = refused("restore", file, "--replace")
        cursor.execute("ALTER TABLE something RENAME TO consultations_entry")
    assert "This database holds tables of another program." in why


def test_everything_a_site_holds_is_in_the_database() -> None:
    """A model with files of its own would need a place in the backup."""
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    assert [str(field) for field in fields if isinstance(field, models.FileField)] == []

"""An older backup is put back and life goes on: only what left the machine shows it."""

import asyncio
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core.management import call_command
from django.db import connections

from consultations.ledger import signer as signing
from consultations.ledger.signer import WillNotSign
from consultations.models import Checkpoint
from consultations.selectors.audit import Wrong
from consultations.services.checkpoints import publish_checkpoint
from consultations.services.documents import add_document
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def alone(settings: Any, tmp_path: Path) -> None:
    """Nobody else of this run has the database open; what is saved beside it stays here."""
    settings.VAR_DIR = tmp_path
    asyncio.run(sync_to_async(connections.close_all)())


def verify(*options: object) -> tuple[int, str]:
    said = StringIO()
    try:
        call_command("audit_verify", *map(str, options), stdout=StringIO(), stderr=said)
    except SystemExit as end:
        return int(end.code or 0), said.getvalue()
    return 0, said.getvalue()


def published(folder: Path, name: str) -> Path:
    """The signed head as somebody keeps it."""
    head = publish_checkpoint()
    assert head is not None
    kept = folder / name
    kept.write_text(head.note)
    return kept


def test_an_older_backup_is_seen_with_a_kept_head_and_gets_no_signature(
    world: World, tmp_path: Path, settings: Any
) -> None:
    world.comment(world.opened())
    before = published(tmp_path, "before.txt")
    call_command("backup", tmp_path / "old.zip", stdout=StringIO())
    add_document(slug="zgubiony", kind="annual", title="Zgubiony", by=world.officer)
    after = published(tmp_path, "after.txt")
    call_command("restore", tmp_path / "old.zip", "--replace", stdout=StringIO())
    add_document(slug="inny", kind="annual", title="Inny", by=world.officer)
    add_document(slug="dalszy", kind="annual", title="Dalszy", by=world.officer)

    assert verify("--deep") == (0, "")  # from the inside there is nothing to be seen
    assert verify("--against", before) == (0, "")  # the control: an older head still fits
    code, said = verify("--against", after)
    assert (code, "the record was rewritten" in said) == (Wrong.CHECKPOINT, True)
    with pytest.raises(WillNotSign, match="are not those that were signed before"):
        publish_checkpoint()
    size = Checkpoint.objects.latest("size").size
    (settings.SIGNER_HOME / signing.LAST).unlink()
    assert publish_checkpoint() is not None  # the control: without its memory it signs
    assert Checkpoint.objects.latest("size").size > size

"""`audit_export`: a file that `verify.py` checks, and that nobody but its owner reads."""

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from consultations.ledger.verify import verify_record
from consultations.services.checkpoints import publish_checkpoint
from tests.world import World


def export(*words: object) -> None:
    call_command("audit_export", *map(str, words), stdout=StringIO())


def test_the_record_of_a_draft_and_the_whole_log_verify(world: World, tmp_path: Path) -> None:
    consultation = world.admitted(world.opened()).consultation
    world.opened("drugi")
    publish_checkpoint()
    for words in ((consultation.slug,), (consultation.draft_id,), ("--all",)):
        path = tmp_path / f"{words[0]}.txt"
        export(*words, path)
        assert verify_record(path.read_bytes()).ok
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    sizes = {path.stem: path.read_bytes().count(b"\nindex ") for path in tmp_path.glob("*.txt")}
    assert sizes[consultation.slug] == consultation.draft.trail.count() < sizes["--all"]


@pytest.mark.parametrize("words", [("nie-ma-takiej",), ("99999",), ("--all", "program-2027"), ()])
def test_what_cannot_be_exported_leaves_no_file(
    world: World, tmp_path: Path, words: tuple[str, ...]
) -> None:
    world.opened()
    publish_checkpoint()
    with pytest.raises(CommandError):
        export(*words, tmp_path / "plik.txt")
    assert list(tmp_path.glob("*.txt")) == []


def test_a_file_that_is_there_is_kept(world: World, tmp_path: Path) -> None:
    world.opened()
    publish_checkpoint()
    (tmp_path / "plik.txt").write_text("moje")
    with pytest.raises(CommandError, match="cannot be written"):
        export("--all", tmp_path / "plik.txt")
    assert (tmp_path / "plik.txt").read_text() == "moje"


def test_before_the_first_head_there_is_nothing_to_export(world: World, tmp_path: Path) -> None:
    """And an export signs nothing by itself: only the clock does."""
    world.opened()
    with pytest.raises(CommandError, match="Nothing has been signed yet"):
        export("--all", tmp_path / "plik.txt")

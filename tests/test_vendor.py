"""What we took from others is byte for byte what we took, with its licence and where it is from."""

import hashlib
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parent.parent / "config" / "static" / "vendor"
FOLDERS = sorted(path for path in VENDOR.iterdir() if path.is_dir())
PAPERS = {"SHA256SUMS", "NOTICE.md", "LICENSE.txt"}


def listed(folder: Path) -> dict[str, str]:
    """File: sum, as `sha256sum` writes them."""
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(maxsplit=1) for line in lines if line.strip()]
    return {name.lstrip("*").removeprefix("./"): digest for digest, name in pairs}


def actual(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_vendored_file_is_what_its_sum_says(folder: Path) -> None:
    sums, files = listed(folder), actual(folder)
    assert {name: files.get(name) for name in sums} == sums
    assert set(files) - set(sums) <= PAPERS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_vendored_folder_has_its_licence_and_its_source(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} >= PAPERS


def test_one_altered_byte_would_be_seen(tmp_path: Path) -> None:
    """The control."""
    (tmp_path / "a.css").write_bytes(b"body{}")
    before = actual(tmp_path)
    (tmp_path / "a.css").write_bytes(b"body{ }")
    assert actual(tmp_path) != before


def test_there_is_something_to_check() -> None:
    assert len(FOLDERS) >= 3

"""The source of the running version as one zip: what AGPL section 13 asks us to offer."""

import hashlib
import io
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

# Named, not «everything but»: data, secrets and mail of a site may lie beside the code.
FOLDERS = ("config", "consultations", "workflows", "notifications", "tests", "docs", ".ci")
FILES = (
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "manage.py",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
)
MADE_BY_TOOLS = {".pyc", ".mo", ".sqlite3", ".log"}
BEGINNING = (1980, 1, 1, 0, 0, 0)  # the same content gives the same archive


class Archive(NamedTuple):
    """The zip, its name, and its SHA-256 in hexadecimal."""

    name: str
    content: bytes
    fingerprint: str


@cache
def version() -> str:
    """The number of this version, as `pyproject.toml` states it."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def paths(root: Path) -> Iterator[Path]:
    """Every file of the project, sorted; nothing that a site or a tool has put there."""
    named = [root / name for name in FILES]
    inside = [one for folder in FOLDERS for one in (root / folder).rglob("*")]
    yield from sorted(one for one in (*named, *inside) if one.is_file() and _is_source(one))


def _is_source(path: Path) -> bool:
    hidden = path.name.startswith(".") and path.name not in FILES
    return not (
        hidden or path.is_symlink() or path.suffix in MADE_BY_TOOLS or "__pycache__" in path.parts
    )


@cache
def archive() -> Archive:
    """The zip of the version this process began with; made once."""
    folder, root, buffer = f"uwaga-{version()}", settings.BASE_DIR, io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path in paths(root):
            entry = zipfile.ZipInfo(f"{folder}/{path.relative_to(root)}", BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (path.stat().st_mode & 0o755) << 16
            zipped.writestr(entry, path.read_bytes())
    content = buffer.getvalue()
    return Archive(f"{folder}.zip", content, hashlib.sha256(content).hexdigest())

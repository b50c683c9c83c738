"""The file itself: a zip of parts and, last, the manifest with the SHA-256 of each of them."""

import hashlib
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

from config.backups import manifest
from config.backups.manifest import Manifest, Unusable

CHUNK = 1 << 20
DAMAGED = "The file is damaged: {}. Take another copy."
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


class Writing:
    """A backup being written; it gets its name only when it is whole and on the disk."""

    def __init__(self, bundle: zipfile.ZipFile) -> None:
        self._bundle = bundle
        self._parts: dict[str, dict[str, object]] = {}

    @contextmanager
    def part(self, name: str) -> Iterator["Sink"]:
        """Write one part by pieces."""
        with self._bundle.open(name, "w", force_zip64=True) as stream:
            sink = Sink(stream)
            yield sink
        self._parts[name] = {"sha256": sink.sha256.hexdigest(), "size": sink.size}

    def file(self, name: str, path: Path) -> None:
        """Write one part from a file."""
        with self.part(name) as sink, path.open("rb") as source:
            shutil.copyfileobj(source, cast("IO[bytes]", sink), CHUNK)

    def finish(self, about: Manifest) -> None:
        about.parts = self._parts
        self._bundle.writestr(manifest.NAME, about.text())


class Sink:
    """Counts and hashes what passes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self.sha256, self.size = stream, hashlib.sha256(), 0

    def write(self, piece: bytes | memoryview) -> int:
        self._stream.write(piece)
        self.sha256.update(piece)
        self.size += len(piece)
        return len(piece)


@contextmanager
def writing(path: Path) -> Iterator[Writing]:
    """A new file only its owner may read: it holds names and addresses of people."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bundle:
                yield Writing(bundle)
            to_disk(stream)
        unfinished.replace(path)
        folder_to_disk(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def to_disk(stream: IO[bytes]) -> None:
    stream.flush()
    os.fsync(stream.fileno())


def folder_to_disk(folder: Path) -> None:
    """A new name lasts only once its folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Reading:
    """A backup that was looked at whole: every part is there, and is what the manifest says."""

    def __init__(self, bundle: zipfile.ZipFile, about: Manifest) -> None:
        self._bundle, self.about = bundle, about

    def open(self, name: str) -> IO[bytes]:
        return self._bundle.open(name)


@contextmanager
def reading(path: Path) -> Iterator[Reading]:
    """Open a backup and look at every byte of it. Raises Unusable."""
    with ExitStack() as held:
        yield _opened(path, held)


def _opened(path: Path, held: ExitStack) -> Reading:
    try:
        bundle = held.enter_context(zipfile.ZipFile(path))
        if manifest.NAME not in bundle.namelist():
            raise Unusable("The file is not a backup of this program.")
        about = manifest.read(bundle.read(manifest.NAME))
        _compare(bundle, about)
    except OSError as error:
        raise Unusable(f"The file cannot be read: {error.strerror}.") from error
    except BROKEN as error:
        raise Unusable(DAMAGED.format("it is not a whole zip file")) from error
    return Reading(bundle, about)


def _compare(bundle: zipfile.ZipFile, about: Manifest) -> None:
    there = sorted(set(bundle.namelist()) - {manifest.NAME})
    if there != sorted(about.parts) or len(bundle.namelist()) != len(there) + 1:
        raise Unusable(DAMAGED.format("its parts are not those of its manifest"))
    for name, said in about.parts.items():
        if _sha256(bundle, name) != said["sha256"]:
            raise Unusable(DAMAGED.format(f"{name} has another SHA-256 than in the manifest"))


def _sha256(bundle: zipfile.ZipFile, name: str) -> str:
    found = hashlib.sha256()
    try:
        with bundle.open(name) as stream:
            while piece := stream.read(CHUNK):
                found.update(piece)
    except (*BROKEN, OSError) as error:
        raise Unusable(DAMAGED.format(f"{name} cannot be read")) from error
    return found.hexdigest()

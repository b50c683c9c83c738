"""`python -m tests.bench.reporting_write ours|bare ENDING FOLDER`: one writer, in this process.

Prints seconds, megabytes, and how often a comment stands in what was written. A PDF of ours is
written in a process for each part, and its comments are counted in what those are given.
"""

import io
import json
import re
import resource
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

from consultations.text.formats.reports import volumes
from consultations.text.formats.reports.__main__ import write_apart
from consultations.text.formats.reports.description import Description
from consultations.text.formats.reports.writing import DESCRIPTION, WRITERS

MARK = re.compile(r"przygotowanie\. \((\d+)\)")
Rows = Sequence[Sequence[str]]
WHOLE = {"csv", "json", "xlsx"}  # rows of all columns; the others show them folded


def ready_rows(folder: Path, ending: str) -> Rows:
    """The rows as the bare writer gets them."""
    for section in Description(folder / DESCRIPTION).sections():
        if section.code == "comments" and section.table is not None:
            fold = section.table.folded
            return [list(map(str, row)) if ending in WHOLE else fold(row) for row in section.rows]
    return []


def ours(folder: Path, ending: str) -> str:
    """What was written, as far as it can be read."""
    path = folder / f"ours.{ending}"
    if ending != "pdf":
        WRITERS[ending](Description(folder / DESCRIPTION), path)
        return str(path)
    for number in range(1, volumes.count(folder / DESCRIPTION) + 1):
        write_apart(folder, number)
    return ""


def words_of(folder: Path, ending: str) -> str:
    if ending == "pdf":
        found = volumes.volumes(folder / DESCRIPTION)
        return "\n".join(line.decode() for one in found for span in one.spans for line in span.rows)
    held = (folder / f"ours.{ending}").read_bytes()
    if ending in {"docx", "odt", "xlsx"}:
        with zipfile.ZipFile(io.BytesIO(held)) as file:
            return "\n".join(file.read(name).decode() for name in file.namelist())
    return held.decode()


def main(side: str, ending: str, folder: Path) -> dict[str, float]:
    rows = ready_rows(folder, ending) if side == "bare" else []
    began = time.perf_counter()
    if side == "bare":
        from tests.bench.bare_reports import BARE  # noqa: PLC0415 - ours must not carry them

        began = time.perf_counter()
        BARE[ending](rows, folder / f"bare.{ending}")
    else:
        ours(folder, ending)
    seconds = time.perf_counter() - began
    whose = resource.RUSAGE_CHILDREN if (side, ending) == ("ours", "pdf") else resource.RUSAGE_SELF
    said = {"seconds": seconds, "megabytes": resource.getrusage(whose).ru_maxrss / 1024}
    if side == "ours":
        found = MARK.findall(words_of(folder, ending))
        said |= {"rows": len(found), "different": len(set(found))}
    return said


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))

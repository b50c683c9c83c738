"""The volumes of a PDF: so many rows each that one process can set them in little memory."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from consultations.text.formats.reports.description import Row, Section, section_of

MOST_ROWS = 450
MOST_BYTES = 550_000  # of the rows as they stand in the description


@dataclass
class Span:
    """The lines of one section that stand in a volume; `begins` when its heading is there."""

    section: bytes
    begins: bool
    rows: list[bytes] = field(default_factory=list)


@dataclass
class Volume:
    """What one file holds, as lines of the description; `number` from 1."""

    number: int
    spans: list[Span] = field(default_factory=list)

    def parts(self) -> Iterator[tuple[Section, bool, Sequence[Row]]]:
        """Each section with whether it begins here, and its rows."""
        for span in self.spans:
            yield section_of(span.section), span.begins, [json.loads(row) for row in span.rows]


def volumes(path: Path) -> Iterator[Volume]:
    """The volumes of a description one after another.

    What does not fit into one begins the table of comments in a second, so that the first holds
    course, numbers, charts and changes.
    """
    split = _is_long(path)
    volume, rows, size = Volume(1), 0, 0
    with path.open("rb") as file:
        file.readline()
        section = b""
        for line in file:
            if line.startswith(b"{"):
                section = line
                if split and section_of(line).code == "comments" and volume.spans:
                    yield volume
                    volume, rows, size = Volume(volume.number + 1), 0, 0
                volume.spans.append(Span(section, begins=True))
                continue
            if rows >= MOST_ROWS or (rows and size + len(line) > MOST_BYTES):
                yield volume
                volume, rows, size = Volume(volume.number + 1), 0, 0
                volume.spans.append(Span(section, begins=False))
            volume.spans[-1].rows.append(line)
            rows, size = rows + 1, size + len(line)
    yield volume


def count(path: Path) -> int:
    """How many there are."""
    return sum(1 for _volume in volumes(path))


def _is_long(path: Path) -> bool:
    rows = size = 0
    with path.open("rb") as file:
        file.readline()
        for line in file:
            if line.startswith(b"["):
                rows, size = rows + 1, size + len(line)
    return rows > MOST_ROWS or size > MOST_BYTES

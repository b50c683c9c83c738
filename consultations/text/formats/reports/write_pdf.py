"""A volume of the report as tagged PDF, PDF/UA-1: comments as headings and paragraphs, not cells.

A table of thousands of rows takes typst twice the time, and nobody can hear it read.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import typst

from consultations.text.formats.reports.chart import svg
from consultations.text.formats.reports.description import Description, Head, Row, Section, Table
from consultations.text.formats.reports.volumes import Volume, volumes
from consultations.text.formats.writable import MARK, without_rare, writable

_TEMPLATE = Path(__file__).with_name("report.typ")
LONGEST_TABLE = 60  # rows that stand as a table


def write_volume(report: Description, number: int, path: Path) -> None:
    """The volume of that number, from 1; the same report gives the same bytes.

    PDF/UA forbids a character that no font can show: when there is one, all that are not surely
    in the fonts become a visible mark.
    """
    found = list(islice(volumes(report.path), number - 1, number + 1))
    alone = number == 1 and len(found) == 1
    said = _said(report.head, found[0], alone=alone)
    try:
        pdf = _compiled(said)
    except typst.TypstError:
        pdf = _compiled(without_rare(said))
    path.write_bytes(pdf)


def _compiled(said: dict[str, Any]) -> bytes:
    """The words are data of the template, so they cannot be code of it."""
    pdf: bytes = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"report": json.dumps(said, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=0,
    )
    return pdf


def _said(head: Head, volume: Volume, *, alone: bool) -> dict[str, Any]:
    part = "" if alone else head.words["volume"].replace("{}", str(volume.number))
    name = writable(head.name) or MARK
    return {
        "name": f"{name} – {part}" if part else name,
        "volume": part,
        "signed": f"{writable(head.author)}, {head.instant:%Y-%m-%d %H:%M}",
        "author": writable(head.author),
        "language": head.language,
        "contents": head.words["contents"],
        "sections": list(_sections(head, volume)),
    }


def _sections(head: Head, volume: Volume) -> Iterator[dict[str, Any]]:
    for section, begins, rows in volume.parts():
        heading = writable(section.heading) or MARK
        chart = head.words["chart"].replace("{}", heading)
        drawn = begins and section.chart
        yield {
            "heading": heading if begins else f"{heading} {head.words['continued']}",
            "paragraphs": [writable(one) for one in section.paragraphs] if begins else [],
            "chart": svg(section.chart, chart) if drawn else "",
            "alt": chart,
            **_rows(section, rows),
        }


def _rows(section: Section, rows: Sequence[Row]) -> dict[str, Any]:
    table = section.table
    if table is None or section.hollow:
        return {"kind": "none", "names": [], "widths": [], "rows": []}
    named = section.code == "comments" or len(rows) > LONGEST_TABLE
    return {
        "kind": "list" if named else "table",
        "names": [writable(column.heading) for column in table.columns],
        "widths": [column.width for column in table.columns],
        "rows": [_cells(table, row) for row in rows],
    }


def _cells(table: Table, row: Row) -> list[str]:
    """Line breaks are kept; the first cell names the row and is never empty."""
    first, *rest = (writable(cell) for cell in table.folded(row))
    return [first.replace("\n", ", ") or MARK, *rest]

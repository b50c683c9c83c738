"""The report as data; its schema stands in docs/report-json.md."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from consultations.text.formats.reports.description import Description, Section

SCHEMA = "uwaga-report/1"
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def write(report: Description, path: Path) -> None:
    """One object; tables are lists of objects, a line for each row."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_pieces(report))


def _pieces(report: Description) -> Iterator[str]:
    head = report.head
    said = {
        "schema": SCHEMA,
        "title": head.title,
        "subject": head.subject,
        "author": head.author,
        "language": head.language,
        "at": head.at,
        "copy": head.copy,
    }
    yield _json(said)[:-1] + ',"sections":['
    for place, section in enumerate(report.sections()):
        yield ",\n" if place else "\n"
        yield from _section(section)
    yield "\n]}\n"


def _section(section: Section) -> Iterator[str]:
    said: dict[str, Any] = {
        "code": section.code,
        "heading": section.heading,
        "paragraphs": list(section.paragraphs),
    }
    if section.chart:
        said["chart"] = [vars(bar) for bar in section.chart]
    if section.table is None:
        yield _json(said)
        return
    table = section.table
    said["columns"] = [
        {"code": code, "name": name} for code, name in zip(table.codes, table.names, strict=True)
    ]
    yield _json(said)[:-1] + ',"rows":['
    for place, row in enumerate(section.rows):
        yield ",\n" if place else "\n"
        yield _json(dict(zip(table.codes, row, strict=True)))
    yield "\n]}"


def _json(said: Any) -> str:
    return _ENCODER.encode(said)

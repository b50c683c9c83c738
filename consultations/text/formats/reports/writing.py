"""All files of one copy of a report, written from its description into a folder."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from consultations.text.formats.reports import (
    volumes,
    write_csv,
    write_docx,
    write_html,
    write_json,
    write_odt,
    write_xlsx,
)
from consultations.text.formats.reports.description import Description

PDF: Final = "pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument"
MIMES: Final = {
    "html": "text/html; charset=utf-8",
    PDF: "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
WRITERS: Final[dict[str, Callable[[Description, Path], None]]] = {
    "csv": write_csv.write,
    "html": write_html.write,
    "docx": write_docx.write,
    "odt": write_odt.write,
    "xlsx": write_xlsx.write,
    "json": write_json.write,
}
DESCRIPTION, FINISHED = "description.jsonl", "written.json"
WriteVolume = Callable[[Path, int], None]


def name_of(ending: str, part: int = 1) -> str:
    """The name of a finished file in the folder."""
    return f"report.{part}.{ending}"


def write_all(folder: Path, write_volume: WriteVolume) -> None:
    """Every file that the folder does not hold yet; each appears whole, or not at all.

    `write_volume` writes one volume of the PDF, in a process of its own where memory counts.
    """
    report = Description(folder / DESCRIPTION)
    for ending, write in WRITERS.items():
        if not (folder / name_of(ending)).exists():
            write(report, folder / f"part.{ending}")
            (folder / f"part.{ending}").replace(folder / name_of(ending))
    many = volumes.count(report.path)
    for number in range(1, many + 1):
        if not (folder / name_of(PDF, number)).exists():
            write_volume(folder, number)
    (folder / "part.json").write_text(json.dumps({"volumes": many}))
    (folder / "part.json").replace(folder / FINISHED)

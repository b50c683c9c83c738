"""`python -m tests.bench.reporting_write ours|bare ENDING FOLDER`: one writer, in this process.

Prints seconds, megabytes, and how often a comment stands in what was written. A PDF of ours is
written in a process for each part, and its comments are counted in what those are given.
"""

import csv
import io
import json
import re
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from consultations.text.formats.reports import volumes
from consultations.text.formats.reports.__main__ import write_apart
from consultations.text.formats.reports.description import Description
from consultations.text.formats.reports.writing import DESCRIPTION, WRITERS

MARK = re.compile(r"przygotowanie\. \((\d+)\)")
TYPST = b"""#let rows = json(bytes(sys.inputs.rows))
#set document(title: "Raport")
#set text(lang: "pl")
#for row in rows { heading(level: 1, row.first()); for words in row.slice(1) { par(words) } }
"""
Rows = Sequence[Sequence[str]]


def bare_pdf(rows: Rows, path: Path) -> None:
    import typst

    pdf = typst.compile(
        TYPST,
        format="pdf",
        sys_inputs={"rows": json.dumps(rows, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=0,
    )
    path.write_bytes(pdf)


def bare_docx(rows: Rows, path: Path) -> None:
    """One row of python-docx copied for all others: its own way takes 18 s."""
    from consultations.text.formats.tables import Part, Table, report

    table = Table([""] * len(rows[0]), [4.0] * len(rows[0]), rows)
    path.write_bytes(report("Raport", [Part("Uwagi", (), table)], author="", language="pl"))


def bare_odt(rows: Rows, path: Path) -> None:
    from lxml import etree

    from consultations.text.formats.odf import packed
    from consultations.text.formats.odt_parts import element, file_of

    table = element("table:table")
    for row in rows:
        made = element("table:table-row")
        for words in row:
            cell = element("table:table-cell")
            for line in words.split("\n"):
                said = element("text:p")
                said.text = line
                cell.append(said)
            made.append(cell)
        table.append(made)
    body = element("office:body", element("office:text", table))
    root = element("office:document-content", body, office__version="1.3")
    path.write_bytes(packed({"content.xml": file_of(root)}))
    etree.clear_error_log()


def bare_xlsx(rows: Rows, path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Uwagi")
    for row in rows:
        sheet.append(row)
    book.save(path)


def bare_csv(rows: Rows, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def bare_html(rows: Rows, path: Path) -> None:
    said = "\n".join(
        "<tr>" + "".join(f"<td>{escape(words)}</td>" for words in row) + "</tr>" for row in rows
    )
    path.write_text(f"<!DOCTYPE html><html><body><table>{said}</table></body></html>")


def bare_json(rows: Rows, path: Path) -> None:
    names = [f"c{place}" for place in range(len(rows[0]))]
    found = [dict(zip(names, row, strict=True)) for row in rows]
    path.write_text(json.dumps(found, ensure_ascii=False))


BARE: dict[str, Callable[[Rows, Path], None]] = {
    "pdf": bare_pdf,
    "docx": bare_docx,
    "odt": bare_odt,
    "xlsx": bare_xlsx,
    "csv": bare_csv,
    "html": bare_html,
    "json": bare_json,
}
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

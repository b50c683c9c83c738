"""Bare writers of ready rows, one for each format of a report: what ours are measured against."""

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import typst
from lxml import etree
from openpyxl import Workbook

from consultations.text.formats.odf import packed
from consultations.text.formats.odt_parts import element, file_of
from consultations.text.formats.tables import Part, Table, report

TYPST = b"""#let rows = json(bytes(sys.inputs.rows))
#set document(title: "Raport")
#set text(lang: "pl")
#for row in rows { heading(level: 1, row.first()); for words in row.slice(1) { par(words) } }
"""
Rows = Sequence[Sequence[str]]


def bare_pdf(rows: Rows, path: Path) -> None:
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
    table = Table([""] * len(rows[0]), [4.0] * len(rows[0]), rows)
    path.write_bytes(report("Raport", [Part("Uwagi", (), table)], author="", language="pl"))


def bare_odt(rows: Rows, path: Path) -> None:
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


def bare_xlsx(rows: Rows, path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Uwagi")
    for row in rows:
        sheet.append(row)
    book.save(path)


def bare_csv(rows: Rows, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def bare_html(rows: Rows, path: Path) -> None:
    """As the writer of drafts: a tree of lxml."""
    table = etree.Element("table")
    for row in rows:
        made = etree.SubElement(table, "tr")
        for words in row:
            etree.SubElement(made, "td").text = words
    path.write_bytes(etree.tostring(table, method="html", encoding="utf-8"))


def bare_json(rows: Rows, path: Path) -> None:
    names = [f"c{place}" for place in range(len(rows[0]))]
    found = [dict(zip(names, row, strict=True)) for row in rows]
    with path.open("w", encoding="utf-8") as file:
        json.dump(found, file, ensure_ascii=False)


BARE: dict[str, Callable[[Rows, Path], None]] = {
    "pdf": bare_pdf,
    "docx": bare_docx,
    "odt": bare_odt,
    "xlsx": bare_xlsx,
    "csv": bare_csv,
    "html": bare_html,
    "json": bare_json,
}

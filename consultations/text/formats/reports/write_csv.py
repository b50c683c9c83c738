"""The table of comments for a spreadsheet: semicolons, and a BOM that Excel asks for."""

import csv
from pathlib import Path

from consultations.text.formats.reports.description import Description
from consultations.text.formats.writable import safe_cell

COMMENTS = "comments"


def write(report: Description, path: Path) -> None:
    """A row for each comment, its heading first; no cell is a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        written = csv.writer(file, delimiter=";")
        for section in report.sections():
            if section.code != COMMENTS or section.table is None:
                continue
            written.writerow(section.table.names)
            written.writerows([safe_cell(str(cell)) for cell in row] for row in section.rows)

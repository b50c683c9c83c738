"""One volume of the PDF in the folder of a report."""

from pathlib import Path

from consultations.text.formats.reports.description import Description
from consultations.text.formats.reports.write_pdf import write_volume
from consultations.text.formats.reports.writing import DESCRIPTION, PDF, name_of


def write(folder: Path, number: int) -> None:
    """The file appears whole, or not at all."""
    write_volume(Description(folder / DESCRIPTION), number, folder / "part.pdf")
    (folder / "part.pdf").replace(folder / name_of(PDF, number))

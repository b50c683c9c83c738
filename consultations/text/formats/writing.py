"""The kinds of files a draft is given out in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from consultations.text.formats import letter, odf
from consultations.text.formats.write_akn import write_akn
from consultations.text.formats.write_docx import write_docx
from consultations.text.formats.write_html import write_html
from consultations.text.formats.write_odt import write_odt
from consultations.text.formats.write_pdf import write_pdf
from consultations.text.formats.written import Written


@dataclass(frozen=True)
class Format:
    """A kind of file: how it is written, and the type it is sent as."""

    write: Callable[[Written], bytes]
    mime: str


# By the ending of the file's name; .xml is Akoma Ntoso 3.0.
FORMATS: Final = {
    "docx": Format(write_docx, letter.MIME),
    "odt": Format(write_odt, odf.MIME),
    "pdf": Format(write_pdf, "application/pdf"),
    "html": Format(write_html, "text/html; charset=utf-8"),
    "xml": Format(write_akn, "application/akn+xml"),
}

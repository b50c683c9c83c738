"""Small files of each kind, and files of strangers that are something else."""

import zipfile
from io import BytesIO

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20)
TIFF = b"II*\x00\x08\x00\x00\x00" + bytes(20)
EXE = b"MZ\x90\x00" + bytes(60)


def package(**parts: bytes) -> bytes:
    """A zip of these parts; `__` in a name stands for a slash."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name, content in parts.items():
            written.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


DOCX = package(word__document_xml=b"<w/>")
XLSX = package(xl__workbook_xml=b"<w/>")
ODT = package(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<o/>")
ODS = package(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content_xml=b"<o/>")
ODP = package(mimetype=b"application/vnd.oasis.opendocument.presentation", content_xml=b"<o/>")
PLAIN_ZIP = package(letter=b"a")
MACROS = package(word__document_xml=b"<w/>", **{"word/vbaProject.bin": b"x"})

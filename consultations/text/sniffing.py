"""What a file from a stranger is, by its content: one of a few kinds, or nothing we take."""

import zipfile
from io import BytesIO

import puremagic

PDF, PNG, JPEG, TIFF = "application/pdf", "image/png", "image/jpeg", "image/tiff"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV, TXT = "text/csv", "text/plain"
# Media types we take, with the ends of names they may have; the first is put on a name without.
ENDS: dict[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    DOCX: (".docx",),
    ODT: (".odt",),
    XLSX: (".xlsx",),
    ODS: (".ods",),
    CSV: (".csv",),
    TXT: (".txt",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    TIFF: (".tif", ".tiff"),
}
ACCEPTED = ",".join(end for ends in ENDS.values() for end in ends)
LONGEST_NAME = 150
_HEAD = 4096  # bytes in which a signature stands
_BODY = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_MACROS = ("vbaproject.bin", "basic/", "scripts/")


def media_type_of(name: str, content: bytes) -> str:
    """The media type, found by content; empty for what is not taken (a program, macros, a page).

    Only text has no signature of its own: it must read as UTF-8 or as Windows-1250 without signs
    that text does not have, and be named so.
    """
    if content.startswith(b"PK\x03\x04"):
        return _package(content)
    found = _signed(content[:_HEAD])
    return found or _text(name.lower(), content)


def _signed(head: bytes) -> str:
    try:
        types = {one.mime_type for one in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return ""
    return next((one for one in (PDF, PNG, JPEG, TIFF) if one in types), "")


def _package(content: bytes) -> str:
    """An office document by what its package holds; reads its list and one short part."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = package.namelist()
            if any(
                one.lower().startswith(_MACROS) or one.lower().endswith(_MACROS) for one in names
            ):
                return ""
            if "mimetype" in names:
                with package.open("mimetype") as part:
                    said = part.read(100).decode("ascii", "replace").strip()
                return said if said in (ODT, ODS) else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return ""
    return next((kind for body, kind in _BODY.items() if body in names), "")


def _text(name: str, content: bytes) -> str:
    kind = next((one for one in (CSV, TXT) if name.endswith(ENDS[one])), "")
    return kind if kind and _reads(content) else ""


def _reads(content: bytes) -> bool:
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text)
    return False


def safe_name(name: str, media_type: str) -> str:
    """The last part of the name, without signs that hide or break it, with an end that fits."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')
    stem = " ".join(shown.split()).lstrip(".") or "plik"
    ends = ENDS[media_type]
    end = next((one for one in ends if stem.lower().endswith(one)), "")
    stem = stem[: len(stem) - len(end)]
    return f"{stem[: LONGEST_NAME - 10].rstrip('. ') or 'plik'}{end or ends[0]}"

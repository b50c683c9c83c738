"""The table of comments in a report: all columns of the data, and how a page puts them together."""

from dataclasses import fields

from django.utils.translation import gettext as _

from consultations.selectors import report_table as table
from consultations.text.formats.reports.description import Column, Piece, Table

CODES = tuple(one.name for one in fields(table.Row))
INSIDE = (*CODES, *(one.name for one in fields(table.Inside)))
# Cells of a column of the page, by code; of the internal copy those after the bar too.
PAGE = (
    ("number received late | state case_number faults", 2.6),
    ("who channel supporters | recorded_by taken_at department posted", 3.4),
    ("place words |", 5.4),
    ("kind proposal |", 5.4),
    ("reasons supplement |", 4.5),
    ("outcome accepted_part answer answered | hidden_because left_because advice", 5.4),
)


def public() -> Table:
    """The copy for everybody."""
    return Table(CODES, table.heading(), table.WIDTHS[: len(CODES)], _columns(CODES))


def inside() -> Table:
    """The copy for the files of the office."""
    return Table(INSIDE, table.inside_heading(), table.WIDTHS, _columns(INSIDE))


def _columns(codes: tuple[str, ...]) -> list[Column]:
    names = (
        _("No., received"),
        _("Who, how"),
        _("Provision and its wording"),
        _("Proposal"),
        _("Reasons"),
        _("Position and its reasons"),
    )
    return [
        Column(name, width, [_piece(codes, code) for code in _wanted(said, codes)])
        for name, (said, width) in zip(names, PAGE, strict=True)
    ]


def _wanted(said: str, codes: tuple[str, ...]) -> list[str]:
    return [code for code in said.replace("|", " ").split() if code in codes]


def _piece(codes: tuple[str, ...], code: str) -> Piece:
    place = codes.index(code)
    if code == "late":
        return Piece(place, silent=_("in time"))
    if code == "supporters":
        return Piece(place, silent="0", say=_("supporters: %(count)s") % {"count": "{}"})
    return Piece(place)

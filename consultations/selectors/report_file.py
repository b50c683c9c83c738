"""The whole report as a DOCX file: course, forms, figures, opinions, a row for every comment."""

from collections.abc import Iterator
from dataclasses import astuple
from itertools import chain

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.models import Actor, Consultation, Report
from consultations.selectors import left, revision, ways
from consultations.selectors import report as reports
from consultations.selectors import report_table as table
from consultations.selectors.figures import Figure, Numbers, Totals
from consultations.selectors.opinions import opinions
from consultations.text.formats.tables import Part, Table
from consultations.text.formats.tables import report as written

Cells = tuple[str, ...]
WIDTHS = (2.6, 3.4, 5.4, 5.4, 4.5, 5.4)
TWO = (20.0, 6.7)


def public_file(consultation: Consultation) -> bytes:
    """The copy for everybody: answered comments, names that everybody may read."""
    rows = (_cells(row) for row in table.public_rows(consultation))
    return _file(consultation, None, _("Report on the consultation"), rows)


def inside_file(consultation: Consultation, viewer: Actor) -> bytes:
    """The copy for the files of the office: every comment filed, with all names."""
    rows = (_inside_cells(row, inside) for row, inside in table.inside_rows(consultation, viewer))
    title = _("Report on the consultation: internal copy with names, not to be published")
    return _file(consultation, viewer, title, rows)


def _file(
    consultation: Consultation, viewer: Actor | None, title: str, rows: Iterator[Cells]
) -> bytes:
    parts = list(_parts(consultation, viewer, rows))
    name = f"{title}: {consultation.draft.title}"
    return written(name, parts, author=settings.UNIT, language=get_language() or "pl")


def _parts(
    consultation: Consultation, viewer: Actor | None, rows: Iterator[Cells]
) -> Iterator[Part]:
    report = reports.found(viewer, consultation)
    numbers = Numbers(consultation)
    totals = numbers.totals
    yield Part(_("Introduction"), _introduction(report))
    yield Part(_("Course of the consultation"), (), _course(consultation))
    yield Part(_("Forms of consultation"), _minutes(consultation), _forms(consultation))
    yield Part(_("Numbers"), [totals_in_words(totals)])
    for figure in numbers.figures():
        if figure.bars:
            yield Part(figure.title, (), _figure(figure))
    yield from _opinions(consultation, viewer)
    yield from _changes(consultation, viewer)
    yield Part(_("Comments and answers"), _nothing(totals), _comments(rows))
    if totals.left:
        yield Part(_("Comments left without consideration"), (), _left(consultation))


def _introduction(report: Report | None) -> list[str]:
    return [report.introduction] if report and report.introduction else []


def _course(consultation: Consultation) -> Table:
    rows = [
        (date_format(step.at, "j E Y, H:i"), "\n".join(filter(None, [step.sentence, step.because])))
        for step in reports.course(consultation)
    ]
    return Table((_("When"), _("What happened")), (5.7, 21.0), rows)


def _forms(consultation: Consultation) -> Table:
    rows = [
        (str(one.way.get_kind_display()), one.way.place, one.when, became(one))
        for one in ways.ways(consultation)
    ]
    names = (_("Form of consultation"), _("Place or address"), _("When"), _("What became of it"))
    return Table(names, (5.0, 9.0, 5.7, 7.0), rows)


def became(line: ways.Line) -> str:
    """How many came, or why it was cancelled."""
    if line.stage == "held":
        return _("held; people present: %(count)d") % {"count": line.way.attendance}
    if line.stage == "cancelled":
        return _("cancelled: %(because)s") % {"because": line.way.cancelled_because}
    return "–"


def _minutes(consultation: Consultation) -> list[str]:
    return [
        _("Minutes of %(form)s:") % {"form": line.words} + "\n" + line.way.minutes
        for line in ways.ways(consultation)
        if line.stage == "held"
    ]


def totals_in_words(totals: Totals) -> str:
    """The numbers in one paragraph."""
    words = _(
        "Comments filed: %(received)d; answered: %(published)d; withdrawn by their authors:"
        " %(withdrawn)d; not shown, for a reason given to their authors: %(hidden)d; returned and"
        " not completed: %(returned)d. Organisations: %(organisations)d. Comments of private"
        " persons: %(from_persons)d. Late: %(late)d. Left without consideration, for a reason given"
        " to their authors: %(left)d."
    )
    said = [words]
    if totals.appeals:
        said.append(_("Appeals against hiding: %(appeals)d; found right: %(restored)d."))
    return " ".join(said) % vars(totals)


def _figure(figure: Figure) -> Table:
    rows: list[Cells] = [(bar.label, f"{bar.count} ({bar.percent}%)") for bar in figure.bars]
    return Table((figure.column, _("Comments")), TWO, rows)


def _opinions(consultation: Consultation, viewer: Actor | None) -> Iterator[Part]:
    rows: list[Cells] = [
        (str(line.opinion), line.words, line.opinion.remarks)
        for line in opinions(consultation.draft, viewer)
    ]
    if rows:
        names = (_("Body"), _("Opinion"), _("Remarks"))
        yield Part(_("Opinions"), (), Table(names, (7.0, 7.7, 12.0), rows))


def _changes(consultation: Consultation, viewer: Actor | None) -> Iterator[Part]:
    """The provisions that changed since the consultation, and because of what."""
    rows: list[Cells] = [
        (
            change.wording.citation,
            ", ".join(change.kinds),
            revision.in_words(change),
            "\n".join(cause.words for cause in change.causes),
        )
        for change in revision.since_consulted(consultation, viewer)
    ]
    if rows:
        names = (_("Provision"), _("Change"), _("Wording"), _("Because of"))
        yield Part(_("Changes of the text"), (), Table(names, (3.7, 3.0, 12.0, 8.0), rows))


def nobody_answered(totals: Totals) -> str:
    """Why there is no table of comments; empty when there is one."""
    if not totals.received:
        return _("Nobody filed a comment in this consultation.")
    if totals.published:
        return ""
    return _(
        "No comment remained to be answered: all that were filed were withdrawn, not shown, or"
        " left without consideration."
    )


def _nothing(totals: Totals) -> list[str]:
    return list(filter(None, [nobody_answered(totals)]))


def _comments(rows: Iterator[Cells]) -> Table | None:
    first = next(rows, None)
    if first is None:
        return None
    names = (
        _("No., received"),
        _("Who, how"),
        _("Provision and its wording"),
        _("Proposal"),
        _("Reasons"),
        _("Position and its reasons"),
    )
    return Table(names, WIDTHS, chain([first], rows))


def _left(consultation: Consultation) -> Table:
    rows = [tuple(map(str, astuple(one))) for one in left.left(consultation)]
    return Table(tuple(left.heading()), (2.0, 3.2, 3.5, 4.0, 14.0), rows)


def _cells(row: table.Row) -> Cells:
    return (
        _lines(row.number, row.received, row.late if row.late == _("late") else ""),
        _lines(row.who, row.channel, _supporters(row.supporters)),
        _lines(row.place, row.words),
        _lines(row.kind, row.proposal),
        _lines(row.reasons, row.supplement),
        _lines(row.outcome, row.accepted_part, row.answer, row.answered),
    )


def _supporters(count: str) -> str:
    return "" if count == "0" else _("supporters: %(count)s") % {"count": count}


def _inside_cells(row: table.Row, inside: table.Inside) -> Cells:
    number, who, place, proposal, reasons, position = _cells(row)
    return (
        _lines(number, inside.state, inside.case_number, inside.faults),
        _lines(who, inside.recorded_by, inside.taken_at, inside.department, inside.posted),
        place,
        proposal,
        reasons,
        _lines(position, inside.hidden_because, inside.left_because, inside.advice),
    )


def _lines(*words: str) -> str:
    return "\n".join(filter(None, words))

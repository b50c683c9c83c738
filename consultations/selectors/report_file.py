"""The report in neutral form, from which every format is written: head, sections, rows.

`consultations.text.formats.reports` writes the files; here the words and rows are found.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations import calendar
from consultations.models import Actor, Consultation, Publication, Report
from consultations.selectors import left, notices, report_columns, revision, ways
from consultations.selectors import report as reports
from consultations.selectors import report_table as table
from consultations.selectors.figures import Figure, Numbers, Totals
from consultations.selectors.opinions import opinions
from consultations.text.formats.reports.description import (
    Bar,
    Column,
    Head,
    Piece,
    Row,
    Section,
    Table,
)


@dataclass(frozen=True)
class Copy:
    """Which copy of the report: whose names it may hold, and the instant its words are of."""

    consultation: Consultation
    viewer: Actor | None
    at: datetime

    @property
    def inside(self) -> bool:
        return self.viewer is not None


def head(copy: Copy, *, language: str, kind: str) -> Head:
    """What the whole report says of itself."""
    title = _("Report on the consultation")
    if copy.inside:
        title = _("Report on the consultation: internal copy with names, not to be published")
    return Head(
        title=title,
        subject=copy.consultation.draft.title,
        author=settings.UNIT,
        language=language,
        at=copy.at.astimezone(calendar.WARSAW).isoformat(),
        copy=kind,
        words={
            "report": _("Report"),
            "contents": _("Contents"),
            "chart": _("Chart: %(title)s. The same numbers stand in the table.") % {"title": "{}"},
            "volume": _("Part %(number)s") % {"number": "{}"},
            "continued": pgettext("table", "(continued)"),
        },
    )


def before_rows(copy: Copy) -> Iterator[Section]:
    """Every section before the table of comments, and that table without its rows."""
    consultation = copy.consultation
    report = Report.objects.filter(consultation=consultation).first()
    numbers = Numbers(consultation)
    totals = numbers.totals
    yield Section("introduction", _("Introduction"), _introduction(report))
    yield _course(copy)
    yield _forms(consultation)
    yield Section("numbers", _("Numbers"), [totals_in_words(totals)])
    yield from (_figure(figure) for figure in numbers.figures() if figure.bars)
    yield from _opinions(copy)
    yield from _changes(copy)
    shown = report_columns.inside() if copy.inside else report_columns.public()
    empty = not totals.published and not (copy.inside and totals.received)
    heading = _("Comments and answers")
    yield Section("comments", heading, _nothing(totals), (), shown, hollow=empty)


def rows(copy: Copy, after: int, most: int) -> list[Row]:
    """The next rows of the table of comments, after this number; an empty list at its end."""
    if copy.viewer is not None:
        found = table.register(copy.consultation).filter(number__gt=after)[:most]
        pairs = table.inside(list(found), copy.viewer)
        return [_numbered((*astuple(row), *astuple(more))) for row, more in pairs]
    shown = list(table.rows(copy.consultation).filter(number__gt=after)[:most])
    return [_numbered(astuple(row)) for row in table.shown_rows(shown)]


def count(copy: Copy) -> int:
    """How many rows the table of comments has."""
    found = table.register if copy.inside else table.rows
    return found(copy.consultation).order_by().count()


def after_rows(copy: Copy) -> Iterator[Section]:
    """Every section after the table of comments."""
    rows = [astuple(one) for one in left.left(copy.consultation)]
    if rows:
        codes = ("number", "received", "channel", "grounds", "because")
        shown = _plain(codes, left.heading(), (2.0, 3.2, 3.5, 4.0, 14.0))
        yield Section("left", _("Comments left without consideration"), (), (), shown, rows=rows)
    yield _annexes(copy)


def _numbered(cells: tuple[str, ...]) -> Row:
    return [int(cells[0]), *cells[1:]]


def _plain(codes: tuple[str, ...], names: list[str], widths: tuple[float, ...]) -> Table:
    """A table whose page shows every cell in a column of its own."""
    columns = [
        Column(name, width, [Piece(place)])
        for place, (name, width) in enumerate(zip(names, widths, strict=True))
    ]
    return Table(codes, names, [max(10, round(4 * width)) for width in widths], columns)


def _introduction(report: Report | None) -> list[str]:
    return [report.introduction] if report and report.introduction else []


def _course(copy: Copy) -> Section:
    rows = [
        (date_format(step.at, "j E Y, H:i"), step.sentence, step.because)
        for step in reports.course(copy.consultation)
        if step.at <= copy.at
    ]
    names = [_("When"), _("What happened"), _("Reason")]
    shown = _plain(("when", "what", "because"), names, (5.7, 14.0, 7.0))
    return Section("course", _("Course of the consultation"), (), (), shown, rows=rows)


def _forms(consultation: Consultation) -> Section:
    lines = ways.ways(consultation)
    rows = [
        (str(one.way.get_kind_display()), one.way.place, one.when, became(one)) for one in lines
    ]
    names = [_("Form of consultation"), _("Place or address"), _("When"), _("What became of it")]
    shown = _plain(("form", "place", "when", "became"), names, (5.0, 9.0, 5.7, 7.0))
    return Section("forms", _("Forms of consultation"), _minutes(lines), (), shown, rows=rows)


def became(line: ways.Line) -> str:
    """How many came, or why it was cancelled."""
    if line.stage == "held":
        return _("held; people present: %(count)d") % {"count": line.way.attendance}
    if line.stage == "cancelled":
        return _("cancelled: %(because)s") % {"because": line.way.cancelled_because}
    return "–"


def _minutes(lines: list[ways.Line]) -> list[str]:
    return [
        _("Minutes of %(form)s:") % {"form": line.words} + "\n" + line.way.minutes
        for line in lines
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


def _figure(figure: Figure) -> Section:
    bars = [Bar(bar.label, bar.count, bar.percent) for bar in figure.bars]
    names = [figure.column, _("Comments"), _("Share")]
    columns = [
        Column(names[0], 20.0, [Piece(0)]),
        Column(names[1], 3.3, [Piece(1)]),
        Column(names[2], 3.4, [Piece(2, say="{}%")]),
    ]
    shown = Table(("label", "count", "percent"), names, (60, 12, 12), columns)
    rows = [(bar.label, bar.count, bar.percent) for bar in bars]
    return Section(figure.code, figure.title, (), bars, shown, rows=rows)


def _opinions(copy: Copy) -> Iterator[Section]:
    rows = [
        (str(line.opinion), line.words, line.opinion.remarks)
        for line in opinions(copy.consultation.draft, copy.viewer)
    ]
    if rows:
        names = [_("Body"), _("Opinion"), _("Remarks")]
        shown = _plain(("body", "opinion", "remarks"), names, (7.0, 7.7, 12.0))
        yield Section("opinions", _("Opinions"), (), (), shown, rows=rows)


def _changes(copy: Copy) -> Iterator[Section]:
    """The provisions that changed since the consultation, and because of what."""
    rows = [
        (
            change.wording.citation,
            ", ".join(change.kinds),
            change.before,
            change.after,
            revision.in_words(change),
            "\n".join(cause.words for cause in change.causes),
        )
        for change in revision.since_consulted(copy.consultation, copy.viewer, until=copy.at)
    ]
    if rows:
        codes = ("provision", "change", "before", "after", "wording", "causes")
        names = [
            *(_("Provision"), _("Change"), _("Wording before")),
            *(_("Wording after"), _("Wording"), _("Because of")),
        ]
        columns = [
            Column(names[0], 3.7, [Piece(0)]),
            Column(names[1], 3.0, [Piece(1)]),
            Column(names[4], 12.0, [Piece(4)]),
            Column(names[5], 8.0, [Piece(5)]),
        ]
        shown = Table(codes, names, (14, 14, 50, 50, 60, 40), columns)
        yield Section("changes", _("Changes of the text"), (), (), shown, rows=rows)


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


def _annexes(copy: Copy) -> Section:
    """The documents the report rests on, with what proves them."""
    rows: list[Row] = []
    proof = notices.proof(copy.consultation)
    if proof is not None:
        day = date_format(proof.at, "j E Y, H:i")
        rows.append((_("Text under consultation"), day, proof.address, proof.sha256))
    for one in Publication.objects.filter(draft=copy.consultation.draft_id):
        if one.published_on <= calendar.local_day(copy.at):
            day = date_format(one.published_on, "j E Y")
            rows.append((str(one.get_place_display()), day, one.address, ""))
    names = [_("Document"), _("When"), _("Address"), "SHA-256"]
    shown = _plain(("document", "when", "address", "sha256"), names, (6.0, 5.0, 8.0, 7.7))
    return Section("annexes", _("Annexes"), (), (), shown if rows else None, rows=rows)

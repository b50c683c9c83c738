"""The numbers of a round, counted once: totals of the report, and its figures with their bars."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from consultations import wording
from consultations.models import CommentState, Consultation, LegalForm, Outcome, Wording
from consultations.models.comments import PUBLIC_STATES
from consultations.selectors.left import counted

S = CommentState
PRIVATE = ""  # the legal form of whoever is no organisation
WIDTH, STEP, HEIGHT = 360, 46, 16  # of the drawing, of a bar with its label, of the bar


@dataclass(frozen=True)
class Group:
    """So many comments of one state, kind of author, place and outcome.

    Against hiding `appealed` of them there was an appeal.
    """

    state: str
    organisation: int | None
    legal_form: str
    eid: str
    outcome: str
    late: bool
    count: int
    appealed: int


@dataclass(frozen=True)
class Totals:
    """How much came, from whom, and what became of it."""

    received: int
    public: int
    published: int
    withdrawn: int
    hidden: int
    returned: int
    left: int
    late: int
    organisations: int
    from_persons: int
    appeals: int
    restored: int

    @property
    def unanswered(self) -> int:
        """Filed and not finished: nothing once the report is released."""
        aside = self.published + self.withdrawn + self.hidden + self.returned + self.left
        return self.received - aside


@dataclass(frozen=True)
class Bar:
    """One line of a figure: its label, its number, and where its bar stands in the drawing."""

    label: str
    count: int
    percent: int
    place: int
    width: int

    @property
    def label_y(self) -> int:
        return self.place * STEP + 18

    @property
    def bar_y(self) -> int:
        return self.place * STEP + 25


@dataclass(frozen=True)
class Figure:
    """A drawing with its table; `column` heads the labels."""

    code: str
    title: str
    column: str
    bars: list[Bar]

    width, bar_height = WIDTH, HEIGHT

    @property
    def height(self) -> int:
        return len(self.bars) * STEP + 4

    @property
    def total(self) -> int:
        return sum(bar.count for bar in self.bars)


class Numbers:
    """Everything the report counts; the groups are read once."""

    def __init__(self, consultation: Consultation) -> None:
        self.consultation = consultation

    @cached_property
    def groups(self) -> list[Group]:
        author = ("organisation", "organisation__legal_form")
        fields = ("state", *author, "wording__eid", "given_answer__outcome", "late")
        appealed = Count("pk", filter=Q(appealed_at__isnull=False))
        alike = counted(self.consultation).order_by().values_list(*fields)
        return [
            Group(state, organisation, form or PRIVATE, eid or "", outcome or "", late, *counts)
            for state, organisation, form, eid, outcome, late, *counts in alike.annotate(
                count=Count("pk"), appealed=appealed
            )
        ]

    @property
    def totals(self) -> Totals:
        states = Counter[str]()
        for one in self.groups:
            states[one.state] += one.count
        return Totals(
            received=states.total(),
            public=sum(states[state] for state in PUBLIC_STATES),
            published=states[S.PUBLISHED],
            withdrawn=states[S.WITHDRAWN],
            hidden=states[S.HIDDEN],
            returned=states[S.RETURNED],
            left=states[S.LEFT],
            late=sum(one.count for one in self.groups if one.late),
            organisations=len({one.organisation for one in self._public()} - {None}),
            from_persons=sum(one.count for one in self._public() if one.legal_form == PRIVATE),
            appeals=sum(one.appealed for one in self.groups),
            restored=sum(one.appealed for one in self.groups if one.state != S.HIDDEN),
        )

    def _public(self) -> Iterable[Group]:
        return (one for one in self.groups if one.state in PUBLIC_STATES)

    def figures(self) -> list[Figure]:
        """Outcomes of the procedure, none left out; places of the text; kinds of authors."""
        return [
            _figure("wyniki", _("How the comments were answered"), _("Outcome"), self._outcomes()),
            _figure("miejsca", _("What the comments speak of"), _("Place"), self._places()),
            _figure("autorzy", _("Who filed the comments"), _("Kind"), self._authors()),
        ]

    def _outcomes(self) -> list[tuple[str, int]]:
        counts = Counter[str]()
        for one in self.groups:
            if one.state == S.PUBLISHED:
                counts[one.outcome] += one.count
        codes = Outcome.objects.filter(procedure=self.consultation.draft.procedure_id)
        listed = codes.values_list("code", flat=True)
        return [(str(wording.OUTCOMES.get(code, code)), counts[code]) for code in listed]

    def _places(self) -> list[tuple[str, int]]:
        """By chapter, or by § where there are none, in the order of the text."""
        counts: defaultdict[str, int] = defaultdict(int)
        for one in self._public():
            counts[one.eid.partition("__")[0]] += one.count
        whole = counts.pop("", 0)
        version = self.consultation.text_version_id
        tops = Wording.objects.filter(text_version=version, eid__in=counts, parent=None)
        rows = tops.order_by("position").values_list("eid", "citation", "heading")
        named = [(_named(citation, heading), counts[eid]) for eid, citation, heading in rows]
        return [(_("the whole draft"), whole), *named] if whole else named

    def _authors(self) -> list[tuple[str, int]]:
        counts = Counter[str]()
        for one in self._public():
            counts[one.legal_form] += one.count
        kinds = {**dict(LegalForm.choices), PRIVATE: _("private person")}
        return [(str(words), counts[kind]) for kind, words in kinds.items() if counts[kind]]


def _named(citation: str, heading: str) -> str:
    return f"{citation}. {heading}" if heading else citation


def _figure(code: str, title: str, column: str, counted: list[tuple[str, int]]) -> Figure:
    most = max((count for _label, count in counted), default=0)
    total = sum(count for _label, count in counted)
    bars = [
        Bar(
            label[:1].upper() + label[1:],
            count,
            round(100 * count / total) if total else 0,
            place,
            WIDTH * count // most if most else 0,
        )
        for place, (label, count) in enumerate(counted)
    ]
    return Figure(code, title, column, bars)


def by_state(consultation: Consultation) -> Mapping[str, int]:
    """How many comments are in each state."""
    rows = consultation.comments.order_by().values_list("state").annotate(Count("pk"))
    return Counter(dict(rows))

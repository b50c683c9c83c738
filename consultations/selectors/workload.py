"""Who waits for whom since when: how many comments each role and department still has to move.

Read from the record: a step took from the entry before it, and what has had no step since then
has waited from there. Three queries, whatever the number of comments.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Comment, CommentState, Consultation, Department, Entry
from consultations.selectors.due import overdue

S = CommentState
HOUR = 3_600_000_000  # microseconds, of which the record is made
STEPS = (
    *("comment.file", "comment.complete", "comment.correct", "comment.take_up"),
    *("comment.restore", "comment.admit", "comment.assign", "comment.answer"),
    *("comment.decline", "comment.approve", "comment.send_back", "comment.publish"),
)
ADMITS, ANSWERS, SIGNS, PUBLISHES = "received", "unassigned", "proposed", "approved"
DONE_BY = {  # which steps end the waiting for whom; an answer by a department is that department's
    "comment.admit": ADMITS,
    "comment.assign": ANSWERS,
    "comment.approve": SIGNS,
    "comment.send_back": SIGNS,
    "comment.publish": PUBLISHES,
}
STEPS_TAKEN = """
WITH step AS (
  SELECT e.kind, c.state, c.department_id, e.t_us,
    e.t_us - LAG(e.t_us) OVER told AS took, LEAD(e.t_us) OVER told AS later
  FROM {entry} e JOIN {comment} c ON c.id = e.comment_id
  WHERE c.consultation_id = %s AND e.kind IN ({kinds})
  WINDOW told AS (PARTITION BY e.comment_id ORDER BY e.seq)
)
SELECT 'waits', state, department_id, MIN(t_us), COUNT(*)
FROM step WHERE later IS NULL GROUP BY 2, 3
UNION ALL
SELECT 'took', kind, department_id, took / {hour}, COUNT(*)
FROM step WHERE took IS NOT NULL GROUP BY 2, 3, 4
"""


@dataclass(frozen=True)
class Load:
    """One role or department: what waits for it, since when, and how long it takes."""

    who: str
    what: str
    count: int
    overdue: int
    since: datetime | None
    hours: int | None  # the median of what is done
    url: str

    @property
    def took(self) -> str:
        """How long half of what is done took at most."""
        if self.hours is None:
            return _("nothing done yet")
        if self.hours == 0:
            return _("less than an hour")
        if self.hours < 48:
            return _("%(hours)d h") % {"hours": self.hours}
        days = round(self.hours / 24)
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


@dataclass
class _Read:
    counts: Counter[tuple[str, int | None]]
    late: Counter[int | None]
    since: dict[tuple[str, int | None], datetime]
    took: dict[tuple[str, int | None], Counter[int]]


def workload(consultation: Consultation) -> list[Load]:
    """The unit, each department that has or had comments, the head of unit, the unit again."""
    read = _read(consultation)
    address = reverse("queue", args=[consultation.slug])
    unit, head = _("civic dialogue unit"), _("head of unit")
    held = {pk for _state, pk in read.counts if pk} | {pk for _kind, pk in read.took if pk}
    departments = Department.objects.filter(pk__in=held).order_by("name")
    return [
        _load(read, ADMITS, unit, _("to admit"), f"{address}?stan=received"),
        _load(read, ANSWERS, unit, _("to answer or pass on"), f"{address}?stan=unassigned"),
        *(
            _of_department(read, one, f"{address}?stan=assigned&wydzial={one.slug}")
            for one in departments
        ),
        _load(read, SIGNS, head, _("to sign"), f"{address}?stan=proposed"),
        _load(read, PUBLISHES, unit, _("to publish"), f"{address}?stan=approved"),
    ]


def _load(read: _Read, code: str, who: str, what: str, url: str) -> Load:
    """Of the whole round: departments are no matter here, but for what has none."""
    alone = (str(S.ADMITTED), None)
    keys = [key for key in read.counts if (key == alone if code == ANSWERS else key[0] == code)]
    took = [counter for (role, _pk), counter in read.took.items() if role == code]
    return Load(
        str(who),
        what,
        sum(read.counts[key] for key in keys),
        0,
        min((read.since[key] for key in keys if key in read.since), default=None),
        _median(took),
        url,
    )


def _of_department(read: _Read, one: Department, url: str) -> Load:
    keys = [(str(state), one.pk) for state in (S.ADMITTED, S.ASSIGNED)]
    return Load(
        one.name,
        _("to answer"),
        sum(read.counts[key] for key in keys),
        read.late[one.pk],
        min((read.since[key] for key in keys if key in read.since), default=None),
        _median([read.took[key] for key in [("department", one.pk)] if key in read.took]),
        url,
    )


def _read(consultation: Consultation) -> _Read:
    there = Comment.objects.filter(consultation=consultation).order_by()
    counts: Counter[tuple[str, int | None]] = Counter()
    late: Counter[int | None] = Counter()
    for state, department, count in there.values_list("state", "department").annotate(Count("pk")):
        counts[state, department] = count
    for department, count in (
        there.filter(overdue()).values_list("department").annotate(Count("pk"))
    ):
        late[department] = count
    read = _Read(counts, late, {}, defaultdict(Counter))
    for what, name, department, number, count in _steps(consultation):
        if what == "waits":
            read.since[name, department] = datetime.fromtimestamp(number / 1e6, UTC)
        else:
            read.took[_doer(name, department)][number] += count
    return read


def _doer(kind: str, department: int | None) -> tuple[str, int | None]:
    if kind == "comment.answer":
        return ("department", department) if department else (ANSWERS, None)
    return DONE_BY.get(kind, kind), department


def _steps(consultation: Consultation) -> Iterable[tuple[str, str, int | None, int, int]]:
    marks = ", ".join(["%s"] * len(STEPS))
    sql = STEPS_TAKEN.format(
        entry=Entry._meta.db_table, comment=Comment._meta.db_table, kinds=marks, hour=HOUR
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [consultation.pk, *STEPS])
        rows: list[Any] = cursor.fetchall()
    return rows


def _median(counters: Iterable[Counter[int]]) -> int | None:
    """The median of the hours counted; None where nothing was."""
    counted: Counter[int] = sum(counters, Counter())
    half, seen = (counted.total() + 1) // 2, 0
    for hours in sorted(counted):
        seen += counted[hours]
        if seen >= half:
            return hours
    return None

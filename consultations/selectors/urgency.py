"""In which order the queue stands: the most urgent first, or by number."""

from datetime import date

from django.db.models import Case, DateField, F, IntegerField, Q, QuerySet, Value, When

from consultations import policy
from consultations.models import Actor, Comment, CommentState, Role
from consultations.models.comments import IN_DEPARTMENTS
from consultations.selectors.suspicions import SUSPECT

RANK, DAY, TURN = "rank", "day", "turn"
BY_NUMBER = "numer"  # as the address says it
NEVER = date(9999, 12, 31)  # comes after every day that is set


def ordered(
    found: QuerySet[Comment], viewer: Actor | None, view: str, by: str
) -> QuerySet[Comment]:
    """An approver begins with what waits for a signature, and what is to be admitted ends with
    what the office may look at twice; between them, what is due first.
    """
    ranks = []
    if Role.APPROVER in policy.roles_of(viewer):
        ranks.append(When(state=CommentState.PROPOSED, then=0))
    if view == CommentState.RECEIVED:
        ranks.append(When(SUSPECT, then=2))
    rank = Case(*ranks, default=Value(1), output_field=IntegerField())
    never = Value(NEVER, output_field=DateField())
    due = When(IN_DEPARTMENTS & Q(due_on__isnull=False), then=F("due_on"))
    day = Case(*([] if by == BY_NUMBER else [due]), default=never, output_field=DateField())
    # a constant is no order: PostgreSQL would read it as the place of a column
    order = [*([RANK] if ranks else []), *([] if by == BY_NUMBER else [DAY]), "number"]
    return found.annotate(**{RANK: rank, DAY: day}).order_by(*order)


def page_of(found: QuerySet[Comment], number: int, size: int) -> int:
    """On which page of the list this comment stands, from 1; the first for one that does not."""
    row = found.filter(number=number).values_list(RANK, DAY).first()
    if row is None:
        return 1
    rank, day = row
    same = Q(**{RANK: rank})
    before = Q(**{f"{RANK}__lt": rank}) | (same & Q(**{f"{DAY}__lt": day}))
    before |= same & Q(**{DAY: day}, number__lt=number)
    return found.filter(before).count() // size + 1


def next_number(found: QuerySet[Comment], number: int) -> int | None:
    """The comment to look at after this one: the most urgent that waits, and among those alike
    the next down the list, then from its top.
    """
    turn = Case(When(number__gt=number, then=0), default=1, output_field=IntegerField())
    waiting = found.exclude(number=number).annotate(**{TURN: turn})
    order = [str(one) for one in found.query.order_by if one != "number"]
    return waiting.order_by(*order, TURN, "number").values_list("number", flat=True).first()

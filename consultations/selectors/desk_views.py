"""The views of the queue that are more than a state: overdue, unassigned, mine, appeals."""

from django.db.models import Count, Q, QuerySet

from consultations import policy
from consultations.models import Actor, Comment, CommentState, Role
from consultations.models.comments import IN_DEPARTMENTS, OPEN_APPEAL
from consultations.selectors.due import overdue

S = CommentState
APPEALS, OVERDUE, UNASSIGNED, MINE = "appeals", "overdue", "unassigned", "mine"
ASSIGNED = "assigned"  # an answer sent back leaves its comment admitted, still with a department
SENT_BACK = "sent_back"
RETURNED_ANSWER = Q(state__in=(S.ADMITTED, S.ASSIGNED), given_answer__remark__gt="")
WRITTEN = (S.ADMITTED, S.ASSIGNED, S.PROPOSED, S.APPROVED)


def narrowed(view: str, viewer: Actor | None) -> Q | None:
    """What the view asks beside the state; None for a plain one."""
    if view == MINE:
        return mine(viewer)
    plain = {
        APPEALS: OPEN_APPEAL,
        UNASSIGNED: Q(department=None),
        ASSIGNED: IN_DEPARTMENTS,
        SENT_BACK: RETURNED_ANSWER,
    }
    return overdue() if view == OVERDUE else plain.get(view)


def mine(viewer: Actor | None) -> Q:
    """What she wrote and is not public, what her department is to answer, what she is to sign."""
    if viewer is None:
        return Q(pk__in=())
    held = policy.roles_of(viewer)
    own = Comment.objects.filter(given_answer__author=viewer, state__in=WRITTEN)
    found = Q(pk__in=own.order_by().values("pk"))
    if Role.EXPERT in held:
        department = held[Role.EXPERT]
        found |= Q(state__in=(S.ADMITTED, S.ASSIGNED), department=department)
    if Role.APPROVER in held:
        found |= Q(state=S.PROPOSED) & ~Q(pk__in=own.order_by().values("pk"))
    return found


def counted(desk: QuerySet[Comment], viewer: Actor | None) -> tuple[dict[str, int], dict[str, int]]:
    """How many of each state, and of each view that is more than one: seven queries.

    Each reads a piece of the index; one query for all would read every comment.
    """
    states = dict(desk.order_by().values_list("state").annotate(Count("pk")))
    asked = {
        APPEALS: OPEN_APPEAL,
        OVERDUE: overdue(),
        UNASSIGNED: Q(state=S.ADMITTED, department=None),
        ASSIGNED: IN_DEPARTMENTS,
        SENT_BACK: RETURNED_ANSWER,
        MINE: mine(viewer) & Q(state__in=WRITTEN),
    }
    return states, {name: desk.filter(one).order_by().count() for name, one in asked.items()}

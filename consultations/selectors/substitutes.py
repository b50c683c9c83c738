"""Who signs for whom: the list, and the people one may choose from."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from consultations import calendar
from consultations.models import Role, RoleGrant, Substitution, User
from consultations.models.clock import now

MOST_SHOWN = 50


@dataclass(frozen=True)
class Line:
    """One substitution; `stage` is coming, now or over."""

    substitution: Substitution
    absent: str
    substitute: str
    stage: str


def lines() -> list[Line]:
    """The latest substitutions with names, those that still matter among them: two queries."""
    listed = list(Substitution.objects.all()[:MOST_SHOWN])
    actors = {key for one in listed for key in (one.absent_id, one.substitute_id)}
    names = {user.actor_id: str(user) for user in User.objects.filter(actor__in=actors)}
    return [
        Line(one, names.get(one.absent_id, "–"), names.get(one.substitute_id, "–"), _stage(one))
        for one in listed
    ]


def _stage(one: Substitution) -> str:
    today = calendar.local_day(now())
    if one.ended_at is not None or one.last_day < today:
        return "over"
    return "now" if one.first_day <= today else "coming"


def heads() -> QuerySet[User]:
    """Heads of units by their own role: only they have substitutes."""
    return _holders(Role.APPROVER)


def candidates() -> QuerySet[User]:
    """Officers and heads of units."""
    return _holders(Role.OFFICER, Role.APPROVER)


def _holders(*roles: str) -> QuerySet[User]:
    held = RoleGrant.objects.filter(role__in=roles, until=None).values("actor")
    return User.objects.filter(actor__in=held, is_active=True).order_by("name", "email")


def named(users: Iterable[User]) -> list[tuple[int, str]]:
    """Choices of a list: key and name."""
    return [(one.actor_id, str(one)) for one in users]

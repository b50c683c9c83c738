"""Erasing a person: her data go, the nameless actor and the whole record stay."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from consultations import erasers
from consultations.errors import Invalid, WrongState
from consultations.models import (
    Actor,
    Comment,
    Membership,
    RoleGrant,
    Sealed,
    Substitution,
    User,
)
from consultations.models.clock import now
from consultations.models.comments import TEXTS
from consultations.services.door import note, one_action, require
from consultations.text.said import says_something
from consultations.triggers import SAID
from consultations.wording import ERASED


@dataclass(frozen=True)
class Found:
    """What there is of a person: the rows that go, and those that are ended or emptied."""

    comments: QuerySet[Comment]
    words: QuerySet[Sealed]
    grants: QuerySet[RoleGrant]
    memberships: QuerySet[Membership]
    substitutions: QuerySet[Substitution]
    logins: QuerySet[User]
    others: dict[str, QuerySet[Any]]

    def counts(self) -> dict[str, int]:
        """How many of each, by a name for the preview and for the record."""
        own = {name: rows.count() for name, rows in vars(self).items() if name != "others"}
        return own | {name: rows.count() for name, rows in self.others.items()}


def find(person: Actor) -> Found:
    """All there is of the person; what an organisation said stays, but not who sent it."""
    private = Q(entry__comment__organisation=None, entry__kind__in=SAID)
    acts = Q(absent=person) | Q(substitute=person)
    return Found(
        comments=_comments(person),
        words=Sealed.objects.filter(
            Q(field="sender") | private, entry__comment__filed_by=person
        ).order_by("pk"),
        grants=RoleGrant.objects.filter(actor=person, until=None),
        memberships=Membership.objects.filter(actor=person, until=None),
        substitutions=Substitution.objects.filter(acts, ended_at=None),
        logins=User.objects.filter(actor=person),
        others={one.name: one.find(person) for one in erasers.every()},
    )


def _comments(person: Actor) -> QuerySet[Comment]:
    """Hers as a private person, with words that are still there."""
    own = Comment.objects.filter(filed_by=person, organisation=None)
    return own.exclude(reasons=ERASED).order_by("pk")


def erase_person(person: Actor, *, by: Actor, because: str) -> dict[str, int]:
    """Erase who she is and what she wrote for herself; gives how much of what went.

    The entry comes first, because the database lets words go only beside it. `because` is the
    ground of it, without her name. Raises NotYours, Invalid, WrongState (a comment of hers was
    filed meanwhile: try again).
    """
    because = because.strip()
    with one_action():
        require(by, "person.erase")
        person = Actor.objects.select_for_update(no_key=True).get(pk=person.pk)
        held = list(_comments(person).select_for_update(no_key=True).values_list("pk", flat=True))
        found = find(person)
        counts = found.counts()
        _check(person, because, counts)
        facts = {"person": person.pk, **{_fact(name): count for name, count in counts.items()}}
        note(None, "person.erase", by=by, words={"because": because}, facts=facts)
        if list(_comments(person).values_list("pk", flat=True)) != held:
            raise WrongState
        _erase(found)
    return counts


def _fact(name: str) -> str:
    """Facts are sorted, and the guard reads a fact after the person's number: «words» is one."""
    return name.replace(" ", "_").replace("-", "_")


def _check(person: Actor, because: str, counts: dict[str, int]) -> None:
    if not person.is_person:
        raise Invalid(_("Only a person can be erased."), "person")
    if not says_something(because):
        raise Invalid(_("Say on what ground the data are erased."), "because")
    if not any(counts.values()):
        raise Invalid(_("There is nothing left of this person."), "person")
    user = User.objects.filter(actor=person).first()
    known = [user.email, *user.name.split()] if user else []
    if any(name.casefold() in because.casefold() for name in known if len(name) > 2):
        raise Invalid(_("The ground stays in the record: leave out who it is."), "because")


def _erase(found: Found) -> None:
    found.words.delete()
    found.comments.update(**{name: _emptied(name) for name in TEXTS})
    instant = now()
    found.grants.update(until=instant)
    found.memberships.update(until=instant)
    found.substitutions.update(ended_at=instant)
    for rows in found.others.values():
        rows.delete()
    found.logins.delete()


def _emptied(name: str) -> Case:
    """What was empty stays so: whether something was said is not a secret."""
    return Case(When(**{name: ""}, then=Value("")), default=Value(ERASED))

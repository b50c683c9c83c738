"""Erasing a person: her data go, the nameless actor and the whole record stay."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from consultations import erasers
from consultations.errors import Invalid, WrongState
from consultations.models import (
    Actor,
    Comment,
    Mandate,
    RoleGrant,
    RunRow,
    Sealed,
    Substitution,
    User,
)
from consultations.models.clock import now
from consultations.models.comments import TEXTS
from consultations.services.door import note, one_action, require
from consultations.text.said import says_something
from consultations.triggers import OF_MANDATES, SAID
from consultations.wording import ERASED


@dataclass(frozen=True)
class Found:
    """What there is of a person: the rows that go, and those that are ended or emptied."""

    comments: QuerySet[Comment]
    words: QuerySet[Sealed]
    grants: QuerySet[RoleGrant]
    mandates: QuerySet[Mandate]
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
    filed = Q(entry__comment__filed_by=person) & (Q(field="sender") | private)
    acts = Q(absent=person) | Q(substitute=person)
    return Found(
        comments=_comments(person),
        words=Sealed.objects.filter(filed | _of_mandates(person)).order_by("pk"),
        grants=RoleGrant.objects.filter(actor=person, until=None),
        mandates=Mandate.objects.filter(_unsettled(), actor=person),
        substitutions=Substitution.objects.filter(acts, ended_at=None),
        logins=User.objects.filter(actor=person),
        others={one.name: one.find(person) for one in erasers.every()},
    )


def _of_mandates(person: Actor) -> Q:
    """Words on what basis she asked to act for an organisation, and why she may not."""
    found = Q(pk=None)
    for pk in Mandate.objects.filter(actor=person).values_list("pk", flat=True):
        found |= Q(entry__payload__contains=f'"mandate":{pk},"')
    return Q(entry__kind__in=OF_MANDATES) & found


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
        person = Actor.objects.select_for_update(no_key=True).get(pk=person.pk)
        require(by, "person.erase", person)  # a request may have been taken back meanwhile
        _hold_runs(person)
        held = list(_comments(person).select_for_update(no_key=True).values_list("pk", flat=True))
        erasers.hold(person)
        found = find(person)
        counts = found.counts()
        _check(person, because, counts)
        facts = {"person": person.pk, **{_fact(name): count for name, count in counts.items()}}
        note(None, "person.erase", by=by, words={"because": because}, facts=facts)
        if list(_comments(person).values_list("pk", flat=True)) != held:
            raise WrongState
        _erase(found)
    return counts


def _hold_runs(person: Actor) -> None:
    """A run takes its row first, then the comment: whoever erases both does the same."""
    rows = RunRow.objects.select_for_update(no_key=True).filter(run__by=person)
    list(rows.order_by("pk").values_list("pk"))


def _fact(name: str) -> str:
    """Facts are sorted, and the guard reads a fact after the person's number: «words» is one."""
    return name.replace(" ", "_").replace("-", "_")


def _check(person: Actor, because: str, counts: dict[str, int]) -> None:
    if not person.is_person:
        raise Invalid(_("Only a person can be erased."), "person")
    if not any(counts.values()):
        raise Invalid(_("There is nothing left of this person."), "person")
    check_ground(person, because)


def check_ground(person: Actor, because: str) -> None:
    """Raises Invalid unless `because` says something and does not say who the person is."""
    if not says_something(because):
        raise Invalid(_("Say on what ground: it stays in the record."), "because")
    user = User.objects.filter(actor=person).first()
    if user and (user.email.casefold() in because.casefold() or _names(user, because)):
        raise Invalid(_("The ground stays in the record: leave out who it is."), "because")


def _names(user: User, words: str) -> bool:
    """Whether a word is a part of her name, as it stands or in one of its longer forms."""
    return any(_stands(part, words) for part in user.name.split() if len(part) > 2)


def _stands(name: str, words: str) -> bool:
    """«Nowak» stands in «Nowakowej», «Ewa» not in «ponieważ»."""
    ending = 4 if len(name) > 3 else 1  # letters
    return bool(re.search(rf"\b{re.escape(name)}\w{{0,{ending}}}\b", words, re.IGNORECASE))


def _erase(found: Found) -> None:
    found.words.delete()
    found.comments.update(**{name: _emptied(name) for name in TEXTS})
    instant = now()
    found.grants.update(until=instant)
    _end(found.mandates, instant)
    found.substitutions.update(ended_at=instant)
    for rows in found.others.values():
        rows.delete()
    found.logins.delete()


def _unsettled() -> Q:
    """Mandates that run or are asked for, and those whose words may name her."""
    words = ~Q(basis__in=("", ERASED)) | ~Q(refused_because__in=("", ERASED))
    running = Q(since__isnull=False) & (Q(until=None) | Q(until__gt=now()))
    return Q(since=None, refused_because="") | running | words


def _end(mandates: QuerySet[Mandate], instant: datetime) -> None:
    """What runs ends; what is only asked for is refused; what was said of it goes."""
    open_ended = Q(until=None) | Q(until__gt=instant)
    mandates.update(
        until=Case(When(open_ended & Q(since__isnull=False), then=Value(instant)), default="until"),
        refused_because=Case(When(since=None, then=Value(ERASED)), default=Value("")),
        basis=_emptied("basis"),
    )


def _emptied(name: str) -> Case:
    """What was empty stays so: whether something was said is not a secret."""
    return Case(When(**{name: ""}, then=Value("")), default=Value(ERASED))

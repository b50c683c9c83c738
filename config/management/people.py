"""What the commands that enrol people share: addresses, departments, organisations, refusals."""

from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.validators import validate_email
from django.db import DatabaseError, transaction
from django.utils import translation

from config.logins import find_login
from consultations.errors import Invalid, Refused
from consultations.models import Actor, Department, Organisation, User
from consultations.models.people import operator


def email(word: str) -> str:
    """An e-mail address, for argparse."""
    try:
        validate_email(word)
    except ValidationError:
        raise ArgumentTypeError(f"{word}: this is not an e-mail address") from None
    return word


def day(word: str) -> date:
    """A day as 2027-12-31, for argparse."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise ArgumentTypeError(f"{word}: write the day as 2027-12-31") from None


@contextmanager
def by_operator() -> Iterator[Actor]:
    """All of a command or nothing of it, as the operator; refusals become CommandError."""
    with translation.override("en"), _in_words(), transaction.atomic():
        yield operator()


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except Refused as refusal:
        raise CommandError(str(refusal)) from refusal
    except (DatabaseError, Actor.DoesNotExist) as error:
        raise CommandError(f"The database is not ready: run manage.py migrate. {error}") from error


def known_login(address: str) -> User:
    """Somebody who is there; Invalid for an address nobody has."""
    user = find_login(address)
    if user is None:
        raise Invalid(f"Nobody has the address {address}.")
    return user


def department(slug: str | None) -> Department | None:
    """The department of this short name; Invalid with those there are."""
    if not slug:
        return None
    found = Department.objects.filter(slug=slug).first()
    if found is None:
        raise Invalid(f"There is no department {slug}. {_there_are(Department, 'slug')}")
    return found


def organisation(name: str) -> Organisation:
    """The organisation of this name or KRS number; Invalid with those there are."""
    rows = Organisation.objects.all()
    found = list(rows.filter(krs=name) if name.isdecimal() else rows.filter(name__iexact=name))
    if len(found) != 1:
        raise Invalid(f"There is no organisation {name}. {_there_are(Organisation, 'name')}")
    return found[0]


def _there_are(model: Any, field: str) -> str:
    names: Iterable[str] = model.objects.values_list(field, flat=True)
    return f"There are: {', '.join(names)}." if names else "There is none yet: add it first."

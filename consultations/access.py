"""Every view and socket declares the action of `policy.ACTIONS` it asks for; the rest is denied."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest

from consultations import policy
from consultations.errors import NotYours
from consultations.models import Actor

Declared = TypeVar("Declared", bound=Callable[..., object])


class ActingRequest(HttpRequest):
    """A request after `config.middleware.ActorMiddleware`: `actor` is None for a visitor."""

    actor: Actor | None
    retry_after: int  # seconds; set by `limits.take` when it refuses


def access(action: str) -> Callable[[Declared], Declared]:
    """Declare what a view or consumer asks for; KeyError for an action nobody listed."""
    policy.ACTIONS[action]

    def declare(target: Declared) -> Declared:
        target.access = action  # type: ignore[attr-defined]
        return target

    return declare


def person(request: ActingRequest) -> Actor:
    """Who acts; NotYours for a visitor."""
    if request.actor is None:
        raise NotYours
    return request.actor

"""Who acts, whether they may, and what they are told when they may not."""

import logging
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render

from consultations import policy
from consultations.access import ActingRequest
from consultations.errors import Busy, NotThisWay, NotYours, Refused, TooOften, Unreadable

log = logging.getLogger(__name__)
A_MINUTE = 60  # seconds: what allauth's own limits count by
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ActorMiddleware:
    """Sets `request.actor`: the nameless actor of whoever is signed in, else None."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        acting = cast("ActingRequest", request)
        acting.actor = user.actor if user.is_authenticated else None
        return self.get_response(request)


class AccessMiddleware:
    """Denies every view that declares nothing, and whoever the declared action is not for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: ActingRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        action = getattr(view, "access", None)
        if action is None:
            log.error("no policy is declared for %s", request.resolver_match)
            return refused(request, NotYours())
        if policy.can(request.actor, action):
            return None
        if request.actor is None:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        return refused(request, NotYours())


class RefusalMiddleware:
    """Turns a refusal into a page with its sentence, and a busy database into «try again».

    What no column can hold (a NUL byte, a number without end) is refused too, not an error.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            page = refused(request, NotThisWay())
            page.headers["Allow"] = response.headers["Allow"]
            return page
        if response.status_code == TooOften.status:
            wait = getattr(request, "retry_after", A_MINUTE)
            response.headers.setdefault("Retry-After", str(wait))
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if isinstance(exception, Refused):
            return refused(request, exception)
        if isinstance(exception, OperationalError) and _waited_in_vain(exception):
            return refused(request, Busy())
        if isinstance(exception, DataError):
            log.warning("unreadable: %s", type(exception.__cause__).__name__)  # its text may quote
            return refused(request, Unreadable())
        return None


def refused(request: HttpRequest, refusal: Refused) -> HttpResponseBase:
    """The page that says what cannot be done, why, and what to do next."""
    return render(request, "refused.html", {"refusal": refusal}, status=refusal.status)


def _waited_in_vain(error: OperationalError) -> bool:
    """A lock of the database was not free in time (SQLite: busy; PostgreSQL: lock_timeout)."""
    cause = error.__cause__
    return "locked" in str(error) or getattr(cause, "sqlstate", "") in {"55P03", "40P01"}

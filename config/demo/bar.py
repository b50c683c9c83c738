"""The bar over the demonstration: step into a role, move the clock, open the post."""

from typing import Any

from django.http import HttpRequest

from consultations.models.clock import now


def bar(request: HttpRequest) -> dict[str, Any]:
    """What the bar shows: the demonstration's time and the page to come back to."""
    return {"now": now(), "back": request.get_full_path()}

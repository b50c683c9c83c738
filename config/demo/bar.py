"""The bar over the demonstration: step into a role, move the clock, open the post."""

from typing import Any

from django.http import HttpRequest

from config.demo.people import main_faces
from config.demo.steps import DAY, DEADLINE, HOUR, next_deadline
from consultations.models.clock import now

GUEST = "gość"


def bar(request: HttpRequest) -> dict[str, Any]:
    """What the bar shows: the demonstration's time, people to step into, the page to return to."""
    user = getattr(request, "user", None)
    return {
        "now": now(),
        "back": request.get_full_path() if request.method == "GET" else "/",
        "people": main_faces(),
        "who": user.email if user is not None and user.is_authenticated else GUEST,
        "guest": GUEST,
        "steps": (HOUR, DAY, DEADLINE),
        "deadline": next_deadline(),
    }

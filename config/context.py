"""What every page shows: the city's name, the menu, the bell, the demonstration's bar."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.demo.bar import bar
from consultations import policy
from consultations.models import Actor
from notifications.selectors import bell

# label, name of the URL, the action it asks for
MENU = (
    (_("Consultations"), "home", "public"),
    (_("Documents"), "documents", "public"),
    (_("My comments"), "my_comments", "signed_in"),
    (_("My tasks"), "my_tasks", "desk.see"),
    (_("Office"), "office", "office.see"),
    (_("Council"), "council", "council.see"),
)


class Link(NamedTuple):
    label: Any
    url: str
    current: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """Names for every template; works also for a request that met no middleware."""
    actor: Actor | None = getattr(request, "actor", None)
    shown: dict[str, Any] = {
        "city": settings.CITY,
        "unit": settings.UNIT,
        "unit_email": settings.UNIT_EMAIL,
        "unit_phone": settings.UNIT_PHONE,
        "source_url": settings.SOURCE_URL,
        "menu": menu(actor, request.path),
        "bell": bell(actor) if actor else None,
    }
    return shown | {"demo": bar(request)} if settings.DEMO else shown


def menu(actor: Actor | None, path: str) -> list[Link]:
    """The entries this person may open; the longest address that begins `path` is current."""
    open_to = [(label, reverse(name)) for label, name, action in MENU if policy.can(actor, action)]
    urls = [url for _label, url in open_to if path.startswith(url)]
    current = max(urls, key=len, default="")
    at_home = current == reverse("home")
    public = path == current or path.startswith(("/k/", "/p/"))
    return [Link(label, url, url == current and (not at_home or public)) for label, url in open_to]

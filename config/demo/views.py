"""The demonstration's own pages: stepping into a role, moving the clock, reading the post."""

from contextlib import suppress
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.demo.bar import GUEST
from config.demo.people import faces, groups
from config.demo.post import letters
from config.demo.steps import take
from consultations import policy
from consultations.access import ActingRequest, access
from consultations.models import Actor, Role, User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ROLL_CALL = Path(__file__).parent / "roll_calls" / "rada-pozytku.csv"
LETTERS_A_PAGE = 25


@access("public")
@require_http_methods(["GET", "HEAD", "POST"])
def demo_people(request: HttpRequest) -> HttpResponse:
    """Everybody in the cast; POST `who` signs in as that person, or out as the guest."""
    if request.method == "POST":
        return _step_into(request, request.POST.get("who", ""))
    return render(request, "demo/people.html", {"groups": groups()})


def _step_into(request: HttpRequest, who: str) -> HttpResponse:
    if who == GUEST:
        logout(request)
        messages.success(request, _("You are now a guest, not signed in."))
        return redirect(_back(request, None))
    face = next((one for one in faces() if one.email == who), None)
    user = User.objects.filter(email=who).first()
    if face is None or user is None:
        messages.error(request, _("There is nobody with this address in the demonstration."))
        return redirect("demo_people")
    login(request, user, backend=BACKEND)
    facts = {"name": face.name, "role": face.role}
    messages.success(request, _("You are now %(name)s: %(role)s.") % facts)
    return redirect(_back(request, user.actor))


def _back(request: HttpRequest, actor: Actor | None) -> str:
    """The page the bar stood on, unless this person may not open it: then where they work."""
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        with suppress(Resolver404):
            action = getattr(resolve(urlsplit(wanted).path).func, "access", None)
            if action and policy.can(actor, action):
                return wanted
    return _workplace(actor)


def _workplace(actor: Actor | None) -> str:
    """The first page of each role."""
    roles = policy.roles_of(actor)
    if any(role in roles for role in (Role.CLERK, Role.COUNCILLOR)):
        return reverse("council")
    desk = any(role in roles for role in (Role.OFFICER, Role.APPROVER, Role.EXPERT))
    return reverse("my_tasks" if desk else "home")


@access("public")
@require_POST
def demo_clock(request: HttpRequest) -> HttpResponse:
    """Move the clock forward by one step; everything due by then happens at once."""
    instant = take(request.POST.get("step", ""))
    if instant is None:
        messages.error(request, _("No deadline lies ahead."))
    else:
        shown = date_format(localtime(instant), "j E Y, H:i")
        messages.success(request, _("It is now %(instant)s.") % {"instant": shown})
    return redirect(_back(request, cast("ActingRequest", request).actor))


@access("public")
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The e-mail that left the system, newest first."""
    page = Paginator(letters(settings.MAIL_DIR), LETTERS_A_PAGE).get_page(request.GET.get("strona"))
    return render(request, "demo/mail.html", {"page": page})


@access("public")
@require_safe
def demo_roll_call(_request: HttpRequest) -> FileResponse:
    """A roll call to try the council's page with."""
    return FileResponse(
        ROLL_CALL.open("rb"), as_attachment=True, filename="glosowanie.csv", content_type="text/csv"
    )

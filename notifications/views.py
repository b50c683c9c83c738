"""The inbox, and what open pages ask when no socket can be opened."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.selectors import following
from consultations.selectors.journal import address
from notifications import services, topics
from notifications.forms import ReadAllForm
from notifications.selectors import bell, gets_emails, grouped, may_see, notices_of

ON_A_PAGE = 20


@access("signed_in")
@require_safe
def inbox(request: ActingRequest) -> HttpResponse:
    """What I was told, by consultation, newest first."""
    actor = person(request)
    own = bell(actor)  # before the list: what comes in between is then told as newer
    page = Paginator(notices_of(actor), ON_A_PAGE).get_page(request.GET.get("strona"))
    shown = {
        "page": page,
        "groups": grouped(actor, list(page)),
        "unread": own.unread,
        "live_topic": own.topic,
        "live_seen": own.latest,
        "live_words": _live_words(),
        "read_all": ReadAllForm(initial={"upto": own.latest}),
        "followed": following.followed(actor),
        "gets_emails": gets_emails(actor),
        "email": request.user.email,  # type: ignore[union-attr] # who acts is signed in
    }
    return render(request, "notifications/inbox.html", shown)


def _live_words() -> dict[str, str]:
    """What an open inbox says of `%n` newer notices, in each plural form of the language."""
    forms = {"one": 1, "few": 2, "many": 5, "other": 5}
    return {
        form: ngettext("%(count)s new notification", "%(count)s new notifications", count)
        % {"count": "%n"}
        for form, count in forms.items()
    }


@access("signed_in")
@require_http_methods(["GET", "POST"])
def read_notice(request: ActingRequest, number: int) -> HttpResponse:
    """Mark the notice as read and go to what it is about."""
    actor = person(request)
    notice = get_object_or_404(notices_of(actor), number=number)
    services.read_notice(notice)
    if not may_see(actor, notice.entry):
        messages.warning(request, _("You may no longer see what this notification was about."))
        return redirect("inbox")
    return redirect(address(notice.entry, staff=policy.is_staff(actor)))


@access("signed_in")
@require_POST
def read_all(request: ActingRequest) -> HttpResponse:
    """Mark as read all that the page showed; what came since stays unread."""
    actor = person(request)
    form = ReadAllForm(request.POST)
    upto = form.cleaned_data["upto"] if form.is_valid() else bell(actor).latest
    count = services.read_all(upto=upto, by=actor)
    messages.success(request, _done(count))
    return redirect("inbox")


def _done(count: int) -> str:
    if not count:
        return _("You have already read everything.")
    done = ngettext(
        "%(count)s notification marked as read.", "%(count)s notifications marked as read.", count
    )
    return done % {"count": count}


@access("signed_in")
@require_POST
def choose_emails(request: ActingRequest) -> HttpResponse:
    """Switch one's e-mails on or off."""
    wanted = request.POST.get("emails") == "on"
    services.choose_emails(wanted=wanted, by=person(request))
    on, off = _("You will get e-mails again."), _("You will get no more e-mails.")
    messages.success(request, on if wanted else off)
    return redirect("inbox")


@access("public")
@require_safe
@never_cache
def live_poll(request: ActingRequest | HttpRequest) -> JsonResponse:
    """How far each topic is that this person may hear: what the socket says, over HTTP."""
    actor: Any = getattr(request, "actor", None)
    try:
        names = topics.parse(request.GET.get("topics", ""))
    except topics.Nonsense as refusal:
        return JsonResponse({"error": str(refusal)}, status=refusal.status)
    return JsonResponse(topics.numbers(topics.allowed(actor, names)))

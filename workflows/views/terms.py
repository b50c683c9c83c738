"""One's own calendar: the drafts one follows and what waits for one, signed in or by an address."""

from django.core import signing
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access, person
from consultations.limits import limited
from consultations.models import Actor, User
from consultations.selectors import terms
from consultations.text.formats.ical import Event
from consultations.views.terms import calendar_answer
from workflows.duties import duties

SALT = "uwaga.terms"


@access("signed_in")
@require_safe
@limited("download")
def own_calendar(request: ActingRequest) -> HttpResponse:
    """For whoever is signed in."""
    return _answer(person(request))


@access("public")
@require_safe
@limited("download")
def own_calendar_by_token(_request: ActingRequest, token: str) -> HttpResponse:
    """For a calendar that cannot sign in: its address names the person, and nobody else has it."""
    try:
        key = int(signing.Signer(salt=SALT).unsign_object(token))
    except (signing.BadSignature, TypeError, ValueError) as wrong:
        raise Http404 from wrong
    user = User.objects.filter(actor=key, is_active=True).select_related("actor").first()
    if user is None or user.actor is None:
        raise Http404
    return _answer(user.actor)


def address_of(actor: Actor) -> str:
    """The address of a person's own calendar."""
    return terms.absolute(reverse("own_calendar_by_token", args=[token_of(actor.pk)]))


def token_of(key: int) -> str:
    """What names the person in it; always the same, so that a calendar need not be told anew."""
    return signing.Signer(salt=SALT).sign_object(key)


def _answer(actor: Actor) -> HttpResponse:
    followed = terms.followed(actor)
    shown = [*terms.events(followed), *terms.meetings(followed), *terms.amending(followed)]
    shown += _duties(actor)
    answer = calendar_answer(_("My terms"), shown, "moje-terminy")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _duties(actor: Actor) -> list[Event]:
    """What waits for the person and has a last day."""
    return [
        Event(
            uid=f"duty-{one.url.strip('/').replace('/', '-')}@uwaga",
            summary=f"{one.label}: {one.title}",
            day=one.last_day,
            url=terms.absolute(one.url),
        )
        for one in duties(actor)
        if one.last_day is not None
    ]

"""What signing in keeps of a person: addresses and sessions; and the bytes a database leaves.

The clock erases whoever's request was accepted, once nothing is left to be written to her.
"""

import json
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations import erasers, exporters, retention
from consultations.errors import Refused
from consultations.models import (
    Actor,
    Entry,
    ErasureRequest,
    ErasureState,
    Mandate,
    RoleGrant,
    User,
)
from consultations.models.people import clock
from consultations.services.erasing import erase_person
from notifications.models import Letter
from workflows import jobs

ACCEPTED = "person.accept_erasure"


def register() -> None:
    """Called when the app is ready."""
    erasers.register("sessions", sessions_of)
    erasers.register(
        "addresses", lambda person: EmailAddress.objects.filter(user__actor=person).order_by("pk")
    )
    exporters.register(
        "addresses",
        _("Addresses"),
        lambda person: EmailAddress.objects.filter(user__actor=person).order_by("pk"),
        {_("e-mail"): "email", _("confirmed"): "verified"},
    )
    exporters.register(
        "sessions", _("Where you are signed in"), sessions_of, {_("until"): "expire_date"}
    )
    retention.register("sessions", lambda _kept: Session.objects.filter(expire_date__lt=real_now()))
    retention.register("codes", unfinished)
    retention.register("signups", unconfirmed)
    jobs.register(erase_accepted)


real_now = timezone.now  # sessions and sign-ups are dated by it, in a demonstration, too


def unfinished(kept: timedelta) -> QuerySet[Session]:
    """Sessions of visitors, begun longer ago: they hold the address a code was sent to."""
    begun_before = real_now() + timedelta(seconds=settings.SESSION_COOKIE_AGE) - kept
    old = Session.objects.filter(expire_date__lt=begun_before)
    keys = [one.session_key for one in old.iterator() if "_auth_user_id" not in one.get_decoded()]
    return Session.objects.filter(session_key__in=keys)


def unconfirmed(kept: timedelta) -> QuerySet[User]:
    """Accounts made longer ago whose address nobody confirmed, and nobody gave a role."""
    of_them = EmailAddress.objects.filter(user=OuterRef("pk"))
    held = [model.objects.filter(actor=OuterRef("actor")) for model in (RoleGrant, Mandate)]
    return User.objects.filter(
        Exists(of_them),
        ~Exists(of_them.filter(verified=True)),
        *(~Exists(one) for one in held),
        date_joined__lt=real_now() - kept,
        last_login=None,
    )


def erase_accepted() -> int:
    """A job of the tick: erase those whose letter has gone, or cannot go; gives how many."""
    accepted = ErasureRequest.objects.filter(state=ErasureState.ACCEPTED).select_related("actor")
    erased = sum(_erased(one) for one in accepted if _is_told(one))
    if erased:
        wipe()
    return erased


def _is_told(request: ErasureRequest) -> bool:
    """The entry was told, and no letter of it is still to be sent."""
    said = Q(kind=ACCEPTED, at__gte=request.decided_at)
    if Entry.objects.filter(said, dispatched=None).exists():
        return False
    waiting = Letter.objects.filter(recipient=request.actor, due_at__isnull=False)
    return not waiting.filter(entry__kind=ACCEPTED).exists()


def _erased(request: ErasureRequest) -> bool:
    try:
        erase_person(request.actor, by=clock(), because=request.because)
    except Refused:  # she was filing a comment, or took it back: the next turn looks again
        return False
    return True


def sessions_of(person: Actor) -> QuerySet[Session]:
    """Hers when she is signed in, and those that hold an address of hers: a code was asked for."""
    user = User.objects.filter(actor=person).first()
    if user is None:
        return Session.objects.none()
    addresses = {
        user.email,
        *EmailAddress.objects.filter(user=user).values_list("email", flat=True),
    }
    wanted = {json.dumps(address.casefold()) for address in addresses}
    keys = [
        one.session_key
        for one in Session.objects.iterator()
        if _is_hers(one.get_decoded(), str(user.pk), wanted)
    ]
    return Session.objects.filter(session_key__in=keys)


def _is_hers(held: dict[str, object], key: str, addresses: set[str]) -> bool:
    said = json.dumps(held, default=str).casefold()
    return held.get("_auth_user_id") == key or any(one in said for one in addresses)


def wipe() -> str:
    """Overwrite what deleted rows left in the files; says what was done and what remains."""
    if connection.vendor != "sqlite":
        return (
            "PostgreSQL keeps old rows in its files for a while: run VACUUM FULL as the owner of"
            " the tables, and mind archived WAL."
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    if busy:
        return "Somebody was reading: the log of the database (-wal) was not cut. Run it again."
    return "The file of the database was written anew, without what was erased."

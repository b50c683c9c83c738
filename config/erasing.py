"""What signing in keeps of a person: addresses and sessions; and the bytes a database leaves."""

import json

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import QuerySet

from consultations import erasers
from consultations.models import Actor, User


def register() -> None:
    """Called when the app is ready."""
    erasers.register("sessions", sessions_of)
    erasers.register(
        "addresses", lambda person: EmailAddress.objects.filter(user__actor=person).order_by("pk")
    )


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

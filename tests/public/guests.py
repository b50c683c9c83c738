"""What the tests of guests share: the form as it is sent, the letters, the link in one."""

import re
import uuid
from typing import Any

from django.core import mail

from consultations.forms.guests import OPENED
from consultations.models import Comment, Consultation, GuestComment
from consultations.models.clock import now
from consultations.services.filing import Said
from consultations.services.guests import Sender, send_guest_comment, token_of
from notifications import guest_letters
from tests.public.addresses import address
from tests.world import provision

EMAIL = "gosia@poczta.test"
REASONS = "Dwa tygodnie to za mało."
LINK = re.compile(r"http://\S+(/potwierdz/\S+/)")


def where(consultation: Consultation) -> str:
    key = provision(consultation).provision.key
    return address("file_comment", consultation, query=f"przepis={key}")


def typed(**fields: Any) -> dict[str, Any]:
    """What a guest types and sends."""
    return {
        "key": str(uuid.uuid4()),
        "opened": OPENED.sign(now().isoformat()),
        "kind": "change",
        "proposed_wording": "Termin składania ofert wynosi 28 dni.",
        "reasons": REASONS,
        "email": EMAIL,
        "website": "",
    } | fields


def sent(consultation: Consultation, email: str = EMAIL, name: str = "", **said: Any) -> Any:
    """A comment a guest sent, through the service."""
    fields: dict[str, Any] = {
        "wording": provision(consultation),
        "organisation": None,
        "kind": "question",
        "proposed_wording": "",
        "reasons": REASONS,
    }
    key = said.pop("key", None) or uuid.uuid4()
    sender = Sender(email=email, name=name, begun_at=now())
    return send_guest_comment(consultation, Said(**(fields | said)), sender, key=key)


def token(guest: GuestComment) -> str:
    return token_of(guest.key, guest.email)


def letters() -> list[Any]:
    """The letters to guests that go out now."""
    before = len(mail.outbox)
    while True:
        guest_letters.deliver()
        if not guest_letters.postman.is_away and not guest_letters.postman.done:
            return mail.outbox[before:]
        guest_letters.postman.wait(10)


def link_in(letter: Any) -> str:
    found = LINK.search(str(letter.body))
    assert found is not None, letter.body
    return found[1]


def filed() -> list[Comment]:
    return list(Comment.objects.order_by("pk"))

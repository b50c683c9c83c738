"""Taking part without an account: a comment is kept until the link in a letter confirms it.

Nothing here says whether an address has an account: what is kept, shown and sent is the same.
"""

import base64
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from consultations import logins
from consultations.errors import Refused, SameKey, TooLate
from consultations.models import Comment, Consultation, GuestComment, User
from consultations.models.clock import now
from consultations.models.guests import HERS, hash_of
from consultations.selectors.guests import may_be_confirmed
from consultations.services.filing import Said, check_open, check_said, file_comment

MOST_LETTERS = 3  # for one comment: the first, and two sent again
SAID = ("wording", "kind", "proposed_wording", "reasons")


@dataclass(frozen=True)
class Sender:
    """Who sends: her address, and her name when she agrees that everybody reads it."""

    email: str
    name: str = ""
    language: str = "pl"
    begun_at: datetime | None = None
    filled_trap: bool = False


class EnoughLetters(Refused):
    """The letter was sent again as often as it may be."""

    code = "enough_letters"
    words = _(
        "The letter was sent three times. Look into the folder for unwanted mail, or write to us."
    )


def send_guest_comment(
    consultation: Consultation, said: Said, sender: Sender, *, key: uuid.UUID
) -> GuestComment:
    """Keep what a guest wrote and let a letter with a link go to her; nothing is filed yet.

    The same key and content again keep one. Raises Invalid, NotOpen, TooLate, SameKey.
    """
    instant = now()
    check_open(consultation, instant)
    check_said(consultation, said)
    words = {name: getattr(said, name) for name in SAID}
    words |= {name: words[name].strip() for name in ("proposed_wording", "reasons")}
    email, name = sender.email.strip().lower(), sender.name.strip()
    words |= {"email": email, "name": name, "named": bool(name)}
    try:
        with transaction.atomic():
            return GuestComment.objects.create(
                key=key,
                token_hash=hash_of(token_of(key, email)),
                consultation=consultation,
                language=sender.language,
                begun_at=min(sender.begun_at or instant, instant),
                sent_at=instant,
                expires_at=instant + timedelta(days=settings.KEEP_DAYS["guests"]),
                filled_trap=sender.filled_trap,
                letter_due_at=instant,
                **words,
            )
    except IntegrityError:
        return _same(key, {"consultation": consultation, **words})


def _same(key: uuid.UUID, words: dict[str, object]) -> GuestComment:
    earlier = GuestComment.objects.filter(key=key).first()
    if earlier is None or any(getattr(earlier, name) != said for name, said in words.items()):
        raise SameKey
    return earlier


def token_of(key: uuid.UUID, email: str) -> str:
    """The secret of the link: not kept anywhere, made anew for a letter that is sent again.

    It depends on the address, so whoever knows a key from a letter of her own cannot make
    the link for another one.
    """
    made = salted_hmac("consultations.guests", f"{key} {email}", algorithm="sha256")
    return base64.urlsafe_b64encode(made.digest()).rstrip(b"=").decode()


def send_again(guest: GuestComment) -> GuestComment:
    """Let the same letter go once more. Raises EnoughLetters.

    Its link is the old one, unless SECRET_KEY was changed meanwhile.
    """
    waiting = GuestComment.objects.filter(pk=guest.pk, comment=None, letters__lt=MOST_LETTERS)
    link = hash_of(token_of(guest.key, guest.email))
    again = {"letters": guest.letters + 1, "letter_due_at": now(), "letter_tries": 0}
    sent = waiting.update(token_hash=link, **again)
    if not sent:
        raise EnoughLetters
    return GuestComment.objects.get(pk=guest.pk)


def confirm_guest_comment(guest: GuestComment) -> Comment:
    """File the comment in the name of whoever's the address is; once, however often it is asked.

    Nobody is signed in by it. Raises TooLate, and what filing raises.
    """
    if guest.comment is not None:
        return guest.comment
    if not may_be_confirmed(guest, now()):
        raise TooLate(_("The time for comments is over, so this comment can no longer be filed."))
    user = _login_of(guest)
    said = Said(
        wording=guest.wording,
        organisation=None,
        kind=guest.kind,
        proposed_wording=guest.proposed_wording,
        reasons=guest.reasons,
        named=guest.named and user.name == guest.name,
    )
    key = uuid.uuid5(guest.key, guest.token_hash)  # ours: the form's own key is known outside
    comment = file_comment(guest.consultation, said, key=key, by=user.actor, begun_at=guest.sent_at)
    waiting = GuestComment.objects.filter(pk=guest.pk, comment=None)
    emptied = dict.fromkeys(HERS, "")
    waiting.update(comment=comment, confirmed_at=now(), letter_due_at=None, **emptied)
    return comment


def _login_of(guest: GuestComment) -> User:
    """The login of her address. A name she never gave it becomes its name, another one stays."""
    name = guest.name if guest.named else ""
    try:
        with transaction.atomic():
            user = logins.login_of(guest.email, name)
    except IntegrityError:  # another comment of hers was confirmed at the same moment
        user = logins.login_of(guest.email, name)
    if name and not user.name:
        User.objects.filter(pk=user.pk, name="").update(name=name)
        user.refresh_from_db()
    return user

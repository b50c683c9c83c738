"""Letters with a link to guests, who have no account: as other letters go, by a postman of theirs.

Such a letter holds nothing of what was written: nobody can send words to a stranger through it.
"""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from consultations.models import GuestComment
from consultations.models.clock import now
from consultations.services.guests import token_of
from notifications.post import AT_ONCE, TRIES, Done, Postman, is_for_good, named, wait_after

log = logging.getLogger(__name__)
postman = Postman()


def deliver() -> int:
    """Mark what the postman did, then give him what is due; gives how many letters were sent."""
    sent = 0
    while postman.done:
        sent += _mark(postman.done.popleft())
    if not postman.is_away:
        messages = [(one.pk, _message(one)) for one in _claimed()]
        if messages:
            postman.take(messages)
    return sent


def _mark(done: Done) -> int:
    guest = GuestComment.objects.filter(pk=done.letter)
    if done.error is None:
        return guest.update(letter_due_at=None)
    log.warning("the letter for guest %s was not sent: %s", done.letter, named(done.error))
    given_up = guest if is_for_good(done.error) else guest.filter(letter_tries__gte=TRIES)
    given_up.update(letter_due_at=None)
    return 0


def _claimed() -> list[GuestComment]:
    """Due letters that nobody else has, each with its next try already set."""
    instant = now()
    due = GuestComment.objects.filter(letter_due_at__lte=instant, comment=None)
    if not due.exists():  # most turns: then nothing is locked
        return []
    with transaction.atomic():
        taken = list(due.select_for_update(of=("self",)).order_by("letter_due_at")[:AT_ONCE])
        for one in taken:
            again: timedelta = wait_after(one.letter_tries)
            GuestComment.objects.filter(pk=one.pk).update(
                letter_due_at=instant + again, letter_tries=one.letter_tries + 1
            )
    joined = GuestComment.objects.select_related("consultation__draft")
    return list(joined.filter(pk__in=[one.pk for one in taken]).order_by("pk"))


def _message(guest: GuestComment) -> EmailMessage:
    link = reverse("guest_comment", args=[token_of(guest.key, guest.email)])
    with translation.override(guest.language):
        text = render_to_string(
            "notifications/guest_letter.txt",
            {
                "draft": guest.consultation.draft.title,
                "last_day": guest.consultation.last_day,
                "link": settings.ORIGIN + link,
                "city": settings.CITY,
                "unit": settings.UNIT,
                "unit_email": settings.UNIT_EMAIL,
                "unit_phone": settings.UNIT_PHONE,
            },
        )
    subject, _newline, body = text.strip().partition("\n")
    host = urlsplit(settings.ORIGIN).hostname
    return EmailMessage(
        subject,
        body.strip(),
        to=[guest.email],
        headers={
            "Message-ID": f"<guest.{guest.pk}.{guest.letters}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": guest.language,
        },
    )

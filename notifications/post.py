"""The post: letters go to the mail server from a thread of their own, so nothing waits for it.

A letter belongs to whoever moved its `due_at` forward; that instant is also when it is tried
again, by anybody, should the process die or the server refuse. Between the server's «accepted»
and our mark there is a moment in which a power cut doubles a letter: its Message-ID stays the
same, so that mailboxes can tell.
"""

import logging
import smtplib
import threading
import time
from collections import deque
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.db.models import QuerySet

from consultations import policy
from consultations.models.clock import now
from notifications import letters, notices
from notifications.models import Letter, Preference
from notifications.selectors import JOINED
from workflows import loop

log = logging.getLogger(__name__)
AT_ONCE = 100  # letters handed over at a time
GATHER = 2.0  # seconds: letters that come so soon after others go together with the next
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=10), timedelta(hours=4)
TRIES = 20  # about two and a half days
REFUSED = 500  # from this answer on the server means it for good
NO_LOGIN, SWITCHED_OFF, NOT_TO_SEE = "no login", "e-mails are switched off", "may not be seen"


class Done(NamedTuple):
    """What became of one letter; without an error the server has it."""

    letter: int
    error: Exception | None


class Postman:
    """Takes messages to the server; knows nothing of the database."""

    def __init__(self) -> None:
        self.done: deque[Done] = deque()
        self._thread: threading.Thread | None = None
        self._gathers_until = 0.0

    @property
    def is_away(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    @property
    def gathers(self) -> bool:
        """Whether he was here a moment ago and left little behind."""
        return time.monotonic() < self._gathers_until

    def gather(self, seconds: float) -> None:
        """Take nothing for so long: each round costs as much as the letters of many."""
        self._gathers_until = time.monotonic() + seconds

    def take(self, messages: Sequence[tuple[int, EmailMessage]]) -> None:
        """Return at once; the results appear in `done`, and the loop is woken for them."""
        self._thread = threading.Thread(
            target=self._go, args=[messages], name="postman", daemon=True
        )
        self._thread.start()

    def wait(self, seconds: float) -> None:
        """Until the postman is back."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _go(self, messages: Sequence[tuple[int, EmailMessage]]) -> None:
        try:
            connection = get_connection()
            connection.open()
        except Exception as error:  # noqa: BLE001 - whatever the backend raises: none went
            self.done.extend(Done(letter, error) for letter, _message in messages)
        else:
            for letter, message in messages:
                message.connection = connection
                self.done.append(Done(letter, _sent(message)))
            connection.close()
        loop.wake()


def _sent(message: EmailMessage) -> Exception | None:
    try:
        message.send()
    except Exception as error:  # noqa: BLE001 - one letter must not keep back the others
        return error
    return None


postman = Postman()


def deliver() -> int:
    """Mark what the postman did, then give him what is due; gives how many letters were sent."""
    done = list(postman.done)  # he may be adding to it
    sent = _mark(done)
    for _one in done:
        postman.done.popleft()
    if not postman.is_away and not postman.done and not postman.gathers:
        claimed = _claimed()
        if claimed and len(claimed) < AT_ONCE:
            postman.gather(GATHER)
        messages = _messages(claimed)
        if messages:
            postman.take(messages)
    return sent


def _mark(done: Sequence[Done]) -> int:
    """Note what became of these letters; gives how many were sent."""
    for one in done:
        if one.error is not None:
            _mark_failed(one.letter, one.error)
    sent = [one.letter for one in done if one.error is None]
    waiting = Letter.objects.filter(pk__in=sent, sent_at=None)
    return waiting.update(sent_at=now(), due_at=None, problem="") if sent else 0


def _mark_failed(pk: int, error: Exception) -> None:
    letter = Letter.objects.filter(pk=pk, sent_at=None)
    letter.update(failed_at=now(), problem=named(error))
    given_up = letter if is_for_good(error) else letter.filter(tries__gte=TRIES)
    given_up.update(due_at=None)
    log.warning("letter %s was not sent: %s", pk, named(error))


def named(error: Exception) -> str:
    """The kind of the error; its words would name the address."""
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()


def is_for_good(error: Exception) -> bool:
    """Whether the server will never take a letter to this address."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= REFUSED for code, _words in error.recipients.values())


def _claimed() -> list[Letter]:
    """Due letters that nobody else has, each with its next try already set."""
    instant = now()
    due = Letter.objects.filter(due_at__lte=instant).order_by("due_at", "pk")
    if not due.exists():  # most turns: then nothing is locked
        return []
    with transaction.atomic():
        taken = _take(due)
        for tries in {one.tries for one in taken}:
            alike = [one.pk for one in taken if one.tries == tries]
            Letter.objects.filter(pk__in=alike).update(
                due_at=instant + wait_after(tries), tries=tries + 1
            )
    joined = Letter.objects.select_related("recipient__user", "recipient__preference", *JOINED)
    return list(joined.filter(pk__in=[one.pk for one in taken]).order_by("pk"))


def _take(due: QuerySet[Letter]) -> list[Letter]:
    """The first of them, locked; what another post has in hand is passed over."""
    passing = connection.features.has_select_for_update_skip_locked
    return list(due.select_for_update(skip_locked=passing)[:AT_ONCE])


def wait_after(tries: int) -> timedelta:
    """How long before the next try: twice as long each time."""
    doubled: timedelta = FIRST_WAIT * 2 ** min(tries, 10)
    return min(doubled, LONGEST_WAIT)


def _messages(claimed: Sequence[Letter]) -> list[tuple[int, EmailMessage]]:
    """What is to be sent of these letters; policy is asked once for all."""
    if not claimed:
        return []
    named = [(one.entry, {one.recipient_id: one.because}) for one in claimed]
    seen = notices.who_may_see(named, sorted({one.recipient_id for one in claimed}))
    policy.read_ahead([one.recipient for one in claimed])
    in_force = letters.look_up()
    ready = (
        (one.pk, _ready(one, in_force, may_see=bool(to)))
        for one, (_entry, to) in zip(claimed, seen, strict=True)
    )
    return [(pk, message) for pk, message in ready if message is not None]


def _ready(letter: Letter, in_force: letters.InForce, *, may_see: bool) -> EmailMessage | None:
    """The message, or None when it is not to be sent, or cannot be drawn now."""
    because = _why_not(letter, may_see=may_see)
    if because:
        Letter.objects.filter(pk=letter.pk).update(due_at=None, problem=because)
        return None
    try:
        return _message(letter, in_force)
    except Exception as error:
        log.exception("letter %s could not be written; it will be tried again", letter.pk)
        _mark_failed(letter.pk, error)
        return None


def _why_not(letter: Letter, *, may_see: bool) -> str:
    """Why this letter must not go any more, or nothing."""
    user = getattr(letter.recipient, "user", None)
    if user is None or not user.is_active:
        return NO_LOGIN
    if not _wanted(letter):
        return SWITCHED_OFF
    return "" if may_see else NOT_TO_SEE


def _wanted(letter: Letter) -> bool:
    """Who switched e-mails off still gets the confirmation of her own comment, and what is owed."""
    if letter.entry.kind in letters.OWED:
        return True
    comment, kind = letter.entry.comment, letter.entry.kind
    own = comment is not None and comment.filed_by_id == letter.recipient_id
    return (own and kind == letters.CONFIRMATION) or preference(letter).emails


def preference(letter: Letter) -> Preference:
    """What the recipient prefers; the defaults for whoever never said."""
    said: Preference | None = getattr(letter.recipient, "preference", None)
    return said or Preference(actor=letter.recipient)


def _message(letter: Letter, in_force: letters.InForce) -> EmailMessage:
    known = dict(settings.LANGUAGES)
    language = preference(letter).language
    language = language if language in known else settings.LANGUAGE_CODE
    words = letters.drawn(letter, language, in_force)
    host = urlsplit(settings.ORIGIN).hostname
    return EmailMessage(
        words.subject,
        words.body,
        to=[letter.recipient.user.email],
        headers={
            "Message-ID": f"<letter.{letter.pk}.{letter.entry.action}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": language,
        },
    )

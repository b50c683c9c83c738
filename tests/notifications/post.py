"""The post in tests: everything due goes out at once, or meets a server that does not work."""

from collections.abc import Sequence
from typing import Any

from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend

from notifications import post
from notifications.outbox import dispatch


def delivered() -> list[Any]:
    """Tell of everything and wait for the postman; the letters that went out now."""
    before = len(mail.outbox)
    dispatch()
    _rounds()
    return mail.outbox[before:]


def _rounds() -> None:
    """Until the postman has nothing more to take."""
    while True:
        post.deliver()
        if not post.postman.is_away and not post.postman.done:
            return
        post.postman.wait(10)


class Dead(BaseEmailBackend):
    """Nobody answers."""

    def open(self) -> bool:
        raise ConnectionRefusedError


class Picky(EmailBackend):
    """Takes every letter but those to the colleague."""

    error: Exception = ValueError("jan@mosty.test is not liked")

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if any("jan@mosty.test" in message.to for message in messages):
            raise self.error
        return super().send_messages(messages)

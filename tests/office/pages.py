"""Walking the office pages: whose browser it is, addresses of the queue, what a page shows."""

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from consultations.models import Actor, Comment, Consultation, User
from consultations.services.answers import answer_comment

ANSWER = {"outcome": "rejected", "reasons": "Zostaje 21 dni: to minimum ustawy."}


def as_(actor: Actor | None) -> Client:
    """A browser in which this person is signed in; None is a visitor."""
    client = Client(headers={"accept-language": "en"})
    if actor is not None:
        client.force_login(User.objects.get(actor=actor))
    return client


def address(name: str, comment: Comment) -> str:
    """The address of an act on the comment."""
    return reverse(name, args=[comment.consultation.slug, comment.number])


def queue_of(comment: Comment, **query: Any) -> str:
    """The queue with this comment beside the list."""
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{reverse('queue', args=[comment.consultation.slug])}?{asked}"


def text_of(response: Any) -> str:
    """What a person reads on the page."""
    html = response.content.decode()
    words = re.sub(r"<(script|style|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", words)).split())


def rows_of(response: Any) -> list[int]:
    """The numbers of the comments in the list, from the top."""
    return [row.comment.number for row in response.context["rows"]]


def fresh(comment: Comment) -> Comment:
    """The comment as it stands in the database."""
    return Comment.objects.select_related("consultation").get(pk=comment.pk)


def proposed(comment: Comment, by: Actor) -> Comment:
    """The comment with an answer of this person, to be approved."""
    return answer_comment(comment, outcome="rejected", reasons="Zostaje.", by=by)


def ask(actor: Actor | None, consultation: Consultation, **query: Any) -> Any:
    """The queue as this person gets it."""
    return as_(actor).get(reverse("queue", args=[consultation.slug]), query)

"""Approved answers that wait to be published («Do wysyłki»), and how many hear of each."""

from collections.abc import Sequence

from django.db.models import QuerySet

from consultations.models import Actor, Comment, CommentState, Consultation, Mandate, User
from consultations.selectors import detail
from consultations.selectors import queue as listing
from consultations.selectors.following import followers_of


def waiting(viewer: Actor | None, consultation: Consultation) -> QuerySet[Comment]:
    """With all that a row and its letter read, by number."""
    approved = listing.desk(viewer, consultation).filter(state=CommentState.APPROVED)
    found = detail.joined(approved)
    return found.select_related("consultation__draft", "covering_note").order_by("number")


def told(comments: Sequence[Comment], by: Actor) -> dict[int, int]:
    """How many people with an account hear of each answer, by the comment's key: five queries."""
    of_bodies = {one.organisation_id for one in comments if one.organisation_id}
    speaking: dict[int, set[int]] = {}
    rows = Mandate.objects.running().filter(organisation__in=of_bodies)
    for body, actor in rows.values_list("organisation", "actor"):
        speaking.setdefault(body, set()).add(actor)
    followers = followers_of(comments)
    concerned = {
        one.pk: followers[one.pk]
        | (speaking.get(one.organisation_id, set()) if one.organisation_id else {one.filed_by_id})
        for one in comments
    }
    everybody = set().union(*concerned.values()) - {by.pk}
    active = User.objects.filter(actor__in=everybody, is_active=True)
    reached = set(active.values_list("actor", flat=True))
    return {key: len(actors & reached) for key, actors in concerned.items()}

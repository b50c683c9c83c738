"""Drafts of comments as those who write them see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from consultations import policy
from consultations.models import Actor, Attachment, Comment, CommentDraft, CommentKind, User
from consultations.selectors.preview import Preview, preview


@dataclass(frozen=True)
class Line:
    """A draft in a list: who began it, who signed it off, and the change it proposes."""

    draft: CommentDraft
    author: str
    signed_by: str
    change: Preview

    @property
    def is_of_organisation(self) -> bool:
        return self.draft.organisation_id is not None

    @property
    def needs_sign_off(self) -> bool:
        body = self.draft.organisation
        return body is not None and body.needs_sign_off


def waiting(viewer: Actor | None) -> QuerySet[CommentDraft]:
    """Drafts the viewer writes, her own and of her organisations, the oldest first."""
    found = policy.visible(viewer, CommentDraft.objects.all())
    left: QuerySet[CommentDraft] = found & CommentDraft.objects.waiting()
    return left.select_related(
        "consultation__draft__procedure", "wording__provision", "organisation"
    ).prefetch_related("attachments")


def lines(drafts: Iterable[CommentDraft]) -> list[Line]:
    """The drafts with names in one query more."""
    listed = list(drafts)
    people = {pk for one in listed for pk in (one.author_id, one.signed_off_by_id) if pk}
    users = User.objects.filter(actor__in=people)
    names = {user.actor_id: str(user) for user in users} if people else {}
    return [
        Line(
            draft=one,
            author=names.get(one.author_id, ""),
            signed_by=names.get(one.signed_off_by_id or 0, ""),
            change=_change(one),
        )
        for one in listed
    ]


def _change(draft: CommentDraft) -> Preview:
    """What the draft would change; a wording left as it stands is kept as none."""
    if draft.kind == CommentKind.CHANGE and not draft.proposed_wording.strip():
        return Preview(proposes_nothing=True)
    return preview(draft.wording, draft.kind, draft.proposed_wording)


@dataclass(frozen=True)
class Group:
    """How many drafts wait in a consultation."""

    slug: str
    title: str
    count: int


def by_consultation(viewer: Actor) -> list[Group]:
    """Where drafts wait, the latest consultation first; one query."""
    found = policy.visible(viewer, CommentDraft.objects.all()) & CommentDraft.objects.waiting()
    counted = (
        found.order_by()
        .values("consultation__slug", "consultation__draft__title", "consultation__opens_at")
        .annotate(count=Count("pk"))
        .order_by("-consultation__opens_at", "consultation__slug")
    )
    return [
        Group(one["consultation__slug"], one["consultation__draft__title"], one["count"])
        for one in counted
    ]


def attachments(viewer: Actor | None) -> QuerySet[Attachment]:
    """The files the viewer may open."""
    return policy.visible(viewer, Attachment.objects.all())


def attachments_of(comment: Comment, viewer: Actor | None) -> list[Attachment]:
    """The files of a comment as this viewer may open them; nothing is asked for a visitor."""
    return [] if viewer is None else list(attachments(viewer).filter(comment=comment))

"""What a filing says of the draft it was written as: the internal signature, files, the grace."""

from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from consultations.errors import NotYours
from consultations.models import Actor, CommentDraft, Consultation, Mandate
from consultations.services.attachments import in_words

NOT_SIGNED_OFF = _(
    "This organisation files only what a second person in it has signed off. Save the comment as a"
    " draft, and ask somebody else of the organisation to sign it off."
)


def check_signed_off(mandate: Mandate | None, draft: CommentDraft | None, by: Actor) -> None:
    """Where the organisation asks for it, somebody else of it has read what is filed."""
    if mandate is None or not mandate.organisation.needs_sign_off:
        return
    if draft is None or draft.signed_off_by_id in (None, by.pk):
        raise NotYours(NOT_SIGNED_OFF)


def attached(draft: CommentDraft | None) -> str:
    """The files that go with the comment, a line each; sealed, as their names may say who."""
    return "\n".join(map(in_words, draft.attachments.all())) if draft else ""


def grace_facts(
    consultation: Consultation, instant: datetime, begun_at: datetime | None
) -> dict[str, str]:
    """Of a comment filed after the closing: when it was begun, which makes it in time."""
    if begun_at is None or consultation.takes_comments_at(instant):
        return {}
    return {"begun_at": begun_at.astimezone(UTC).isoformat()}

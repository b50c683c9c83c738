"""What somebody at the council's desk keeps for herself: «seen» marks and private notes.

Nothing of it stands in the record: it is hers alone, and goes with her.
"""

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid
from consultations.models import Actor, Draft, DraftMark, Entry, LogHead
from consultations.models.clock import now
from consultations.services.door import one_action, require

LONGEST_NOTE = 5_000


def mark_draft_seen(draft: Draft, *, upto: int, by: Actor) -> DraftMark:
    """She has seen what the record held up to its entry `upto`; what comes later is new again.

    Never back: an older page that is sent later takes nothing away. Raises NotYours, Invalid.
    """
    require(by, "council.see")
    if not 0 <= upto <= LogHead.newest():
        raise Invalid(_("Load the page anew, then mark the draft as seen."), "upto")
    with one_action():
        mark = _held(draft, by)
        if upto > mark.seen_seq or mark.seen_at is None:
            mark.seen_seq = upto
            mark.seen_at = Entry.objects.filter(seq=upto).values_list("at", flat=True).first()
            mark.seen_at = mark.seen_at or now()
            mark.save(update_fields=["seen_seq", "seen_at"])
    return mark


def write_note(draft: Draft, *, text: str, by: Actor) -> DraftMark:
    """Keep her private note on the draft; an empty one is deleted. Raises NotYours, Invalid."""
    require(by, "council.see")
    said = text.strip()
    if len(said) > LONGEST_NOTE:
        words = _("A note has at most %(count)s characters.")
        raise Invalid(words % {"count": LONGEST_NOTE}, "note")
    with one_action():
        mark = _held(draft, by)
        mark.note, mark.noted_at = said, now() if said else None
        mark.save(update_fields=["note", "noted_at"])
    return mark


def _held(draft: Draft, by: Actor) -> DraftMark:
    DraftMark.objects.get_or_create(actor=by, draft=draft)
    mark: DraftMark = DraftMark.objects.select_for_update().get(actor=by, draft=draft)
    return mark

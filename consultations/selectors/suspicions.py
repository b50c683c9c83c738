"""Why the office may look twice at a comment before admitting it: reasons in words, no verdict.

Nothing is dropped or held back by them: robots and people in a hurry look alike.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Comment, CommentState, GuestComment
from consultations.wording import ERASED

SOON = 5  # seconds in which nobody reads a provision and writes a comment
LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
# The same in SQL, as far as one row shows it: what a list puts after the others.
SUSPECT = (
    Q(guest__filled_trap=True)
    | Q(guest__sent_at__lt=F("guest__begun_at") + timedelta(seconds=SOON))
    | Q(reasons__icontains="http://")
    | Q(reasons__icontains="https://")
    | Q(reasons__icontains="www.")
)


def suspicions(comments: Sequence[Comment]) -> dict[int, list[str]]:
    """For each of these that waits to be admitted, by its key: two queries for all."""
    waiting = [one for one in comments if one.state == CommentState.RECEIVED]
    if not waiting:
        return {}
    found: defaultdict[int, list[str]] = defaultdict(list)
    for guest in GuestComment.objects.filter(comment__in=[one.pk for one in waiting]):
        found[guest.comment_id or 0] += _of_sending(guest)
    alike = _alike(waiting)
    for one in waiting:
        found[one.pk] += [*_of_links(one), *_of_others(alike[one.reasons, one.proposed_wording])]
    return found


def _of_sending(guest: GuestComment) -> list[str]:
    said = []
    if guest.filled_trap:
        said.append(_("the hidden field was filled in"))
    if guest.seconds < SOON:
        said.append(
            ngettext(
                "sent %(count)d second after the form was opened",
                "sent %(count)d seconds after the form was opened",
                guest.seconds,
            )
            % {"count": guest.seconds}
        )
    return said


def _of_links(comment: Comment) -> list[str]:
    count = len(LINK.findall(f"{comment.reasons}\n{comment.proposed_wording}"))
    words = ngettext("contains %(count)d link", "contains %(count)d links", count)
    return [words % {"count": count}] if count else []


def _of_others(count: int) -> list[str]:
    words = ngettext("the same text as %(count)d other", "the same text as %(count)d others", count)
    return [words % {"count": count}] if count else []


def _alike(waiting: Sequence[Comment]) -> defaultdict[tuple[str, str], int]:
    """How many other comments of the round say just the same, whatever became of them."""
    texts = {one.reasons for one in waiting} - {ERASED}
    rounds = {one.consultation_id for one in waiting}
    there = Comment.objects.filter(consultation__in=rounds, reasons__in=texts).order_by()
    rows = there.values_list("reasons", "proposed_wording").annotate(count=Count("pk"))
    return defaultdict(int, {(reasons, words): count - 1 for reasons, words, count in rows})

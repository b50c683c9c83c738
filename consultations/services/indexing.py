"""The words of comments for the search: a job, beside the requests, after admission and answer."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max, QuerySet

from consultations.models import Comment, CommentWords, Entry, LogHead
from consultations.selectors import comments as shown_comments
from consultations.selectors.said import source
from consultations.text import words

AFTER = ("comment.admit", "comment.correct", "comment.complete", "comment.publish")
AT_ONCE = 50


class _Looked:
    """Up to which entry this process has looked; the record is not read twice for nothing."""

    seq = 0


def index_comments() -> int:
    """Write the words of comments that were admitted, changed or answered; gives how many.

    Nothing until the dictionary is loaded. Goes on where the newest words were written.
    """
    if not words.learned():
        return 0
    size = LogHead.newest()
    if size == _Looked.seq:
        return 0
    entries = _next(_Looked.seq if _Looked.seq < size else 0)
    written = _write(dict(entries))  # of several entries on one comment the last counts
    if len(entries) < AT_ONCE:
        _Looked.seq = size
    return written


def _next(looked: int) -> list[tuple[int, int]]:
    """The entries that come next, each with its comment: the comment and the number in the log."""
    written = CommentWords.objects.aggregate(seq=Max("seq"))["seq"] or 0
    entries = Entry.objects.filter(seq__gt=max(written, looked), kind__in=AFTER).order_by("seq")
    return list(entries.values_list("comment", "seq")[:AT_ONCE])


def _write(newest: Mapping[int, int]) -> int:
    """The forms are found before anything is locked; what changed meanwhile has a later entry."""
    read = {one.pk: source(one) for one in _rows(newest)}
    found = {pk: words.indexed(text) if text else "" for pk, text in read.items()}
    with transaction.atomic():
        locked = Comment.objects.select_for_update(no_key=True).filter(pk__in=newest)
        list(locked.order_by("pk").values_list("pk"))
        kept = [one.pk for one in _rows(newest) if source(one) == read[one.pk]]
        rows = [CommentWords(comment_id=pk, said=found[pk], seq=newest[pk]) for pk in kept]
        CommentWords.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["comment"],
            update_fields=["said", "seq"],
        )
    return len(rows)


def _rows(newest: Mapping[int, int]) -> QuerySet[Comment]:
    return shown_comments.joined(Comment.objects.filter(pk__in=newest))

"""The sketches of comments: a job, beside the requests, after a comment was filed or corrected.

A sketch tells which comments say the same. Each comment is tied to the one on the same provision
that said it first, so that what belongs together is known without comparing all with all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet

from consultations.models import (
    Comment,
    CommentSketch,
    Consultation,
    Entry,
    LogHead,
    Sketch,
    SketchBand,
)
from consultations.selectors.similar import said_by
from consultations.text import sketch as sketches
from consultations.text.clusters import Clusters

AFTER = ("comment.file", "comment.correct")
AT_ONCE = 100
NEAR = 40  # sketches looked at for one that is new: those that share most bands with it
Place = tuple[int, int | None]  # consultation, provision


class _Looked:
    """Up to which entry this process has looked; the record is not read twice for nothing."""

    seq = 0


@dataclass(frozen=True)
class _Drawn:
    """A comment with its sketch, as its words were read."""

    comment: Comment
    said: sketches.Sketch
    whole: int
    bands: list[int]

    @property
    def place(self) -> Place:
        wording = self.comment.wording
        return self.comment.consultation_id, wording.provision_id if wording else None

    @property
    def key(self) -> tuple[int, int]:
        return self.comment.consultation_id, self.whole


def sketch_comments() -> int:
    """Draw the comments that were filed or corrected; gives how many.

    Goes on where the newest sketch was written; a row for each, also for an erased one.
    """
    size = LogHead.newest()
    if size == _Looked.seq:
        return 0
    entries = _next(_Looked.seq if _Looked.seq < size else 0)
    written = _write(dict(entries))
    if len(entries) < AT_ONCE:
        _Looked.seq = size
    return written


def _next(looked: int) -> list[tuple[int, int]]:
    written = CommentSketch.objects.aggregate(seq=Max("seq"))["seq"] or 0
    entries = Entry.objects.filter(seq__gt=max(written, looked), kind__in=AFTER).order_by("seq")
    return list(entries.values_list("comment", "seq")[:AT_ONCE])


def _write(newest: Mapping[int, int]) -> int:
    """All is computed before anything is locked; what changed meanwhile has a later entry."""
    if not newest:
        return 0
    read = list(_rows(newest))
    drawn = [one for one in map(_draw, read) if one is not None]
    leads = _leads(drawn)
    words = {one.pk: _words(one) for one in read}
    places = {one.comment.pk: one.place[1] for one in drawn}
    with transaction.atomic():
        locked = Comment.objects.select_for_update(no_key=True)
        list(locked.filter(pk__in=newest).order_by("pk").values_list("pk"))
        kept = {one.pk for one in _rows(newest) if _words(one) == words[one.pk]}
        _hand_on(kept)
        stored = _store([one for one in drawn if one.comment.pk in kept])
        whole = {one.comment.pk: stored[one.key] for one in drawn if one.comment.pk in kept}
        former = list(
            CommentSketch.objects.filter(comment__in=kept).values_list("sketch", flat=True)
        )
        CommentSketch.objects.bulk_create(
            [
                CommentSketch(
                    comment_id=pk,
                    sketch_id=whole.get(pk),
                    like_id=leads.get(pk),
                    provision_id=places.get(pk),
                    seq=newest[pk],
                )
                for pk in kept
            ],
            update_conflicts=True,
            unique_fields=["comment"],
            update_fields=["sketch", "like", "provision", "seq"],
        )
        Sketch.objects.filter(pk__in=former, comments=None).delete()
    return len(kept)


def _rows(keys: Iterable[int]) -> QuerySet[Comment]:
    """Ordered, so that the first of several alike leads the others."""
    return Comment.objects.filter(pk__in=list(keys)).select_related("wording").order_by("pk")


def _words(comment: Comment) -> tuple[str, str]:
    return ("", "") if comment.is_erased else (comment.proposed_wording, comment.reasons)


def _draw(comment: Comment) -> _Drawn | None:
    said = said_by(comment)
    if not said:
        return None
    return _Drawn(comment, said, sketches.whole(said), sketches.bands(said))


def _leads(drawn: list[_Drawn]) -> dict[int, int]:
    """Which comment each is like: one that was there before, or one of the same batch."""
    same = _same(drawn)
    others = [one for one in drawn if (one.place, one.whole) not in same]
    clusters: Clusters[int] = Clusters()
    _begin(clusters, others)
    found = {
        one.comment.pk: clusters.join(one.comment.pk, one.place, one.said, one.bands)
        for one in others
    }
    for one in drawn:
        found.setdefault(one.comment.pk, same.get((one.place, one.whole), one.comment.pk))
    return found


def _same(drawn: list[_Drawn]) -> dict[tuple[Place, int], int]:
    """Of what was said in the same words of the same provision before: whom that is like."""
    rows = CommentSketch.objects.filter(
        sketch__consultation__in={one.comment.consultation_id for one in drawn},
        sketch__whole__in={one.whole for one in drawn},
    ).exclude(comment__in=[one.comment.pk for one in drawn])
    likes = rows.order_by().values("sketch__consultation", "provision", "sketch__whole")
    found = likes.annotate(first=Min("like")).filter(first__isnull=False)
    return {
        ((row["sketch__consultation"], row["provision"]), row["sketch__whole"]): row["first"]
        for row in found
    }


def _begin(clusters: Clusters[int], drawn: list[_Drawn]) -> None:
    """Let the comments lead that lead those which share most bands with what is new."""
    near: dict[int, set[int]] = {}
    for one in drawn:
        near.setdefault(one.comment.consultation_id, set()).update(_near(one))
    new = {one.comment.pk for one in drawn}
    for consultation, keys in near.items():
        places = {one.place[1] for one in drawn}
        rows = CommentSketch.objects.filter(_on(places), sketch__in=keys)
        likes = set(rows.values_list("like", flat=True)) - new
        leads = CommentSketch.objects.filter(comment__in=likes, sketch__isnull=False)
        for pk, place, stems in leads.values_list("comment", "provision", "sketch__stems"):
            said = sketches.unpacked(stems)
            clusters.lead(pk, (consultation, place), said, sketches.bands(said))


def _near(one: _Drawn) -> list[int]:
    """Keys of the sketches that share most bands with it."""
    bands = SketchBand.objects.filter(consultation=one.comment.consultation_id, band__in=one.bands)
    shared = bands.order_by().values("sketch").annotate(shared=Count("pk"))
    return list(shared.order_by("-shared", "sketch").values_list("sketch", flat=True)[:NEAR])


def _on(provisions: set[int | None]) -> Q:
    """Said of one of these provisions, or of the whole draft."""
    on = Q(provision__in=provisions - {None})
    return on | Q(provision=None) if None in provisions else on


def _hand_on(keys: Iterable[int]) -> None:
    """What says something new no longer leads others: the first of them does."""
    left = CommentSketch.objects.filter(like__in=keys).exclude(comment__in=keys)
    firsts = left.order_by().values("like").annotate(first=Min("comment"))
    for former, first in firsts.values_list("like", "first"):
        left.filter(like=former).update(like=first)


def _store(drawn: list[_Drawn]) -> dict[tuple[int, int], int]:
    """The sketches of these comments, each written once with its bands; their keys."""
    said = {one.key: one for one in drawn}
    wholes = {whole for _consultation, whole in said}
    rounds = Consultation.objects.filter(pk__in={consultation for consultation, _whole in said})
    there = Sketch.objects.filter(consultation__in=rounds, whole__in=wholes)
    before = {(one.consultation_id, one.whole): one.pk for one in there.defer("stems")}
    Sketch.objects.bulk_create(
        Sketch(consultation_id=key[0], whole=key[1], stems=sketches.packed(one.said))
        for key, one in said.items()
        if key not in before
    )
    after = {(one.consultation_id, one.whole): one.pk for one in there.defer("stems")}
    SketchBand.objects.bulk_create(
        SketchBand(sketch_id=after[key], consultation_id=key[0], band=band)
        for key, one in said.items()
        if key not in before
        for band in one.bands
    )
    return after

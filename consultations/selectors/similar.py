"""Comments that say nearly the same: of one comment, of each row of a list, of a whole round."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    FloatField,
    IntegerField,
    Min,
    QuerySet,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from consultations.models import (
    Actor,
    Comment,
    CommentSketch,
    CommentState,
    Consultation,
    Sketch,
    SketchBand,
)
from consultations.models.comments import IN_WORK
from consultations.selectors.groups import own_desk
from consultations.text import sketch as sketches

SHOWN = 10
LOOKED_AT = 100  # of the nearest, for ten that this person has on the desk
MOST = 300  # sketches that are compared with one: those that share most bands with it
AS_FAR_AS = 0.35
# From which likeness on a comment is called so; how alike it is, is never said in numbers.
WORDS: tuple[tuple[float, Any], ...] = (
    (1.0, _("the same")),
    (0.75, _("nearly the same")),
    (0.5, _("similar")),
    (AS_FAR_AS, _("perhaps similar")),
)


@dataclass(frozen=True)
class Similar:
    """A comment that says nearly the same as another."""

    comment: Comment
    likeness: float
    same_place: bool

    @property
    def words(self) -> Any:
        return in_words(self.likeness)

    @property
    def is_free(self) -> bool:
        """Whether it can be chosen for a group: in work; it may be in a group that others join."""
        return self.comment.state in IN_WORK


def in_words(likeness: float) -> Any:
    """How alike two comments are; the last words for whatever is less."""
    return next((words for least, words in WORDS if likeness >= least), WORDS[-1][1])


def similar(comment: Comment, viewer: Actor | None) -> list[Similar]:
    """At most ten that this person has on the desk, in work or answered; four queries.

    Those on the same provision come first, then the more alike. A comment without a stored sketch
    is drawn here; nothing is stored.
    """
    found = _alike(comment.consultation_id, drawn(comment))
    if not found:
        return []
    ranked = _ranked(comment, found)
    first = list(ranked.values_list("pk", flat=True)[:LOOKED_AT])
    listed = _listed(ranked.filter(pk__in=first), comment, viewer)
    if len(listed) < SHOWN and len(first) == LOOKED_AT:  # most of the nearest are not for her
        listed = _listed(ranked, comment, viewer)
    return listed


def _ranked(comment: Comment, found: dict[int, float]) -> QuerySet[CommentSketch]:
    """The others: on the same provision first, then the more alike, then by when they came."""
    place = comment.wording.provision_id if comment.wording else None
    by_likeness: dict[float, list[int]] = {}
    for pk, likeness in found.items():
        by_likeness.setdefault(round(likeness, 2), []).append(pk)
    whens = [When(sketch__in=keys, then=Value(one)) for one, keys in by_likeness.items()]
    there = CommentSketch.objects.filter(sketch__in=found).exclude(pk=comment.pk)
    return there.annotate(
        likeness=Case(*whens, output_field=FloatField()),
        elsewhere=Case(
            When(provision=place, then=Value(0)), default=Value(1), output_field=IntegerField()
        ),
    ).order_by("elsewhere", "-likeness", "comment")


def _listed(
    ranked: QuerySet[CommentSketch], comment: Comment, viewer: Actor | None
) -> list[Similar]:
    shown = own_desk(viewer, Comment.objects.filter(consultation=comment.consultation_id))
    shown = shown.filter(state__in=(*IN_WORK, CommentState.PUBLISHED))
    rows: QuerySet[Any] = ranked.filter(comment__in=shown).select_related(
        "comment__wording", "comment__given_answer", "comment__group__lead"
    )
    return [Similar(one.comment, one.likeness, not one.elsewhere) for one in rows[:SHOWN]]


def drawn(comment: Comment) -> sketches.Sketch:
    """The comment's sketch as it is stored, else from its words."""
    stored = (
        Sketch.objects.filter(comments__comment=comment).values_list("stems", flat=True).first()
    )
    if stored is not None:
        return sketches.unpacked(stored)
    return said_by(comment)


def said_by(comment: Comment) -> sketches.Sketch:
    """What its words say; nothing of an erased one."""
    if comment.is_erased:
        return frozenset()
    current = comment.wording.text if comment.wording else ""
    return sketches.of_comment(comment.reasons, comment.proposed_wording, current)


def _alike(consultation: int, said: sketches.Sketch) -> dict[int, float]:
    """Keys of the stored sketches that are alike, with how much."""
    if not said:
        return {}
    bands = SketchBand.objects.filter(consultation=consultation, band__in=sketches.bands(said))
    shared = bands.values("sketch").annotate(shared=Count("pk")).order_by("-shared", "sketch")
    likely = list(shared.values_list("sketch", flat=True)[:MOST])
    stored = Sketch.objects.filter(pk__in=likely).values_list("pk", "stems")
    found = {pk: sketches.likeness(said, sketches.unpacked(stems)) for pk, stems in stored}
    return {pk: likeness for pk, likeness in found.items() if likeness >= AS_FAR_AS}


def proposed(viewer: Actor | None, consultation: Consultation) -> QuerySet[Any, Any]:
    """What may become a group: comments in work and in no group that say nearly the same.

    Rows of `like` (the comment that said it first), `count`, `first` (the least number).
    """
    free = own_desk(viewer, Comment.objects.filter(consultation=consultation))
    free = free.filter(state__in=IN_WORK, group=None, sketched__like__isnull=False)
    counted = (
        free.order_by()
        .values(like=F("sketched__like"))
        .annotate(count=Count("pk"), first=Min("number"))
    )
    return counted.filter(count__gt=1).order_by("-count", "first")


def together_with(comment: Comment, viewer: Actor | None) -> QuerySet[Comment]:
    """In work, in no group, and nearly the same as the comment; without itself."""
    like = CommentSketch.objects.filter(comment=comment).values("like")
    found = own_desk(viewer, Comment.objects.filter(sketched__like__in=like))
    found = found.filter(state__in=IN_WORK, group=None).exclude(pk=comment.pk)
    return found.select_related("wording", "sketched__sketch").order_by("number")


def compared(comment: Comment, others: Iterable[Comment]) -> list[Similar]:
    """The others with how alike they are; they bring their sketches along."""
    said = drawn(comment)
    place = comment.wording.provision_id if comment.wording else None
    return [Similar(one, _likeness(said, one), _place(one) == place) for one in others]


def _likeness(said: sketches.Sketch, other: Comment) -> float:
    stored = other.sketched.sketch
    return sketches.likeness(said, sketches.unpacked(stored.stems)) if stored else 0.0


def _place(comment: Comment) -> int | None:
    return comment.wording.provision_id if comment.wording else None


def outside(leads: Sequence[Comment], viewer: Actor | None) -> dict[int, int]:
    """Of the leads of groups: how many in work are in no group and say nearly the same."""
    likes = CommentSketch.objects.filter(comment__in=leads, like__isnull=False)
    like_of = dict(likes.values_list("comment", "like"))
    free = Comment.objects.filter(sketched__like__in=set(like_of.values()), group=None)
    rows = own_desk(viewer, free.filter(state__in=IN_WORK)).order_by().values("sketched__like")
    counted = dict(rows.annotate(count=Count("pk")).values_list("sketched__like", "count"))
    return {pk: counted[like] for pk, like in like_of.items() if like in counted}


def counts(comments: Sequence[Comment], viewer: Actor | None) -> dict[int, int]:
    """How many others in work say nearly the same as each of these; two queries."""
    likes = dict(
        CommentSketch.objects.filter(comment__in=comments, like__isnull=False).values_list(
            "comment", "like"
        )
    )
    there = own_desk(viewer, Comment.objects.filter(sketched__like__in=set(likes.values())))
    there = there.filter(state__in=IN_WORK, group=None)
    rows = there.order_by().values("sketched__like")
    counted = dict(rows.annotate(count=Count("pk")).values_list("sketched__like", "count"))
    found = {}
    for one in comments:
        itself = one.state in IN_WORK and one.group_id is None
        found[one.pk] = counted.get(likes.get(one.pk, 0), 0) - itself
    return {pk: count for pk, count in found.items() if count > 0}

"""Ratings of answers and replies to them: who may talk back until when, what was said, counted."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from consultations import calendar, policy
from consultations.models import Actor, Comment, CommentState, Consultation, Rating, Reply
from consultations.models.clock import now

RULE = "reply_days"


@dataclass(frozen=True)
class TalkingBack:
    """What the page of a comment shows of it to one reader."""

    reply: Reply | None
    last_day: date | None
    may_rate: bool
    may_reply: bool
    is_shown: bool
    rates_shown: bool = False

    @property
    def is_there(self) -> bool:
        return self.may_rate or self.may_reply or self.is_shown


@dataclass(frozen=True)
class Ratings:
    """How many answers were published, rated and replied to."""

    answers: int
    rated: int
    replies: int
    bars: tuple[tuple[Any, int], ...]


def last_day(comment: Comment) -> date | None:
    """The last day for rating and replying; None while there is no answer, or no days are set."""
    answer = getattr(comment, "given_answer", None)
    if answer is None or answer.published_at is None or comment.state != CommentState.PUBLISHED:
        return None
    rules = {one.key: one.value for one in comment.consultation.draft.procedure.rules.all()}
    if RULE not in rules:
        return None
    return calendar.local_day(answer.published_at) + timedelta(days=int(rules[RULE]))


def is_in_time(comment: Comment) -> bool:
    last = last_day(comment)
    return last is not None and calendar.local_day(now()) <= last


def talking_back(comment: Comment, viewer: Actor | None) -> TalkingBack:
    """The author and the office read a reply at once, everybody else once it is shown."""
    if comment.state != CommentState.PUBLISHED:
        return TalkingBack(None, None, may_rate=False, may_reply=False, is_shown=False)
    said: Reply | None = getattr(comment, "said_back", None)
    replied = said is not None and said.text != ""
    in_time = viewer is not None and not replied and is_in_time(comment)
    theirs = policy.is_theirs(viewer, comment) or policy.can(viewer, "names.see")
    public = said is not None and said.shown_at is not None
    return TalkingBack(
        reply=said,
        last_day=last_day(comment) if in_time else None,
        may_rate=in_time and policy.can(viewer, "comment.rate", comment),
        may_reply=in_time and policy.can(viewer, "comment.reply", comment),
        is_shown=said is not None and (public or theirs),
        rates_shown=theirs,
    )


def replies(consultation: Consultation) -> QuerySet[Reply]:
    """The replies to answers of the round, by the number of the comment: for the report of
    execution and for the unit. Of these the public reads those with `shown_at`.
    """
    found = Reply.objects.filter(comment__consultation=consultation).exclude(text="")
    joined = found.select_related(
        "comment__organisation", "comment__wording", "comment__given_answer"
    )
    return joined.order_by("comment__number")


def ratings(consultation: Consultation) -> Ratings:
    """The counts: two queries."""
    answers = consultation.comments.filter(state=CommentState.PUBLISHED).count()
    rows = Reply.objects.filter(comment__consultation=consultation).order_by()
    counted = rows.values_list("rating").annotate(
        n=Count("pk"), said=Count("pk", filter=~Q(text=""))
    )
    given: Counter[str] = Counter()
    written = 0
    for rating, count, said in counted:
        given[rating] += count
        written += said
    bars = tuple((one.label, given[one.value]) for one in Rating)
    return Ratings(answers, sum(count for _label, count in bars), written, bars)

"""Comments as pages show them: with the place, the name that may be shown, the published answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from consultations import calendar, policy
from consultations.models import (
    Actor,
    Answer,
    Comment,
    CommentKind,
    CommentState,
    Consultation,
    Descent,
    Provision,
    Wording,
)
from consultations.models.clock import now
from consultations.models.comments import PUBLIC_STATES
from consultations.selectors import people, supports
from consultations.selectors.consultations import takes_comments
from consultations.selectors.texts import words_of

WITHDRAWABLE = (CommentState.RECEIVED, CommentState.RETURNED, CommentState.ADMITTED)
CORRECTABLE = (*WITHDRAWABLE, CommentState.ASSIGNED)
LONGEST_COMPARED = 3_000  # characters of both wordings together


@dataclass(frozen=True)
class Shown:
    """A comment on a page; `answer` is there only once it is published."""

    comment: Comment
    who: str
    answer: Answer | None
    supporters: int

    @property
    def words(self) -> str:
        """The wording the comment speaks of."""
        return words_of(self.comment.wording)

    @property
    def is_compared(self) -> bool:
        """Whether a list shows the change word by word: a long one takes up to a second."""
        return (
            self.comment.kind == CommentKind.CHANGE
            and not self.comment.is_erased
            and len(self.words) + len(self.comment.proposed_wording) <= LONGEST_COMPARED
        )


def public(consultation: Consultation) -> QuerySet[Comment]:
    """Admitted comments of the round, in the order of the text: the whole draft first."""
    return joined(consultation.comments.filter(state__in=PUBLIC_STATES)).order_by(
        F("wording__position").asc(nulls_first=True), "number"
    )


def on(consultation: Consultation, wording: Wording | None) -> QuerySet[Comment]:
    """Admitted comments on one provision, or on the whole draft."""
    return public(consultation).filter(wording=wording)


def on_provision(provision: Provision) -> QuerySet[Comment]:
    """Admitted comments on a provision in whatever version, and on those it took in."""
    taken_in = Descent.objects.filter(kind=Descent.Kind.JOINED, other=provision)
    places = Q(wording__provision=provision) | Q(
        wording__provision__in=taken_in.values("provision")
    )
    rows = Comment.objects.filter(
        places, consultation__draft=provision.draft_id, state__in=PUBLIC_STATES
    )
    return joined(rows).select_related("consultation").order_by("consultation", "number")


def joined(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """With all that a page reads of a comment: a constant number of queries."""
    return comments.select_related("wording__provision", "organisation", "given_answer")


def shown(comments: Iterable[Comment], viewer: Actor | None) -> list[Shown]:
    """The comments as this viewer reads them: names in one query at most, supporters in one."""
    listed = list(comments)
    names = people.filer_names(listed, viewer)
    counted = supports.counts(listed)
    return [
        Shown(one, names[one.pk], published_answer(one), counted.get(one.pk, 0)) for one in listed
    ]


def published_answer(comment: Comment) -> Answer | None:
    """The answer, if it is public."""
    return comment.given_answer if comment.state == CommentState.PUBLISHED else None


def visible(viewer: Actor | None, slug: str) -> QuerySet[Comment]:
    """The comments of a round the viewer may see: own ones too, whatever their state."""
    rounds = policy.visible(viewer, Consultation.objects.filter(slug=slug))
    found = policy.visible(viewer, Comment.objects.filter(consultation__in=rounds))
    return joined(found).select_related(
        "consultation__draft__document",
        "consultation__draft__procedure",
        "consultation__text_version",
        "wording__provision",
        "organisation",
        "given_answer",
        "department",
    )


def may_withdraw(comment: Comment, viewer: Actor | None) -> bool:
    """Whether the button is worth showing; the service decides."""
    return (
        comment.state in WITHDRAWABLE
        and takes_comments(comment.consultation, now())
        and policy.can(viewer, "comment.withdraw", comment)
    )


def may_correct(comment: Comment, viewer: Actor | None) -> bool:
    """Whether the link is worth showing; the service decides."""
    return (
        comment.state in CORRECTABLE
        and not (comment.organisation and comment.organisation.needs_sign_off)
        and not hasattr(comment, "given_answer")
        and takes_comments(comment.consultation, now())
        and policy.can(viewer, "comment.correct", comment)
    )


def may_support(comment: Comment) -> bool:
    """Whether supports are taken and taken back now."""
    return comment.is_public and takes_comments(comment.consultation, now())


def reads_why_hidden(comment: Comment, viewer: Actor | None) -> bool:
    """The reason of hiding is for the author, and for those who run the consultation."""
    return policy.is_theirs(viewer, comment) or people.reads_names(viewer)


def mine(actor: Actor) -> QuerySet[Comment]:
    """Comments of the person and of their organisations, the latest consultation first."""
    return (
        joined(Comment.objects.filter(policy.theirs(actor)))
        .select_related("consultation__draft", "wording__provision", "organisation", "given_answer")
        .order_by("-consultation__opens_at", "consultation", "number")
    )


def to_complete(actor: Actor) -> QuerySet[Comment]:
    """Of those, what was returned and this person still may complete, the nearest day first."""
    returned = mine(actor).filter(policy.theirs_to_act_on(actor), state=CommentState.RETURNED)
    today = calendar.local_day(now())
    return returned.filter(complete_by__gte=today).order_by("complete_by", "pk")

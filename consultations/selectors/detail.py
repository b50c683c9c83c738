"""One comment on the desk: its rows in the list, its history, and what this person may do now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from consultations import policy, wording
from consultations.models import Actor, Answer, Attachment, Channel, Comment, Entry, Sealed, User
from consultations.models.machine import acts_of
from consultations.selectors import people
from consultations.selectors.advising import is_declined
from consultations.selectors.journal import sentence, with_subjects
from consultations.selectors.organisations import Signature, signature
from consultations.selectors.suspicions import suspicions
from consultations.selectors.texts import words_of
from consultations.selectors.writing import attachments_of

# What is said when a step is taken and is worth reading in the history.
REMARKS = ("remark", "because", "supplement", "appeal")


OF_AUTHORS = ("withdraw", "appeal", "rate", "reply")
OF_APPEALS = ("restore", "uphold")
ELSEWHERE = ("join_group", "leave_group", "add_note")  # on pages of their own


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    comment: Comment
    who: str
    suspicions: tuple[str, ...] = ()

    @property
    def sent_back(self) -> bool:
        """Whether an answer was returned to its author and waits for a better one."""
        given = getattr(self.comment, "given_answer", None)
        return bool(given and given.remark and self.comment.state in {"admitted", "assigned"})

    @property
    def declined(self) -> bool:
        """Whether a department sent the comment back, and the unit has not dealt with it."""
        return is_declined(self.comment)


@dataclass(frozen=True)
class Step:
    """A line of the history; `who` is the role, with the name for whoever reads names."""

    at: datetime
    sentence: str
    who: str
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Detail:
    """The comment beside the list; `acts` are names of the transitions possible now."""

    comment: Comment
    who: str
    signature: Signature | None
    words: str
    answer: Answer | None
    answered_by: str
    history: list[Step]
    acts: frozenset[str]
    own_answer: bool
    suspicions: list[str]
    attachments: list[Attachment]

    @property
    def sent_back(self) -> bool:
        return Row(self.comment, self.who).sent_back

    @property
    def main(self) -> str:
        """The act the page offers first."""
        order = ("approve", "publish", "restore", "admit", "answer", "complete")
        return next((name for name in order if name in self.acts), "")


def joined(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """With all that a row reads: a constant number of queries."""
    return comments.select_related(
        *("wording", "organisation", "department", "declined_by", "declined_to"),
        *("given_answer", "group__lead"),
    )


def in_order(keys: Iterable[int]) -> list[Comment]:
    """The comments of these keys with all that a row reads, in the order of the keys."""
    wanted = list(keys)
    found = joined(Comment.objects.filter(pk__in=wanted)).in_bulk()
    return [found[pk] for pk in wanted if pk in found]


def rows(comments: Iterable[Comment], viewer: Actor | None) -> list[Row]:
    """The lines of a page; names in two queries at most, what to look twice at in two more."""
    listed = list(comments)
    names, odd = who_of(listed, viewer), suspicions(listed)
    return [Row(one, names[one.pk], tuple(odd.get(one.pk, ()))) for one in listed]


def who_of(comments: Sequence[Comment], viewer: Actor | None) -> dict[int, str]:
    """Whose each comment is, by its key; a letter's sender from the sealed words."""
    names = people.filer_names(comments, viewer)
    if not people.reads_names(viewer):
        return names
    on_paper = [one.pk for one in comments if one.channel != Channel.FORM]
    senders = _senders(on_paper) if on_paper else {}
    for one in comments:
        if one.pk in senders:
            known = one.organisation is not None
            names[one.pk] = f"{names[one.pk]} ({senders[one.pk]})" if known else senders[one.pk]
        elif names[one.pk] == "–" and one.channel != Channel.FORM:
            names[one.pk] = _("private person, not signed")
    return names


def _senders(keys: Sequence[int]) -> dict[int, str]:
    sealed = Sealed.objects.filter(
        field="sender", entry__kind="comment.file", entry__comment__in=keys
    )
    return dict(sealed.values_list("entry__comment", "text"))


def detail(comment: Comment, viewer: Actor | None) -> Detail:
    """All that the pane shows of the comment."""
    answer = getattr(comment, "given_answer", None)
    own = answer is not None and viewer is not None and answer.author_id == viewer.pk
    may_approve = policy.can(viewer, "comment.approve")
    return Detail(
        comment=comment,
        who=who_of([comment], viewer)[comment.pk],
        signature=signature(comment, viewer),
        words=words_of(comment.wording),
        answer=answer,
        answered_by=_answered_by(answer, viewer),
        history=history(comment, viewer),
        acts=possible(comment, viewer),
        own_answer=own and may_approve and comment.state == "proposed",
        suspicions=suspicions([comment]).get(comment.pk, []),
        attachments=attachments_of(comment, viewer),
    )


def _answered_by(answer: Answer | None, viewer: Actor | None) -> str:
    if answer is None or not people.reads_names(viewer):
        return ""
    return people.person_name(answer.author)


def possible(comment: Comment, viewer: Actor | None) -> frozenset[str]:
    """The acts of the office that the state and the policy allow this person now."""
    return frozenset(
        one.name
        for one in acts_of(Comment)
        if one.name not in (*OF_AUTHORS, *ELSEWHERE)
        and (one.name != "show_reply" or _has_hidden_reply(comment))
        and (one.name != "leave" or comment.grounds)
        and (one.name != "set_due" or comment.department_id is not None)
        and (one.name not in OF_APPEALS or comment.has_open_appeal)
        and comment.state in one.sources
        and policy.can(viewer, one.kind, comment)
    )


def _has_hidden_reply(comment: Comment) -> bool:
    said = getattr(comment, "said_back", None)
    return said is not None and said.text != "" and said.shown_at is None


def history(comment: Comment, viewer: Actor | None) -> list[Step]:
    """What the trail says of the comment to this person, the latest first."""
    remarks = Prefetch("words", Sealed.objects.filter(field__in=REMARKS), to_attr="remarks")
    entries = with_subjects(policy.visible(viewer, comment.entries.all()))
    listed = list(entries.order_by("-seq").prefetch_related(remarks))
    names = _names(listed, viewer)
    return [_step(entry, names) for entry in listed]


def since(comment: Comment, viewer: Actor | None, version: int) -> list[Step]:
    """What happened to the comment after this version of it, the latest first."""
    later = comment.entries.filter(object_version__gt=version).values_list("at", flat=True)
    first = later.order_by("seq").first()
    if first is None:
        return []
    return [step for step in history(comment, viewer) if step.at >= first]


def _names(entries: Sequence[Entry], viewer: Actor | None) -> dict[int, str]:
    if not people.reads_names(viewer):
        return {}
    users = User.objects.filter(actor__in={entry.actor_id for entry in entries})
    return {user.actor_id: str(user) for user in users}


def _step(entry: Entry, names: Mapping[int, str]) -> Step:
    role = str(wording.ROLES.get(entry.role, entry.role))
    name = names.get(entry.actor_id, "")
    spoken: Any = getattr(entry, "remarks", ())
    return Step(
        at=entry.at,
        sentence=sentence(entry),
        who=f"{name}, {role}" if name else role,
        remarks=tuple(one.text for one in spoken),
    )

"""Groups of comments as the office sees them: members, and what can be done to them together."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet

from consultations import policy
from consultations.models import Actor, Comment, CommentGroup, CommentState, Consultation, Role

S = CommentState
LEADS = "wiodace"  # the filter: one row for a whole group
SHOWN = 200


@dataclass(frozen=True)
class Group:
    """A group beside the list and on its page; `waiting` are those one answer would serve."""

    group: CommentGroup
    members: list[Comment]
    states: Counter[str]
    waiting: int = 0

    @property
    def lead(self) -> Comment:
        return self.group.lead

    @property
    def count(self) -> int:
        return sum(self.states.values())

    @property
    def to_approve(self) -> int:
        return self.states[S.PROPOSED]

    @property
    def to_publish(self) -> int:
        return self.states[S.APPROVED]

    @property
    def approving(self) -> str:
        """The members whose answer waits for a signature, as the query of an address."""
        return self._query(S.PROPOSED)

    @property
    def publishing(self) -> str:
        """The members whose answer is approved, as the query of an address."""
        return self._query(S.APPROVED)

    def _query(self, state: str) -> str:
        return urlencode([("uwaga", one.number) for one in self.members if one.state == state])

    @property
    def hidden(self) -> int:
        """How many members are not listed, because there are too many of them."""
        return self.count - len(self.members)


def own_desk(viewer: Actor | None, comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Those the viewer may see; of an expert only the department's own."""
    held = policy.roles_of(viewer)
    found = policy.visible(viewer, comments)
    if Role.EXPERT in held and not any(role in held for role in policy.READS_ALL):
        found = found.filter(department=held[Role.EXPERT])
    return found


def to_answer(group: CommentGroup, by: Actor) -> QuerySet[Comment]:
    """Those that wait for an answer, and those with an answer of this person's, not signed yet."""
    own = Q(state=S.PROPOSED, given_answer__author=by)
    found = group.comments.filter(Q(state__in=(S.ADMITTED, S.ASSIGNED)) | own)
    return own_desk(by, found).order_by("number").select_related("consultation__draft__procedure")


def group_of(comment: Comment, viewer: Actor | None) -> Group | None:
    """The group of the comment, with the members this viewer may see; three queries."""
    if comment.group_id is None:
        return None
    group = CommentGroup.objects.select_related("lead").get(pk=comment.group_id)
    seen = own_desk(viewer, group.comments.all())
    states = Counter(seen.order_by().values_list("state", flat=True))
    first = seen.select_related("wording").order_by("number")[:SHOWN]
    waiting = to_answer(group, viewer).count() if viewer is not None else 0
    return Group(group, list(first), states, waiting)


def groups(viewer: Actor | None, consultation: Consultation) -> QuerySet[CommentGroup]:
    """The groups of the round whose lead the viewer may see, by the lead's number."""
    leads = own_desk(viewer, Comment.objects.filter(leads__consultation=consultation))
    found = CommentGroup.objects.filter(consultation=consultation, lead__in=leads)
    return found.select_related("lead__wording").order_by("lead__number")


def counted(groups: Iterable[CommentGroup]) -> list[Group]:
    """The groups with their counts, without their members: one query."""
    listed = list(groups)
    found = Comment.objects.filter(group__in=listed).order_by().values_list("group", "state")
    states: dict[int, Counter[str]] = {one.pk: Counter() for one in listed}
    for group, state in found:
        states[group][state] += 1
    return [Group(one, [], states[one.pk]) for one in listed]


def of_group(comments: QuerySet[Comment], asked: str) -> QuerySet[Comment]:
    """Comments under the filter `grupa`: the leads and the ungrouped, or one group by its lead."""
    if asked == LEADS:
        return comments.filter(Q(group=None) | Q(group__lead=F("pk")))
    if asked.isascii() and asked.isdecimal() and len(asked) < 10:
        return comments.filter(group__lead__number=int(asked))
    return comments

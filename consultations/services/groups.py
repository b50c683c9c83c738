"""Groups of comments that say the same: made, joined, left, led by another, dissolved by hand.

Nothing is merged: a member keeps its row, its number, its answer and its notice. The group's row is
locked before its comments, and they before the head of the log.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultations.errors import Invalid, WrongState
from consultations.models import Actor, Comment, CommentGroup
from consultations.models.clock import now
from consultations.models.comments import IN_WORK
from consultations.services.door import note, one_action, pass_through, require, share

MOST = 200  # comments in one act


def group_comments(
    comments: Sequence[Comment], *, lead: Comment, gist: str = "", by: Actor
) -> CommentGroup:
    """Make a group of these comments and the lead, or add them to the group the lead is in.

    All of them or none. Raises NotYours, Invalid, WrongState.
    """
    wanted = {one.pk for one in comments} | {lead.pk}
    _check_count(wanted)
    with one_action():
        group = _held_group(lead)
        rows = _held(lead.consultation_id, wanted)
        for row in rows.values():
            require(by, "comment.join_group", row)
        lead = rows[lead.pk]
        if lead.group_id != (group.pk if group else None):
            raise WrongState
        if group is None:
            group = _begun(lead, gist, by)
        free = [row for row in rows.values() if row.group_id != group.pk]
        if not free:
            raise Invalid(_("Choose at least one comment that is not in the group yet."))
        for row in sorted(free, key=lambda one: one.pk != group.lead_id):  # the lead comes first
            _join(row, group, by)
        return group


def _check_count(wanted: set[int]) -> None:
    if len(wanted) < 2:
        raise Invalid(_("Choose at least one comment besides this one: a group has two."))
    if len(wanted) > MOST:
        words = ngettext(
            "Group at most %(most)d comment at once; then the next ones.",
            "Group at most %(most)d comments at once; then the next ones.",
            MOST,
        )
        raise Invalid(words % {"most": MOST})


def _held_group(comment: Comment) -> CommentGroup | None:
    """The group of the comment, locked before any comment is."""
    share(comment.consultation_id)
    pk: int | None = Comment.objects.values_list("group", flat=True).get(pk=comment.pk)
    if pk is None:
        return None
    groups = CommentGroup.objects.select_for_update(no_key=True)
    group = groups.filter(pk=pk).first()
    if group is None:
        raise WrongState
    return group


def _held(consultation: int, wanted: set[int]) -> dict[int, Comment]:
    """The comments of this consultation, locked in the order of their keys."""
    locked = Comment.objects.select_for_update(no_key=True).order_by("pk")
    rows = {one.pk: one for one in locked.filter(pk__in=wanted, consultation=consultation)}
    if rows.keys() != wanted:
        raise Invalid(_("A group has comments of one consultation only."))
    return rows


def _begun(lead: Comment, gist: str, by: Actor) -> CommentGroup:
    return CommentGroup.objects.create(
        consultation_id=lead.consultation_id,
        lead=lead,
        gist=" ".join(gist.split())[:200],
        made_by=by,
        made_at=now(),
    )


def _join(row: Comment, group: CommentGroup, by: Actor) -> None:
    if row.group_id is not None:
        words = _("Comment %(number)s is in another group: take it out of that one first.")
        raise Invalid(words % {"number": row.number})
    if row.state not in IN_WORK:
        words = _("Comment %(number)s is no longer in work: it cannot join a group.")
        raise Invalid(words % {"number": row.number})
    facts = {"number": row.number, "lead": group.lead.number}
    pass_through(row, "join_group", by=by, facts=facts, group=group)


def leave_group(comment: Comment, *, by: Actor) -> None:
    """Take the comment out; a group of which one would be left is dissolved.

    Raises NotYours, Invalid for the lead of a larger group, WrongState.
    """
    with one_action():
        group, rows = _held_members(comment, by, "comment.leave_group")
        if len(rows) <= 2:
            _dissolve(group, rows, by)
            return
        if comment.pk == group.lead_id:
            raise Invalid(_("This comment leads the group: let another one lead it first."))
        _leave(rows[comment.pk], group, by)


def lead_group(comment: Comment, *, by: Actor) -> CommentGroup:
    """Let this member lead the group. Raises NotYours, Invalid, WrongState."""
    with one_action():
        group, rows = _held_members(comment, by, "comment.lead_group")
        if comment.pk == group.lead_id:
            raise Invalid(_("This comment leads the group already."))
        row, former = rows[comment.pk], group.lead.number
        facts = {"number": row.number, "former": former}
        note(row, "comment.lead_group", by=by, facts=facts)
        group.lead = row
        group.save(update_fields=["lead"])
        return group


def dissolve_group(comment: Comment, *, by: Actor) -> int:
    """Let every member of its group leave; gives how many. Raises NotYours, WrongState.

    A large group goes in portions, its lead last, so that others are not kept waiting.
    """
    gone = 0
    while True:
        with one_action():
            group, rows = _held_members(comment, by, "comment.leave_group")
            if len(rows) <= MOST:
                return gone + _dissolve(group, rows, by)
            others = [row for row in rows.values() if row.pk not in {group.lead_id, comment.pk}]
            portion = others[:MOST]
            for row in portion:
                _leave(row, group, by)
        gone += len(portion)


def _held_members(comment: Comment, by: Actor, act: str) -> tuple[CommentGroup, dict[int, Comment]]:
    """The group and all its members, locked; nobody joins or leaves meanwhile."""
    group = _held_group(comment)
    if group is None:
        raise WrongState
    members = Comment.objects.filter(group=group).values_list("pk", flat=True)
    rows = _held(group.consultation_id, set(members))
    if comment.pk not in rows:
        raise WrongState
    require(by, act, rows[comment.pk])
    return group, rows


def _dissolve(group: CommentGroup, rows: dict[int, Comment], by: Actor) -> int:
    for row in sorted(rows.values(), key=lambda one: one.pk == group.lead_id):  # the lead goes last
        _leave(row, group, by)
    group.delete()
    return len(rows)


def _leave(row: Comment, group: CommentGroup, by: Actor) -> None:
    facts = {"number": row.number, "lead": group.lead.number}
    pass_through(row, "leave_group", by=by, facts=facts)

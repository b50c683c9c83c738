"""What the queue shows of likeness and groups: beside a comment, and in the rows of the list."""

from collections.abc import Sequence
from typing import Any

from consultations import policy
from consultations.models import Actor, Comment
from consultations.models.comments import IN_WORK
from consultations.selectors import groups, similar
from consultations.selectors.detail import Row


def beside(comment: Comment, viewer: Actor | None) -> dict[str, Any]:
    """The comment's group and what is similar to it, for `office/similar.html`."""
    group = groups.group_of(comment, viewer)
    found = [one for one in similar.similar(comment, viewer) if not _in(group, one.comment)]
    may_group = comment.state in IN_WORK and policy.can(viewer, "comment.join_group", comment)
    return {
        "group": group,
        "similar": found,
        "may_group": may_group or (group and policy.can(viewer, "comment.leave_group", comment)),
        "may_choose": may_group and any(one.is_free for one in found),
        "may_approve": policy.can(viewer, "comment.approve"),
        "may_publish": policy.can(viewer, "comment.publish"),
    }


def _in(group: groups.Group | None, comment: Comment) -> bool:
    return group is not None and comment.group_id == group.group.pk


def in_rows(rows: Sequence[Row], viewer: Actor | None) -> dict[str, Any]:
    """How many others are similar to each row, and how large the groups of the leads are."""
    comments = [row.comment for row in rows]
    leading = [one.group for one in comments if one.group and one.group.lead_id == one.pk]
    counted = groups.counted(leading) if leading else []
    return {
        "alike": similar.counts([one for one in comments if one.group_id is None], viewer),
        "group_counts": {one.group.pk: one.count for one in counted},
    }

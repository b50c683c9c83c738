"""The database's own word on appeals: another person decides, once, and only what was asked."""

from typing import Any

import pytest

from consultations.models import Actor, Comment, Entry
from consultations.services import appeals, comments
from tests.ground.attacks import REFUSED_BY_ITS_GUARD, Attack, each, forge, sql, stands
from tests.ground.scene import Scene, scene

__all__ = ["scene"]
DECIDED = "appeal_decided_at = '2026-10-01 10:00:00+00:00'"
RESTORED = f"state = 'received', hidden_because = '', {DECIDED}"
UPHELD = f"upheld_because = 'Bo tak.', {DECIDED}"


def hidden(scene: Scene) -> Comment:
    """The received comment, hidden by the officer."""
    comment: Comment = Comment.objects.get(pk=scene.received.pk)
    if comment.state == "hidden":
        return comment
    return comments.hide_comment(comment, because="Reklama.", by=scene.world.officer)


def appealed(scene: Scene) -> Comment:
    comment = hidden(scene)
    if comment.appealed_at is not None:
        return comment
    return appeals.appeal_comment(comment, reasons="Nie.", by=scene.world.ngo)


def upheld(scene: Scene) -> Comment:
    return appeals.uphold_hiding(appealed(scene), because="Tak.", by=scene.world.second_officer)


def change(scene: Scene, comment: Comment, by: Actor, kind: str, values: str) -> int:
    """Change the row beside an entry like one of ours, forged in the name of `by`."""
    to_state = "received" if kind == "comment.restore" else "hidden"
    last = Entry.objects.filter(comment=comment).latest("seq")
    said: dict[str, Any] = {
        "comment": comment,
        "case": last.case,
    }
    said |= {"kind": kind, "actor": by, "object_version": comment.version + 1}
    forge(scene, from_state="hidden", to_state=to_state, **said)
    return sql(
        f"UPDATE {{comment}} SET version = version + 1, {values} WHERE id = %s",  # noqa: S608 - ours
        comment.pk,
    )


ATTACKS = each(
    Attack(
        "who hid it restores it",
        lambda s: change(s, appealed(s), s.world.officer, "comment.restore", RESTORED),
        ("appeal_decided",),
    ),
    Attack(
        "who hid it leaves it hidden",
        lambda s: change(s, appealed(s), s.world.officer, "comment.uphold", UPHELD),
        ("appeal_decided",),
    ),
    Attack(
        "who filed it restores it",
        lambda s: change(s, appealed(s), s.world.ngo, "comment.restore", RESTORED),
        ("appeal_decided",),
    ),
    Attack(
        "restored although nobody appealed",
        lambda s: change(
            s,
            hidden(s),
            s.world.second_officer,
            "comment.restore",
            "state = 'received', hidden_because = ''",
        ),
        ("appeal_asked",),
    ),
    Attack(
        "restored with the appeal left open",
        lambda s: change(
            s,
            appealed(s),
            s.world.second_officer,
            "comment.restore",
            "state = 'received', hidden_because = ''",
        ),
        ("appeal_asked",),
    ),
    Attack(
        "appealed a second time",
        lambda s: change(
            s,
            appealed(s),
            s.world.ngo,
            "comment.appeal",
            "appeal_reasons = 'Inaczej.', appealed_at = '2026-10-02 10:00:00+00:00'",
        ),
        ("appeal_once",),
    ),
    Attack(
        "a decision taken back",
        lambda s: change(
            s, upheld(s), s.world.second_officer, "comment.uphold", "appeal_decided_at = NULL"
        ),
        ("appeal_once",),
    ),
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_refuses(scene: Scene, attack: Attack) -> None:
    hidden(scene)
    assert stands(attack, scene) == REFUSED_BY_ITS_GUARD


def test_another_person_decides_by_the_same_statements(scene: Scene) -> None:
    """The control of the attacks above."""
    comment = appealed(scene)
    by = scene.world.second_officer
    assert change(scene, comment, by, "comment.restore", RESTORED) == 1
    assert Comment.objects.get(pk=comment.pk).state == "received"

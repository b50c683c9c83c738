"""What was said changes by its author's correction alone; a name never comes back; a support has
its entry.
"""

from typing import Any

import pytest

from consultations.models import Actor, Comment, Entry, Support
from consultations.models.clock import now
from consultations.services import supporting
from tests.ground.attacks import REFUSED_BY_ITS_GUARD, Attack, each, forge, sql, stands
from tests.ground.scene import Scene

CORRECTED = "UPDATE {comment} SET version = version + 1, state = 'received', reasons = 'Inne.'"


def forged(scene: Scene, comment: Comment, **changes: Any) -> Entry:
    """An entry of a correction that nobody made, the newest of the log."""
    about: dict[str, Any] = {
        "comment": comment,
        "kind": "comment.correct",
        "object_version": comment.version + 1,
    }
    states = {"from_state": comment.state, "to_state": "received"}
    forge(scene, **about | states | changes)
    return scene.newest


def rewrite(comment: Comment) -> None:
    sql(f"{CORRECTED} WHERE id = %s", comment.pk)


def without_entry(scene: Scene) -> None:
    sql("UPDATE {comment} SET reasons = 'Inne.' WHERE id = %s", scene.received.pk)


def with_other_words(scene: Scene) -> None:
    """Beside an entry of a correction that seals nothing of it."""
    forged(scene, scene.received)
    rewrite(scene.received)


def of_another_version(scene: Scene) -> None:
    """Beside a correction of the very comment, but not of the version the row gets."""
    entry = forged(scene, scene.received, object_version=99)
    seal(entry, "Inne.")
    sql("UPDATE {comment} SET reasons = 'Inne.' WHERE id = %s", scene.received.pk)


def after_another_entry(scene: Scene) -> None:
    entry = forged(scene, scene.received)
    seal(entry, "Inne.")
    forge(scene, kind="comment.admit")
    rewrite(scene.received)


def over_an_answer(scene: Scene) -> None:
    comment = Comment.objects.get(pk=scene.proposed.pk)
    entry = forged(scene, comment)
    seal(entry, "Inne.", comment.proposed_wording)
    rewrite(comment)


def seal(
    entry: Entry, reasons: str, wording: str = "Termin składania ofert wynosi 30 dni."
) -> None:
    entry.words.create(field="reasons", salt=b"s" * 32, text=reasons)
    entry.words.create(field="proposed_wording", salt=b"s" * 32, text=wording)


# Lifted for the scene of an attack: what it tries is also what these refuse.
OTHERS = ("comment_state", "comment_step")


def name_again(scene: Scene) -> None:
    sql("UPDATE {comment} SET named = (1 = 1) WHERE id = %s", scene.received.pk)


def name_again_beside_its_entry(scene: Scene) -> None:
    version = scene.received.version
    forge(scene, comment=scene.received, kind="comment.stop_naming", object_version=version)
    name_again(scene)


WORDS = ("comment_words", *OTHERS)
ATTACKS = [
    Attack("new words without an entry", without_entry, WORDS),
    Attack("words that were not sealed", with_other_words, WORDS),
    Attack("a correction of another version", of_another_version, WORDS),
    Attack("a correction long ago", after_another_entry, WORDS),
    Attack("new words over an answer", over_an_answer, WORDS),
    Attack("a name put back", name_again, ("comment_named", *OTHERS)),
    Attack("a name put back by its entry", name_again_beside_its_entry, ("comment_named", *OTHERS)),
]


@pytest.mark.parametrize("attack", each(*ATTACKS))
def test_what_was_said_changes_by_its_author_alone(scene: Scene, attack: Attack) -> None:
    assert stands(attack, scene) == REFUSED_BY_ITS_GUARD


def test_the_control_a_correction_with_its_entry_and_words_passes(scene: Scene) -> None:
    """The forged entry of the attacks, with the words it should have: nothing else refuses it."""
    seal(forged(scene, scene.received), "Inne.")
    rewrite(scene.received)
    assert Comment.objects.get(pk=scene.received.pk).reasons == "Inne."


def supported(scene: Scene) -> Support:
    found = Support.objects.first()
    return found or supporting.support_comment(
        scene.admitted, organisation=None, by=scene.world.outsider
    )


def support_without_entry(scene: Scene) -> None:
    Support.objects.create(comment=scene.admitted, actor=scene.world.outsider, at=now())


def support_by_another(scene: Scene) -> None:
    """Beside the entry of somebody else's support."""
    other = Actor.objects.create()
    supported(scene)
    Support.objects.create(comment=scene.admitted, actor=other, at=now())


def end_without_entry(scene: Scene) -> None:
    row = supported(scene)
    sql("UPDATE {support} SET ended_at = at WHERE id = %s", row.pk)


def revive(scene: Scene) -> None:
    row = supported(scene)
    supporting.stop_supporting(row.comment, organisation=None, by=scene.world.outsider)
    sql("UPDATE {support} SET ended_at = NULL WHERE id = %s", row.pk)


def give_away(scene: Scene) -> None:
    row = supported(scene)
    sql("UPDATE {support} SET actor_id = %s WHERE id = %s", scene.world.officer.pk, row.pk)


SUPPORTS = [
    Attack("a support without an entry", support_without_entry, ("support_begin",)),
    Attack("a support of somebody else", support_by_another, ("support_begin",)),
    Attack("an end without an entry", end_without_entry, ("support_update",)),
    Attack("a support revived", revive, ("support_update",)),
    Attack("a support given away", give_away, ("support_update",)),
    Attack(
        "a support deleted",
        lambda scene: sql("DELETE FROM {support} WHERE id = %s", supported(scene).pk),
        ("support_delete",),
    ),
    Attack(
        "all supports emptied",
        lambda _scene: sql("TRUNCATE {support}"),
        ("support_truncate",),
        needs="postgresql",
    ),
]


@pytest.mark.parametrize("attack", each(*SUPPORTS))
def test_a_support_begins_and_ends_beside_its_entry(scene: Scene, attack: Attack) -> None:
    assert stands(attack, scene) == REFUSED_BY_ITS_GUARD

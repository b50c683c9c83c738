"""Answers: reasoned, signed by a second person and final, whoever writes to the database."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from consultations import triggers
from consultations.models import Answer
from consultations.models.clock import now
from tests.ground.attacks import (
    REFUSED_BY_ITS_GUARD,
    Act,
    Attack,
    as_foreign_client,
    as_replica,
    each,
    forge,
    lift,
    replace,
    sql,
    stands,
    truncate,
)
from tests.ground.scene import Scene


def write_answer(scene: Scene, **fields: Any) -> Answer:
    """An answer to the comment that has none."""
    given: dict[str, Any] = {
        "comment": scene.admitted,
        "outcome": "rejected",
        "reasons": "Bo tak.",
        "author": scene.world.officer,
        "answered_at": now(),
    }
    return Answer.objects.create(**(given | fields))


def with_reasons(reasons: str) -> Act:
    return lambda scene: write_answer(scene, reasons=reasons)


def in_part(part: str) -> Act:
    return lambda scene: write_answer(scene, outcome="partly", accepted_part=part)


def signed_without_its_part(scene: Scene) -> int:
    """As an answer from before the part was asked for; the guard comes back for the signature."""
    answer = scene.proposed.given_answer
    guard = next(one for one in triggers.every() if one.name == "uw_answer_part")
    lift("answer_part")
    change(answer, outcome="partly")
    postgresql = connection.vendor == "postgresql"
    for statement in guard.postgresql() if postgresql else [guard.sqlite()]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    return change(answer, approver=scene.world.approver, approved_at=now())


def change(answer: Answer, **fields: Any) -> int:
    return Answer.objects.filter(pk=answer.pk).update(**fields)


def step(scene: Scene, comment: Any, target: str) -> int:
    """Move a comment with its entry, past the door."""
    fields = {"comment": comment, "from_state": comment.state, "to_state": target}
    forge(scene, **fields, object_version=comment.version + 1)
    moved = "UPDATE {comment} SET state = %s, version = version + 1 WHERE id = %s"
    return sql(moved, target, comment.pk)


def unsign(scene: Scene) -> int:
    return sql("UPDATE {answer} SET approver_id = NULL WHERE id = %s", scene.signed.pk)


def replaced(scene: Scene) -> int:
    return replace("{answer}", scene.answer, id="NULL", approver_id="NULL", published_at="NULL")


def pushed_out(scene: Scene) -> int:
    as_foreign_client()
    moved = "UPDATE OR REPLACE {answer} SET comment_id = %s WHERE comment_id = %s"
    return sql(moved, scene.published.pk, scene.proposed.pk)


ANSWERS = each(
    *(
        Attack(
            f"reasons {name}",
            with_reasons(reasons),
            checks=("answer_has_reasons",),
        )
        for name, reasons in (
            ("empty", ""),
            ("of blanks", "   "),
            ("of line breaks", "\n\r\n\t"),
            ("of hard blanks", "\u00a0 \u00a0"),
        )
    ),
    Attack(
        "reasons taken away by SQL",
        lambda s: sql("UPDATE {answer} SET reasons = ' ' WHERE comment_id = %s", s.proposed.pk),
        checks=("answer_has_reasons",),
    ),
    *(
        Attack(
            f"accepted in part, the part {name}",
            in_part(part),
            ("answer_part_begin",),
        )
        for name, part in (("empty", ""), ("of blanks", " \n\r\t \u00a0"))
    ),
    Attack(
        "accepted in part without a part by SQL",
        lambda s: sql(
            "UPDATE {answer} SET outcome = 'partly' WHERE comment_id = %s", s.proposed.pk
        ),
        ("answer_part",),
    ),
    Attack(
        "another part under a signature",
        lambda s: change(s.signed, accepted_part="Reszta."),
        ("answer_signed",),
    ),
    Attack("no outcome", lambda s: write_answer(s, outcome=""), checks=("answer_has_outcome",)),
    Attack(
        "approved by its author",
        lambda s: change(s.proposed.given_answer, approver=s.world.officer),
        checks=("second_person_approves",),
    ),
    Attack(
        "author made the approver's equal",
        lambda s: (unsign(s), change(s.signed, author=s.world.approver, approver=s.world.approver)),
        checks=("second_person_approves",),
    ),
    Attack(
        "published unsigned",
        lambda s: (unsign(s), change(s.signed, published_at=now())),
        checks=("published_is_approved",),
    ),
    Attack(
        "begun signed",
        lambda s: write_answer(s, approver=s.world.approver),
        ("answer_begin",),
    ),
    Attack(
        "begun published",
        lambda s: write_answer(s, approver=s.world.approver, published_at=now()),
        ("answer_begin", "answer_out"),
    ),
    Attack("a second answer replaces", replaced, ("answer_begin",), needs="sqlite"),
    Attack(
        "replaced by its key",
        lambda s: replace(
            "{answer}",
            s.answer,
            comment_id=str(s.admitted.pk),
            approver_id="NULL",
            published_at="NULL",
        ),
        ("answer_begin",),
        needs="sqlite",
    ),
    Attack(
        "published before the comment's approval",
        lambda s: change(s.proposed.given_answer, approver=s.world.approver, published_at=now()),
        ("answer_out",),
    ),
    Attack(
        "rewritten under a signature",
        lambda s: change(s.signed, reasons="Inaczej."),
        ("answer_signed",),
    ),
    Attack(
        "turned under a signature",
        lambda s: change(s.signed, outcome="accepted"),
        ("answer_signed",),
    ),
    Attack(
        "changed after publication",
        lambda s: change(s.answer, remark="x"),
        ("answer_final",),
    ),
    Attack(
        "changed after publication by a replica",
        lambda s: (
            as_replica(),
            sql("UPDATE {answer} SET outcome = 'x' WHERE id = %s", s.answer.pk),
        ),
        ("answer_final", "answer_signed", "answer_out"),
        needs="postgresql",
    ),
    Attack(
        "passed on to another comment",
        lambda s: change(s.proposed.given_answer, comment=s.admitted),
        ("answer_final",),
    ),
    Attack(
        "pushed out by another answer",
        pushed_out,
        ("answer_final",),
        needs="sqlite",
    ),
    Attack("deleted", lambda s: s.proposed.given_answer.delete(), ("answer_delete",)),
    Attack("truncated", lambda _: truncate("{answer}"), ("answer_truncate",), needs="postgresql"),
    Attack(
        "comment approved over an unsigned answer",
        lambda s: step(s, s.proposed, "approved"),
        ("comment_approved",),
    ),
    Attack(
        "comment published over an unpublished answer",
        lambda s: step(s, s.approved, "published"),
        ("comment_published",),
    ),
)


def test_an_answer_from_before_the_part_was_asked_for_is_not_signed(scene: Scene) -> None:
    """The control: with its part written it is."""
    with pytest.raises(IntegrityError), transaction.atomic():
        signed_without_its_part(scene)
    answer = scene.proposed.given_answer
    change(answer, outcome="partly", accepted_part="Zdanie pierwsze.")
    assert change(answer, approver=scene.world.approver, approved_at=now()) == 1


@pytest.mark.parametrize("attack", ANSWERS)
def test_an_answer_is_reasoned_signed_by_another_and_final(scene: Scene, attack: Attack) -> None:
    assert stands(attack, scene) == REFUSED_BY_ITS_GUARD

"""The one door: a refused act leaves nothing, and one click is one action in the record."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from consultations.errors import Invalid, NotYours, Refused, SameKey, TooLate, Unmet, WrongState
from consultations.models import Comment, Entry
from consultations.models.clock import move_to
from consultations.services import answers, comments, council, door, texts
from consultations.services import consultations as rounds
from consultations.services.door import one_action
from consultations.signals import recorded
from tests.ground.scene import Scene
from tests.world import World


def approve_own(scene: Scene) -> Comment:
    return answers.approve_answer(scene.proposed, by=scene.world.officer)


def withdraw_late(scene: Scene) -> Comment:
    assert scene.consultation.closes_at is not None
    move_to(scene.consultation.closes_at)
    return comments.withdraw_comment(scene.admitted, by=scene.world.ngo)


Refusing = Callable[[Scene], Any]
REFUSED: dict[str, tuple[type[Refused], Refusing]] = {
    "not yours": (
        NotYours,
        lambda s: comments.admit_comment(s.received, by=s.world.outsider),
    ),
    "not the clock's": (
        NotYours,
        lambda s: rounds.close_consultation(s.consultation, by=s.world.officer),
    ),
    "wrong state": (WrongState, lambda s: comments.admit_comment(s.admitted, by=s.world.officer)),
    "stale page": (
        WrongState,
        lambda s: answers.answer_comment(
            s.admitted, outcome="rejected", reasons="Bo.", by=s.world.officer, seen_version=0
        ),
    ),
    "guard": (Unmet, lambda s: rounds.close_consultation(s.consultation, by=s.world.clock)),
    "no reasons": (
        Invalid,
        lambda s: answers.answer_comment(
            s.admitted, outcome="rejected", reasons=" \u200b\n", by=s.world.officer
        ),
    ),
    "accepted in part, without the part": (
        Invalid,
        lambda s: answers.answer_comment(
            s.admitted, outcome="partly", reasons="Bo.", accepted_part=" …", by=s.world.officer
        ),
    ),
    "no such outcome": (
        Invalid,
        lambda s: answers.answer_comment(
            s.admitted, outcome="x", reasons="Bo.", by=s.world.officer
        ),
    ),
    "own answer": (NotYours, approve_own),
    "hidden without a reason": (
        Invalid,
        lambda s: comments.hide_comment(s.admitted, because=" ", by=s.world.officer),
    ),
    "sent back without a remark": (
        Invalid,
        lambda s: answers.send_back_answer(s.proposed, remark="…", by=s.world.approver),
    ),
    "withdrawn too late": (TooLate, withdraw_late),
    "published before approval": (
        WrongState,
        lambda s: answers.publish_answer(s.proposed, by=s.world.officer),
    ),
    "filed for strangers": (
        NotYours,
        lambda s: s.world.comment(s.consultation, by=s.world.outsider),
    ),
    "recorded by a stranger": (
        NotYours,
        lambda s: s.world.comment(s.consultation, channel="post"),
    ),
    "the same key with other words": (
        SameKey,
        lambda s: s.world.comment(s.consultation, key=s.received.idempotency_key),
    ),
    "submitted before the review": (
        WrongState,
        lambda s: council.submit_to_council(s.draft, by=s.world.officer),
    ),
    "a version published while comments are taken": (
        WrongState,
        lambda s: publish_begun(s.draft, by=s.world.officer),
    ),
}


def publish_begun(draft: Any, *, by: Any) -> Any:
    """A version is begun and published in one action: all of it or nothing."""
    with door.one_action():
        texts.begin_version(draft, by=by)
        return texts.publish_version(draft, by=by)


def everything() -> dict[str, list[Any]]:
    """Every row of every table of the record, by value."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("consultations").get_models()
        if model.__name__ != "DemoClock"
    }


@pytest.mark.parametrize("what", REFUSED)
def test_a_refused_act_leaves_nothing(scene: Scene, what: str) -> None:
    refusal, act = REFUSED[what]
    before = everything()
    with pytest.raises(refusal):
        act(scene)
    assert everything() == before


def test_what_counts_everything_would_see_an_act(scene: Scene) -> None:
    before = everything()
    comments.admit_comment(scene.received, by=scene.world.officer)
    changed = {name for name, rows in everything().items() if rows != before[name]}
    assert changed == {"Comment", "Entry", "LogHead"}


def test_an_error_after_the_step_takes_the_step_back(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()
    monkeypatch.setattr(Comment, "save", fail)
    with pytest.raises(ZeroDivisionError):
        comments.admit_comment(scene.received, by=scene.world.officer)
    assert everything() == before


def fail(*_args: Any, **_kwargs: Any) -> None:
    raise ZeroDivisionError


def test_what_one_click_did_has_one_action_id(scene: Scene) -> None:
    with one_action():
        comments.admit_comment(scene.received, by=scene.world.officer)
        comments.assign_comment(
            scene.received, department=scene.world.department, by=scene.world.officer
        )
    first, second = Entry.objects.order_by("-seq")[:2]
    assert (first.action, first.kind) == (second.action, "comment.assign")
    assert second.kind == "comment.admit"


def test_two_clicks_have_two(scene: Scene) -> None:
    comments.admit_comment(scene.received, by=scene.world.officer)
    comments.assign_comment(
        scene.received, department=scene.world.department, by=scene.world.officer
    )
    first, second = Entry.objects.order_by("-seq")[:2]
    assert first.action != second.action


def test_an_announcement_and_its_text_are_one_action(world: World) -> None:
    world.announced()
    entries = Entry.objects.filter(kind__in=["draft.publish_version", "consultation.announce"])
    assert len(set(entries.values_list("action", flat=True))) == 1


def test_the_entry_says_who_when_and_from_where_to_where(scene: Scene) -> None:
    comments.admit_comment(scene.received, by=scene.world.officer)
    entry = Entry.objects.latest("seq")
    assert (
        *(entry.kind, entry.actor, entry.role, entry.from_state, entry.to_state),
        *(entry.object_version, entry.comment, entry.case),
    ) == (
        *("comment.admit", scene.world.officer, "officer", "received", "admitted"),
        *(1, scene.received, scene.draft),
    )


@pytest.mark.django_db(transaction=True)
def test_the_signal_comes_after_commit_and_not_after_a_refusal(world: World) -> None:
    heard: list[int] = []

    def hear(seq: int, **_: Any) -> None:
        heard.append(seq)

    comment = world.comment(world.opened())
    recorded.connect(hear)
    try:
        with pytest.raises(NotYours):
            comments.admit_comment(comment, by=world.outsider)
        comments.admit_comment(comment, by=world.officer)
    finally:
        recorded.disconnect(hear)
    assert heard == [Entry.objects.latest("seq").seq]


def test_an_act_without_an_entry_cannot_be_saved(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the door to forget the entry, the database would refuse the state."""
    monkeypatch.setattr(door, "_record", lambda *_args: None)
    with pytest.raises(Exception, match="without an entry"):
        comments.admit_comment(scene.received, by=scene.world.officer)


def test_two_keys_are_two_comments_and_one_key_is_one(world: World) -> None:
    consultation, key = world.opened(), uuid.uuid4()
    first, again = (world.comment(consultation, key=key) for _ in range(2))
    other = world.comment(consultation)
    assert (first.pk == again.pk, other.number) == (True, 2)


def test_a_key_of_somebody_else_gives_nothing_away(world: World) -> None:
    consultation, key = world.opened(), uuid.uuid4()
    said: dict[str, Any] = {"organisation": None, "key": key}
    world.comment(consultation, by=world.ngo, **said)
    with pytest.raises(SameKey):
        world.comment(consultation, by=world.outsider, **said)

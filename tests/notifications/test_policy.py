"""Policy has the last word: a rule names people, but nobody is told of what they may not see."""

from collections.abc import Sequence

import pytest
from django.db import transaction

from consultations.models import Actor, Entry, Watch
from consultations.services.comments import assign_comment, hide_comment
from notifications import letters, notices, rules
from notifications.models import Notice
from notifications.outbox import dispatch
from notifications.selectors import about_visible
from tests.notifications.cast import Cast

RECEIVED = "comment.file"


def test_a_councillor_is_not_told_of_a_comment_that_is_not_public(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody_is_named(monkeypatch)
    assert told_of_a_new_comment(cast) == {
        "colleague",
        "officer",
        "second_officer",
        "approver",
        "auditor",
    }


def test_without_policy_everybody_named_would_be_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    everybody_is_named(monkeypatch)
    monkeypatch.setattr(notices, "who_may_see", whoever_is_named)
    assert told_of_a_new_comment(cast) == set(cast.people) - {"ngo"}


def test_who_follows_a_draft_nobody_announced_is_told_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(rules.WHO_IS_TOLD, "draft.import_text", (rules.watchers,))
    draft = cast.world.drafted()
    for follower in (cast.world.outsider, cast.world.second_officer):
        Watch.objects.create(actor=follower, draft=draft)
    dispatch()
    assert cast.told()["draft.import_text"] == {"second_officer"}


def test_asking_policy_once_for_people_alike_is_asking_it_for_each(cast: Cast) -> None:
    cast.walk()
    one_of_every_visibility(cast)
    people = sorted(actor.pk for actor in cast.people.values())
    named = [(one, dict.fromkeys(people, "officers")) for one in Entry.objects.all()]
    told = notices.who_may_see(named, people)
    together = {one.seq: list(because) for one, because in told}
    assert together == {one.seq: each_alone(one, people) for one in Entry.objects.all()}
    assert len({tuple(seen) for seen in together.values()}) == 5


def one_of_every_visibility(cast: Cast) -> None:
    """Not announced; received from a private person; hidden; hidden after a department had it."""
    world = cast.world
    world.drafted("trzeci")
    consultation = world.opened("drugi")
    world.comment(consultation, organisation=None, by=world.outsider)
    hide_comment(world.comment(consultation), because="Dane osoby trzeciej.", by=world.officer)
    passed_on = assign_comment(
        world.admitted(consultation), department=world.department, by=world.officer
    )
    hide_comment(passed_on, because="Dane osoby trzeciej.", by=world.officer)


def each_alone(entry: Entry, people: list[int]) -> list[int]:
    one = Entry.objects.filter(pk=entry.pk)
    return [pk for pk in people if about_visible(Actor.objects.get(pk=pk), one).exists()]


def whoever_is_named(named: letters.Told, people: Sequence[int]) -> letters.Told:
    return [(entry, {pk: because[pk] for pk in people}) for entry, because in named]


def everybody_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = rules.Rule(
        "officers", "", "", lambda _entry: Actor.objects.values_list("pk", flat=True)
    )
    monkeypatch.setitem(rules.WHO_IS_TOLD, RECEIVED, (everybody,))


def told_of_a_new_comment(cast: Cast) -> set[str]:
    cast.world.comment(cast.world.opened())
    filed = Entry.objects.get(kind=RECEIVED)
    with transaction.atomic():
        notices.tell([filed])
    assert Notice.objects.filter(entry=filed).count() > 0
    return cast.told()[RECEIVED]

"""The checker sees: each fault planted into a sound state makes exactly its own sentence."""

from dataclasses import replace
from typing import Any

import pytest

from consultations.models import Entry
from notifications.models import Dispatched, InboxHead, Letter, Notice
from notifications.outbox import dispatch
from tests.faults.checker import Acknowledged, Filed, Snapshot, faults
from tests.faults.reading import snapshot
from tests.world import World

ANNA, OFFICER = 1, 2
KNOWN = [Acknowledged("a", 1), Acknowledged("b", 2), Acknowledged("b", 2)]
SOUND = Snapshot(
    comments=[Filed(1, "a", "first", 1), Filed(2, "b", "second", 1)],
    record=[1, 2, 3],
    cases={7: [1, 2]},
    head=3,
    inboxes={OFFICER: [1, 2]},
    latest={OFFICER: 2},
    told=[(OFFICER, 20), (OFFICER, 30)],
    named=frozenset({(OFFICER, 20), (OFFICER, 30)}),
    written=[(ANNA, 20), (ANNA, 30)],
    addressed=frozenset({(ANNA, 20), (ANNA, 30)}),
)
FIRST, SECOND = SOUND.comments
AGAIN = Filed(3, "c", "second", 1)
PLANTED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "lost": (
        {"comments": [FIRST]},
        ["acknowledged and lost: Acknowledged(key='b', number=2), the database has None"] * 2,
    ),
    "renumbered": (
        {"comments": [FIRST, replace(SECOND, number=3)]},
        ["acknowledged and lost: Acknowledged(key='b', number=2), the database has 3"] * 2
        + ["comments: numbers are not 1 to 2"],
    ),
    "doubled": ({"comments": [FIRST, SECOND, AGAIN]}, ["filed 2 times: second"]),
    "doubled under its key": (
        {"comments": [FIRST, SECOND, Filed(3, "b", "third", 1)]},
        [
            "acknowledged and lost: Acknowledged(key='b', number=2), the database has 3",
            "acknowledged and lost: Acknowledged(key='b', number=2), the database has 3",
            "filed 2 times: b",
        ],
    ),
    "not in the record": (
        {"comments": [FIRST, replace(SECOND, entries=0)]},
        ["comment 2 has 0 entries of its filing"],
    ),
    "twice in the record": (
        {"comments": [FIRST, replace(SECOND, entries=2)]},
        ["comment 2 has 2 entries of its filing"],
    ),
    "a gap in the record": ({"record": [1, 2, 4]}, ["the record: numbers are not 1 to 3"]),
    "a gap in a case": (
        {"cases": {7: [1, 3]}},
        ["the record of draft 7: numbers are not 1 to 2"],
    ),
    "the head is ahead": ({"head": 4}, ["the head says 4 entries, there are 3"]),
    "a notice is missing": (
        {"told": [(OFFICER, 20)]},
        [f"0 times a notice to {OFFICER} on entry 30, 1 expected"],
    ),
    "a notice is doubled": (
        {"told": [*SOUND.told, (OFFICER, 30)]},
        [f"2 times a notice to {OFFICER} on entry 30, 1 expected"],
    ),
    "a notice to nobody named": (
        {"told": [*SOUND.told, (ANNA, 20)]},
        [f"1 times a notice to {ANNA} on entry 20, 0 expected"],
    ),
    "a gap in an inbox": (
        {"inboxes": {OFFICER: [1, 3]}},
        [f"the inbox of {OFFICER}: numbers are not 1 to 2"],
    ),
    "the head of an inbox": ({"latest": {}}, [f"the head of the inbox of {OFFICER} is None"]),
    "a letter is missing": (
        {"written": [(ANNA, 20)]},
        [f"0 times a letter to {ANNA} on entry 30, 1 expected"],
    ),
    "still waiting": ({"waiting": [3]}, ["nobody was told of entry 3"]),
}


def test_in_a_sound_state_there_is_no_fault() -> None:
    assert faults(SOUND, KNOWN) == []


@pytest.mark.parametrize("name", PLANTED)
def test_each_planted_fault_is_seen(name: str) -> None:
    planted, sentences = PLANTED[name]
    assert faults(replace(SOUND, **planted), KNOWN) == sentences


def test_a_database_with_nothing_wrong_passes_and_each_wound_is_seen(world: World) -> None:
    consultation = world.opened()
    filed = [world.comment(consultation, reasons=f"Powód {n}.") for n in (1, 2, 3)]
    since = Entry.objects.get(comment=filed[0]).seq - 1
    known = [Acknowledged(str(one.idempotency_key), one.number) for one in filed]

    def seen() -> list[str]:
        return faults(snapshot(consultation.slug, since), known)

    assert len(seen()) == 9 + Entry.objects.count()  # nobody is told yet: 6 notices, 3 letters
    dispatch()
    assert seen() == []
    officer, second = world.officer.pk, Entry.objects.get(comment=filed[1])
    Notice.objects.filter(recipient=officer, entry=second).delete()
    Letter.objects.filter(entry=second).delete()
    Dispatched.objects.filter(entry=second).delete()
    InboxHead.objects.filter(actor=world.second_officer).update(latest=1)
    known.append(lost := Acknowledged("0" * 32, 4))
    assert sorted(seen()) == sorted(
        [
            f"acknowledged and lost: {lost}, the database has None",
            f"0 times a notice to {officer} on entry {second.pk}, 1 expected",
            f"0 times a letter to {world.ngo.pk} on entry {second.pk}, 1 expected",
            f"the inbox of {officer}: numbers are not 1 to 2",
            f"the head of the inbox of {officer} is 3",
            f"the head of the inbox of {world.second_officer.pk} is 1",
            f"nobody was told of entry {second.seq}",
        ]
    )

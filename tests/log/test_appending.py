"""What happened becomes a leaf of the log, in the order in which it happened."""

import json

from consultations.ledger import tree
from consultations.ledger.verify import leaf_hash
from consultations.models import Entry
from consultations.models.trail import tree_rows
from tests.world import World


def leaves() -> list[bytes]:
    payloads = Entry.objects.order_by("seq").values_list("payload", flat=True)
    return [leaf_hash(payload.encode()) for payload in payloads]


def test_the_hashes_beside_the_entries_make_the_tree_of_all_of_them(world: World) -> None:
    world.answered(world.admitted(world.opened()))
    streamed = tree.Frontier()
    for leaf in leaves():
        streamed.append(leaf)
    assert tree.root(len(leaves()), tree_rows) == streamed.root()


def test_a_leaf_names_the_event_before_on_the_same_thing(world: World) -> None:
    comment = world.answered(world.admitted(world.opened()))
    entries = list(Entry.objects.filter(comment=comment).order_by("seq"))
    named = [json.loads(one.payload)["prev"] for one in entries]
    assert named == [None, *(one.fingerprint for one in entries[:-1])]
    assert len(entries) == 5


def test_words_are_nowhere_in_the_log(world: World) -> None:
    world.comment(world.opened(), reasons="Zażółć gęślą jaźń")
    assert not any("gęślą" in one.payload for one in Entry.objects.all())

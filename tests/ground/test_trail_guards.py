"""The trail is append-only, whoever holds the pen: entries, head and sealed words."""

from typing import Any

import pytest

from consultations.models import Entry, LogHead, Sealed
from tests.ground.attacks import (
    MOVE_ON,
    REFUSED_BY_ITS_GUARD,
    Attack,
    as_replica,
    each,
    forge,
    replace,
    sql,
    stands,
    truncate,
)
from tests.ground.scene import Scene

ENTRY, HEAD, SEALED = "{entry}", "{loghead}", "{sealed}"


def wordless(scene: Scene) -> Entry:
    """An entry on which nothing hangs, so that only the guard can refuse its deletion."""
    return Entry.objects.get(kind="consultation.open", case=scene.draft)


def save_changed(row: Any, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()


def reinsert(scene: Scene) -> None:
    """Take words away and put others in their place."""
    sealed = scene.sealed
    sql(
        "INSERT INTO {sealed} (entry_id, field, salt, text) VALUES (%s, 'other', %s, 'x')",
        sealed.entry_id,
        bytes(sealed.salt),
    )


ENTRIES = each(
    Attack("ORM update", lambda _: Entry.objects.update(kind="x"), ("entry_update",)),
    Attack("save of an old row", lambda s: save_changed(s.entry, payload="{}"), ("entry_update",)),
    Attack("ORM delete", lambda s: wordless(s).delete(), ("entry_delete",)),
    Attack(
        "queryset delete",
        lambda s: Entry.objects.filter(pk=wordless(s).pk).delete(),
        ("entry_delete",),
    ),
    Attack(
        "raw update",
        lambda s: sql("UPDATE {entry} SET at = at WHERE id = %s", s.entry.pk),
        ("entry_update",),
    ),
    Attack(
        "raw delete",
        lambda s: sql("DELETE FROM {entry} WHERE id = %s", wordless(s).pk),
        ("entry_delete",),
    ),
    Attack(
        "replaced by its key",
        lambda s: replace(ENTRY, s.entry, kind="'x'"),
        ("entry_order",),
        needs="sqlite",
    ),
    Attack(
        "replaced by its place in the case",
        lambda s: (
            sql(MOVE_ON),
            replace(
                ENTRY,
                s.entry,
                id="NULL",
                seq="(SELECT size FROM {loghead})",
                t_us="(SELECT last_t_us FROM {loghead})",
            ),
        ),
        ("entry_order",),
        needs="sqlite",
    ),
    Attack(
        "replaced by its number in the log",
        lambda s: replace(ENTRY, s.newest, id="NULL", case_id="NULL", case_seq="NULL"),
        ("entry_order",),
        needs="sqlite",
    ),
    Attack(
        "truncate",
        lambda _: truncate("{entry}"),
        ("entry_truncate", "sealed_truncate"),
        needs="postgresql",
    ),
    Attack(
        "truncate of what entries point to",
        lambda _: truncate("consultations_actor"),
        tuple(
            f"{name}_truncate"
            for name in (
                *("entry", "sealed", "draft", "consultation", "comment", "council_file"),
                *("opinion", "report", "attachment", "attachmentcontent", "support"),
                *("answer", "wording", "version", "cause", "rollcall", "ballot"),
                *("advice", "group", "note", "reply", "override", "proposal"),
                *("amendment", "amendmentplace", "readingsmotion", "votesheet"),
                "plannedday",
            )
        ),
        needs="postgresql",
    ),
    Attack(
        "update as a replica",
        lambda s: (as_replica(), sql("UPDATE {entry} SET kind = 'x' WHERE id = %s", s.entry.pk)),
        ("entry_update",),
        needs="postgresql",
    ),
    Attack("insert without the head", lambda s: forge(s, bump=False), ("entry_order",)),
    Attack("insert that leaves a gap", lambda s: forge(s, seq=s.newest.seq + 2), ("entry_order",)),
    Attack(
        "insert under another hash",
        lambda s: forge(s, nodes=bytes(32)),
        ("entry_leaf",),
        needs="postgresql",
    ),
    Attack(
        "insert at another instant than the head's",
        lambda s: forge(s, t_us=s.newest.t_us + 7),
        ("entry_order",),
    ),
    Attack(
        "insert that leaves a gap in the case",
        lambda s: forge(s, case_seq=s.newest.case_seq + 2),
        ("entry_order",),
    ),
    Attack(
        "insert with a place in no case",
        lambda s: forge(s, case=None),
        ("entry_order",),
    ),
)
HEADS = each(
    Attack("back", lambda _: sql("UPDATE {loghead} SET size = size - 1"), ("head_update",)),
    Attack(
        "two at once",
        lambda _: sql("UPDATE {loghead} SET size = size + 2, last_t_us = last_t_us + 1"),
        ("head_update",),
    ),
    Attack(
        "back in time",
        lambda _: sql("UPDATE {loghead} SET size = size + 1, last_t_us = last_t_us - 1"),
        ("head_update",),
    ),
    Attack("deleted", lambda _: LogHead.objects.all().delete(), ("head_delete",)),
    Attack("a second one", lambda _: LogHead.objects.create(pk=2), ("head_replace",)),
    Attack(
        "replaced",
        lambda _: replace(HEAD, LogHead.objects.get(), size="0"),
        ("head_replace",),
        needs="sqlite",
    ),
    Attack("truncate", lambda _: truncate("{loghead}"), ("head_truncate",), needs="postgresql"),
)
SEALS = each(
    Attack("ORM update", lambda _: Sealed.objects.update(text="x"), ("sealed_update",)),
    Attack("save of an old row", lambda s: save_changed(s.sealed, text="x"), ("sealed_update",)),
    Attack("ORM delete", lambda s: s.sealed.delete(), ("sealed_delete",)),
    Attack("queryset delete", lambda _: Sealed.objects.all().delete(), ("sealed_delete",)),
    Attack("raw update", lambda _: sql("UPDATE {sealed} SET text = 'x'"), ("sealed_update",)),
    Attack("raw delete", lambda _: sql("DELETE FROM {sealed}"), ("sealed_delete",)),
    Attack("words for an old entry", reinsert, ("sealed_replace",)),
    Attack(
        "replaced by its field",
        lambda s: replace(SEALED, s.newest.words.first(), id="NULL", text="'x'"),
        ("sealed_replace",),
        needs="sqlite",
    ),
    Attack(
        "replaced by its key",
        lambda s: replace(SEALED, s.newest.words.first(), field="'other'", text="'x'"),
        ("sealed_replace",),
        needs="sqlite",
    ),
    Attack(
        "truncate",
        lambda _: truncate("{sealed}"),
        ("sealed_truncate",),
        needs="postgresql",
    ),
    Attack(
        "update as a replica",
        lambda _: (as_replica(), sql("UPDATE {sealed} SET text = 'x'")),
        ("sealed_update",),
        needs="postgresql",
    ),
)


@pytest.mark.parametrize("attack", ENTRIES)
def test_an_entry_is_never_changed_and_only_added_in_order(scene: Scene, attack: Attack) -> None:
    assert stands(attack, scene) == REFUSED_BY_ITS_GUARD


@pytest.mark.parametrize("attack", HEADS)
def test_the_head_only_moves_on_by_one(scene: Scene, attack: Attack) -> None:
    assert stands(attack, scene) == REFUSED_BY_ITS_GUARD


@pytest.mark.parametrize("attack", SEALS)
def test_sealed_words_are_never_altered(scene: Scene, attack: Attack) -> None:
    assert stands(attack, scene) == REFUSED_BY_ITS_GUARD

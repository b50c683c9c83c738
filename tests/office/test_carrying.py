"""Comments after any run of edits: carried, flagged or closed, and none on another place."""

from contextlib import suppress
from random import Random

import pytest

from consultations.errors import Refused
from consultations.models import Comment, Draft
from consultations.selectors import carrying
from consultations.selectors.carrying import Carried
from consultations.selectors.revision import said
from consultations.services import comments, editing, texts
from consultations.services.editing import New
from consultations.text.parse import parse_plain
from consultations.text.tree import Level
from tests.office.texting import begun, published
from tests.world import World

TEXT = "Program\n" + "".join(
    f"§ {n}. 1. Zadanie numer {n} prowadzi organizacja. Umowę zawiera się na rok.\n"
    f"2. Środki na zadanie {n} wynoszą {n}00 zł:\n1) połowa w styczniu;\n2) połowa w lipcu.\n"
    for n in range(1, 7)
)
EDITS = 15


def one_edit(world: World, draft: Draft, source: Random) -> None:
    """Any edit at any place; what cannot be done is refused and changes nothing."""
    version = draft.versions.latest("number")
    rows = list(version.wordings.select_related("provision"))
    one, other = source.choice(rows), source.choice(rows)
    key, by = one.provision.key, world.officer
    new = New(Level(one.level), "9", "", "Zupełnie nowe słowa o porządku obrad.")
    acts = (
        lambda: editing.edit_provision(
            draft,
            key,
            heading=one.heading,
            text=f"{one.text} Dodano zdanie.",
            seen_revision=one.revision,
            by=by,
        ),
        lambda: editing.delete_provision(draft, key, by=by),
        lambda: editing.move_provision(
            draft, key, beside=other.provision.key, into=source.random() < 0.3, by=by
        ),
        lambda: editing.split_provision(draft, key, one.text.split(" ", 2), by=by),
        lambda: editing.join_provision(draft, key, by=by),
        lambda: editing.add_provision(draft, key, new, into=False, by=by),
        lambda: editing.renumber(draft, by=by),
    )
    with suppress(Refused):
        source.choice(acts)()


def on_every_provision(world: World, draft: Draft) -> list[Comment]:
    consultation = draft.rounds.get()
    filed = [
        world.comment(consultation, wording=one, kind="question", proposed_wording="")
        for one in draft.versions.get().wordings.all()
    ]
    return [comments.admit_comment(one, by=world.officer) for one in filed]


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_no_comment_is_lost_or_on_another_provision(
    world: World, seed: int
) -> None:
    consultation = world.opened(text=TEXT)
    draft, source = consultation.draft, Random(seed)  # noqa: S311 - which edit comes next
    filed = on_every_provision(world, draft)
    world.closed(consultation)
    begun(world, draft)
    for _turn in range(EDITS):
        one_edit(world, draft, source)
    found = carrying.placed(filed, published(world, draft))
    assert sum(carrying.counts(found).values()) == len(filed)
    for one in found:
        quoted = one.comment.wording
        assert quoted is not None
        if one.how is Carried.SAME:
            assert one.here is not None
            assert one.here.provision_id == quoted.provision_id
            assert said(one.here) == said(quoted)
        elif one.how is Carried.GONE:
            assert not draft.versions.latest("number").wordings.filter(
                provision=quoted.provision_id
            )
    assert len(carrying.counts(found)) > 1  # the edits were not all refused


def test_after_a_rewritten_file_too(world: World) -> None:
    consultation = world.opened(text=TEXT)
    filed = on_every_provision(world, consultation.draft)
    closed = world.closed(consultation)
    rewritten = (
        TEXT.replace("300 zł", "350 zł")
        .replace("§ 5. 1. Zadanie numer 5 prowadzi organizacja. Umowę zawiera się na rok.\n", "")
        .replace("Program\n", "Program\n§ 1a. Wstawiony przepis o rejestrze umów.\n")
    )
    texts.import_text(closed.draft, parse_plain(rewritten).nodes, by=world.officer)
    found = carrying.placed(filed, published(world, closed.draft))
    assert sum(carrying.counts(found).values()) == len(filed)
    changed = {one.comment.wording.text: one.how for one in found if one.comment.wording}
    assert changed["Środki na zadanie 3 wynoszą 300 zł:"] is Carried.CHANGED
    assert changed["Środki na zadanie 4 wynoszą 400 zł:"] is Carried.SAME
    wrong = [
        one
        for one in found
        if one.here is not None
        and one.comment.wording is not None
        and one.how is Carried.SAME
        and one.here.text != one.comment.wording.text
    ]
    assert wrong == []

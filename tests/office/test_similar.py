"""Similar comments: drawn beside the requests, found for one and for all, gone when erased."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.models import (
    Comment,
    CommentSketch,
    Consultation,
    Sketch,
    SketchBand,
)
from consultations.models.people import operator
from consultations.selectors import similar
from consultations.services import comments as acts
from consultations.services import sketching
from consultations.services.correcting import Anew, correct_comment
from consultations.services.erasing import erase_person
from tests.office.pages import fresh
from tests.text.test_sketch import LETTER, OTHERS, REWRITTEN
from tests.world import World, provision


@pytest.fixture(autouse=True)
def looked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketching._Looked, "seq", 0)


@pytest.fixture
def consultation(world: World) -> Consultation:
    return world.opened()


def say(world: World, consultation: Consultation, reasons: str, **said: Any) -> Comment:
    return world.admitted(
        consultation, kind="question", proposed_wording="", reasons=reasons, **said
    )


def found(comment: Comment, viewer: Any) -> list[tuple[int, str]]:
    rows = similar.similar(comment, viewer)
    return [(one.comment.number, str(one.words)) for one in rows]


def test_rewritings_are_found_and_other_comments_on_the_provision_are_not(
    consultation: Consultation, world: World
) -> None:
    first = say(world, consultation, LETTER)
    for text in (*OTHERS, *REWRITTEN.values()):
        say(world, consultation, text)
    assert sketching.sketch_comments() == 1 + len(OTHERS) + len(REWRITTEN)
    numbers = [number for number, _words in found(first, world.officer)]
    begin = 2 + len(OTHERS)
    assert sorted(numbers) == list(range(begin, begin + len(REWRITTEN)))


def test_the_same_provision_comes_first_then_the_more_alike(
    consultation: Consultation, world: World
) -> None:
    first = say(world, consultation, LETTER)
    other = provision(consultation, "§ 2 ust. 2 pkt 1")
    say(world, consultation, LETTER, wording=other)
    say(world, consultation, REWRITTEN["words"])
    say(world, consultation, LETTER)
    sketching.sketch_comments()
    listed = found(first, world.officer)
    assert listed == [(4, "the same"), (3, "nearly the same"), (2, "the same")]


def test_one_without_a_sketch_is_drawn_and_nothing_is_stored(
    consultation: Consultation, world: World
) -> None:
    say(world, consultation, LETTER)
    sketching.sketch_comments()
    new = world.comment(consultation, kind="question", proposed_wording="", reasons=LETTER)
    assert found(new, world.officer) == [(1, "the same")]
    assert CommentSketch.objects.count() == 1
    assert not CommentSketch.objects.filter(comment=new).exists()


def test_the_answered_are_shown_as_a_hint_and_the_withdrawn_are_not(
    consultation: Consultation, world: World
) -> None:
    one, answered = (say(world, consultation, LETTER) for _ in range(2))
    world.answered(answered)
    gone = world.comment(consultation, kind="question", proposed_wording="", reasons=LETTER)
    acts.withdraw_comment(gone, by=world.ngo)
    sketching.sketch_comments()
    assert found(one, world.officer) == [(2, "the same")]
    assert similar.similar(one, world.officer)[0].comment.given_answer.outcome == "rejected"


def test_the_provision_itself_in_a_proposal_makes_nothing_alike(world: World) -> None:
    current = "Termin składania ofert w otwartym konkursie na zadania publiczne wynosi 21 dni."
    consultation = world.opened(text=f"Program\n§ 1. Cel.\n§ 2. 1. {current}\n2. Inne.\n")
    changes = (("21", OTHERS[3]), ("otwartym", OTHERS[4]), ("wynosi", OTHERS[5]))
    for word, reasons in changes:
        proposal = current.replace(word, "trzydzieści")
        world.admitted(consultation, proposed_wording=proposal, reasons=reasons)
    sketching.sketch_comments()
    assert found(consultation.comments.get(number=1), world.officer) == []


def test_an_expert_finds_only_those_of_her_department(
    consultation: Consultation, world: World
) -> None:
    one, own, _other = (say(world, consultation, LETTER) for _ in range(3))
    for comment in (one, own):
        acts.assign_comment(comment, department=world.department, by=world.officer)
    sketching.sketch_comments()
    assert found(one, world.expert) == [(2, "the same")]
    assert found(one, world.ngo) == [(2, "the same"), (3, "the same")]  # her own, all public
    assert found(one, None)


def test_other_consultations_are_not_looked_at(world: World, consultation: Consultation) -> None:
    one = say(world, consultation, LETTER)
    say(world, world.opened("inny-2027"), LETTER)
    sketching.sketch_comments()
    assert found(one, world.officer) == []
    assert CommentSketch.objects.filter(like=one).count() == 1


def test_a_constant_number_of_queries(consultation: Consultation, world: World) -> None:
    counted = []
    for _ in range(2):
        for _ in range(3):
            say(world, consultation, LETTER)
        sketching.sketch_comments()
        one = fresh(consultation.comments.get(number=1))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert found(one, world.officer)
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 6


def test_what_says_the_same_is_tied_to_the_first_whatever_the_batches(
    consultation: Consultation, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in (LETTER, OTHERS[0], *REWRITTEN.values(), OTHERS[0]):
        say(world, consultation, text)
    say(world, consultation, LETTER, wording=None)
    say(world, consultation, LETTER, wording=None)
    monkeypatch.setattr(sketching, "AT_ONCE", 2)
    while sketching.sketch_comments():
        pass
    likes = CommentSketch.objects.order_by("comment__number").values_list("like__number", flat=True)
    assert list(likes) == [1, 2, *[1] * len(REWRITTEN), 2, 9, 9]
    proposals = similar.proposed(world.officer, consultation).values_list("first", "count")
    assert list(proposals) == [(1, 6), (2, 2), (9, 2)]
    first = consultation.comments.get(number=1)
    others = similar.together_with(first, world.officer)
    assert [one.number for one in others] == [3, 4, 5, 6, 7]
    assert similar.counts([first], world.officer) == {first.pk: 5}


def test_the_same_words_are_stored_once(consultation: Consultation, world: World) -> None:
    for _ in range(5):
        say(world, consultation, LETTER)
    assert sketching.sketch_comments() == 5
    assert (Sketch.objects.count(), SketchBand.objects.count()) == (1, 20)
    assert sketching.sketch_comments() == 0


def test_a_corrected_comment_is_drawn_anew_and_hands_its_place_on(
    consultation: Consultation, world: World
) -> None:
    first, *_others = (say(world, consultation, LETTER) for _ in range(3))
    sketching.sketch_comments()
    anew = Anew("question", "", OTHERS[3])
    correct_comment(fresh(first), anew, seen_version=first.version, by=world.ngo)
    assert sketching.sketch_comments() == 1
    likes = CommentSketch.objects.order_by("comment__number").values_list("like__number", flat=True)
    assert list(likes) == [1, 2, 2]
    correct_comment(
        fresh(first), Anew("question", "", LETTER), seen_version=fresh(first).version, by=world.ngo
    )
    sketching.sketch_comments()
    assert Sketch.objects.count() == 1  # what nobody says any more is gone
    assert list(likes.all()) == [2, 2, 2]


def test_erasing_a_person_takes_her_sketches_and_leaves_what_others_say_too(
    consultation: Consultation, world: World
) -> None:
    say(world, consultation, LETTER, organisation=None, by=world.outsider)
    say(world, consultation, OTHERS[0], organisation=None, by=world.outsider)
    theirs = say(world, consultation, LETTER)
    sketching.sketch_comments()
    counts = erase_person(world.outsider, by=operator(), because="Na wniosek.")
    assert (counts["sketches"], counts["sketched comments"]) == (1, 2)
    assert [one.comment_id for one in CommentSketch.objects.all()] == [theirs.pk]
    assert (Sketch.objects.count(), SketchBand.objects.count()) == (1, 20)
    assert found(theirs, world.officer) == []


def test_what_was_erased_before_it_was_drawn_is_never_drawn(
    consultation: Consultation, world: World
) -> None:
    erased = say(world, consultation, LETTER, organisation=None, by=world.outsider)
    erase_person(world.outsider, by=operator(), because="Na wniosek.")
    assert sketching.sketch_comments() == 1
    assert CommentSketch.objects.get(comment=erased).sketch is None
    assert not Sketch.objects.exists()
    assert similar.similar(fresh(erased), world.officer) == []


def test_what_is_erased_while_it_is_being_drawn_is_not_written(
    consultation: Consultation, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(world, consultation, LETTER, organisation=None, by=world.outsider)
    real = sketching._leads

    def meanwhile(drawn: Any) -> Any:
        erase_person(world.outsider, by=operator(), because="Na wniosek.")
        return real(drawn)

    monkeypatch.setattr(sketching, "_leads", meanwhile)
    assert sketching.sketch_comments() == 0
    assert not Sketch.objects.exists()

"""The words of comments for the search: written beside the requests, found in any form, erased."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from consultations.models import CommentWords
from consultations.models.people import operator
from consultations.services import comments, indexing
from consultations.services.correcting import Anew, correct_comment
from consultations.services.erasing import erase_person
from consultations.services.indexing import index_comments
from consultations.text import words
from tests.public.conftest import Visit
from tests.world import World


@pytest.fixture(autouse=True)
def dictionary() -> Iterator[None]:
    """Loaded, and nothing looked at yet."""
    words.learn()
    indexing._Looked.seq = 0
    yield
    words._Learned.yet = False


def counted(visit: Visit, said: str, who: Any = None) -> int:
    page = visit(who, reverse("search", query={"q": said}))
    return int(next(one.count for one in page.context["groups"] if one.code == "uwagi"))


def test_a_comment_is_found_in_any_form_of_its_words(world: World, visit: Visit) -> None:
    world.admitted(world.opened(), reasons="Pomóżcie organizacjom, które mają psa.")
    forms = ("organizacji psy", "ORGANIZACJA", "psów", "pomozcie pies", "mieć psów")
    assert [counted(visit, said) for said in forms] == [0, 0, 0, 0, 0]  # the control: no words yet
    assert index_comments() == 1
    assert [counted(visit, said) for said in forms] == [1, 1, 1, 1, 1]
    assert counted(visit, "organizacji kota") == 0


def test_nothing_is_written_while_a_comment_is_filed(world: World) -> None:
    world.comment(world.opened())
    assert (index_comments(), CommentWords.objects.count()) == (0, 0)


def test_without_the_dictionary_the_job_waits(world: World) -> None:
    world.admitted(world.opened())
    words._Learned.yet = False
    assert index_comments() == 0
    words._Learned.yet = True
    assert index_comments() == 1


def test_it_goes_on_where_it_stopped_and_says_so_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation = world.opened()
    for _turn in range(5):
        world.admitted(consultation)
    monkeypatch.setattr(indexing, "AT_ONCE", 2)
    assert [index_comments() for _turn in range(4)] == [2, 2, 1, 0]
    indexing._Looked.seq = 0  # as another process that begins
    assert index_comments() == 0
    assert CommentWords.objects.count() == 5


def test_several_entries_on_one_comment_do_not_end_the_work(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation = world.opened()
    for _turn in range(3):
        world.answered(world.admitted(consultation))
    monkeypatch.setattr(indexing, "AT_ONCE", 2)
    assert [index_comments() for _turn in range(4)] == [1, 1, 1, 0]
    assert CommentWords.objects.count() == 3


def test_a_correction_and_an_answer_are_written_anew(world: World, visit: Visit) -> None:
    comment = world.admitted(world.opened())
    index_comments()
    anew = Anew("question", "", "Co z kotami?")
    correct_comment(comment, anew, seen_version=comment.version, by=world.ngo)
    comments.admit_comment(comment, by=world.officer)
    index_comments()
    assert [counted(visit, said) for said in ("kota", "weekendy", "minimalna")] == [1, 0, 0]
    world.answered(comment)
    index_comments()
    assert counted(visit, "minimum ustaw") == 1


def test_what_changes_while_it_is_read_is_left_to_its_own_entry(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An erasing between reading and writing leaves no word behind."""
    world.admitted(world.opened(), organisation=None, by=world.outsider, reasons="Tajne zdanie.")
    find = words.indexed

    def erased_meanwhile(text: str) -> str:
        erase_person(world.outsider, by=operator(), because="Wniosek.")
        return find(text)

    monkeypatch.setattr(words, "indexed", erased_meanwhile)
    assert index_comments() == 0
    assert not CommentWords.objects.exists()


def test_an_erasing_takes_the_words_and_what_is_erased_gives_none(world: World) -> None:
    private = world.admitted(world.opened(), organisation=None, by=world.outsider)
    theirs = world.admitted(private.consultation)
    index_comments()
    counts = erase_person(world.outsider, by=operator(), because="Wniosek.")
    assert counts["words of the search"] == 1
    assert [one.comment_id for one in CommentWords.objects.all()] == [theirs.pk]
    world.answered(private)
    index_comments()
    assert CommentWords.objects.get(comment=private).said == ""

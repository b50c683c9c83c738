"""What makes the office look twice: said in words beside the comment, and nothing is dropped."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from consultations.models import Comment, GuestComment
from consultations.selectors.suspicions import suspicions
from consultations.services import comments
from consultations.services.guests import confirm_guest_comment
from tests.office.pages import ask, rows_of
from tests.public.guests import sent
from tests.world import World

HUNDRED = timedelta(seconds=100)


def said_of(comment: Comment) -> list[str]:
    with translation.override("en"):
        return suspicions([comment]).get(comment.pk, [])


def from_a_guest(world: World, *, seconds: int = 100, trap: bool = False, **said: Any) -> Comment:
    guest = sent(world.opened(), **said)
    GuestComment.objects.filter(pk=guest.pk).update(
        filled_trap=trap, begun_at=guest.sent_at - timedelta(seconds=seconds)
    )
    return confirm_guest_comment(GuestComment.objects.get(pk=guest.pk))


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({}, []),
        ({"trap": True}, ["the hidden field was filled in"]),
        ({"seconds": 1}, ["sent 1 second after the form was opened"]),
        ({"seconds": 4}, ["sent 4 seconds after the form was opened"]),
        ({"seconds": 5}, []),
        ({"reasons": "Zob. https://a.test i www.b.test"}, ["contains 2 links"]),
        ({"reasons": "Strona www miasta"}, []),
        (
            {"trap": True, "seconds": 0, "reasons": "http://x.test"},
            [
                "the hidden field was filled in",
                "sent 0 seconds after the form was opened",
                "contains 1 link",
            ],
        ),
    ],
)
def test_each_reason_is_said_and_the_comment_is_filed_all_the_same(
    world: World, how: dict[str, Any], words: list[str]
) -> None:
    comment = from_a_guest(world, **how)
    assert (said_of(comment), comment.state) == (words, "received")


def test_the_same_text_from_many_is_counted(world: World) -> None:
    consultation = world.opened()
    alike = [world.comment(consultation) for _turn in range(3)]
    other = world.comment(consultation, reasons="Inaczej.")
    world.comment(consultation, proposed_wording="Termin wynosi 31 dni.")
    assert [said_of(one) for one in (alike[0], other)] == [["the same text as 2 others"], []]
    comments.admit_comment(alike[0], by=world.officer)
    assert said_of(alike[1]) == ["the same text as 2 others"]


def test_what_is_admitted_needs_no_second_look(world: World) -> None:
    comment = from_a_guest(world, trap=True)
    assert said_of(comments.admit_comment(comment, by=world.officer)) == []


def test_the_view_to_admit_says_them_and_puts_those_last(world: World) -> None:
    odd = from_a_guest(world, trap=True)
    plain = world.comment(odd.consultation)
    page = ask(world.officer, odd.consultation, stan="received")
    assert rows_of(page) == [plain.number, odd.number]
    assert "the hidden field was filled in" in page.content.decode()
    assert rows_of(ask(world.officer, odd.consultation)) == [odd.number, plain.number]
    beside = ask(world.officer, odd.consultation, stan="received", uwaga=odd.number)
    assert "Look twice before admitting it" in beside.content.decode()


def test_nobody_outside_the_office_reads_them(world: World, client: Any) -> None:
    comment = from_a_guest(world, trap=True)
    client.force_login(comment.filed_by.user)
    page = client.get(f"/k/{comment.consultation.slug}/uwagi/{comment.number}/")
    assert (page.status_code, "hidden field" in page.content.decode()) == (200, False)

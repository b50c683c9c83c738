"""The post sends each letter once; a server that is dead, or refuses, holds nothing back."""

import smtplib
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from consultations.models.clock import move_to, now
from notifications import post
from notifications.models import Letter, Notice
from notifications.outbox import dispatch
from tests.notifications.cast import Cast, numbers_of
from tests.notifications.post import Dead, Picky, delivered
from tests.workflows.races import race

DEAD, PICKY = (f"tests.notifications.post.{one.__name__}" for one in (Dead, Picky))


@pytest.fixture
def announced(cast: Cast) -> Cast:
    """Two letters in the post: to Anna and to Jan."""
    cast.world.announced()
    dispatch()
    return cast


def test_a_letter_goes_out_once_however_often_the_job_runs(announced: Cast) -> None:
    assert len(delivered()) == 2
    assert len(delivered()) == 0
    assert [one.due_at for one in Letter.objects.all()] == [None, None]


def test_an_entry_told_again_writes_no_second_letter(announced: Cast) -> None:
    Notice.objects.all().delete()
    entry = Letter.objects.all()[0].entry
    entry.dispatched.delete()
    delivered()
    dispatch()
    assert Letter.objects.count() == 2


def test_a_dead_server_delays_letters_and_nothing_else(announced: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = DEAD
    assert delivered() == []
    assert numbers_of(announced.world.ngo) == [1]
    failed = list(Letter.objects.values_list("tries", "problem", "sent_at"))
    assert failed == [(1, "ConnectionRefusedError", None)] * 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert delivered() == []
    move_to(now() + post.FIRST_WAIT)
    assert len(delivered()) == 2


def test_a_slow_server_holds_no_tick_back(
    announced: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Picky, "open", lambda _self: time.sleep(1.0))
    settings.EMAIL_BACKEND = PICKY
    began = time.monotonic()
    post.deliver()
    took = time.monotonic() - began
    post.postman.wait(10)
    delivered()
    assert took < 0.5


def test_it_is_tried_again_more_and_more_rarely_and_given_up_in_the_end(
    announced: Cast, settings: Any
) -> None:
    settings.EMAIL_BACKEND = DEAD
    Letter.objects.filter(recipient=announced.colleague).delete()
    tries = 0
    while (letter := Letter.objects.get()).due_at is not None and tries < 50:
        move_to(max(now(), letter.due_at))
        delivered()
        tries += 1
    assert (tries, letter.tries) == (post.TRIES, post.TRIES)
    waits = [post.wait_after(n) for n in range(post.TRIES)]
    assert waits[:3] == [timedelta(minutes=m) for m in (10, 20, 40)]
    assert (waits[-1], sum(waits, timedelta()) > timedelta(days=2)) == (post.LONGEST_WAIT, True)


def test_one_letter_the_server_does_not_take_keeps_back_no_other(
    announced: Cast, settings: Any
) -> None:
    settings.EMAIL_BACKEND = PICKY
    assert [one.to for one in delivered()] == [["anna@mosty.test"]]
    kept = Letter.objects.get(sent_at=None)
    assert (kept.problem, kept.due_at is None) == ("ValueError", False)


@pytest.mark.parametrize(("code", "still_due"), [(550, []), (450, [2])])
def test_an_address_refused_for_good_is_not_tried_again(
    announced: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch, code: int, still_due: list[int]
) -> None:
    refused = smtplib.SMTPRecipientsRefused({"jan@mosty.test": (code, b"no such user")})
    monkeypatch.setattr(Picky, "error", refused)
    settings.EMAIL_BACKEND = PICKY
    delivered()
    due = Letter.objects.filter(sent_at=None, due_at__isnull=False)
    assert [one.tries + 1 for one in due] == still_due


def test_a_letter_that_cannot_be_drawn_keeps_back_no_other(
    announced: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    message = post._message

    def broken(letter: Letter, in_force: Any) -> Any:
        if letter.recipient_id == announced.colleague.pk:
            raise KeyError("number")
        return message(letter, in_force)

    monkeypatch.setattr(post, "_message", broken)
    assert [one.to for one in delivered()] == [["anna@mosty.test"]]
    assert caplog.text.count("could not be written; it will be tried again") == 1


def test_the_log_and_the_row_name_no_address(
    announced: Cast, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = PICKY
    delivered()
    assert caplog.text.count("jan@mosty.test") == 0
    assert Letter.objects.filter(problem__contains="@").count() == 0


def test_who_dies_on_the_way_leaves_the_letters_to_the_next_under_the_same_name(
    announced: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "_mark", lambda _done: 0)  # sent, and dead before the mark
    first = names(delivered())
    monkeypatch.undo()
    assert delivered() == []
    move_to(now() + post.FIRST_WAIT)
    assert names(delivered()) == first
    assert len(set(first)) == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_eight_posts_at_once_one_has_each_letter(announced: Cast) -> None:
    had: list[int] = []
    outcomes = race(lambda: had.extend(one.pk for one in post._claimed()))
    assert (outcomes, len(had), len(set(had))) == (["done"] * 8, 2, 2)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_claim_several_would_have_the_same_letter(
    announced: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    all_have_looked = threading.Barrier(8)

    def take_without_a_lock(due: Any) -> list[Letter]:
        looked = list(due[: post.AT_ONCE])
        all_have_looked.wait(timeout=30)
        return looked

    monkeypatch.setattr(post, "_take", take_without_a_lock)
    had: list[int] = []
    race(lambda: had.extend(one.pk for one in post._claimed()))
    assert len(had) > len(set(had))


def names(letters: list[Any]) -> list[str]:
    return [one.extra_headers["Message-ID"] for one in letters]


def test_nothing_is_in_the_post_when_nothing_is_due(announced: Cast) -> None:
    delivered()
    before = len(mail.outbox)
    post.deliver()
    assert (post.postman.is_away, len(mail.outbox)) == (False, before)


def test_what_comes_soon_after_a_few_letters_goes_with_the_next(
    announced: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "GATHER", 60.0)
    monkeypatch.setattr(post, "postman", post.Postman())
    took: list[int] = []
    monkeypatch.setattr(post.postman, "take", lambda messages: took.append(len(messages)))
    post.deliver()
    Letter.objects.update(due_at=now())
    post.deliver()
    assert took == [2]
    post.postman.gather(0)
    post.deliver()
    assert took == [2, 2]


def test_nobody_waits_behind_a_full_bag(announced: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "GATHER", 60.0)
    monkeypatch.setattr(post, "AT_ONCE", 1)
    monkeypatch.setattr(post, "postman", post.Postman())
    post.deliver()
    assert not post.postman.gathers
    post.postman.wait(10)

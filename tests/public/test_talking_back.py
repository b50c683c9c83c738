"""Talking back: the author rates a published answer, and files one reply."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from consultations.errors import Invalid, NotYours, TooLate, WrongState
from consultations.models import Comment, Entry, Reply, Sealed
from consultations.models.clock import move_to, now
from consultations.models.people import operator
from consultations.selectors import replies as selected
from consultations.services.erasing import erase_person
from consultations.services.talking_back import rate_answer, reply_to_answer, show_reply
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.ground.attacks import lift
from tests.office.pages import as_, queue_of, text_of
from tests.world import World, drafter, signatory, signed_in

TEXT = "Odpowiedź nie dotyczy terminu, o który pytamy."


@pytest.fixture
def comment(world: World) -> Comment:
    """The organisation's, with a published answer."""
    return world.answered(world.admitted(world.opened()))


def place(name: str, comment: Comment) -> str:
    return reverse(name, args=[comment.consultation.slug, comment.number])


def page(reader: Any, comment: Comment) -> str:
    return text_of(as_(reader).get(place("comment", comment)))


def test_the_author_rates_once_and_may_change_her_mind(comment: Comment, world: World) -> None:
    assert "Until the end of 22 September 2026 you can say" in page(world.ngo, comment)
    client = as_(world.ngo)
    form = client.get(place("rate_answer", comment))
    assert form.content.decode().count('type="radio"') == 3
    for rating in ("no", "partly", "partly"):
        response = client.post(place("rate_answer", comment), {"rating": rating}, follow=True)
        assert "Thank you: your rating is kept." in text_of(response)
    assert Reply.objects.get().rating == "partly"
    assert Entry.objects.filter(kind="comment.rate").count() == 2
    assert "Does the answer address the comment? partly" in page(world.ngo, comment)
    assert "Does the answer address the comment?" not in page(None, comment)


def test_the_rating_is_never_public_even_beside_a_public_reply(
    comment: Comment, world: World
) -> None:
    rate_answer(comment, rating="no", by=world.ngo)
    reply_to_answer(comment, text=TEXT, by=world.ngo)
    show_reply(comment, by=world.officer)
    assert TEXT in page(None, comment)
    assert "Does the answer address the comment?" not in page(None, comment)
    assert "Does the answer address the comment? no" in page(world.officer, comment)


def test_after_the_reply_the_rating_stays(comment: Comment, world: World) -> None:
    rate_answer(comment, rating="no", by=world.ngo)
    reply_to_answer(comment, text=TEXT, by=world.ngo)
    with pytest.raises(WrongState):
        rate_answer(comment, rating="yes", by=world.ngo)
    assert Reply.objects.get().rating == "no"


def test_one_replies_once_and_pressing_twice_files_once(comment: Comment, world: World) -> None:
    client = as_(world.ngo)
    for _turn in range(2):
        response = client.post(place("reply_to_answer", comment), {"text": TEXT}, follow=True)
        assert "Your reply is filed. The unit reads it." in text_of(response)
    assert Entry.objects.filter(kind="comment.reply").count() == 1
    again = client.post(place("reply_to_answer", comment), {"text": "Jeszcze jedno."})
    assert again.status_code == 409
    assert "You have replied already; one replies to an answer once." in text_of(again)
    assert "Jeszcze jedno." in again.content.decode()


def test_unit_and_author_read_it_at_once_others_when_it_is_shown(
    comment: Comment, world: World
) -> None:
    reply_to_answer(comment, text=TEXT, by=world.ngo)
    dispatch()
    told = Notice.objects.filter(entry__kind="comment.reply").values_list("recipient", flat=True)
    assert set(told) == {world.officer.pk, world.second_officer.pk}
    assert TEXT in page(world.ngo, comment)
    assert TEXT in text_of(as_(world.officer).get(queue_of(comment, stan="all", uwaga=1)))
    for reader in (None, world.outsider, world.clerk):
        assert TEXT not in page(reader, comment)
    assert TEXT not in text_of(as_(world.clerk).get(queue_of(comment, stan="all", uwaga=1)))
    done = as_(world.officer).post(place("show_reply", comment), follow=True)
    assert "The reply to comment 1 is public." in text_of(done)
    assert TEXT in page(None, comment)
    with pytest.raises(WrongState):
        show_reply(comment, by=world.officer)


def test_the_days_are_those_of_the_procedure(comment: Comment, world: World) -> None:
    """The control is the last day, on which it is still taken."""
    days = comment.consultation.draft.procedure.number_of("reply_days")
    move_to(now() + timedelta(days=days))
    rate_answer(comment, rating="yes", by=world.ngo)
    move_to(now() + timedelta(days=1))
    acts: list[Any] = [
        lambda: rate_answer(comment, rating="no", by=world.ngo),
        lambda: reply_to_answer(comment, text=TEXT, by=world.ngo),
    ]
    for act in acts:
        with pytest.raises(TooLate):
            act()
    assert "you can say whether" not in page(world.ngo, comment)
    late = as_(world.ngo).post(place("reply_to_answer", comment), {"text": TEXT})
    assert late.status_code >= 400
    assert TEXT in late.content.decode()


def test_only_the_author_or_a_signatory_talks_back(comment: Comment, world: World) -> None:
    writes = signed_in("pisze@mosty.test")
    drafter(world.organisation, writes)
    for by in (world.officer, world.outsider, writes):
        with pytest.raises(NotYours):
            rate_answer(comment, rating="no", by=by)
        with pytest.raises(NotYours):
            reply_to_answer(comment, text=TEXT, by=by)
    second = signed_in("druga@mosty.test")
    signatory(world.organisation, second)
    reply_to_answer(comment, text=TEXT, by=second)
    with pytest.raises(NotYours):
        show_reply(comment, by=world.ngo)


def test_an_answer_that_is_not_public_is_not_talked_to(world: World) -> None:
    comment = world.admitted(world.opened())
    with pytest.raises(WrongState):
        rate_answer(comment, rating="no", by=world.ngo)
    assert as_(world.ngo).get(place("rate_answer", comment)).status_code == 302


@pytest.mark.parametrize(
    ("name", "sent", "words"),
    [
        ("rate_answer", {"rating": "x"}, "Choose how far the answer addresses your comment."),
        ("rate_answer", {}, "Choose how far the answer addresses your comment."),
        ("reply_to_answer", {"text": " …"}, "Write your reply."),
    ],
)
def test_what_says_nothing_is_refused_in_words(
    comment: Comment, world: World, name: str, sent: dict[str, str], words: str
) -> None:
    response = as_(world.ngo).post(place(name, comment), sent)
    assert response.status_code == 422
    assert words in text_of(response)
    with pytest.raises(Invalid):
        rate_answer(comment, rating="", by=world.ngo)
    assert not Reply.objects.exists()


def test_the_unit_sees_how_answers_were_rated_and_every_reply(
    comment: Comment, world: World
) -> None:
    other = world.answered(world.admitted(comment.consultation))
    rate_answer(comment, rating="no", by=world.ngo)
    reply_to_answer(comment, text=TEXT, by=world.ngo)
    rate_answer(other, rating="yes", by=world.ngo)
    ratings = selected.ratings(comment.consultation)
    assert (ratings.answers, ratings.rated, ratings.replies) == (2, 2, 1)
    assert [count for _label, count in ratings.bars] == [1, 0, 1]
    assert [one.comment.number for one in selected.replies(comment.consultation)] == [1]
    place = reverse("replies", args=[comment.consultation.slug])
    shown = text_of(as_(world.officer).get(place))
    assert "2 answers are published. 2 were rated by their authors." in shown
    assert f"{TEXT} not accepted its author and the unit" in shown
    assert as_(world.ngo).get(place).status_code == 403
    assert as_(world.clerk).get(place).status_code == 403


def test_a_private_persons_reply_goes_when_she_is_erased(world: World) -> None:
    """The control is the organisation's, which stays."""
    consultation = world.opened()
    private = world.admitted(consultation, organisation=None, by=world.outsider)
    for comment, by in ((private, world.outsider), (world.admitted(consultation), world.ngo)):
        reply_to_answer(world.answered(comment), text=f"{TEXT} {by.pk}", by=by)
    erase_person(world.outsider, by=operator(), because="Wniosek z 3 listopada.")
    assert [one.text for one in Reply.objects.all()] == [f"{TEXT} {world.ngo.pk}"]
    sealed = Sealed.objects.filter(entry__kind="comment.reply").values_list("text", flat=True)
    assert list(sealed) == [f"{TEXT} {world.ngo.pk}"]


def test_the_database_takes_no_reply_past_the_record(comment: Comment, world: World) -> None:
    """The control: without the guards each passes."""
    other = world.answered(world.admitted(comment.consultation))
    reply_to_answer(comment, text=TEXT, by=world.ngo)
    rows = Reply.objects.filter(comment=comment)

    def begun() -> object:
        return Reply.objects.create(comment=other, text="x", replied_at=now())

    acts: dict[str, list[Any]] = {
        "reply_begin": [begun],
        "reply_update": [
            lambda: rows.update(text="Inna."),
            lambda: rows.update(rating="yes"),
            lambda: rows.update(shown_at=now()),
        ],
        "reply_delete": [rows.delete],
    }
    if connection.vendor == "postgresql":
        acts["reply_truncate"] = [_truncate]
    for guard, attacks in acts.items():
        for attack in attacks:
            with pytest.raises(IntegrityError), transaction.atomic():
                attack()
        lift(guard)
        for attack in attacks:
            attack()


def _truncate() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {Reply._meta.db_table}")

"""Letters: who gets one, in which words, and that no other event sends any."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from consultations.calendar import local_day
from consultations.models import User
from consultations.models.clock import now
from consultations.services.comments import hide_comment, return_comment
from consultations.services.consultations import prolong_consultation
from consultations.wording import LETTERS as IN_WORDS
from notifications.letters import LETTERS, PLACEHOLDER, missing_names, unknown_names, words_of_file
from notifications.models import Letter
from notifications.outbox import dispatch, tell_the_past
from notifications.rules import WHO_IS_TOLD
from notifications.services import choose_emails, remember_language
from tests.notifications.cast import Cast
from tests.notifications.post import delivered
from tests.world import BEGINNING

ANNA, JAN = "anna@mosty.test", "jan@mosty.test"
EVERY = [(kind, language) for kind in LETTERS for language, _name in settings.LANGUAGES]


def test_whoever_files_a_comment_gets_its_confirmation_with_the_number(cast: Cast) -> None:
    consultation = cast.world.opened()
    delivered()
    comment = cast.world.comment(consultation)
    letters = {one.to[0]: one for one in delivered()}
    assert set(letters) == {ANNA, JAN}
    assert letters[ANNA].subject == f"Otrzymaliśmy uwagę nr {comment.number}"
    link = f"{settings.ORIGIN}/k/{consultation.slug}/uwagi/{comment.number}/"
    assert letters[ANNA].body.count(link) == 1
    assert letters[ANNA].body.count(settings.UNIT) == 1
    assert letters[ANNA].body.count("Dlaczego otrzymują Państwo tę wiadomość:") == 1


def test_a_letter_holds_nothing_of_what_a_person_wrote(cast: Cast) -> None:
    cast.world.comment(cast.world.opened(), organisation=None, by=cast.world.outsider)
    said = "".join(one.subject + one.body for one in delivered())
    assert [said.count(words) for words in ("Piszemy oferty po pracy", "30 dni", "Obcy")] == [0] * 3


def test_the_walked_road_sends_letters_to_exactly_these_people(cast: Cast) -> None:
    cast.walk()
    delivered()
    sent: dict[str, set[str]] = {}
    names = {actor.pk: name for name, actor in cast.people.items()}
    for kind, recipient in Letter.objects.values_list("entry__kind", "recipient"):
        sent.setdefault(kind, set()).add(names[recipient])
    both = {"ngo", "colleague"}
    assert sent == {
        "consultation.announce": both,
        "consultation.open": both,
        "consultation.correct": both,
        "consultation.prolong": both,
        "comment.file": both,
        "comment.admit": both,
        "comment.return_for_completion": both,
        "comment.hide": both,
        "comment.leave": both,
        "comment.uphold": both,
        "comment.publish": both,
        "report.release": {"ngo"},
        "opinion.request": {"secretary"},
        "draft.adopt": {"ngo"},
    }
    unsent = Letter.objects.filter(sent_at=None)
    assert list(unsent.values_list("entry__kind", "problem")) == []


def test_an_answer_comes_with_its_outcome_and_reasons(cast: Cast) -> None:
    cast.world.answered(cast.world.admitted(cast.world.opened()))
    letter = next(one for one in delivered() if "Odpowiedź" in one.subject)
    assert letter.body.count("Zostaje 21 dni: to minimum ustawy.") == 1


def test_the_author_reads_why_and_until_when_she_is_to_complete(cast: Cast) -> None:
    world = cast.world
    comment = world.comment(world.opened())
    delivered()
    day = local_day(now()) + timedelta(days=7)
    return_comment(comment, because="Brak adresu.", complete_by=day, by=world.officer)
    body = delivered()[0].body
    assert [body.count(words) for words in ("Brak adresu.", f"{day.day} ")] == [1, 1]


def test_the_language_is_the_one_last_used_else_polish(cast: Cast, client: Client) -> None:
    consultation = cast.world.opened()
    delivered()
    remember_language("en", by=cast.world.ngo)
    cast.world.comment(consultation)
    subjects = {one.to[0]: one.subject for one in delivered()}
    assert subjects[ANNA] == "We have received comment 1"
    assert subjects[JAN] == "Otrzymaliśmy uwagę nr 1"


@pytest.mark.parametrize(("asked", "kept"), [("en", "en"), ("pl", "pl"), ("xx", None)])
def test_changing_the_language_of_the_pages_changes_that_of_letters(
    cast: Cast, client: Client, asked: str, kept: str | None
) -> None:
    client.force_login(cast.world.ngo.user)
    before = User.objects.get(email=ANNA).actor.preference.language
    client.post("/jezyk/", {"language": asked, "next": "/"})
    assert User.objects.get(email=ANNA).actor.preference.language == (kept or before)


def test_who_wants_no_e_mails_gets_the_confirmation_of_her_own_comment_alone(cast: Cast) -> None:
    for actor in (cast.world.ngo, cast.colleague):
        choose_emails(wanted=False, by=actor)
    comment = cast.world.admitted(cast.world.opened())
    assert [(one.to, one.subject) for one in delivered()] == [
        ([ANNA], f"Otrzymaliśmy uwagę nr {comment.number}")
    ]


def test_who_wants_them_again_gets_them(cast: Cast) -> None:
    """The control of the test above."""
    for wanted in (False, True):
        choose_emails(wanted=wanted, by=cast.world.ngo)
    cast.world.announced()
    assert [one.to for one in delivered()] == [[ANNA], [JAN]]


def test_who_lost_her_login_gets_nothing_and_nobody_tries_again(cast: Cast) -> None:
    consultation = cast.world.opened()
    delivered()
    cast.world.comment(consultation)
    User.objects.filter(email=JAN).update(is_active=False)
    assert [one.to for one in delivered()] == [[ANNA]]


def test_what_may_no_longer_be_seen_is_not_sent(cast: Cast) -> None:
    """The letter on a hidden comment waits while the colleague leaves the organisation."""
    hide_comment(
        cast.world.comment(cast.world.opened()), because="Dane osoby.", by=cast.world.officer
    )
    dispatch()
    cast.world.organisation.mandates.filter(actor=cast.colleague).update(until=BEGINNING)
    delivered()
    letter = Letter.objects.get(entry__kind="comment.hide", recipient=cast.colleague)
    assert (letter.sent_at, letter.due_at, letter.problem) == (None, None, "may not be seen")


def test_the_past_of_a_demonstration_is_told_without_letters(cast: Cast) -> None:
    cast.walk()
    tell_the_past()
    assert Letter.objects.count() == 0
    prolonged = cast.world.opened("drugi")
    assert prolonged.last_day is not None
    prolong_consultation(
        prolonged,
        last_day=prolonged.last_day + timedelta(days=3),
        because="Prosili o to.",
        by=cast.world.officer,
    )
    assert "Więcej czasu na uwagi" in [one.subject for one in delivered()][-1]


def test_a_hidden_comment_is_told_with_its_reason(cast: Cast) -> None:
    comment = cast.world.comment(cast.world.opened())
    delivered()
    hide_comment(comment, because="Dane osoby trzeciej.", by=cast.world.officer)
    assert [one.body.count("Dane osoby trzeciej.") for one in delivered()] == [1, 1]


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_letter_has_words_in_every_language_that_name_only_its_facts(
    kind: str, language: str
) -> None:
    words = words_of_file(kind, language)
    both = f"{words.subject}\n{words.body}"
    assert (bool(words.subject), bool(words.body)) == (True, True)
    assert (unknown_names(kind, both), missing_names(kind, words.body)) == ([], [])
    assert re.sub(PLACEHOLDER, "", both).count("{") == 0


def test_every_letter_is_about_an_event_somebody_is_told_of_by_the_same_rule() -> None:
    strangers = {
        kind: rule.name
        for kind, letter in LETTERS.items()
        for rule in letter.to
        if rule not in WHO_IS_TOLD[kind]
    }
    assert (strangers, set(LETTERS)) == ({}, set(IN_WORDS))

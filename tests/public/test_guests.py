"""Commenting without an account: kept until the link is opened and its button pressed, once."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from consultations.errors import Invalid, NotOpen, SameKey, TooLate
from consultations.models import Comment, GuestComment, User
from consultations.models.clock import move_to, now
from consultations.models.guests import HERS
from consultations.models.people import clock
from consultations.services.guests import confirm_guest_comment
from consultations.services.keeping import delete_expired
from tests.notifications.post import delivered
from tests.public.conftest import Visit
from tests.public.guests import EMAIL, REASONS, filed, letters, link_in, sent, token, typed, where
from tests.world import World

CONFIRM = reverse("confirm_guest_comment")


def page_of(guest: GuestComment) -> str:
    return reverse("guest_comment", args=[token(guest)])


@pytest.fixture
def guest_visit(client: Any) -> Any:
    """`guest_visit(address)`: as one visitor with her session, in English; `data` posts."""

    def visit_it(page: str, data: dict[str, Any] | None = None) -> Any:
        english = {"accept-language": "en"}
        return (
            client.get(page, headers=english)
            if data is None
            else client.post(page, data, headers=english)
        )

    return visit_it


def test_from_the_form_to_the_number(world: World, guest_visit: Any) -> None:
    consultation = world.opened()
    assert guest_visit(where(consultation)).status_code == 200
    answer = guest_visit(where(consultation), typed())
    assert (answer.status_code, filed()) == (302, [])
    after = guest_visit(answer.url).content.decode()
    assert (EMAIL in after, "not filed yet" in after) == (True, True)
    (letter,) = letters()
    assert letter.to == [EMAIL]
    shown = guest_visit(link_in(letter))
    assert (REASONS in shown.content.decode(), filed()) == (True, [])
    secret = link_in(letter).split("/")[-2]
    assert guest_visit(CONFIRM, {"token": secret}).url == link_in(letter)
    (comment,) = filed()
    assert (comment.filed_by, comment.channel, comment.organisation, comment.named) == (
        *(User.objects.get(email=EMAIL).actor, "form", None, False),
    )
    assert "<strong>1</strong>" in guest_visit(link_in(letter)).content.decode()


def test_a_comment_is_filed_once_however_often_it_is_pressed(world: World, visit: Visit) -> None:
    guest = sent(world.opened())
    answers = [visit(None, CONFIRM, {"token": token(guest)}).url for _press in range(3)]
    assert (len(set(answers)), len(filed()), User.objects.filter(email=EMAIL).count()) == (1, 1, 1)


def test_looking_changes_nothing_however_often(world: World, visit: Visit, client: Any) -> None:
    """Scanners of mail follow every link, by GET and HEAD."""
    guest = sent(world.opened())
    before = GuestComment.objects.values().get()
    for _look in range(3):
        visit(None, page_of(guest))
        client.head(page_of(guest))
    assert (GuestComment.objects.values().get(), filed()) == (before, [])


def test_confirmed_nothing_personal_is_left_beside_the_comment(world: World) -> None:
    guest = sent(world.opened(), name="Gosia Gość")
    comment = confirm_guest_comment(guest)
    guest.refresh_from_db()
    assert {name: getattr(guest, name) for name in HERS} == dict.fromkeys(HERS, "")
    assert (guest.comment, comment.reasons) == (comment, REASONS)


def test_she_finds_it_with_the_same_address_and_gets_a_confirmation(
    world: World, visit: Visit
) -> None:
    comment = confirm_guest_comment(sent(world.opened()))
    user = User.objects.get(email=EMAIL)
    assert f"/uwagi/{comment.number}/" in visit(user.actor, reverse("my_comments")).content.decode()
    assert [EMAIL] in [one.to for one in delivered()]


def test_an_address_with_an_account_files_for_that_person(world: World) -> None:
    first = confirm_guest_comment(sent(world.opened(), email="Obcy@Poczta.test"))
    assert (first.filed_by, User.objects.filter(email__iexact="obcy@poczta.test").count()) == (
        world.outsider,
        1,
    )


def test_the_address_of_the_office_files_and_signs_nobody_in(world: World, visit: Visit) -> None:
    guest = sent(world.opened(), email="officer@urzad.test")
    answer = visit(None, CONFIRM, {"token": token(guest)})
    assert filed()[0].filed_by == world.officer
    assert "_auth_user_id" not in answer.wsgi_request.session
    assert visit(None, reverse("office")).status_code == 302


@pytest.mark.parametrize(
    ("known", "typed_name", "shown", "named"),
    [
        ("", "Gosia Gość", "Gosia Gość", True),
        ("Gosia Gość", "Gosia Gość", "Gosia Gość", True),
        ("Małgorzata G.", "Gosia Gość", "Małgorzata G.", False),  # she agreed to another name
        ("Małgorzata G.", "", "Małgorzata G.", False),
        (None, "", "", False),
        (None, "Gosia Gość", "Gosia Gość", True),
    ],
)
def test_a_name_is_shown_as_it_was_agreed_to(
    world: World, known: str | None, typed_name: str, shown: str, *, named: bool
) -> None:
    if known is not None:
        User.objects.create_user(EMAIL, name=known)
    comment = confirm_guest_comment(sent(world.opened(), name=typed_name))
    assert (User.objects.get(email=EMAIL).name, comment.named) == (shown, named)


def test_a_name_without_consent_is_not_kept(world: World, visit: Visit) -> None:
    consultation = world.opened()
    visit(None, where(consultation), typed(name="Gosia Gość"))
    assert GuestComment.objects.get().name == ""
    refused = visit(None, where(consultation), typed(show_name="on"))
    assert (refused.status_code, "Write the name" in refused.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("email", "", "Write the e-mail address"),
        ("email", "nonsense", "Enter a valid email address."),
        ("email", "a\0@b.test", "Null characters are not allowed."),
        ("reasons", " \n", "Say why: reasons are needed."),
        ("reasons", " – ", "Say why: reasons are needed."),
        ("kind", "x", "Choose the kind of comment."),
        ("proposed_wording", " ", "Change the wording"),
        ("key", "x", "This form has grown old."),
    ],
)
def test_a_wrong_field_is_refused_and_everything_typed_is_kept(
    world: World, visit: Visit, field: str, value: str, sentence: str
) -> None:
    form = typed(**{field: value})
    answer = visit(None, where(world.opened()), form)
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (422, True)
    for name in {"reasons", "proposed_wording", "email"} - {field}:
        assert form[name] in page
    assert GuestComment.objects.count() == 0


def test_the_same_form_twice_is_one_comment_and_one_letter(world: World, visit: Visit) -> None:
    form = typed()
    consultation = world.opened()
    assert [visit(None, where(consultation), form).status_code for _ in range(2)] == [302, 302]
    assert (GuestComment.objects.count(), len(letters())) == (1, 1)
    again = visit(None, where(consultation), form | {"email": "inna@poczta.test"})
    assert (again.status_code, form["key"] in again.content.decode()) == (409, False)


def test_a_key_seen_in_ones_own_letter_makes_no_link_for_another_address(world: World) -> None:
    key = uuid.uuid4()
    consultation = world.opened()
    mine = token(sent(consultation, email="zly@poczta.test", key=key))
    with pytest.raises(SameKey):
        sent(consultation, email=EMAIL, key=key)
    GuestComment.objects.all().delete()
    assert token(sent(consultation, email=EMAIL, key=key)) != mine


def test_before_the_opening_and_after_the_closing_nothing_is_kept(world: World) -> None:
    announced = world.announced()
    with pytest.raises(NotOpen):
        sent(announced)
    consultation = world.opened("inny")
    with pytest.raises(Invalid):
        sent(consultation, reasons=" ")
    world.closed(consultation)
    with pytest.raises(TooLate):
        sent(consultation)


def test_sent_in_time_and_confirmed_too_late_it_stays_readable(world: World, visit: Visit) -> None:
    consultation = world.opened()
    assert consultation.closes_at is not None
    move_to(consultation.closes_at - timedelta(minutes=1))
    guest = sent(consultation)
    move_to(consultation.closes_at + timedelta(minutes=15))
    answer = visit(None, CONFIRM, {"token": token(guest)})
    assert (answer.status_code, filed(), User.objects.filter(email=EMAIL).exists()) == (
        *(409, [], False),
    )
    for page in (answer, visit(None, page_of(guest))):
        assert "can no longer be filed" in page.content.decode()
        assert REASONS in page.content.decode()
    assert visit(None, page_of(guest)).status_code == 200


@pytest.mark.parametrize(("minutes", "taken"), [(0, True), (14, True), (15, False)])
def test_the_procedure_gives_minutes_for_confirming(
    world: World, minutes: int, *, taken: bool
) -> None:
    consultation = world.opened()
    assert consultation.closes_at is not None
    move_to(consultation.closes_at - timedelta(minutes=1))
    guest = sent(consultation)
    consultation = world.closed(consultation)
    assert consultation.closes_at is not None
    move_to(consultation.closes_at + timedelta(minutes=minutes))
    guest.consultation.refresh_from_db()
    if taken:
        comment = confirm_guest_comment(guest)
        assert comment.filed_at >= consultation.closes_at
    else:
        with pytest.raises(TooLate):
            confirm_guest_comment(guest)


def test_what_nobody_confirms_is_deleted_and_what_was_confirmed_stays(world: World) -> None:
    consultation = world.opened()
    confirmed = sent(consultation)
    comment = confirm_guest_comment(confirmed)
    sent(consultation, email="inna@poczta.test")
    move_to(now() + timedelta(days=7, seconds=-1))
    early = delete_expired(by=clock())
    move_to(now() + timedelta(seconds=1))
    assert (early, delete_expired(by=clock())) == ({}, {"guests": 1})
    assert GuestComment.objects.get().comment == comment


@pytest.mark.parametrize("wrong", ["", "x", "ź" * 50, "\0"])
def test_a_wrong_or_old_link_leads_to_a_sentence(world: World, visit: Visit, wrong: str) -> None:
    guest = sent(world.opened())
    assert visit(None, CONFIRM, {"token": wrong}).status_code == 404
    move_to(now() + timedelta(days=8))
    late = [visit(None, page_of(guest)), visit(None, CONFIRM, {"token": token(guest)})]
    assert [one.status_code for one in late] == [404, 404]
    assert "This link leads to nothing" in late[0].content.decode()
    assert Comment.objects.count() == 0


def test_the_letter_goes_again_twice_and_leads_to_the_same_page(
    world: World, guest_visit: Any
) -> None:
    consultation = world.opened()
    page = guest_visit(where(consultation), typed()).url
    links = {link_in(one) for one in letters()}
    statuses = [guest_visit(page, {}).status_code for _again in range(3)]
    links |= {link_in(one) for one in letters()}
    assert (statuses, len(links), GuestComment.objects.get().letters) == ([302, 302, 409], 1, 3)
    assert "sent three times" in guest_visit(page).content.decode()


def test_the_page_after_sending_is_only_for_who_sent(world: World, visit: Visit) -> None:
    guest = sent(world.opened())
    page = reverse("guest_sent", args=[guest.consultation.slug])
    assert visit(None, page).url == reverse("file_comment", args=[guest.consultation.slug])

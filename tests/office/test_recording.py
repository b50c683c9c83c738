"""Comments that came by another channel: entered by an officer in anybody's name."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from consultations.errors import Invalid, NotYours
from consultations.models import Actor, Comment, CommentKind, Consultation, Entry, Sealed, User
from consultations.models.clock import move_to
from consultations.services.filing import Said, file_comment
from tests.office.pages import as_, queue_of, text_of
from tests.world import World, provision


@pytest.fixture
def consultation(world: World) -> Consultation:
    return world.opened()


def place(consultation: Consultation) -> str:
    return reverse("record_comment", args=[consultation.slug])


def letter(consultation: Consultation, **given: Any) -> dict[str, Any]:
    """What an officer types from a letter of a private person."""
    return {
        "key": str(uuid.uuid4()),
        "channel": "post",
        "organisation": "",
        "sender": "Jan Listowy",
        "email": "",
        "provision": str(provision(consultation).provision.key),
        "kind": "change",
        "proposed_wording": "Termin składania ofert wynosi 28 dni.",
        "reasons": "Bo poczta idzie długo.",
    } | given


def send(world: World, consultation: Consultation, **given: Any) -> Any:
    return as_(world.officer).post(place(consultation), letter(consultation, **given))


def test_a_letter_of_a_private_person_gets_a_nameless_actor(
    world: World, consultation: Consultation
) -> None:
    response = send(world, consultation)
    comment = Comment.objects.get()
    assert response.headers["location"] == f"{place(consultation)}?kanal=post"
    assert (comment.channel, comment.organisation, comment.state) == ("post", None, "received")
    assert comment.recorded_by == world.officer
    assert comment.filed_by not in {world.officer, world.ngo}
    assert not User.objects.filter(actor=comment.filed_by).exists()
    entry = Entry.objects.get(kind="comment.file")
    assert (entry.actor, entry.role) == (world.officer, "officer")


def test_the_name_of_the_sender_is_only_sealed(world: World, consultation: Consultation) -> None:
    send(world, consultation)
    comment = Comment.objects.get()
    assert Sealed.objects.get(field="sender").text == "Jan Listowy"
    assert "Listowy" not in Entry.objects.get(kind="comment.file").payload
    readers = {role: getattr(world, role) for role in ("officer", "approver", "auditor")}
    for reader in readers.values():
        assert "Jan Listowy" in text_of(as_(reader).get(queue_of(comment, uwaga=1)))
    world.clock.refresh_from_db()
    as_(world.officer).post(reverse("admit_comment", args=[consultation.slug, 1]))
    for reader in (None, world.outsider):
        public = as_(reader).get(reverse("comment", args=[consultation.slug, 1]))
        assert "Listowy" not in text_of(public)
    assert "Listowy" not in text_of(as_(world.clerk).get(queue_of(comment, uwaga=1)))


def test_a_letter_of_an_organisation_stands_among_its_comments(
    world: World, consultation: Consultation
) -> None:
    response = send(world, consultation, organisation=world.organisation.pk, channel="email")
    query = f"kanal=email&organizacja={world.organisation.pk}"
    assert response.headers["location"] == f"{place(consultation)}?{query}"
    comment = Comment.objects.get()
    assert comment.organisation == world.organisation
    shown = text_of(as_(world.officer).get(queue_of(comment, uwaga=1)))
    assert "Fundacja Mosty (Jan Listowy)" in shown
    assert "Bo poczta idzie długo." in text_of(as_(world.ngo).get(reverse("my_comments")))


def test_the_next_entry_keeps_channel_and_organisation(
    world: World, consultation: Consultation
) -> None:
    query = f"kanal=email&organizacja={world.organisation.pk}"
    page = as_(world.officer).get(f"{place(consultation)}?{query}")
    html = page.content.decode()
    assert (
        '<option value="1" selected>Fundacja Mosty</option>'.replace(
            "1", str(world.organisation.pk)
        )
        in html
    )
    assert page.context["form"]["channel"].value() == "email"
    bad = as_(world.officer).get(place(consultation), {"kanal": "\0", "organizacja": "x"})
    assert bad.status_code == 200


def test_an_account_found_by_its_address_is_whose_the_comment_is(
    world: World, consultation: Consultation
) -> None:
    send(world, consultation, email="OBCY@poczta.test")
    assert Comment.objects.get().filed_by == world.outsider
    send(world, consultation, email="nikt@poczta.test")
    assert Comment.objects.latest("number").filed_by != world.outsider
    assert not Sealed.objects.filter(text__contains="nikt@").exists()


def test_an_account_that_is_no_member_does_not_speak_for_the_organisation(
    world: World, consultation: Consultation
) -> None:
    organisation = world.organisation.pk
    response = send(world, consultation, organisation=organisation, email="obcy@poczta.test")
    assert response.status_code == 422
    assert "This person may not speak for the organisation." in text_of(response)
    assert (
        send(world, consultation, organisation=organisation, email="anna@mosty.test").status_code
        == 302
    )
    assert Comment.objects.get().filed_by == world.ngo


def test_an_unsigned_letter_says_so(world: World, consultation: Consultation) -> None:
    send(world, consultation, sender="")
    shown = text_of(as_(world.officer).get(queue_of(Comment.objects.get(), uwaga=1)))
    assert "private person, not signed" in shown


def test_the_same_form_sent_twice_is_one_comment(world: World, consultation: Consultation) -> None:
    key = str(uuid.uuid4())
    before = Actor.objects.count()
    assert [send(world, consultation, key=key).status_code for _turn in range(2)] == [302, 302]
    assert Comment.objects.count() == 1
    assert Actor.objects.count() == before + 1
    other = send(world, consultation, key=key, reasons="Inne.")
    assert other.status_code == 409
    assert other.context["form"]["reasons"].value() == "Inne."
    assert other.context["form"]["key"].value() != key


def test_the_wording_of_a_provision_is_shown_and_nothing_typed_is_lost(
    world: World, consultation: Consultation
) -> None:
    given = {"proposed_wording": "", "pokaz": "1", "reasons": "Już wpisane.", "sender": "Jan"}
    page = send(world, consultation, **given)
    form = page.context["form"]
    assert page.status_code == 200
    assert form["proposed_wording"].value() == "Termin składania ofert wynosi 21 dni."
    assert (form["reasons"].value(), form["sender"].value()) == ("Już wpisane.", "Jan")
    assert form["channel"].value() == "post"
    assert not form.errors
    assert not Comment.objects.exists()


def test_a_question_leaves_the_shown_wording_out(world: World, consultation: Consultation) -> None:
    standing = "Termin składania ofert wynosi 21 dni."
    send(world, consultation, kind=CommentKind.QUESTION, proposed_wording=standing)
    assert Comment.objects.get().proposed_wording == ""


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"channel": ""}, "channel"),
        ({"channel": "form"}, "channel"),
        ({"channel": "pigeon"}, "channel"),
        ({"organisation": "999999"}, "organisation"),
        ({"organisation": "\0"}, "organisation"),
        ({"email": "x"}, "email"),
        ({"sender": "a" * 151}, "sender"),
        ({"provision": str(uuid.uuid4())}, "provision"),
        ({"provision": ""}, "provision"),
        ({"kind": ""}, "kind"),
        ({"proposed_wording": ""}, "proposed_wording"),
        ({"proposed_wording": "Termin składania ofert wynosi 21 dni."}, "proposed_wording"),
        ({"reasons": " "}, "reasons"),
        ({"reasons": "\0"}, "reasons"),
        ({"key": "x"}, "key"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    world: World, consultation: Consultation, wrong: dict[str, str], field: str
) -> None:
    before = Actor.objects.count()
    response = send(world, consultation, **wrong)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Comment.objects.count() == 0
    assert Actor.objects.count() == before


def test_after_the_closing_day_it_is_asked_when_it_came(
    world: World, consultation: Consultation
) -> None:
    last = consultation.last_day
    world.closed(consultation)
    response = send(world, consultation)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["arrived_on"]
    assert response.context["form"]["reasons"].value() == "Bo poczta idzie długo."
    assert Comment.objects.count() == 0
    assert send(world, consultation, arrived_on=str(last)).status_code == 302
    assert Comment.objects.get().late is False


def test_before_the_opening_nothing_is_entered(world: World) -> None:
    announced = world.announced("nowy")
    response = as_(world.officer).post(place(announced), letter(announced))
    assert response.status_code == 409
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("§ 2 ust. 2 pkt 1", "§ 2 ust. 2 pkt 1"),
        ("2.2.1", "§ 2 ust. 2 pkt 1"),
        ("par 2 u 1", "§ 2 ust. 1"),
        ("1", "§ 1"),
        ("rozdz. 1", "Rozdział 1"),
        ("cały projekt", None),
    ],
)
def test_a_provision_may_be_typed(
    world: World, consultation: Consultation, typed: str, there: str | None
) -> None:
    """What is typed wins over the list, which keeps the place of the comment before."""
    send(world, consultation, typed=typed, kind="question", proposed_wording="")
    comment = Comment.objects.get()
    assert (comment.wording and comment.wording.citation.replace("\u00a0", " ")) == there


def test_a_provision_there_is_not_is_refused_where_it_was_typed(
    world: World, consultation: Consultation
) -> None:
    response = send(world, consultation, typed="§ 99")
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["typed"])


def test_what_the_next_comment_shares_is_kept_in_the_address(
    world: World, consultation: Consultation
) -> None:
    """Channel, meeting and day; the sender's name never."""
    meeting = consultation.ways.get(kind="open_meeting")
    assert meeting.starts_at is not None
    move_to(meeting.starts_at + timedelta(hours=1))
    given = {"channel": "meeting", "way": str(meeting.pk), "arrived_on": "2026-09-25"}
    response = send(world, consultation, **given)
    address = response.headers["location"]
    assert address.endswith(f"?kanal=meeting&spotkanie={meeting.pk}&dzien=2026-09-25")
    page = as_(world.officer).get(address)
    form = page.context["form"]
    kept = [str(form[name].value()) for name in ("channel", "way", "arrived_on")]
    assert kept == ["meeting", str(meeting.pk), "2026-09-25"]
    assert form.fields["sender"].widget.attrs["autofocus"]
    assert "Comment 1: § 2 ust. 1" in text_of(page).replace("\u00a0", " ")


def test_what_was_entered_by_mistake_is_entered_anew_from_what_stands(
    world: World, consultation: Consultation
) -> None:
    send(world, consultation, arrived_on="2026-09-07", arrived_time="9:30", channel="email")
    page = as_(world.officer).get(f"{place(consultation)}?od=1")
    form = page.context["form"]
    found = {name: str(form[name].value()) for name in ("channel", "sender", "reasons", "kind")}
    assert found == {
        "channel": "email",
        "sender": "Jan Listowy",
        "reasons": "Bo poczta idzie długo.",
        "kind": "change",
    }
    assert (str(form["arrived_on"].value()), str(form["arrived_time"].value())) == (
        *("2026-09-07", "09:30:00"),
    )
    assert form.wording is not None
    for odd in ("99", "x", "\0", "9" * 30, ""):
        assert as_(world.officer).get(place(consultation), {"od": odd}).status_code == 200


def test_comments_taken_at_a_meeting_stand_with_it(
    world: World, consultation: Consultation
) -> None:
    meeting = consultation.ways.get(kind="open_meeting")
    assert meeting.starts_at is not None
    early = send(world, consultation, channel="meeting", way=str(meeting.pk))
    assert (early.status_code, Comment.objects.count()) == (422, 0)
    move_to(meeting.starts_at + timedelta(hours=1))
    wrong = send(world, consultation, channel="email", way=str(meeting.pk))
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["way"])
    assert send(world, consultation, channel="meeting", way=str(meeting.pk)).status_code == 302
    comment = Comment.objects.get()
    assert (comment.way, comment.arrived_at) == (meeting, meeting.starts_at)
    page = as_(world.officer).get(reverse("ways", args=[consultation.slug]))
    assert f"{place(consultation)}?kanal=meeting&amp;spotkanie={meeting.pk}" in str(page.content)
    assert [numbers for _line, numbers in page.context["taken"]] == [[1]]


@pytest.mark.parametrize(
    ("given", "marked"),
    [
        ({"sender": ""}, True),
        ({"sender": "", "channel": "fax"}, True),
        ({"sender": "", "channel": "epuap"}, False),
        ({"sender": "", "channel": "meeting"}, False),
        ({}, False),
        ({"unsigned": "on"}, True),
    ],
)
def test_what_nobody_signed_is_marked(
    world: World, consultation: Consultation, given: dict[str, str], *, marked: bool
) -> None:
    send(world, consultation, **given)
    assert Comment.objects.get().unsigned is marked


@pytest.mark.parametrize(
    "role", ["approver", "expert", "clerk", "auditor", "councillor", "ngo", "outsider"]
)
def test_entering_is_for_officers_alone(
    world: World, consultation: Consultation, role: str
) -> None:
    client = as_(getattr(world, role))
    assert client.get(place(consultation)).status_code == 403
    assert client.post(place(consultation), letter(consultation)).status_code == 403
    assert Comment.objects.count() == 0


# -- the service --------------------------------------------------------------------------------


def filed(world: World, consultation: Consultation, by: Actor, **said: Any) -> Comment:
    whose = said.pop("filed_by", None)
    fields: dict[str, Any] = {
        "wording": None,
        "organisation": None,
        "kind": CommentKind.QUESTION,
        "proposed_wording": "",
        "reasons": "Czy będzie spotkanie?",
    }
    said_ = Said(**(fields | said))
    return file_comment(consultation, said_, key=uuid.uuid4(), by=by, filed_by=whose)


def test_only_an_officer_enters_what_came_another_way(
    world: World, consultation: Consultation
) -> None:
    with pytest.raises(NotYours):
        filed(world, consultation, world.ngo, channel="post")
    with pytest.raises(NotYours):
        filed(world, consultation, world.ngo, filed_by=world.outsider)
    assert filed(world, consultation, world.officer, channel="post").number == 1


def test_on_the_form_even_an_officer_speaks_for_no_organisation(
    world: World, consultation: Consultation
) -> None:
    organisation = world.organisation
    with pytest.raises(NotYours):
        filed(world, consultation, world.officer, organisation=organisation)
    on_paper = filed(
        world, consultation, world.officer, organisation=organisation, channel="in_person"
    )
    assert on_paper.organisation == organisation


def test_a_channel_there_is_not_is_refused(world: World, consultation: Consultation) -> None:
    with pytest.raises(Invalid):
        filed(world, consultation, world.officer, channel="pigeon")

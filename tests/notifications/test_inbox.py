"""The inbox as a person meets it: what it shows, what reading does, and what stays others'."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Actor, Comment, RoleGrant
from notifications import rules
from notifications.models import Notice
from notifications.outbox import dispatch
from notifications.selectors import Bell, Group, bell, grouped, notices_of
from notifications.views import ON_A_PAGE
from tests.notifications.cast import Cast, numbers_of
from tests.world import BEGINNING

INBOX, READ_ALL = "/powiadomienia/", "/powiadomienia/odczytane/"


@pytest.fixture
def page_of(client: Client) -> Callable[[Actor, str], str]:
    """The page a person gets, in English."""

    def page(actor: Actor, url: str = INBOX) -> str:
        client.force_login(actor.user)
        answer = client.get(url, headers={"accept-language": "en"})
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def test_the_addresses_are_those_of_the_page_map() -> None:
    assert [reverse(name) for name in ("inbox", "read_all", "live_poll")] == [
        INBOX,
        READ_ALL,
        "/na-zywo/",
    ]
    assert reverse("read_notice", args=[3]) == "/powiadomienia/3/"


def test_a_visitor_is_asked_to_sign_in(client: Client, db: None) -> None:
    answer = client.get(INBOX)
    assert (answer.status_code, answer["Location"].split("?")[1]) == (302, f"next={INBOX}")


def test_an_empty_inbox_says_what_will_be_in_it(
    cast: Cast, page_of: Callable[[Actor], str]
) -> None:
    page = page_of(cast.world.outsider)
    assert page.count("Nothing has happened yet that concerns you.") == 1
    assert page.count("Mark all as read") == 0


def test_notices_are_grouped_by_draft_newest_first_and_say_why(
    cast: Cast, page_of: Callable[[Actor], str]
) -> None:
    answered(cast, "pierwszy")
    answered(cast, "drugi")
    page = page_of(cast.world.ngo)
    assert page.index("Projekt programu drugi") < page.index("Projekt programu pierwszy")
    assert [group.title for group in grouped_for(cast.world.ngo)] == [
        "Projekt programu drugi",
        "Projekt programu pierwszy",
    ]
    numbers = [one.number for group in grouped_for(cast.world.ngo) for one in group.notices]
    assert numbers == list(range(8, 0, -1))
    assert page.count("Why you get this: It is your comment, or your organisation&#x27;s.") == 4


def test_what_is_unread_is_marked_in_words(cast: Cast, page_of: Callable[[Actor], str]) -> None:
    answered(cast)
    assert page_of(cast.world.ngo).count(">Unread<") == 4
    Notice.objects.filter(recipient=cast.world.ngo, number__gt=1).update(read_at=BEGINNING)
    page = page_of(cast.world.ngo)
    assert (page.count(">Unread<"), page.count("1 unread notification.")) == (1, 1)


def test_reading_leads_to_the_comment_and_marks_only_this_notice(
    cast: Cast, client: Client
) -> None:
    comment = answered(cast)
    client.force_login(cast.world.ngo.user)
    answer = client.get(f"{INBOX}4/")
    assert (answer.status_code, answer["Location"]) == (
        302,
        reverse("comment", args=[comment.consultation.slug, comment.number]),
    )
    assert unread(cast.world.ngo) == [1, 2, 3]


def test_reading_works_by_post_too_and_keeps_the_first_instant(cast: Cast, client: Client) -> None:
    answered(cast)
    client.force_login(cast.world.ngo.user)
    client.post(f"{INBOX}4/")
    first = Notice.objects.get(recipient=cast.world.ngo, number=4).read_at
    client.post(f"{INBOX}4/")
    assert first is not None
    assert Notice.objects.get(recipient=cast.world.ngo, number=4).read_at == first


def test_the_office_is_led_to_its_own_page(cast: Cast, client: Client) -> None:
    comment = answered(cast)
    client.force_login(cast.world.second_officer.user)
    filed = Notice.objects.get(recipient=cast.world.second_officer, entry__kind="comment.file")
    answer = client.get(f"{INBOX}{filed.number}/")
    queue = reverse("queue", args=[comment.consultation.slug])
    assert answer["Location"] == f"{queue}?uwaga={comment.number}"


def test_a_number_that_is_not_mine_is_not_found(cast: Cast, client: Client) -> None:
    answered(cast)
    client.force_login(cast.world.outsider.user)
    assert [client.get(f"{INBOX}{number}/").status_code for number in (1, 4, 99)] == [404] * 3
    assert unread(cast.world.ngo) == [1, 2, 3, 4]


def test_reading_all_marks_what_the_page_showed_and_nothing_that_came_since(
    cast: Cast, client: Client
) -> None:
    answered(cast)
    client.force_login(cast.world.ngo.user)
    answer = client.post(READ_ALL, {"upto": 3}, follow=True, headers={"accept-language": "en"})
    assert answer.content.decode().count("3 notifications marked as read.") == 1
    assert unread(cast.world.ngo) == [4]
    assert unread(cast.colleague) == numbers_of(cast.colleague)


@pytest.mark.parametrize("typed", [{}, {"upto": ""}, {"upto": "-1"}, {"upto": "x"}])
def test_reading_all_without_a_number_marks_everything(
    cast: Cast, client: Client, typed: dict[str, str]
) -> None:
    answered(cast)
    client.force_login(cast.world.ngo.user)
    assert client.post(READ_ALL, typed).status_code == 302
    assert unread(cast.world.ngo) == []


def test_reading_all_is_never_done_by_a_link(cast: Cast, client: Client) -> None:
    answered(cast)
    client.force_login(cast.world.ngo.user)
    assert client.get(READ_ALL).status_code == 405
    assert unread(cast.world.ngo) == [1, 2, 3, 4]


def test_a_long_inbox_has_pages(cast: Cast, page_of: Callable[..., str]) -> None:
    filed(cast, ON_A_PAGE + 1)
    officer = cast.world.second_officer
    assert page_of(officer).count("Why you get this:") == ON_A_PAGE
    assert page_of(officer, f"{INBOX}?strona=2").count("Why you get this:") == 2
    assert page_of(officer, f"{INBOX}?strona=nic").count("Why you get this:") == ON_A_PAGE


def test_who_lost_a_role_no_longer_reads_what_it_showed(
    cast: Cast, client: Client, page_of: Callable[[Actor], str]
) -> None:
    filed(cast, 1)
    officer = cast.world.second_officer
    RoleGrant.objects.filter(actor=officer).update(until=BEGINNING)
    page = page_of(officer)
    assert (page.count("Comment 1 filed"), page.count("You may no longer see this.")) == (0, 1)
    latest = numbers_of(officer)[-1]
    answer = client.get(f"{INBOX}{latest}/", follow=True, headers={"accept-language": "en"})
    assert answer.redirect_chain == [(INBOX, 302)]
    assert answer.content.decode().count("You may no longer see what this") == 1


def test_a_draft_one_may_no_longer_see_is_not_named(
    cast: Cast, page_of: Callable[[Actor], str]
) -> None:
    cast.world.drafted("tajny")
    dispatch()
    officer = cast.world.second_officer
    assert page_of(officer).count("tajny") > 0
    RoleGrant.objects.filter(actor=officer).update(until=BEGINNING)
    page = page_of(officer)
    assert (page.count("tajny"), page.count("A draft you may no longer see")) == (0, 1)


def test_a_notice_of_a_document_stands_under_documents(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, page_of: Callable[[Actor], str]
) -> None:
    monkeypatch.setitem(rules.WHO_IS_TOLD, "document.add", (rules.officers,))
    cast.world.drafted()
    dispatch()
    assert [group.url for group in grouped_for(cast.world.second_officer)][-1] == reverse(
        "documents"
    )
    assert page_of(cast.world.second_officer).count("Document added:") == 1


def test_the_bell_tells_topic_latest_and_unread(cast: Cast) -> None:
    ngo, outsider = cast.world.ngo, cast.world.outsider
    answered(cast)
    Notice.objects.filter(recipient=ngo, number=2).update(read_at=BEGINNING)
    assert bell(ngo) == Bell(f"inbox:{ngo.pk}", 4, 3)
    assert bell(outsider) == Bell(f"inbox:{outsider.pk}", 0, 0)


def test_an_open_inbox_has_a_place_for_what_is_newer(
    cast: Cast, page_of: Callable[[Actor], str]
) -> None:
    answered(cast)
    page, own = page_of(cast.world.ngo), cast.world.ngo.pk
    place = f'class="uw-newrows" data-live-counter="inbox:{own}" data-live-seen="4"'
    assert page.count(place) == 1
    assert page.count('data-one="%n new notification"') == 1
    assert page.count(f'data-live-topics=" inbox:{own}"') == 1


def answered(cast: Cast, slug: str = "program-2027") -> Comment:
    """Announced, opened, one comment admitted and answered: four notices for its author."""
    comment = cast.world.answered(cast.world.admitted(cast.world.opened(slug)))
    dispatch()
    return comment


def filed(cast: Cast, many: int) -> None:
    consultation = cast.world.opened()
    for _ in range(many):
        cast.world.comment(consultation)
    dispatch()


def grouped_for(actor: Actor) -> list[Group]:
    return grouped(actor, list(notices_of(actor)))


def unread(actor: Actor) -> list[int]:
    mine = Notice.objects.filter(recipient=actor, read_at=None).order_by("number")
    return list(mine.values_list("number", flat=True))

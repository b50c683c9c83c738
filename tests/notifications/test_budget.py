"""How many queries things take: as many for one as for fifty."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.models import Actor, Consultation, Entry, User
from notifications import views
from notifications.models import Notice
from notifications.notices import tell
from notifications.outbox import dispatch
from notifications.ringing import ring
from notifications.selectors import bell
from notifications.topics import allowed, numbers
from tests.notifications.cast import Cast
from tests.world import signatory

INBOX = "/powiadomienia/"


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


@pytest.fixture
def look(client: Client, cast: Cast) -> Callable[[], list[str]]:
    """The second officer opens the inbox: what was asked of the database."""
    client.force_login(cast.world.second_officer.user)

    def opened() -> list[str]:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(INBOX).status_code == 200
        return [query["sql"] for query in seen]

    return opened


def test_the_inbox_takes_as_many_queries_for_fifty_notices_as_for_one(
    cast: Cast, look: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "ON_A_PAGE", 60)
    for slug in ("pierwszy", "drugi", "trzeci"):
        cast.world.opened(slug)
    dispatch()
    assert Notice.objects.filter(recipient=cast.world.second_officer).count() == 3
    few = len(look())
    for consultation in Consultation.objects.all():
        for _ in range(16):
            cast.world.comment(consultation)
    dispatch()
    assert Notice.objects.filter(recipient=cast.world.second_officer).count() == 51
    assert len(look()) == few


def test_four_of_them_are_about_notices(cast: Cast, look: Callable[[], list[str]]) -> None:
    cast.world.comment(cast.world.opened())
    dispatch()
    own = [sql for sql in look() if 'FROM "notifications_' in sql]
    assert len(own) == 4  # the bell, whether she wants e-mails, the number of pages, the list


def test_the_bell_takes_one(cast: Cast) -> None:
    assert queries(lambda: bell(cast.world.ngo)) == 1


def test_ringing_takes_none(db: None) -> None:
    assert queries(ring) == 0


def test_telling_120_people_takes_no_more_than_telling_three(cast: Cast) -> None:
    cast.world.announced()
    entry = Entry.objects.get(kind="consultation.announce")
    few = queries(lambda: told_afresh(entry))
    for n in range(120):
        user = User.objects.create_user(f"osoba{n}@mosty.test")
        signatory(cast.world.organisation, user.actor)
    assert queries(lambda: told_afresh(entry)) == few
    assert Notice.objects.filter(entry=entry).count() == 123


def test_telling_of_thirty_comments_takes_no_more_than_of_three(cast: Cast) -> None:
    consultation = cast.world.opened()
    dispatch()
    for _ in range(3):
        cast.world.comment(consultation)
    few = queries(dispatch)
    for _ in range(30):
        cast.world.comment(consultation)
    assert queries(dispatch) == few - 1  # the first time a head was made
    assert Notice.objects.filter(entry__kind="comment.file").count() == 33 * 3


def told_afresh(entry: Entry) -> None:
    """Every inbox new: heads are made, which is the longest way."""
    entry = Entry.objects.select_related("comment").get(pk=entry.pk)
    Notice.objects.all().delete()
    with transaction.atomic():
        tell([entry])


def test_an_outbox_with_nothing_to_do_takes_four(cast: Cast) -> None:
    cast.walk()
    dispatch()
    assert queries(dispatch) == 4


def test_topics_of_a_page_are_checked_and_read_in_seven(cast: Cast) -> None:
    cast.world.opened()
    cast.world.opened("drugi")
    officer = Actor.objects.get(pk=cast.world.officer.pk)
    names = ["k:program-2027", "k:drugi", "desk:drugi", f"inbox:{officer.pk}"]
    assert queries(lambda: numbers(allowed(officer, names))) == 7

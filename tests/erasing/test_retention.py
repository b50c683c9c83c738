"""What is over goes, by the clock and by command; what is not over stays; numbers on record."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from consultations.errors import NotYours
from consultations.models import (
    CommentDraft,
    Entry,
    ErasureRequest,
    GuestComment,
    Intake,
    Run,
    UnsavedEdit,
    User,
    Visit,
    Wording,
)
from consultations.models.clock import move_to, now
from consultations.models.people import clock, operator
from consultations.services import attachments, intakes, requests, runs
from consultations.services import keeping as service
from consultations.services.keeping import delete_expired
from notifications.models import Letter, Notice
from notifications.outbox import dispatch
from tests.notifications.conftest import no_hurry
from tests.notifications.post import delivered
from tests.public.guests import sent
from tests.world import World
from tests.writing.drafting import own
from workflows import keeping as job

__all__ = ["no_hurry"]
Made = Callable[[World, timedelta], Any]


def session(_world: World, age: timedelta, *, signed_in: str = "") -> Session:
    """Kept a fortnight from the last sign-in, so its age tells when it ends."""
    store = Client().session
    store.update({"_auth_user_id": signed_in} if signed_in else {"adres": "ewa@poczta.test"})
    store.save()
    kept = timedelta(days=14)
    Session.objects.filter(pk=store.session_key).update(expire_date=timezone.now() + kept - age)
    return Session.objects.get(pk=store.session_key)


def signup(_world: World, age: timedelta) -> User:
    user = User.objects.create_user("nowa@poczta.test")
    EmailAddress.objects.create(user=user, email=user.email)
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - age)
    return user


def unsaved(world: World, age: timedelta) -> UnsavedEdit:
    world.drafted()
    wording = Wording.objects.all()[0]
    return UnsavedEdit.objects.create(
        author=world.officer,
        text_version=wording.text_version,
        provision=wording.provision,
        text="Zaczęte.",
        revision=0,
        saved_at=now() - age,
    )


def notice(world: World, age: timedelta) -> Notice:
    world.comment(world.opened())
    dispatch()
    Notice.objects.exclude(recipient=world.officer).delete()
    found = Notice.objects.latest("number")
    Notice.objects.filter(pk=found.pk).update(read_at=now() - age)
    return found


def letter(world: World) -> Letter:
    world.comment(world.opened())
    delivered()
    return Letter.objects.latest("pk")


def visit(world: World, age: timedelta) -> Visit:
    return Visit.objects.create(actor=world.councillor, looked_at=now() - age, looked_seq=0)


def request(world: World, age: timedelta) -> ErasureRequest:
    asked = requests.ask_erasure(by=world.outsider)
    requests.take_back_erasure(by=world.outsider)
    ErasureRequest.objects.filter(pk=asked.pk).update(decided_at=now() - age)
    return asked


def draft(world: World, age: timedelta) -> CommentDraft:
    """Begun in a round that ended so long ago, with a file beside it."""
    made = own(world, world.opened())
    attachments.attach(made, name="lista.txt", content=b"Lista.", by=world.outsider)
    closes_at = made.consultation.closes_at
    assert closes_at is not None
    move_to(closes_at + age)
    return made


def sheet(world: World, age: timedelta) -> Intake:
    rows = [(1, ["Uzasadnienie"]), (2, ["Bo."])]
    made = intakes.keep_sheet(world.opened(), "uwagi.csv", rows, by=world.officer)
    move_to(made.uploaded_at + age)
    return made


def run(world: World, age: timedelta) -> Run:
    comment = world.admitted(world.opened())
    made = runs.prepare_run(comment.consultation, "answer", [comment], by=world.officer)
    move_to(made.made_at + age)
    return made


def guest(world: World, age: timedelta) -> GuestComment:
    made: GuestComment = sent(world.opened())
    move_to(made.sent_at + age)
    return made


MADE: dict[str, Made] = {
    "sessions": lambda world, age: session(world, age, signed_in="1"),
    "codes": session,
    "signups": signup,
    "unsaved": unsaved,
    "notices": notice,
    "visits": visit,
    "requests": request,
    "drafts": draft,
    "sheets": sheet,
    "runs": run,
    "guests": guest,
}


def there(row: Any) -> bool:
    return bool(type(row)._default_manager.filter(pk=row.pk).exists())


@pytest.mark.parametrize("rule", MADE)
@pytest.mark.parametrize("minutes", [-1, 1])
def test_what_is_over_goes_and_a_minute_before_it_stays(
    world: World, settings: Any, rule: str, minutes: int
) -> None:
    term = timedelta(days=settings.KEEP_DAYS[rule])
    row = MADE[rule](world, term + timedelta(minutes=minutes))
    deleted = delete_expired(by=clock())
    assert (deleted.get(rule, 0), there(row)) == ((1, False) if minutes > 0 else (0, True))


def test_a_letter_goes_once_it_is_old_and_only_if_it_was_sent(world: World) -> None:
    """On an entry of today: the record cannot be made older, so the clock is."""
    row = letter(world)
    assert delete_expired(by=clock()) == {}
    move_to(row.entry.at + timedelta(days=366))
    Letter.objects.filter(pk=row.pk).update(sent_at=None, due_at=now())
    assert delete_expired(by=clock())["letters"] > 0
    assert list(Letter.objects.all()) == [row]
    Letter.objects.update(sent_at=now(), due_at=None)
    assert delete_expired(by=clock()) == {"letters": 1}


def test_nought_days_keep_it_for_ever(world: World, settings: Any) -> None:
    row = visit(world, timedelta(days=9_999))
    settings.KEEP_DAYS = settings.KEEP_DAYS | {"visits": 0}
    assert delete_expired(by=clock()) == {}
    assert there(row)


def test_who_was_enrolled_or_signed_in_is_no_unfinished_sign_up(world: World) -> None:
    old = timezone.now() - timedelta(days=400)
    for user in User.objects.all():
        EmailAddress.objects.create(user=user, email=user.email, verified=user.actor != world.ngo)
    User.objects.update(date_joined=old)
    User.objects.filter(actor=world.outsider).update(last_login=old)
    EmailAddress.objects.filter(user__actor=world.outsider).update(verified=False)
    assert delete_expired(by=clock()) == {}


def test_it_goes_in_batches_and_the_record_holds_numbers_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 2)
    for _ in range(5):
        session(world, timedelta(days=15), signed_in="1")
    job._Last.at = -job.HOUR
    done = [job.delete_expired() for _ in range(5)]
    assert done == [2, 2, 1, 0, 0]
    entries = Entry.objects.filter(kind="office.delete_expired").order_by("seq")
    facts = [json.loads(one.payload)["facts"] for one in entries]
    assert facts == [{"deleted": many, "sessions": many} for many in (2, 2, 1)]
    assert not any(one.words.exists() for one in entries)


def test_after_nothing_was_left_the_job_rests_for_an_hour(world: World) -> None:
    job._Last.at = -job.HOUR
    assert job.delete_expired() == 0
    session(world, timedelta(days=15), signed_in="1")
    assert job.delete_expired() == 0
    job._Last.at -= job.HOUR
    assert job.delete_expired() == 1


def test_only_the_clock_and_the_operator_delete(world: World) -> None:
    session(world, timedelta(days=15))
    for by in (world.officer, world.approver, world.outsider):
        with pytest.raises(NotYours):
            delete_expired(by=by)
    assert delete_expired(by=operator())["sessions"] == 1


def test_the_command_says_first_and_then_deletes(world: World, capsys: Any) -> None:
    session(world, timedelta(days=15), signed_in="1")
    call_command("retention", "--dry-run")
    said = capsys.readouterr().out
    assert ["sessions", "14", "1"] in [line.split() for line in said.splitlines()]
    assert (Session.objects.count(), "Nothing was changed." in said) == (1, True)
    call_command("retention")
    assert capsys.readouterr().out.splitlines() == said.splitlines()[:-1]
    assert Session.objects.count() == 0

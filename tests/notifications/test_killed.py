"""The process of the outbox is killed for good, as the power would do it, and another resumes."""

import os
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from consultations.models import Entry
from notifications.models import Dispatched, InboxHead, Notice
from notifications.outbox import dispatch
from tests.notifications.cast import Cast
from tests.processes import Child

ROOT = Path(__file__).resolve().parents[2]
# In small lots that take their time, so that the blow falls in the midst of one.
SCRIPT = """
import django, time
django.setup()
from notifications import notices, outbox
quickly = notices.tell
notices.tell = lambda entries: (quickly(entries), time.sleep(0.1))
outbox.LOT = 5
outbox.dispatch()
"""
MANY = 60


@pytest.mark.django_db(transaction=True)
def test_a_killed_outbox_loses_no_notice_and_repeats_none(cast: Cast, tmp_path: Path) -> None:
    consultation = cast.world.opened()
    for _ in range(MANY):
        cast.world.comment(consultation)
    kill_when_it_has_told(10, outbox_in_a_process(tmp_path))
    assert 10 <= Dispatched.objects.count() < Entry.objects.count()
    dispatch()
    officer = Notice.objects.filter(recipient=cast.world.officer, entry__kind="comment.file")
    assert officer.count() == MANY
    assert Dispatched.objects.count() == Entry.objects.count()
    assert [head.latest for head in InboxHead.objects.order_by("pk")] == [
        Notice.objects.filter(recipient=head.actor_id).count()
        for head in InboxHead.objects.order_by("pk")
    ]


def outbox_in_a_process(folder: Path) -> Child:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": url_of_this_database(),
        "VALKEY_URL": "",
    }
    return Child([sys.executable, "-c", SCRIPT], log=folder / "outbox.log", env=env)


def url_of_this_database() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


def kill_when_it_has_told(many: int, outbox: Child) -> None:
    until = time.monotonic() + 60
    while Dispatched.objects.count() < many and time.monotonic() < until:
        time.sleep(0.01)
    outbox.process.kill()
    assert outbox.process.wait(10) == -9, outbox.tail()

"""Her copy of the data: all that is hers, in words, and never anything of anybody else."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations import exporters
from consultations.models import Actor, Comment, CommentDraft, Mandate, User
from consultations.models.clock import now
from consultations.selectors import own_data
from consultations.services import attachments
from notifications.outbox import dispatch
from tests.erasing.canaries import THEIRS, TOKENS, Person
from tests.notifications.conftest import no_hurry
from tests.public.guests import sent
from tests.world import World
from tests.writing.drafting import kept, own

__all__ = ["no_hurry"]


def files(held: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(held)) as file:
        return {name: json.loads(file.read(name)) for name in file.namelist()}


def words(held: bytes) -> str:
    return json.dumps(files(held), ensure_ascii=False)


def test_all_that_is_hers_is_in_it_and_nothing_of_others(world: World) -> None:
    """What she only typed into her session is not a part of it: it has no shape."""
    person = Person(world)
    own = words(own_data.archive(person.actor))
    assert {field for field, token in TOKENS.items() if token not in own} == {"spoken"}
    assert THEIRS not in own
    for other in User.objects.exclude(actor=person.actor):
        assert other.email not in own
        assert len(other.name) < 3 or other.name not in own


def test_what_others_take_holds_nothing_of_hers(world: World) -> None:
    person = Person(world)
    dispatch()
    for other in Actor.objects.exclude(pk=person.actor.pk):
        taken = words(own_data.archive(other))
        assert [field for field, token in TOKENS.items() if token in taken] == []


def test_an_exporter_that_looks_at_everybody_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    Person(world)
    leak = exporters.Exporter(
        "comments", "x", lambda _person: Comment.objects.all(), {"reasons": "reasons"}
    )
    monkeypatch.setitem(exporters._registered, "comments", leak)
    assert TOKENS["reasons"] in words(own_data.archive(world.officer))


def test_an_answer_not_published_is_not_hers_to_read(world: World) -> None:
    comment = world.admitted(world.opened(), organisation=None, by=world.outsider)
    before = own_data.archive(world.outsider)
    world.answered(comment)
    after = own_data.archive(world.outsider)
    assert ["minimum ustawy" in words(one) for one in (before, after)] == [False, True]


def test_the_page_counts_what_the_file_holds(world: World, client: Client) -> None:
    person = Person(world)
    client.force_login(person.actor.user)
    page = client.get(reverse("own_data"), headers={"accept-language": "en"})
    answer = client.get(reverse("own_data_file"), headers={"accept-language": "en"})
    held = {one["what"]: len(one["rows"]) for one in files(answer.content).values()}
    assert dict(page.context["parts"]) == {title: many for title, many in held.items() if many}
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]


def test_its_files_are_named_and_said_in_the_readers_language(world: World, client: Client) -> None:
    client.force_login(world.ngo.user)
    world.comment(world.opened())
    answer = client.get(reverse("own_data_file"), headers={"accept-language": "en"})
    row = files(answer.content)["comments.json"]["rows"][0]
    assert (row["in the name of"], row["kind"], row["state"]) == (
        *("Fundacja Mosty", "change of wording", "received"),
    )


def test_what_an_organisation_says_is_hers_only_while_she_acts_for_it(world: World) -> None:
    """That she filed it stays in her copy; what colleagues wrote since is theirs."""
    consultation = world.opened()
    world.comment(consultation, reasons="Zgłoszone przez Annę.")
    draft = kept(world, consultation, reasons="Szkic fundacji.")
    before = words(own_data.archive(Actor.objects.get(pk=world.ngo.pk)))
    assert ("Zgłoszone przez Annę." in before, "Szkic fundacji." in before) == (True, True)
    Mandate.objects.update(until=now())
    CommentDraft.objects.filter(pk=draft.pk).update(reasons="Nowe słowa fundacji.")
    after = files(own_data.archive(Actor.objects.get(pk=world.ngo.pk)))
    held = json.dumps(after, ensure_ascii=False)
    assert ("Zgłoszone przez Annę." in held, "Nowe słowa fundacji." in held) == (False, False)
    assert len(after["comments.json"]["rows"]) == 1


def test_files_and_comments_sent_without_an_account_are_in_it(world: World) -> None:
    consultation = world.opened()
    draft = own(world, consultation)
    attachments.attach(draft, name="lista.txt", content=b"Lista.", by=world.outsider)
    sent(consultation, email=world.outsider.user.email, reasons="Bez konta.")
    held = words(own_data.archive(world.outsider))
    assert ("lista.txt" in held, "Bez konta." in held) == (True, True)
    other = words(own_data.archive(world.ngo))
    assert ("lista.txt" in other, "Bez konta." in other) == (False, False)

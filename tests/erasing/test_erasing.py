"""After an erasing no byte of the person is left, and the record is whole."""

import json
from threading import Thread
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from config import erasing as site
from consultations import calendar, erasers
from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import (
    Actor,
    Comment,
    CommentDraft,
    Consultation,
    DraftMark,
    Entry,
    Intake,
    LogHead,
    Mandate,
    Presence,
    RoleGrant,
    Run,
    SavedView,
    Sealed,
    UnsavedEdit,
    User,
    Viewed,
    Watch,
    Wording,
)
from consultations.models.clock import now
from consultations.models.people import clock, operator
from consultations.services import comments, requests
from consultations.services import erasing as erasing_service
from consultations.services.erasing import erase_person
from consultations.services.supporting import support_comment
from consultations.wording import ERASED, SENTENCES
from notifications.models import Letter, Notice
from notifications.outbox import dispatch
from tests.erasing.canaries import (
    FIELDS,
    PUBLIC,
    THEIRS,
    TOKENS,
    Person,
    found,
    shown,
    shown_inside,
    stored,
    words_in,
)
from tests.ground.attacks import REFUSED_BY_ITS_GUARD, Attack, each, forge, replace, sql, stands
from tests.ground.scene import Scene, scene
from tests.ground.test_trail import broken_commitments
from tests.notifications.conftest import no_hurry
from tests.notifications.post import delivered
from tests.world import World, signed_in

__all__ = ["no_hurry", "scene"]

GROUND = "Wniosek z 3 listopada 2026."
IN_FILES = pytest.mark.django_db(transaction=True)  # VACUUM runs outside transactions


def erase(person: Actor) -> dict[str, int]:
    counts = erase_person(person, by=operator(), because=GROUND)
    site.wipe()
    return counts


def settled() -> list[tuple[str, bytes]]:
    """All that is stored, with SQLite's log of writes brought into its file."""
    site.wipe()
    return stored()


@IN_FILES
def test_after_an_erasing_no_byte_of_the_person_is_left(world: World) -> None:
    """The positive control comes first: before it each word is found, wherever it should be."""
    person = Person(world)
    round_ = person.consultation
    before = words_in(settled()), words_in(shown(round_))
    inside = words_in(shown_inside(round_, world.officer))
    assert (before, inside > PUBLIC) == ((set(FIELDS), PUBLIC), True)
    erase(person.actor)
    places = [*stored(), *shown(round_), *shown_inside(round_, world.officer)]
    assert found(places, TOKENS.values()) == set()
    assert any(
        place == "consultations_comment" and THEIRS.encode() in held for place, held in places
    )


@IN_FILES
@pytest.mark.parametrize(
    ("forgotten", "left"), [("sessions", {"spoken"}), ("letters", set()), ("addresses", set())]
)
def test_a_layer_that_forgets_to_register_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch, forgotten: str, left: set[str]
) -> None:
    """The control: without its eraser the rows stay, and what they say of her is found.

    Addresses go with the login in any case; letters hold no word, only whose they are.
    """
    person = Person(world)
    monkeypatch.delitem(erasers._registered, forgotten)
    erase(person.actor)
    assert words_in(stored()) == left
    letters = Letter.objects.filter(recipient=person.actor).exists()
    assert letters == (forgotten == "letters")


@IN_FILES
def test_without_wiping_bytes_may_stay_and_are_found(world: World) -> None:
    """The control of the search in files: a word put back is seen in the file, too."""
    person = Person(world)
    erase(person.actor)
    User.objects.create_user("nowa@poczta.test", name=TOKENS["name"])
    assert words_in(settled()) == {"name"}


def test_what_is_left_is_a_nameless_actor_and_the_whole_record(world: World) -> None:
    person = Person(world)
    entries = list(Entry.objects.order_by("seq").values())
    erase_person(person.actor, by=world.approver, because=GROUND)
    after = list(Entry.objects.order_by("seq").values())
    assert after[:-1] == entries
    assert [one["seq"] for one in after] == list(range(1, LogHead.objects.get().size + 1))
    last = Entry.objects.latest("seq")
    assert (last.kind, last.role, last.case_id) == ("person.erase", "approver", None)
    assert json.loads(last.payload)["facts"]["person"] == person.actor.pk
    erased = {one.seq for one in Entry.objects.filter(comment__filed_by=person.actor)}
    assert set(broken_commitments()) <= erased  # words that are gone, none that are altered
    hers = Sealed.objects.filter(entry__comment__filed_by=person.actor)
    assert set(hers.values_list("entry__kind", flat=True)) == {"comment.answer"}
    assert not User.objects.filter(actor=person.actor).exists()
    assert Actor.objects.filter(pk=person.actor.pk).exists()


# Every column that says who, by whether its row outlives her: it then names a nameless actor.
STAYS = {
    *("Entry.actor", "Comment.filed_by", "Comment.recorded_by", "Answer.author"),
    *("Answer.approver", "Report.prepared_by", "Report.released_by", "RoleGrant.actor"),
    *("Mandate.actor", "Substitution.absent", "Substitution.substitute", "Cause.named_by"),
    *("ErasureRequest.decided_by", "Organisation.verified_by"),
    *("Advice.author", "CommentDraft.signed_off_by", "ReportCopy.asked_by"),
    *("CommentGroup.made_by", "Override.asked_by", "Override.decided_by"),
    *("ProcedureProposal.proposed_by", "ProcedureProposal.decided_by"),
    *("RollCall.entered_by", "RollCall.confirmed_by"),
    *("VoteSheet.entered_by", "VoteSheet.decided_by"),
}
GOES = {
    *("Presence.actor", "SavedView.owner"),
    *("User.actor", "Watch.actor", "Visit.actor", "Notice.recipient", "InboxHead.actor"),
    *("Letter.recipient", "Preference.actor", "EmailAddress.user", "Task.owner"),
    *("Viewed.actor", "UnsavedEdit.author", "Intake.uploaded_by", "Support.actor"),
    "Run.by",
    "DraftMark.actor",
    *("ErasureRequest.actor", "CommentDraft.author"),
}


def supports(world: World, person: Actor) -> None:
    """She supports a comment of another round, which still takes comments."""
    theirs = world.admitted(world.opened("popierany"))
    support_comment(theirs, organisation=None, by=person)


def reads_and_types(person: Actor) -> None:
    """She marked a provision, left words, a sheet and a comment unfinished, asked for erasure."""
    requests.ask_erasure(by=person)
    wording = Wording.objects.all()[0]
    Intake.objects.create(
        consultation=Consultation.objects.earliest("pk"), uploaded_by=person, uploaded_at=now()
    )
    Run.objects.create(
        consultation=Consultation.objects.earliest("pk"), act="answer", by=person, made_at=now()
    )
    Viewed.objects.create(actor=person, provision=wording.provision, wording=wording)
    UnsavedEdit.objects.create(
        author=person,
        text_version=wording.text_version,
        provision=wording.provision,
        text="Zaczęte.",
        revision=0,
        saved_at=now(),
    )
    Presence.objects.create(comment=Comment.objects.earliest("pk"), actor=person, seen_at=now())
    SavedView.objects.create(owner=person, name="Widok", query="?stan=mine")
    DraftMark.objects.create(actor=person, draft=wording.text_version.draft, note="Moja notatka.")
    CommentDraft.objects.create(
        consultation=Consultation.objects.all()[0], author=person, begun_at=now(), saved_at=now()
    )


def of_people() -> dict[str, Any]:
    """Every column of every table that points to an actor or a login."""
    return {
        f"{model.__name__}.{field.name}": field
        for model in apps.get_models()
        for field in model._meta.fields
        if field.related_model in (Actor, User)
    }


def test_every_row_that_names_a_person_goes_or_is_known_to_stay(world: World) -> None:
    """A new table with a person in it makes this red until somebody decides."""
    person = Person(world)
    columns = of_people()
    assert set(columns) == STAYS | GOES
    login = person.actor.user.pk
    reads_and_types(person.actor)
    supports(world, person.actor)

    def left() -> set[str]:
        keys = {Actor: person.actor.pk, User: login}
        return {
            name
            for name, field in columns.items()
            if field.model._default_manager.filter(
                **{field.name: keys[field.related_model]}
            ).exists()
        }

    before = left()
    erase_person(person.actor, by=operator(), because=GROUND)
    assert (GOES - before, left() & GOES) == ({"Visit.actor", "Task.owner"}, set())


def test_texts_become_one_mark_and_nothing_else_of_a_comment_changes(world: World) -> None:
    person = Person(world)
    texts = {
        *("proposed_wording", "reasons", "supplement", "returned_because", "hidden_because"),
        *("left_because", "appeal_reasons", "upheld_because"),
    }
    before = list(Comment.objects.order_by("pk").values())
    erase_person(person.actor, by=operator(), because=GROUND)
    for old, new in zip(before, Comment.objects.order_by("pk").values(), strict=True):
        before_it: dict[str, Any] = dict(old)
        private = old["filed_by_id"] == person.actor.pk
        emptied = {name: ERASED for name in texts if before_it[name]} if private else {}
        assert new == before_it | emptied


def test_what_an_organisation_said_stays_and_its_sender_goes(world: World) -> None:
    theirs = world.admitted(world.opened())
    erase_person(world.ngo, by=operator(), because=GROUND)
    theirs.refresh_from_db()
    kept = Sealed.objects.filter(entry__comment=theirs).values_list("field", flat=True)
    assert (theirs.reasons, set(kept)) == (
        *("Piszemy oferty po pracy.", {"reasons", "proposed_wording"}),
    )
    running = Mandate.objects.running().filter(actor=world.ngo)
    assert (running.count(), User.objects.filter(actor=world.ngo).count()) == (0, 0)


def test_nobody_is_told_and_she_is_told_no_more_by_what_she_followed(world: World) -> None:
    person = Person(world)
    delivered()
    before = Notice.objects.exclude(recipient=person.actor).count()
    erase_person(person.actor, by=operator(), because=GROUND)
    assert delivered() == []
    left = [model.objects.filter(**{who: person.actor}).count() for model, who in OF_HER]
    assert (Notice.objects.count(), left) == (before, [0] * len(OF_HER))


OF_HER: list[tuple[Any, str]] = [(Notice, "recipient"), (Letter, "recipient"), (Watch, "actor")]


def test_an_answer_after_the_erasing_finds_nobody_to_write_to(world: World) -> None:
    """Her comment is still answered; the notice goes to a nameless actor, a letter to nobody."""
    private = signed_in("ewa@poczta.test", "Ewa")
    comment = world.admitted(world.opened(), organisation=None, by=private)
    delivered()
    erase_person(private, by=operator(), because=GROUND)
    world.answered(comment)
    dispatch()
    assert [one.to for one in delivered() if "ewa" in str(one.to)] == []


def test_a_request_that_began_before_the_erasing_leaves_nothing_after_it(world: World) -> None:
    """Her page was open, her session read: the service looks again, under the lock."""
    consultation = world.opened()
    returned = world.comment(consultation, organisation=None, by=world.outsider)
    day = calendar.local_day(now())
    comments.return_comment(returned, because="Brak.", complete_by=day, by=world.officer)
    erase_person(world.outsider, by=operator(), because=GROUND)
    with pytest.raises(NotYours):
        world.comment(consultation, organisation=None, by=world.outsider)
    with pytest.raises(NotYours):
        comments.complete_comment(returned, supplement="Oto.", by=world.outsider)
    assert Comment.objects.count() == 1


@IN_FILES
@pytest.mark.postgres
def test_what_is_filed_while_she_is_erased_is_erased_or_makes_it_stop(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comment committed after hers were counted: nothing is half done."""
    consultation = world.opened()
    world.comment(consultation, organisation=None, by=world.outsider)
    find = erasing_service.find

    def filed_meanwhile(person: Actor) -> Any:
        found_now = find(person)
        thread = Thread(target=another)
        thread.start()
        thread.join()
        return found_now

    def another() -> None:
        world.comment(consultation, organisation=None, by=world.outsider)
        connection.close()

    monkeypatch.setattr(erasing_service, "find", filed_meanwhile)
    with pytest.raises(WrongState):
        erase_person(world.outsider, by=operator(), because=GROUND)
    monkeypatch.undo()
    assert erase_person(world.outsider, by=operator(), because=GROUND)["comments"] == 2


def test_roles_of_hers_end_and_the_policy_forgets_them(world: World) -> None:
    erase_person(world.second_officer, by=operator(), because=GROUND)
    held = RoleGrant.objects.filter(actor=world.second_officer)
    assert [one.until is not None for one in held] == [True]


@pytest.mark.parametrize(
    ("because", "code"),
    [(" – ", "because"), ("Anna prosi", "because"), ("anna@mosty.test", "because")],
)
def test_the_ground_is_said_and_does_not_say_who(world: World, because: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        erase_person(world.ngo, by=operator(), because=because)
    assert refusal.value.field == code
    assert User.objects.filter(actor=world.ngo).exists()


def test_only_persons_are_erased_once_and_only_by_head_or_operator(world: World) -> None:
    with pytest.raises(Invalid):
        erase_person(clock(), by=operator(), because=GROUND)
    for by in (world.officer, world.ngo, world.auditor, world.clock):
        with pytest.raises(NotYours):
            erase_person(world.outsider, by=by, because=GROUND)
    erase_person(world.outsider, by=world.approver, because=GROUND)
    with pytest.raises(Invalid):
        erase_person(world.outsider, by=world.approver, because=GROUND)


def test_the_command_shows_asks_and_erases(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    person = Person(world)
    address = person.actor.user.email
    call_command("erase_person", address, "--because", GROUND, "--dry-run")
    shown_first = capsys.readouterr().out
    monkeypatch.setattr("builtins.input", lambda _: "no")
    with pytest.raises(CommandError, match=r"Nothing was changed\."):
        call_command("erase_person", address, "--because", GROUND)
    assert User.objects.filter(email=address).exists()
    monkeypatch.setattr("builtins.input", lambda _: "ERASE")
    monkeypatch.setattr(site, "wipe", lambda: "wiped")
    capsys.readouterr()
    call_command("erase_person", str(person.actor.pk), "--because", GROUND)
    said = capsys.readouterr().out
    assert [
        line.split() for line in shown_first.splitlines() if line.split()[:1] == ["comments"]
    ] == [["comments", "5"]]
    assert TOKENS["name"] not in shown_first + said
    assert not User.objects.filter(email=address).exists()
    with pytest.raises(CommandError, match="There is no such person"):
        call_command("erase_person", address, "--because", GROUND, "--yes")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "at the person's request"), ("pl", "usunięto")]
)
def test_pages_say_that_the_text_was_erased(
    client: Any, world: World, language: str, words: str
) -> None:
    comment = world.answered(
        world.admitted(world.opened(), organisation=None, by=world.outsider, reasons="Powód.")
    )
    erase_person(world.outsider, by=operator(), because=GROUND)
    address = f"/k/{comment.consultation.slug}/uwagi/{comment.number}/"
    page = client.get(address, headers={"accept-language": language}).content.decode()
    assert (words in page.replace("&#x27;", "'"), ERASED in page) == (True, False)
    with translation.override(language):
        assert str(SENTENCES["person.erase"]) % {"comments": 1, "words": 2}


# What the database refuses when it is not asked for through the service.

LOSE = "reasons = '∅', proposed_wording = '∅'"


def private(scene: Scene) -> Comment:
    """A comment of a private person; made once."""
    own = Comment.objects.filter(organisation=None).first()
    return own or scene.world.comment(
        scene.consultation, organisation=None, by=scene.world.outsider
    )


def erasing(scene: Scene, person: Actor | None = None, kind: str = "person.erase") -> bool:
    """An entry as an erasing writes it, forged by SQL; true, to be joined with what follows."""
    comment = private(scene)
    who = comment.filed_by_id if person is None else person.pk
    facts = f'{{"facts":{{"comments":1,"person":{who},"words":2}}}}'
    forge(scene, kind=kind, payload=facts, case=None, case_seq=None, comment=None)
    return True


def emptied(scene: Scene, setting: str = LOSE, comment: Comment | None = None) -> int:
    row = comment or private(scene)
    return sql(f"UPDATE {{comment}} SET {setting} WHERE id = %s", row.pk)  # noqa: S608 - ours


def words_of(scene: Scene) -> Sealed:
    return Sealed.objects.get(entry__comment=private(scene), field="reasons")


GUARDS = ("comment_state", "comment_lasting")
ATTACKS = each(
    Attack("emptied without an entry", emptied, (*GUARDS, "comment_step")),
    Attack(
        "emptied beside another entry",
        lambda s: (erasing(s, kind="comment.hide"), emptied(s)),
        (*GUARDS, "comment_step"),
    ),
    Attack(
        "emptied beside the erasing of somebody else",
        lambda s: (erasing(s, s.world.ngo), emptied(s)),
        (*GUARDS, "comment_step"),
    ),
    Attack(
        "emptied a while after the erasing",
        lambda s: (
            erasing(s),
            erasing(s, kind="comment.hide"),
            emptied(s),
        ),
        (*GUARDS, "comment_step"),
    ),
    Attack(
        "rewritten beside the erasing",
        lambda s: (erasing(s), emptied(s, "reasons = 'Jestem za.', proposed_wording = '∅'")),
        (*GUARDS, "comment_step"),
    ),
    Attack(
        "half emptied, half rewritten",
        lambda s: (erasing(s), emptied(s, "reasons = '∅', supplement = 'x'")),
        (*GUARDS, "comment_step"),
    ),
    Attack(
        "given to somebody else beside the erasing",
        lambda s: (erasing(s), emptied(s, f"{LOSE}, filed_by_id = {s.world.ngo.pk}")),
        (*GUARDS, "comment_step"),
    ),
    Attack(
        "an organisation's comment emptied",
        lambda s: (erasing(s, s.world.ngo), emptied(s, comment=s.received)),
        (*GUARDS, "comment_step"),
    ),
    Attack(
        "replaced beside the erasing",
        lambda s: (erasing(s), replace("{comment}", private(s), reasons="'x'")),
        ("comment_begin",),
        needs="sqlite",
    ),
    Attack(
        "words replaced beside the erasing",
        lambda s: (erasing(s), replace("{sealed}", words_of(s), text="'x'")),
        ("sealed_replace",),
        needs="sqlite",
    ),
    Attack(
        "words of somebody else deleted beside the erasing",
        lambda s: (erasing(s), s.sealed.delete()),
        ("sealed_delete",),
    ),
    Attack(
        "words of an organisation deleted",
        lambda s: (erasing(s, s.world.ngo), s.sealed.delete()),
        ("sealed_delete",),
    ),
    Attack(
        "words of the office's answer deleted",
        lambda s: (
            erasing(s, s.world.ngo),
            Sealed.objects.filter(entry__kind="comment.answer").delete(),
        ),
        ("sealed_delete",),
    ),
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_words_go_only_beside_the_entry_that_names_their_author(
    scene: Scene, attack: Attack
) -> None:
    private(scene)
    assert stands(attack, scene) == REFUSED_BY_ITS_GUARD


def test_beside_that_entry_they_do_go(scene: Scene) -> None:
    """The control of the attacks above: nothing is refused that an erasing does."""
    comment = private(scene)
    erasing(scene)
    assert Sealed.objects.filter(entry__comment=comment).delete()[0] == 2
    assert emptied(scene) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        emptied(scene, "reasons = 'x'")
    assert Comment.objects.get(pk=comment.pk).reasons == ERASED

"""What the trail holds: order without gaps, commitments that verify, and no word of a person."""

import hashlib
import json
import unicodedata
import uuid
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import rfc8785

from consultations import trail, wording
from consultations.models import MACHINES, Actor, Entry, LogHead, Sealed, User
from consultations.models.clock import now
from consultations.models.machine import acts_of
from consultations.models.trail import SUBJECTS
from consultations.services import answers, comments, filing
from consultations.services.door import note
from tests.ground.attacks import lift
from tests.ground.scene import Scene
from tests.world import World

# Words of people that must stand nowhere in an entry; each in another place of the road.
CANARIES = (
    "kanarek-uzasadnienie-ŻÓŁĆ",
    "kanarek-brzmienie-ŻÓŁĆ",
    "kanarek-odpowiedź-ŻÓŁĆ",
    "kanarek-uwaga-kierownika-ŻÓŁĆ",
    "kanarek-ukryte-bo-ŻÓŁĆ",
    "kanarek-nadawca-ŻÓŁĆ",
)


def test_numbers_have_no_gap_and_time_only_grows(scene: Scene) -> None:
    scene.world.drafted("drugi-program")
    entries = list(Entry.objects.order_by("seq"))
    instants = [entry.t_us for entry in entries]
    head = LogHead.objects.get()
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert instants == sorted(set(instants))
    assert (head.size, head.last_t_us) == (len(entries), instants[-1])


def test_each_case_is_numbered_on_its_own_without_gaps(scene: Scene) -> None:
    other = scene.world.drafted("drugi-program")
    comments.admit_comment(scene.received, by=scene.world.officer)
    for draft in (scene.draft, other):
        numbers = list(draft.trail.order_by("seq").values_list("case_seq", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))


def test_the_instant_is_the_same_in_every_form(scene: Scene) -> None:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    for entry in Entry.objects.all():
        leaf = json.loads(entry.payload)
        assert (entry.at - epoch) // timedelta(microseconds=1) == entry.t_us == leaf["t_us"]


def test_two_acts_at_one_instant_still_follow_each_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    instant = now()
    monkeypatch.setattr(trail, "now", lambda: instant)
    world.drafted()
    instants = list(Entry.objects.order_by("seq").values_list("t_us", flat=True))
    assert {later - first for first, later in pairwise(instants)} == {1}


def test_the_payload_is_canonical_and_agrees_with_the_columns(scene: Scene) -> None:
    for entry in Entry.objects.all():
        leaf = json.loads(entry.payload)
        assert rfc8785.dumps(leaf).decode() == entry.payload
        assert {name: leaf[name] for name in ("seq", "kind", "role", "actor", "case_seq")} == {
            "seq": entry.seq,
            "kind": entry.kind,
            "role": entry.role,
            "actor": entry.actor_id,
            "case_seq": entry.case_seq,
        }
        assert (leaf["from"], leaf["to"], leaf["version"]) == (
            *(entry.from_state, entry.to_state, entry.object_version),
        )
        assert leaf["subject"] == {name: getattr(entry, f"{name}_id") for name in SUBJECTS}


def recomputed(sealed: Sealed) -> str:
    """The commitment by its definition, written a second time."""
    text = unicodedata.normalize("NFC", sealed.text).encode()
    parts = [b"uwaga/v1", sealed.field.encode(), bytes(sealed.salt), text]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def broken_commitments() -> list[int]:
    """Numbers of entries whose sealed words are not those they commit to."""
    return [
        entry.seq
        for entry in Entry.objects.order_by("seq")
        if json.loads(entry.payload)["words"]
        != {sealed.field: recomputed(sealed) for sealed in entry.words.all()}
    ]


def test_every_commitment_verifies(scene: Scene) -> None:
    assert (broken_commitments(), Sealed.objects.count() > 5) == ([], True)


def test_one_altered_letter_does_not_verify(scene: Scene) -> None:
    """The control: with the guard lifted the words change, and their entry is found."""
    lift("sealed_update")
    sealed = scene.sealed
    Sealed.objects.filter(pk=sealed.pk).update(text=sealed.text.replace("Powód", "Powod"))
    assert broken_commitments() == [sealed.entry.seq]


def test_salts_are_long_and_never_repeat(scene: Scene) -> None:
    salts = [bytes(salt) for salt in Sealed.objects.values_list("salt", flat=True)]
    assert ({len(salt) for salt in salts}, len(set(salts))) == ({32}, len(salts))


def test_equal_words_have_different_commitments(world: World) -> None:
    consultation = world.opened()
    first, second = (world.comment(consultation) for _ in range(2))
    leaves = [json.loads(one.entries.get().payload)["words"] for one in (first, second)]
    assert leaves[0]["reasons"] != leaves[1]["reasons"]


def speak(world: World) -> None:
    """A road on which every sealed word is said."""
    reasons, proposed, answer, remark, because, sender = CANARIES
    for user in User.objects.exclude(actor=world.ngo):
        User.objects.filter(pk=user.pk).update(name=f"Imię{user.pk} Żółciowa")
    consultation = world.opened()
    comment = world.admitted(consultation, reasons=reasons, proposed_wording=proposed)
    world.answered(world.admitted(consultation))
    comment = answers.answer_comment(comment, outcome="rejected", reasons=answer, by=world.officer)
    answers.send_back_answer(comment, remark=remark, by=world.approver)
    comments.hide_comment(world.comment(consultation), because=because, by=world.officer)
    said = filing.Said(None, None, "question", "", "Z listu.", "post")
    key = uuid.uuid4()
    filing.file_comment(consultation, said, key=key, by=world.officer, sender=sender)


def words_in_the_open() -> dict[str, list[int]]:
    """For each word of a person, the entries in which it stands, in any column."""
    names = [name for user in User.objects.all() for name in (user.name, user.email) if name]
    rows = [
        (entry["seq"], " ".join(str(value) for value in entry.values()))
        for entry in Entry.objects.values()
    ]
    rows = [(seq, text + json.dumps(text, ensure_ascii=True)) for seq, text in rows]
    found = {
        word: [seq for seq, text in rows if spoken(word, text)] for word in (*CANARIES, *names)
    }
    return {word: seqs for word, seqs in found.items() if seqs}


def spoken(word: str, text: str) -> bool:
    escaped = json.dumps(word)[1:-1]
    return any(form.casefold() in text.casefold() for form in (word, escaped))


def test_no_word_of_a_person_stands_in_an_entry(world: World) -> None:
    speak(world)
    assert words_in_the_open() == {}


def test_every_canary_is_sealed(world: World) -> None:
    """The positive control: each of them was really said."""
    speak(world)
    assert set(
        Sealed.objects.filter(text__startswith="kanarek").values_list("text", flat=True)
    ) == (set(CANARIES))


@pytest.mark.parametrize("leak", [CANARIES[0], "anna@mosty.test", "Anna Mostowa"])
def test_a_planted_leak_is_seen(world: World, leak: str) -> None:
    """The control: an act that puts a word among the facts would be found."""
    speak(world)
    comment = world.comment(world.opened("drugi"))
    entry = note(comment, "comment.file", by=world.ngo, facts={"leak": leak})
    assert words_in_the_open() == {leak: [entry.seq]}


def test_an_unregistered_kind_cannot_be_written(world: World) -> None:
    draft, before = world.drafted(), LogHead.objects.get().size
    event = trail.Event(kind="draft.burn", by=world.officer, subject=draft)
    with pytest.raises(ValueError, match="unregistered kind"):
        trail.write(event)
    assert LogHead.objects.get().size == before


def test_every_act_has_a_sentence_and_a_word_for_its_button() -> None:
    acts = {act.kind for model in MACHINES for act in acts_of(model)}
    votes = {f"council_file.{name}_vote" for name in ("confirm", "return", "correct", "repeat")}
    assert (acts - set(wording.SENTENCES), set(wording.ACTS)) == (set(), acts | votes)


def test_an_erased_person_leaves_the_record_whole(scene: Scene) -> None:
    """Login and name go; the nameless actor and every entry stay and verify."""
    before = list(Entry.objects.values_list("payload", flat=True))
    User.objects.filter(actor=scene.world.ngo).delete()
    assert list(Entry.objects.values_list("payload", flat=True)) == before
    assert (Actor.objects.filter(pk=scene.world.ngo.pk).exists(), broken_commitments()) == (
        True,
        [],
    )

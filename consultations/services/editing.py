"""Editing the working version, provision by provision; every edit is in the record.

The text as a tree (`text.keyed`) does the work and keeps the keys; here are the lock, the policy,
the version a person looked at, the rows and the entry.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, WrongState
from consultations.models import Actor, Draft, TextVersion, UnsavedEdit
from consultations.models.clock import now
from consultations.selectors.wordings import place_of, text_of
from consultations.services import causes
from consultations.services.causes import Because
from consultations.services.door import hold, note, one_action, require
from consultations.services.texts import working_version
from consultations.services.wordings import descend, save, sweep
from consultations.text.keyed import Impossible, Text
from consultations.text.keyed import Provision as Keyed
from consultations.text.said import says_something
from consultations.text.tree import Level


@dataclass(frozen=True)
class New:
    """A provision to be added."""

    level: Level
    number: str
    heading: str
    text: str


@dataclass(frozen=True)
class Done:
    """What an edit did: which provision it is about, and its words before and after."""

    key: uuid.UUID | None
    before: str = ""
    after: str = ""
    split: Sequence[tuple[uuid.UUID, uuid.UUID]] = ()  # (new, the one it was cut out of)
    joined: Sequence[tuple[uuid.UUID, uuid.UUID]] = ()  # (ended, the one with its words)
    changed: bool = True


def edit_provision(
    draft: Draft,
    key: uuid.UUID,
    *,
    heading: str,
    text: str,
    seen_revision: int,
    by: Actor,
    because: Iterable[Because] = (),
) -> TextVersion:
    """Give a provision new words. WrongState when somebody saved it after `seen_revision`.

    The same words again are no edit, but their causes are named. Raises NotYours, Invalid.
    """

    def edit(text_now: Text) -> Done:
        one = _found(text_now, key)
        if one.revision != seen_revision:
            raise WrongState(_("Somebody saved this provision while you were writing."))
        if not says_something(heading + text):
            raise Invalid(_("Write the wording; to take the provision out, delete it."), "text")
        before = one.words
        changed = (one.heading, one.text) != (heading.strip(), text.strip())
        one.heading, one.text = heading.strip(), text.strip()
        one.revision += changed
        return Done(key, before, one.words, changed=changed)

    return _edited(draft, "edit", edit, by=by, because=because)


def add_provision(
    draft: Draft,
    beside: uuid.UUID,
    new: New,
    *,
    into: bool,
    by: Actor,
    because: Iterable[Because] = (),
) -> uuid.UUID:
    """Put a new provision behind another one, or below it as the last; gives its key."""
    one = Keyed(uuid.uuid4(), new.level, new.number.strip(), new.heading.strip(), new.text.strip())

    def add(text_now: Text) -> Done:
        if not says_something(one.heading + one.text):
            raise Invalid(_("Write the wording of the new provision."), "text")
        place = _found(text_now, beside)
        if into:
            text_now.put_into(place, one)
        else:
            text_now.put_after(place, one)
        return Done(one.key, after=one.words)

    _edited(draft, "add", add, by=by, because=because)
    return one.key


def delete_provision(
    draft: Draft, key: uuid.UUID, *, by: Actor, because: Iterable[Because] = ()
) -> TextVersion:
    """Take a provision out with everything below it."""

    def delete(text_now: Text) -> Done:
        one = _found(text_now, key)
        text_now.remove(one)
        return Done(key, before="\n".join(each.words for each in one.within()))

    return _edited(draft, "delete", delete, by=by, because=because)


def move_provision(
    draft: Draft,
    key: uuid.UUID,
    *,
    beside: uuid.UUID,
    into: bool,
    by: Actor,
    because: Iterable[Because] = (),
) -> TextVersion:
    """Put a provision with everything below it behind another one, or into it as the first."""

    def move(text_now: Text) -> Done:
        text_now.move(_found(text_now, key), _found(text_now, beside), into=into)
        return Done(key)

    return _edited(draft, "move", move, by=by, because=because)


def split_provision(
    draft: Draft,
    key: uuid.UUID,
    pieces: Sequence[str],
    *,
    by: Actor,
    because: Iterable[Because] = (),
) -> TextVersion:
    """Cut a provision into pieces: the first keeps the key, each other gets its own."""

    def split(text_now: Text) -> Done:
        one = _found(text_now, key)
        before = one.words
        made = text_now.split(one, pieces)
        after = "\n".join(each.words for each in (one, *made))
        return Done(key, before, after, split=[(new.key, key) for new in made])

    return _edited(draft, "split", split, by=by, because=because)


def join_provision(
    draft: Draft, key: uuid.UUID, *, by: Actor, because: Iterable[Because] = ()
) -> TextVersion:
    """Make the next provision of the same kind part of this one."""

    def join(text_now: Text) -> Done:
        one = _found(text_now, key)
        before = one.words
        gone = text_now.join(one)
        return Done(key, f"{before}\n{gone.words}", one.words, joined=[(gone.key, key)])

    return _edited(draft, "join", join, by=by, because=because)


def renumber(draft: Draft, *, by: Actor) -> TextVersion:
    """Number all provisions anew in their order: no change of the text."""

    def number(text_now: Text) -> Done:
        return Done(None, changed=text_now.renumber() > 0)

    return _edited(draft, "renumber", number, by=by)


def _edited(
    draft: Draft,
    edit: str,
    change: Callable[[Text], Done],
    *,
    by: Actor,
    because: Iterable[Because] = (),
) -> TextVersion:
    with one_action():
        draft = hold(draft)
        require(by, "draft.edit_text", draft)
        version = working_version(draft, by=by)
        text_now = text_of(version)
        try:
            done = change(text_now)
        except Impossible as impossible:
            raise Invalid(impossible.sentence) from impossible
        place_before = _spot(version, draft, done)
        if done.changed:
            save(version, text_now)
            descend(version, split=done.split, joined=done.joined)
            _record(draft, version, edit, done, place_before, by=by)
        _name_causes(version, draft, done, because, by=by)
        if done.key:
            UnsavedEdit.objects.filter(
                author=by, text_version=version, provision__key=done.key
            ).delete()
        sweep(draft)
    return version


def _found(text: Text, key: uuid.UUID) -> Keyed:
    try:
        return text.find(key)
    except KeyError as gone:
        raise WrongState(_("This provision is no longer in the working version.")) from gone


def _spot(version: TextVersion, draft: Draft, done: Done) -> str:
    one = draft.provisions.filter(key=done.key).first() if done.key else None
    return place_of(version, one) if one else ""


def _record(
    draft: Draft, version: TextVersion, edit: str, done: Done, place_before: str, *, by: Actor
) -> None:
    facts = {
        "version": version.number,
        "edit": edit,
        "provision": str(done.key) if done.key else None,
        "spot": _spot(version, draft, done) or place_before or str(_("the whole text")),
    }
    words = {"text_before": done.before, "text": done.after}
    note(draft, "draft.edit_text", by=by, facts=facts, words=words)


def _name_causes(
    version: TextVersion, draft: Draft, done: Done, because: Iterable[Because], *, by: Actor
) -> None:
    reasons = list(because)
    if not reasons or done.key is None or version.number == 1:
        return
    causes.name_causes(version, draft.provisions.get(key=done.key), reasons, by=by)


def keep_unsaved(
    draft: Draft, key: uuid.UUID, *, heading: str, text: str, revision: int, by: Actor
) -> None:
    """What is being typed, kept for its author until she saves: no edit yet, and not recorded."""
    require(by, "draft.edit_text", draft)
    version = draft.versions.filter(published_at=None).first()
    provision = draft.provisions.filter(key=key, wordings__text_version=version).first()
    if version is None or provision is None:
        raise WrongState(_("This provision is no longer in the working version."))
    UnsavedEdit.objects.update_or_create(
        author=by,
        text_version=version,
        provision=provision,
        defaults={
            "heading": heading,
            "text": text,
            "revision": revision,
            "saved_at": now(),
        },
    )

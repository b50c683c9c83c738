"""The text of a draft: importing it, beginning, discarding and publishing a version."""

import uuid
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, WrongState
from consultations.models import Actor, Draft, TextVersion
from consultations.models.clock import now
from consultations.models.drafts import EDITABLE
from consultations.selectors import notices
from consultations.selectors.wordings import text_of
from consultations.services.door import hold, note, one_action, require
from consultations.services.wordings import begin_from, descend, save, sweep
from consultations.text.inheriting import Heirs, inherit
from consultations.text.tree import Node

RUNNING = ("announced", "open")


def import_text(
    draft: Draft,
    nodes: Sequence[Node],
    *,
    by: Actor,
    corrected: Mapping[int, uuid.UUID | None] | None = None,
) -> TextVersion:
    """Put the tree in place of the working version; what stood before hands on its keys.

    `corrected`: for places of the tree (from 1) what the officer decided: whose key they inherit,
    or None for a new provision. Raises NotYours, Invalid on an empty tree, WrongState.
    """
    with one_action():
        draft = hold(draft)
        require(by, "draft.import_text", draft)
        if not nodes:
            raise Invalid(_("No provision was found in this text."), "text")
        _refuse_twice(corrected or {})
        version = working_version(draft, by=by)
        stood = text_of(_compared(draft, version))
        heirs = inherit(stood, nodes, corrected or {})
        save(version, heirs.text)
        descend(version, split=heirs.split, joined=heirs.joined)
        sweep(draft)
        note(draft, "draft.import_text", by=by, facts=_counts(version, heirs))
    return version


def _refuse_twice(corrected: Mapping[int, uuid.UUID | None]) -> None:
    """One key, one provision: a text in which two inherit the same one is not saved."""
    said = [key for key in corrected.values() if key is not None]
    if len(said) != len(set(said)):
        raise Invalid(
            _("Two places of the new text are said to be the same provision: correct one of them.")
        )


def _compared(draft: Draft, version: TextVersion) -> TextVersion:
    """The working version when it holds a text, else the one before it."""
    if version.wordings.exists():
        return version
    return draft.versions.exclude(pk=version.pk).last() or version


def _counts(version: TextVersion, heirs: Heirs) -> dict[str, int]:
    every = list(heirs.text.every())
    return {
        "version": version.number,
        "provisions": len(every),
        "kept": len(every) - len(heirs.added),
        "added": len(heirs.added),
        "corrected": heirs.corrected,
    }


def working_version(draft: Draft, *, by: Actor) -> TextVersion:
    """The version being worked on; begun from the last published one when there is none.

    The caller holds the draft. Raises NotYours, WrongState.
    """
    if draft.state not in EDITABLE:
        raise WrongState(_("The draft is closed: its text can no longer be changed."))
    version = draft.versions.filter(published_at=None).first()
    if version is not None:
        return version
    last = draft.versions.last()
    if last is None:
        return TextVersion.objects.create(draft=draft, number=1, imported_at=now())
    version = begin_from(last)
    note(draft, "draft.begin_version", by=by, facts={"version": version.number})
    return version


def begin_version(draft: Draft, *, by: Actor) -> TextVersion:
    """Begin work on the next version, as a copy of the last. Raises NotYours, WrongState."""
    with one_action():
        draft = hold(draft)
        require(by, "draft.begin_version", draft)
        return working_version(draft, by=by)


def discard_version(draft: Draft, *, by: Actor) -> None:
    """Give up the working version; the first one cannot be given up, only replaced.

    Refused while an accepted comment names a change in it. Raises NotYours, WrongState, Invalid.
    """
    with one_action():
        draft = hold(draft)
        require(by, "draft.discard_version", draft)
        version = draft.versions.filter(published_at=None).first()
        if version is None or version.number == 1:
            raise WrongState(_("There is no working version to discard."))
        if version.causes.exclude(comment=None).exists():
            raise Invalid(
                _("Comments were accepted with a change in this version: name another one first.")
            )
        version.delete()
        sweep(draft)
        note(draft, "draft.discard_version", by=by, facts={"version": version.number})


def publish_version(draft: Draft, *, by: Actor) -> TextVersion:
    """Publish the working version; from now on it cannot be edited. Raises NotYours, WrongState.

    The text under consultation stays as it is: a later version waits until the round is closed.
    """
    with one_action():
        draft = hold(draft)
        require(by, "draft.publish_version", draft)
        version = draft.versions.filter(published_at=None).first()
        if version is None:
            raise WrongState(_("There is no working version to publish."))
        if draft.rounds.filter(state__in=RUNNING).exists():
            raise WrongState(
                _("A consultation is announced or open: its text stays until it is closed.")
            )
        version.published_at = now()
        version.save(update_fields=["published_at"])
        version.unsaved.all().delete()
        sha256 = notices.sha256_of(notices.plain_text(version))
        facts = {"version": version.number, "sha256": sha256}
        note(draft, "draft.publish_version", by=by, facts=facts)
    return version

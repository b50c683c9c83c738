"""Goals and tasks of documents: marking them in a text, entering them, saying what they serve."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, WrongState
from consultations.models import Actor, Document, Draft, Goal, GoalKind, GoalLink, Provision
from consultations.selectors.goals import has_text, marks, state_of_marks
from consultations.selectors.higher import above
from consultations.services.door import hold, note, one_action, require
from consultations.text.said import says_something

LONGEST_LABEL, LONGEST_TITLE = 40, 500


@dataclass(frozen=True)
class Mark:
    """What a provision is: a goal or a task, with its number if it has one."""

    kind: str
    label: str = ""


def mark_goal(draft: Draft, key: uuid.UUID, *, kind: str, label: str = "", by: Actor) -> Goal:
    """A provision of the draft's latest text is a goal or task; marked again, it is another one.

    Raises NotYours, Invalid for a provision that is not there, a kind that is none, a long label.
    """
    mark_goals(draft, {key: Mark(kind, label)}, by=by)
    return Goal.objects.get(provision__key=key)


def unmark_goal(draft: Draft, key: uuid.UUID, *, by: Actor) -> None:
    """The provision is no goal any more; what it served and what served it is forgotten."""
    mark_goals(draft, {key: None}, by=by)


def mark_goals(
    draft: Draft,
    wanted: Mapping[uuid.UUID, Mark | None],
    *,
    by: Actor,
    seen: str | None = None,
) -> int:
    """Mark many provisions at once, None takes a mark off; gives how many were changed.

    `seen`: `state_of_marks` as the person saw it; WrongState when it is another one now.
    Recorded as one `draft.mark_goals`, or not at all when nothing changes.
    """
    with one_action():
        draft = hold(draft)
        require(by, "draft.mark_goals", draft)
        if seen is not None and seen != state_of_marks(draft):
            raise WrongState(
                _(
                    "Somebody else marked goals here in the meantime."
                    " Saving again replaces what they said."
                )
            )
        tidy = {key: _tidy(mark) for key, mark in wanted.items()}
        provisions = _standing(draft, tidy.keys())
        before = {one.provision_id: one for one in marks(draft)}
        changed = {
            key: mark
            for key, mark in tidy.items()
            if mark != _mark_of(before.get(provisions[key].pk))
        }
        for key, mark in changed.items():
            _mark(draft, provisions[key], mark)
        if changed:
            note(draft, "draft.mark_goals", by=by, facts=_marked(draft, changed))
    return len(changed)


def _tidy(mark: Mark | None) -> Mark | None:
    return mark and Mark(_known(mark.kind), _short(mark.label))


def _known(kind: str) -> str:
    if kind not in GoalKind.values:
        raise Invalid(_("Choose whether it is a goal or a task."), "kind")
    return str(kind)


def _short(label: str) -> str:
    if len(label.strip()) > LONGEST_LABEL:
        raise Invalid(_("The number of a goal has room for 40 characters."), "label")
    return label.strip()


def _standing(draft: Draft, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, Provision]:
    latest = draft.versions.last()
    rows = Provision.objects.filter(wordings__text_version=latest, key__in=keys)
    found = {one.key: one for one in rows} if latest else {}
    if len(found) != len(keys):
        raise Invalid(_("Choose a provision of the latest text of this draft."))
    return found


def _mark_of(goal: Goal | None) -> Mark | None:
    return Mark(goal.kind, goal.label) if goal else None


def _mark(draft: Draft, provision: Provision, mark: Mark | None) -> None:
    if mark is None:
        Goal.objects.filter(provision=provision).delete()
        return
    said = {"document": draft.document, "kind": mark.kind, "label": mark.label}
    Goal.objects.update_or_create(provision=provision, defaults=said)


def _marked(draft: Draft, changed: Mapping[uuid.UUID, Mark | None]) -> dict[str, Any]:
    kinds = list(marks(draft).values_list("kind", flat=True))
    return {
        "goals": kinds.count(GoalKind.GOAL),
        "tasks": kinds.count(GoalKind.TASK),
        "marks": {str(key): mark and asdict(mark) for key, mark in changed.items()},
    }


def add_goal(document: Document, *, kind: str, label: str = "", title: str, by: Actor) -> Goal:
    """Enter a goal or task of a document whose text is not here; recorded as `document.set_goals`.

    Raises NotYours, Invalid without words or where the text is here.
    """
    with one_action():
        require(by, "document.set_goals", document)
        words = " ".join(title.split())
        if not says_something(words):
            raise Invalid(_("Write the words of the goal or task."), "title")
        if len(words) > LONGEST_TITLE:
            raise Invalid(_("The words have room for 500 characters."), "title")
        if has_text(document):
            raise Invalid(_("The text of this document is here: mark its goals and tasks in it."))
        goal = Goal.objects.create(
            document=document, kind=_known(kind), label=_short(label), title=words
        )
        note(document, "document.set_goals", by=by, facts=_entered(document, goal, "added"))
    return goal


def remove_goal(goal: Goal, *, by: Actor) -> None:
    """Take out a goal entered by hand, with its links; recorded as `document.set_goals`.

    Raises NotYours, Invalid for one marked in a text, WrongState when it is gone already.
    """
    with one_action():
        require(by, "document.set_goals", goal.document)
        held = _held([goal.pk]).get(goal.pk)
        if held is None:
            raise WrongState
        if held.provision_id is not None:
            raise Invalid(_("It is marked in the text: take its mark off there."))
        Goal.objects.filter(pk=held.pk).delete()
        facts = _entered(held.document, held, "removed")
        note(held.document, "document.set_goals", by=by, facts=facts)


def _entered(document: Document, goal: Goal, done: str) -> dict[str, Any]:
    return {
        "id": goal.pk,
        "done": done,
        "kind": str(goal.kind),
        "label": goal.label,
        "title": goal.title,
        "entered": document.goals.filter(provision=None).count(),
    }


def link_goals(goal: Goal, uppers: Iterable[Goal], *, by: Actor) -> Goal:
    """Say which goals of higher documents it serves; replaces what was said before.

    Raises NotYours, Invalid for a goal of a document that is not above, WrongState for one that
    is gone. Recorded as `document.link_goals`, or not at all when nothing changes.
    """
    with one_action():
        require(by, "document.link_goals", goal.document)
        wanted = {one.pk for one in uppers}
        held = _held([goal.pk, *wanted])
        if {goal.pk, *wanted} - held.keys():
            raise WrongState
        _refuse_what_is_not_above(goal.document, [held[pk] for pk in wanted])
        before = set(goal.upwards.values_list("upper", flat=True))
        if wanted != before:
            goal.upwards.exclude(upper__in=wanted).delete()
            new = sorted(wanted - before)
            GoalLink.objects.bulk_create(
                GoalLink(lower=held[goal.pk], upper=held[pk]) for pk in new
            )
            facts = {"id": goal.pk, "serves": sorted(wanted), "links": len(wanted)}
            note(goal.document, "document.link_goals", by=by, facts=facts)
    return held[goal.pk]


def _refuse_what_is_not_above(document: Document, uppers: Iterable[Goal]) -> None:
    higher = {one.pk for one in above(document)}
    if any(one.document_id not in higher for one in uppers):
        raise Invalid(_("Choose goals of documents that stand above this one."))


def _held(keys: Iterable[int]) -> dict[int, Goal]:
    """Lock the goals, after the drafts in whose texts they stand; always in the same order."""
    wanted = list(keys)
    drafts = Draft.objects.filter(provisions__goal__in=wanted).values("pk")
    list(Draft.objects.select_for_update(no_key=True).filter(pk__in=drafts).order_by("pk"))
    rows = Goal.objects.select_for_update(no_key=True, of=("self",)).select_related("document")
    return {one.pk: one for one in rows.filter(pk__in=wanted).order_by("pk")}

"""Changes of a draft's text, and what stands loose: a change without a cause, and the reverse.

Reads through relations of the draft it is given, so that guards can ask it; imports no model.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from consultations.text.changed import How, Standing, changed


@dataclass(frozen=True)
class Change:
    """What became of a provision in a version: its wording before (None: new) and after."""

    version: Any
    provision: int
    kinds: frozenset[How]
    before: Any
    after: Any
    parent: int | None = None  # the provision it hangs under, or hung

    @property
    def wording(self) -> Any:
        """Where it stands, or stood when it is gone."""
        return self.after or self.before


def standing_of(wordings: Iterable[Any]) -> list[Standing]:
    """Wordings as they are compared; rows of one version, in their order."""
    rows = list(wordings)
    provisions = {one.pk: one.provision_id for one in rows}
    return [
        Standing(one.provision_id, provisions.get(one.parent_id), (one.heading, one.text))
        for one in rows
    ]


def changes_between(old: Iterable[Any], version: Any, new: Iterable[Any]) -> list[Change]:
    """Every change, in reading order of the new version, what is gone at the end."""
    before = {one.provision_id: one for one in old}
    after = {one.provision_id: one for one in new}
    stood, stands = standing_of(before.values()), standing_of(after.values())
    parents = {one.key: one.parent for one in (*stood, *stands)}
    return [
        Change(version, key, kinds, before.get(key), after.get(key), parents[key])
        for key, kinds in changed(stood, stands).items()
    ]


def _versions(draft: Any, *more: str) -> list[Any]:
    """The versions with all that is asked of them: four queries."""
    return list(draft.versions.prefetch_related("wordings", "causes", "descents", *more))


def changes_of(draft: Any) -> list[Change]:
    """All changes since the first version, the working one's among them: four queries."""
    return _changes(_versions(draft))


def _changes(versions: list[Any]) -> list[Change]:
    return [
        change
        for old, new in pairwise(versions)
        for change in changes_between(old.wordings.all(), new, new.wordings.all())
    ]


def without_cause(draft: Any) -> list[Change]:
    """Changes nobody gave a cause for: four queries.

    What came or went with the provision it hangs under shares its cause, and so do the two parts
    of one that was split, or joined.
    """
    versions = _versions(draft)
    named = {(one.pk, cause.provision_id) for one in versions for cause in one.causes.all()}
    return _loose(_changes(versions), named, _kin(versions))


def beyond_comments(draft: Any, consulted: int) -> list[Change]:
    """Changes after version `consulted` that no accepted comment led to: seven queries.

    A mere correction (przyczyna redakcyjna) is none of them. A change without a cause is one.
    """
    versions = _versions(draft, "causes__comment__given_answer")
    leading = set(
        draft.procedure.outcomes.filter(leads_to_change=True).values_list("code", flat=True)
    )
    asked = {
        (cause.text_version_id, cause.provision_id)
        for one in versions
        for cause in one.causes.all()
        if cause.kind == "editorial" or _outcome_of(cause.comment) in leading
    }
    loose = _loose(_changes(versions), asked, _kin(versions))
    return [one for one in loose if one.version.number > consulted]


def beyond_amendments(draft: Any, voted_at: Any) -> list[Change]:
    """Changes not public when the council voted that no amendment of its led to: four queries.

    A mere correction (przyczyna redakcyjna) is none of them. A change without a cause is one.
    """
    versions = _versions(draft)
    led = {
        (cause.text_version_id, cause.provision_id)
        for one in versions
        for cause in one.causes.all()
        if cause.kind == "editorial" or cause.amended_id is not None
    }
    loose = _loose(_changes(versions), led, _kin(versions))
    return [one for one in loose if _later(one.version, voted_at)]


def _later(version: Any, instant: Any) -> bool:
    return version.published_at is None or version.published_at > instant


def _outcome_of(comment: Any) -> str:
    answer = getattr(comment, "given_answer", None)
    return "" if answer is None else str(answer.outcome)


def _kin(versions: list[Any]) -> dict[tuple[int, int], set[int]]:
    """For a provision of a version: those it was split from or joined with there."""
    kin: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for version in versions:
        for one in version.descents.all():
            kin[version.pk, one.provision_id].add(one.other_id)
            kin[version.pk, one.other_id].add(one.provision_id)
    return kin


def _loose(
    changes: list[Change], named: set[tuple[int, int]], kin: dict[tuple[int, int], set[int]]
) -> list[Change]:
    whole = {(one.version.pk, one.provision): one for one in changes}
    return [one for one in changes if not _has_cause(one, whole, named, kin)]


def _has_cause(
    one: Change,
    whole: dict[tuple[int, int], Change],
    named: set[tuple[int, int]],
    kin: dict[tuple[int, int], set[int]],
) -> bool:
    version = one.version.pk
    if (version, one.provision) in named:
        return True
    if any((version, other) in named for other in kin.get((version, one.provision), ())):
        return True
    above = _came_with(one, whole)
    return above is not None and _has_cause(above, whole, named, kin)


def _came_with(one: Change, whole: dict[tuple[int, int], Change]) -> Change | None:
    """The change of the provision it hangs under, when both came or both went."""
    above = None if one.parent is None else whole.get((one.version.pk, one.parent))
    both = {How.NEW, How.DELETED} & one.kinds
    return above if above is not None and both and above.kinds == one.kinds else None


def without_change(draft: Any) -> list[Any]:
    """Answers that promise a change of the text which no version holds."""
    real = {(one.version.pk, one.provision) for one in changes_of(draft)}
    leading = set(
        draft.procedure.outcomes.filter(leads_to_change=True).values_list("code", flat=True)
    )
    loose = []
    for consultation in draft.rounds.all():
        kept = consultation.comments.exclude(state__in=("withdrawn", "hidden"))
        accepted = kept.filter(given_answer__outcome__in=leading).order_by("number")
        for comment in accepted.prefetch_related("changes"):
            pairs = {(one.text_version_id, one.provision_id) for one in comment.changes.all()}
            if not pairs & real:
                loose.append(comment)
    return loose

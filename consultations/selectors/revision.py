"""Changes of the text for reading: what changed between two versions, and because of what."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations import policy, wording
from consultations.models import (
    Actor,
    Cause,
    CauseKind,
    CommentState,
    Consultation,
    Descent,
    Draft,
    OpinionBody,
    TextVersion,
    Wording,
)
from consultations.models.orphans import Change, changes_between
from consultations.selectors import people
from consultations.text.changed import How
from consultations.text.redline import Piece, redline
from consultations.text.tree import Level
from consultations.text.typography import typo

LONGEST_COMPARED = 20_000  # characters of both wordings together
LONGEST_CHOICE = 70  # characters of the words beside a place


@dataclass(frozen=True)
class CauseShown:
    """Why a provision changed, in words; `address` leads to the comment."""

    cause: Cause
    words: str
    address: str
    outcome: str = ""
    reasons: str = ""


@dataclass(frozen=True)
class ChangeShown:
    """One change: where, in which ways, the words before and after, and its causes."""

    change: Change
    kinds: tuple[str, ...]
    relations: tuple[str, ...]
    causes: tuple[CauseShown, ...]

    @property
    def wording(self) -> Wording:
        found: Wording = self.change.wording
        return found

    @property
    def key(self) -> uuid.UUID:
        return self.wording.provision.key

    @property
    def anchor(self) -> str:
        return f"z-{self.key}"

    @property
    def before(self) -> str:
        return said(self.change.before)

    @property
    def after(self) -> str:
        return said(self.change.after)

    @property
    def is_gone(self) -> bool:
        return self.change.after is None

    @property
    def words_changed(self) -> bool:
        return self.before != self.after

    @property
    def is_compared(self) -> bool:
        return len(self.before) + len(self.after) <= LONGEST_COMPARED


class Worded(Protocol):
    """A wording, or a provision of a text that is not saved yet."""

    @property
    def heading(self) -> Any: ...
    @property
    def text(self) -> Any: ...


def said(one: Worded | None) -> str:
    """Heading and text, as they are compared."""
    return "" if one is None else "\n".join(filter(None, (one.heading, one.text)))


def in_a_list(citation: str, one: Worded) -> str:
    """A provision as it is chosen from a list: «§ 2 ust. 1 – Termin składania ofert …»."""
    words = (one.heading or one.text)[:LONGEST_CHOICE]
    return typo(f"{citation} – {words}" if words else citation)


def published(draft: Draft) -> QuerySet[TextVersion]:
    """The versions everybody may read, in their order."""
    found: QuerySet[TextVersion] = draft.versions.filter(published_at__isnull=False)
    return found


def between(old: TextVersion, new: TextVersion, viewer: Actor | None) -> list[ChangeShown]:
    """What changed from one version to another of the same draft, in reading order.

    A constant number of queries. Causes are those of every version after `old`, up to `new`.
    """
    stood, stands = _wordings(old), _wordings(new)
    changes = changes_between(stood, new, stands)
    versions = range(old.number + 1, new.number + 1)
    causes = _causes(new.draft_id, versions, viewer)
    relations = _relations(new.draft_id, versions)
    shown = [
        ChangeShown(
            one,
            kinds_in_words(one),
            tuple(relations[one.provision]),
            tuple(causes[one.provision]),
        )
        for one in changes
    ]
    return in_reading_order(shown, stood, stands)


def since_consulted(
    consultation: Consultation, viewer: Actor | None, *, until: datetime | None = None
) -> list[ChangeShown]:
    """What changed from the text under consultation to the latest one published `until` then."""
    versions = published(consultation.draft)
    if until is not None:
        versions = versions.filter(published_at__lte=until)
    consulted, latest = consultation.text_version, versions.last()
    if consulted is None or latest is None or latest.number <= consulted.number:
        return []
    return between(consulted, latest, viewer)


def in_words(change: ChangeShown) -> str:
    """The change as plain text: «[removed: 21] [added: 30]» where the words differ."""
    if not change.words_changed:
        return change.after
    return pieces_in_words(redline(change.before, change.after))


def pieces_in_words(pieces: Iterable[Piece]) -> str:
    """A comparison as plain text."""
    said_so = {"added": _("[added: %(words)s]"), "removed": _("[removed: %(words)s]")}
    return "".join(
        piece.text if piece.op == "same" else said_so[piece.op] % {"words": piece.text}
        for piece in pieces
    )


def _wordings(version: TextVersion) -> list[Wording]:
    return list(version.wordings.select_related("provision").order_by("position"))


def kinds_in_words(change: Change) -> tuple[str, ...]:
    return tuple(str(wording.CHANGES[how]) for how in How if how in change.kinds)


def in_reading_order(
    shown: Sequence[ChangeShown], stood: Sequence[Wording], stands: Sequence[Wording]
) -> list[ChangeShown]:
    """What is gone stands behind what it stood behind."""
    places = {one.provision_id: one.position for one in stands}
    behind, last = {}, 0
    for one in stood:
        last = places.get(one.provision_id, last)
        behind[one.provision_id] = (last, one.position)
    return sorted(
        shown,
        key=lambda one: (
            (places[one.change.provision], 0)
            if one.change.provision in places
            else behind[one.change.provision]
        ),
    )


def causes_of(draft: int, versions: Collection[int]) -> QuerySet[Cause]:
    """The causes named for these versions of a draft, with all that is said of them."""
    return Cause.objects.filter(
        text_version__draft=draft, text_version__number__in=versions
    ).select_related(
        "text_version",
        "comment__consultation",
        "comment__organisation",
        "comment__given_answer",
        "opinion",
        "provision",
        "amended__amendment",
    )


def _causes(
    draft: int, versions: Collection[int], viewer: Actor | None
) -> defaultdict[int, list[CauseShown]]:
    rows = [one for one in causes_of(draft, versions) if may_read_cause(one, viewer)]
    found: defaultdict[int, list[CauseShown]] = defaultdict(list)
    for one in causes_shown(rows, viewer):
        found[one.cause.provision_id].append(one)
    return found


def may_read_cause(cause: Cause, viewer: Actor | None) -> bool:
    """Until its answer is published, only the office knows what a comment led to."""
    if cause.comment is None or policy.is_staff(viewer):
        return True
    return bool(cause.comment.state == CommentState.PUBLISHED)


def causes_shown(causes: Iterable[Cause], viewer: Actor | None) -> list[CauseShown]:
    """The causes in words; names of authors in one query at most."""
    rows = list(causes)
    comments = {one.comment_id: one.comment for one in rows if one.comment}
    names = people.filer_names(list(comments.values()), viewer)
    slugs = _slugs(rows)
    return [_cause_shown(one, names, slugs) for one in rows]


def _slugs(causes: Iterable[Cause]) -> dict[int, str]:
    """Under which address the amendments of a draft stand: a query only where there is one."""
    drafts = {one.text_version.draft_id for one in causes if one.amended_id}
    if not drafts:
        return {}
    rounds = Consultation.objects.filter(draft__in=drafts).order_by("number")
    return dict(rounds.values_list("draft", "slug"))


def _cause_shown(cause: Cause, names: dict[int, str], slugs: dict[int, str]) -> CauseShown:
    comment = cause.comment
    if comment is None:
        return CauseShown(cause, _cause_words(cause), _amendment_address(cause, slugs))
    words = _("comment %(number)d – %(who)s") % {
        "number": comment.number,
        "who": names[comment.pk],
    }
    address = reverse("comment", args=[comment.consultation.slug, comment.number])
    answer = getattr(comment, "given_answer", None)
    out = answer is not None and comment.state == CommentState.PUBLISHED
    return CauseShown(
        cause,
        words,
        address,
        outcome=answer.outcome if out and answer else "",
        reasons=answer.reasons if out and answer else "",
    )


def _amendment_address(cause: Cause, slugs: dict[int, str]) -> str:
    """Of an amendment that is in the system; a number entered by hand may be of none."""
    if cause.amended is None:
        return ""
    slug = slugs[cause.text_version.draft_id]
    return reverse("amendment", args=[slug, cause.amended.amendment.number])


def _cause_words(cause: Cause) -> str:
    kind = str(CauseKind(cause.kind).label)
    if cause.kind == CauseKind.OPINION and cause.opinion:
        kind = f"{kind}: {OpinionBody(cause.opinion.body).label}"
    if cause.kind == CauseKind.AMENDMENT:
        kind = _("council amendment no. %(number)s") % {"number": cause.amendment}
    return f"{kind} – {cause.note}" if cause.note else kind


def _relations(draft: int, versions: Collection[int]) -> defaultdict[int, list[str]]:
    """What was cut out of what, and joined with what, in words."""
    rows = Descent.objects.filter(
        text_version__draft=draft, text_version__number__in=versions
    ).select_related("text_version")
    listed = list(rows)
    wanted = {pk for one in listed for pk in (one.provision_id, one.other_id)}
    places = _places(wanted)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for one in listed:
        own, other = places.get(one.provision_id, ""), places.get(one.other_id, "")
        if one.kind == Descent.Kind.SPLIT:
            found[one.provision_id].append(_("cut out of: %(place)s") % {"place": other})
            found[one.other_id].append(_("a part became: %(place)s") % {"place": own})
        else:
            found[one.provision_id].append(_("its words went into: %(place)s") % {"place": other})
            found[one.other_id].append(_("took in the words of: %(place)s") % {"place": own})
    return found


def _places(provisions: Collection[int]) -> dict[int, str]:
    """Where each of them stands in the latest version it stands in."""
    rows = Wording.objects.filter(provision__in=provisions).order_by("text_version__number")
    return dict(rows.values_list("provision", "citation"))


def unit_words(level: str) -> Any:
    """The level of a provision in words, for a form."""
    return {
        Level.CHAPTER: _("chapter"),
        Level.PARAGRAPH: "§",
        Level.SECTION: _("section (ust.)"),
        Level.POINT: _("point (pkt)"),
        Level.LETTER: _("letter (lit.)"),
        Level.INDENT: _("indent (tiret)"),
        Level.INTRO: _("text without a number"),
    }[Level(level)]

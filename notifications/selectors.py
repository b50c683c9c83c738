"""What a person has been told, as pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations import policy
from consultations.models import Actor, Comment, Consultation, Draft, Entry
from consultations.selectors import journal
from notifications.models import InboxHead, LetterTemplate, Notice, Preference
from notifications.rules import RULES

JOINED = ("entry", *(f"entry__{name}" for name in journal.JOINED))


@dataclass(frozen=True)
class Bell:
    """The bell of the header: the topic of the inbox, its latest number, how many are unread."""

    topic: str
    latest: int
    unread: int


def bell(actor: Actor) -> Bell:
    """One query on every page; kept on the actor, so that a page never shows two answers."""
    kept: Bell | None = getattr(actor, "_bell", None)
    if kept is None:
        kept = Bell(f"inbox:{actor.pk}", *_latest_and_unread(actor))
        actor._bell = kept  # type: ignore[attr-defined]  # noqa: SLF001 - a cache on the row
    return kept


def _latest_and_unread(actor: Actor) -> tuple[int, int]:
    unread = Notice.objects.filter(recipient=OuterRef("pk"), read_at=None).order_by()
    counted = unread.values("recipient").annotate(many=Count("pk")).values("many")
    heads = InboxHead.objects.filter(actor=actor)
    return heads.values_list("latest", Coalesce(Subquery(counted), 0)).first() or (0, 0)


def about_visible(actor: Actor | None, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries about things that policy lets the actor see."""
    comments = policy.visible(actor, Comment.objects.all())
    drafts = policy.visible(actor, Draft.objects.all())
    return entries.filter(
        Q(comment=None) | Q(comment__in=comments), Q(case=None) | Q(case__in=drafts)
    )


def may_see(actor: Actor, entry: Entry) -> bool:
    """Whether the actor may still see what the entry is about."""
    return about_visible(actor, Entry.objects.filter(pk=entry.pk)).exists()


def notices_of(actor: Actor) -> QuerySet[Notice]:
    """The actor's own notices, newest first, with all that a sentence reads."""
    return Notice.objects.filter(recipient=actor).select_related(*JOINED).order_by("-number")


@dataclass(frozen=True)
class Shown:
    """A notice in words; `visible` is False when its thing may no longer be seen."""

    number: int
    at: datetime
    sentence: str
    why: Any
    unread: bool
    visible: bool


@dataclass(frozen=True)
class Group:
    """The notices of one draft under its title; `url` is empty when it may not be seen."""

    title: str
    url: str
    notices: list[Shown] = field(default_factory=list)


def grouped(actor: Actor, notices: Sequence[Notice]) -> list[Group]:
    """The notices by draft, drafts in the order of their first notice: two queries."""
    keys = [notice.entry_id for notice in notices]
    visible = about_visible(actor, Entry.objects.filter(pk__in=keys))
    seen, slugs = set(visible.values_list("pk", flat=True)), _latest_slugs(actor, notices)
    groups: dict[int | None, Group] = {}
    for notice in notices:
        entry = notice.entry
        if entry.case_id not in groups:
            groups[entry.case_id] = _group(actor, entry, slugs.get(entry.case_id))
        groups[entry.case_id].notices.append(_shown(notice, visible=notice.entry_id in seen))
    return list(groups.values())


def _latest_slugs(actor: Actor, notices: Sequence[Notice]) -> dict[int | None, str]:
    """The address of the latest round the actor may see of each draft."""
    drafts = {notice.entry.case_id for notice in notices}
    rounds = policy.visible(actor, Consultation.objects.filter(draft__in=drafts))
    return dict(rounds.order_by("number").values_list("draft_id", "slug"))


def _group(actor: Actor, entry: Entry, slug: str | None) -> Group:
    if entry.case is None:
        return _outside(entry)
    if slug is None:
        return Group(_("A draft you may no longer see"), "")
    page = "control_room" if policy.is_staff(actor) else "consultation"
    return Group(entry.case.title, reverse(page, args=[slug]))


def _outside(entry: Entry) -> Group:
    """What belongs to no draft: a document, or the office itself."""
    title = _("Documents") if entry.document_id else _("Office")
    return Group(title, journal.address(entry))


def _shown(notice: Notice, *, visible: bool) -> Shown:
    return Shown(
        number=notice.number,
        at=notice.entry.at,
        sentence=journal.sentence(notice.entry) if visible else _("You may no longer see this."),
        why=RULES[notice.because].why,
        unread=notice.read_at is None,
        visible=visible,
    )


def gets_emails(actor: Actor) -> bool:
    """Whether the person wants e-mails; yes, until she says no."""
    return not Preference.objects.filter(actor=actor, emails=False).exists()


def reworded() -> set[tuple[str, str]]:
    """Letters that have the office's own words: kind and language."""
    return set(LetterTemplate.objects.values_list("kind", "language"))

"""The desk of the text: the version at work, what changed in it, what stands loose."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from consultations.models import Actor, Comment, Draft, Provision, TextVersion, Wording
from consultations.models.comments import PUBLIC_STATES
from consultations.models.drafts import EDITABLE
from consultations.models.orphans import Change, without_cause, without_change
from consultations.selectors import revision
from consultations.selectors.revision import ChangeShown


@dataclass(frozen=True)
class Line:
    """A provision of the version, with its change since the version before."""

    wording: Wording
    change: ChangeShown | None
    loose: bool
    comments: int


@dataclass(frozen=True)
class Desk:
    """`version` is the working one, else the last; None before any text is imported."""

    version: TextVersion | None
    before: TextVersion | None
    lines: list[Line]
    gone: list[Line]
    loose: list[Change]
    unkept: list[Comment]
    editable: bool

    @property
    def is_working(self) -> bool:
        return self.version is not None and self.version.published_at is None

    @property
    def changed(self) -> int:
        return sum(1 for one in self.lines if one.change) + len(self.gone)


def desk(draft: Draft, viewer: Actor | None) -> Desk:
    """Everything the page of the text shows."""
    versions = list(draft.versions.all())
    version = versions[-1] if versions else None
    before = versions[-2] if len(versions) > 1 else None
    loose = without_cause(draft)
    changes = revision.between(before, version, viewer) if before and version else []
    here = {one.change.provision: one for one in changes}
    open_ = {(one.version.pk, one.provision) for one in loose}
    counts = _counts(draft)

    def line(one: Wording, change: ChangeShown | None) -> Line:
        is_loose = version is not None and (version.pk, one.provision_id) in open_
        return Line(one, change, is_loose, counts[one.provision_id])

    rows = version.wordings.select_related("provision").order_by("position") if version else []
    return Desk(
        version=version,
        before=before,
        lines=[line(one, here.get(one.provision_id)) for one in rows],
        gone=[line(one.wording, one) for one in changes if one.is_gone],
        loose=loose,
        unkept=without_change(draft),
        editable=draft.state in EDITABLE,
    )


def _counts(draft: Draft) -> Counter[int]:
    rows = (
        Comment.objects.filter(consultation__draft=draft, state__in=PUBLIC_STATES)
        .exclude(wording=None)
        .order_by()
        .values_list("wording__provision")
        .annotate(Count("pk"))
    )
    return Counter(dict(rows))


def following(version: TextVersion, provision: Provision) -> Wording | None:
    """The next provision of the same kind beside this one: what could be joined to it."""
    one = version.wordings.filter(provision=provision).first()
    if one is None:
        return None
    beside = version.wordings.filter(parent=one.parent, position__gt=one.position)
    found = beside.order_by("position").first()
    return found if found is not None and found.level == one.level else None


def before(version: TextVersion, provision: Provision) -> str:
    """The words of the provision in the version before this one; as they stand in the first."""
    rows = Wording.objects.filter(text_version__draft=version.draft_id, provision=provision)
    earlier = rows.filter(text_version__number=max(version.number - 1, 1)).first()
    return revision.said(earlier)

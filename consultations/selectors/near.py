"""One provision on the desk of the text: its words, its change, and the comments around it."""

from dataclasses import dataclass

from django.db.models import Q

from consultations import wording
from consultations.models import Actor, Comment, Draft, Provision, TextVersion, Wording
from consultations.models.comments import PUBLIC_STATES
from consultations.selectors import people, revision
from consultations.selectors.revision import ChangeShown
from consultations.selectors.wordings import place_of


@dataclass(frozen=True)
class Near:
    """A comment on the provision, or on one around it; as a choice of a form it reads so."""

    comment: Comment
    who: str

    @property
    def outcome(self) -> str:
        answer = getattr(self.comment, "given_answer", None)
        return str(wording.OUTCOMES.get(answer.outcome, answer.outcome)) if answer else ""

    def __str__(self) -> str:
        place = self.comment.wording.citation if self.comment.wording else "–"
        parts = [f"{self.comment.number}", place, self.who, self.outcome]
        return " · ".join(filter(None, parts))


@dataclass(frozen=True)
class Line:
    """The provision in a version: where it stands, its wording there, its change."""

    provision: Provision
    place: str
    wording: Wording | None
    change: ChangeShown | None


def comments_near(draft: Draft, provision: Provision) -> list[Near]:
    """Public comments on the provision, on what it stands in and on what stands in it."""
    around = Q()
    for version, eid in provision.wordings.values_list("text_version", "eid"):
        steps = eid.split("__")
        above = ["__".join(steps[:depth]) for depth in range(1, len(steps) + 1)]
        near = Q(wording__eid__in=above) | Q(wording__eid__startswith=f"{eid}__")
        around |= near & Q(wording__text_version=version)
    if not around:
        return []
    rows = (
        Comment.objects.filter(around, consultation__draft=draft, state__in=PUBLIC_STATES)
        .select_related("wording", "organisation", "given_answer")
        .order_by("number")
    )
    listed = list(rows)
    names = people.filer_names(listed, None)
    return [Near(one, names[one.pk]) for one in listed]


def line(version: TextVersion, provision: Provision, viewer: Actor | None) -> Line:
    """The provision in this version, with its change since the version before."""
    before = version.draft.versions.filter(number__lt=version.number).last()
    changes = revision.between(before, version, viewer) if before else []
    change = next((one for one in changes if one.change.provision == provision.pk), None)
    here = version.wordings.filter(provision=provision).first()
    return Line(provision, place_of(version, provision), here, change)

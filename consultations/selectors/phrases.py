"""Saved phrases: the list, and each as it would stand in the answer to one comment."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import wording
from consultations.models import Comment, Outcome, Phrase
from consultations.text.fields import filled

# The fields a phrase may hold, and what each stands for.
FIELDS: dict[str, Any] = {
    "numer": gettext_lazy("number of the comment"),
    "przepis": gettext_lazy("provision the comment is on"),
    "wydzial": gettext_lazy("department that has the comment"),
    "organizacja": gettext_lazy("organisation that filed it; never a private person"),
    "termin": gettext_lazy("last day of the consultation"),
}


@dataclass(frozen=True)
class Offered:
    """A phrase with its fields filled for one comment."""

    pk: int
    name: str
    text: str
    outcome: str


def phrases() -> QuerySet[Phrase]:
    """Those in use, by name."""
    return Phrase.objects.filter(archived_at=None)


def archived() -> QuerySet[Phrase]:
    return Phrase.objects.filter(archived_at__isnull=False)


def outcomes() -> list[tuple[str, str]]:
    """The outcomes any procedure knows, each once, in words."""
    codes = Outcome.objects.order_by("position").values_list("code", flat=True)
    return [(code, str(wording.OUTCOMES.get(code, code))) for code in dict.fromkeys(codes)]


def offered(comment: Comment) -> list[Offered]:
    """What may be inserted into the answer to this comment."""
    known = facts(comment)
    return [Offered(one.pk, one.name, filled(one.text, known), one.outcome) for one in phrases()]


def facts(comment: Comment) -> dict[str, str]:
    """What the fields stand for; a field there is no fact for is left out."""
    last = comment.consultation.last_day
    known = {
        "numer": str(comment.number),
        "przepis": comment.wording.citation if comment.wording else _("the whole draft"),
        "wydzial": str(comment.department or ""),
        "organizacja": comment.organisation.name if comment.organisation else "",
        "termin": date_format(last, "j E Y") if last else "",
    }
    return {name: words for name, words in known.items() if words}

"""What a letter may name, in words, and an example of each: for the page on which it is written."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import calendar, wording
from consultations.models import Mandate
from consultations.models.clock import now
from consultations.text.tree import NBSP
from notifications.letters import LETTERS, Words, framed

NAMES: dict[str, Any] = {
    "number": gettext_lazy("number of the comment"),
    "place": gettext_lazy("place in the text"),
    "because": gettext_lazy("reason that was given"),
    "complete_by": gettext_lazy("day until which the comment can be completed"),
    "appeal_by": gettext_lazy("last day for an appeal"),
    "outcome": gettext_lazy("outcome"),
    "reasons": gettext_lazy("reasons of the answer"),
    "opens": gettext_lazy("first day for comments"),
    "closes": gettext_lazy("last day for comments"),
    "last_day": gettext_lazy("new last day for comments"),
    "opinion_by": gettext_lazy("last day for the opinion"),
    "name": gettext_lazy("name of the organisation"),
    "mandate_kind": gettext_lazy("function: drafter or signatory"),
    "until": gettext_lazy("last day of the mandate"),
    "due_on": gettext_lazy("last day for the answer"),
    "ready": gettext_lazy("earliest day on which the council can vote"),
    "deadline": gettext_lazy("last day by law"),
    "resolution": gettext_lazy("number of the resolution"),
    "draft": gettext_lazy("title of the draft"),
    "city": gettext_lazy("name of the city"),
    "unit": gettext_lazy("name of the unit"),
}


DAYS = (
    *("complete_by", "appeal_by", "opens", "closes", "last_day", "opinion_by", "until"),
    *("due_on", "ready", "deadline"),
)


class Named(NamedTuple):
    """A name in braces, what it stands for, an example, whether the letter must have it."""

    name: str
    words: Any
    example: str
    must: bool


def named(kind: str, language: str) -> list[Named]:
    """The names a letter of this kind may use."""
    examples, must = _examples(language), LETTERS[kind].must
    return [
        Named(f"{{{name}}}", NAMES[name], examples[name], name in must)
        for name in LETTERS[kind].names
    ]


def letter(kind: str, language: str, words: Words) -> Words:
    """How these words would look in somebody's post."""
    filled = words.filled(_examples(language))
    because = LETTERS[kind].to[0].name
    return Words(filled.subject, framed(filled.body, "/k/…/", because, language, checkpoint="…"))


def _examples(language: str) -> dict[str, str]:
    with translation.override(language):
        day = date_format(calendar.local_day(now()) + timedelta(days=14), "j E Y")
        days = dict.fromkeys(DAYS, day)
        return days | {
            "number": "41",
            "place": f"§{NBSP}5 ust.{NBSP}2",
            "because": _("The hall is being renovated."),
            "outcome": str(wording.OUTCOMES["partly"]),
            "reasons": _("We have added the second term; the first must stay as it is."),
            "name": _("Bridges Foundation"),
            "mandate_kind": str(Mandate.Kind.SIGNATORY.label),
            "resolution": "XXX/123/26",
            "draft": _("Programme of cooperation"),
            "city": settings.CITY,
            "unit": settings.UNIT,
        }

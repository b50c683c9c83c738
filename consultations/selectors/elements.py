"""The mandatory elements of a draft: which provisions hold them, and which are missing."""

import uuid
from datetime import date, datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import calendar, wording
from consultations.models import Consultation, ConsultationState, Draft, Element, ElementPlace
from consultations.selectors.revision import in_a_list
from consultations.selectors.wordings import text_of
from consultations.text.elements import suggest
from consultations.text.typography import typo


def elements(draft: Draft) -> list[tuple[str, str]]:
    """Code and words of each element the procedure asks for, in the order of the act."""
    rows = draft.procedure.elements.all()
    return [(one.code, f"{one.number}. {wording.ELEMENTS.get(one.code, one.code)}") for one in rows]


def places(draft: Draft) -> list[tuple[uuid.UUID, str]]:
    """Every provision of the latest text, as it is chosen from a list."""
    latest = draft.versions.last()
    if latest is None:
        return []
    rows = latest.wordings.select_related("provision").order_by("position")
    return [(one.provision.key, in_a_list(one.citation, one)) for one in rows]


def standing(draft: Draft) -> dict[str, str]:
    """What the form starts from: what is tied already, else what the words suggest."""
    held = _held(draft) or _suggested(draft)
    found: dict[str, str] = {}
    for code, keys in held.items():
        for name, key in zip((code, f"{code}_2"), keys, strict=False):
            found[name] = str(key)
    return found


def is_proposal(draft: Draft) -> bool:
    """Nothing is tied yet: what the form shows is only suggested by the words of the text."""
    return not _held(draft) and bool(_suggested(draft))


def _held(draft: Draft) -> dict[str, list[uuid.UUID]]:
    rows = ElementPlace.objects.filter(provision__draft=draft).order_by("pk")
    found: dict[str, list[uuid.UUID]] = {}
    for code, key in rows.values_list("element__code", "provision__key"):
        found.setdefault(code, []).append(key)
    return found


def _suggested(draft: Draft) -> dict[str, list[uuid.UUID]]:
    latest = draft.versions.last()
    if latest is None:
        return {}
    text = text_of(latest)
    every = list(text.every())
    found = suggest(tuple(root.node() for root in text.roots))
    return {code: [every[position - 1].key] for code, position in found.items()}


def missing(draft: Draft) -> list[Element]:
    """Elements tied to no provision of the latest text."""
    latest = draft.versions.last()
    held = ElementPlace.objects.filter(provision__wordings__text_version=latest)
    return list(draft.procedure.elements.exclude(pk__in=held.values("element")))


def making(consultation: Consultation) -> str:
    """Element 10 drafted from the record: how the programme was made, how the consultation went.

    Facts only, in Polish as every text of the council; empty before the round is closed.
    """
    first, last, at = consultation.first_day, consultation.last_day, consultation.announced_at
    if consultation.state != ConsultationState.CLOSED or not (first and last and at):
        return ""
    with translation.override("pl"):
        said = (_announced(first, last, at), _held_forms(consultation), _heard(consultation))
        return typo(" ".join(filter(None, said)))


def _announced(first: date, last: date, at: datetime) -> str:
    return _(
        "The draft of the programme was consulted from %(first)s to %(last)s; the notice was"
        " published on %(announced)s."
    ) % {
        "first": date_format(first, "j E Y"),
        "last": date_format(last, "j E Y"),
        "announced": date_format(calendar.local_day(at), "j E Y"),
    }


def _held_forms(consultation: Consultation) -> str:
    kinds = consultation.ways.filter(cancelled_because="").order_by("pk")
    named = dict.fromkeys(str(one.get_kind_display()) for one in kinds)
    if not named:
        return ""
    return _("The consultation was held in these forms: %(forms)s.") % {"forms": ", ".join(named)}


def _heard(consultation: Consultation) -> str:
    count = consultation.comments.exclude(state__in=("hidden", "withdrawn", "left")).count()
    if not count:
        return _("No comments were filed.")
    organisations = (
        consultation.comments.exclude(organisation=None).values("organisation").distinct().count()
    )
    return ngettext(
        "%(count)d comment was filed, by %(organisations)d organisations among others.",
        "%(count)d comments were filed, by %(organisations)d organisations among others.",
        count,
    ) % {"count": count, "organisations": organisations}

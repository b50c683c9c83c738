"""Exceptions from conditions as the control room and my tasks show them."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations import policy
from consultations.models import Actor, Draft, Override, OverrideState
from consultations.models.machine import Stateful
from consultations.models.overrides import RUNNING


def running(subject: Stateful, kind: str) -> dict[str, Override]:
    """By condition, the exceptions of this act on this subject that are asked for or granted."""
    found = Override.objects.filter(
        act_kind=kind, state__in=RUNNING, **{subject.machine: subject.pk}
    )
    return {one.guard_code: one for one in found}


def of_draft(draft: Draft) -> list[Override]:
    """Every exception of the cycle, the newest first."""
    return list(
        draft.overrides.select_related(
            "draft__procedure", "consultation__draft__procedure", "council_file"
        ).order_by("-pk")
    )


def waiting_for(actor: Actor) -> QuerySet[Override]:
    """Those this person may decide on: asked for by somebody else, in time to be of use."""
    if not policy.can(actor, "override.grant"):
        return Override.objects.none()
    asked = Override.objects.filter(state=OverrideState.ASKED).exclude(asked_by=actor)
    return asked.select_related("draft", "consultation", "council_file").order_by("pk")


def granted_in_words(override: Override) -> str:
    """What stands in the list of conditions once it is granted."""
    return _("An exception is granted: %(condition)s.") % {"condition": override.condition}


def page_of(override: Override) -> str:
    return reverse("override", args=[override.pk])

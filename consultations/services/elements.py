"""Tying the mandatory elements of a document to the provisions that hold them."""

import uuid
from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, WrongState
from consultations.models import Actor, Draft, ElementPlace
from consultations.models.drafts import EDITABLE
from consultations.services.door import hold, note, one_action, require


def place_elements(
    draft: Draft, places: Mapping[str, Collection[uuid.UUID]], *, by: Actor
) -> Draft:
    """For each code of an element the provisions that hold it; what stood before is replaced.

    Raises NotYours, WrongState, Invalid for a provision of another draft or an element of another
    procedure.
    """
    with one_action():
        draft = hold(draft)
        require(by, "draft.place_elements", draft)
        if draft.state not in EDITABLE:
            raise WrongState(_("The road of this draft has ended."))
        elements = {one.code: one for one in draft.procedure.elements.all()}
        keys = {key for held in places.values() for key in held}
        provisions = {one.key: one for one in draft.provisions.filter(key__in=keys)}
        if keys - provisions.keys() or places.keys() - elements.keys():
            raise Invalid(_("Choose a provision of this draft."))
        ElementPlace.objects.filter(provision__draft=draft).delete()
        ElementPlace.objects.bulk_create(
            ElementPlace(element=elements[code], provision=provisions[key])
            for code, held in places.items()
            for key in dict.fromkeys(held)
        )
        placed = sum(1 for held in places.values() if held)
        note(draft, "draft.place_elements", by=by, facts={"placed": placed, "all": len(elements)})
    return draft

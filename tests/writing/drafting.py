"""Drafts for the tests: kept through the service, as somebody types them."""

import uuid
from typing import Any

from consultations.models import Actor, CommentDraft, Consultation
from consultations.services import writing
from tests.world import World, provision


def kept(world: World, consultation: Consultation, **given: Any) -> CommentDraft:
    """A whole draft on § 2 ust. 1, of the organisation unless said otherwise."""
    by: Actor = given.pop("by", world.ngo)
    key = given.pop("key", None) or uuid.uuid4()
    seen = given.pop("seen", 0)
    fields: dict[str, Any] = {
        "organisation": world.organisation,
        "kind": "change",
        "proposed_wording": "Termin składania ofert wynosi 30 dni.",
        "reasons": "Piszemy oferty po pracy.",
    }
    typed = writing.Typed(**(fields | given))
    return writing.keep_draft(
        consultation, provision(consultation), typed, key=key, seen_version=seen, by=by
    )


def own(world: World, consultation: Consultation, **given: Any) -> CommentDraft:
    """A draft of the outsider's own."""
    return kept(world, consultation, **({"organisation": None, "by": world.outsider} | given))


def chosen(*drafts: CommentDraft) -> dict[uuid.UUID, int]:
    """As the page that is checked sends them."""
    return {one.key: one.version for one in drafts}

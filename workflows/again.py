"""When another round is suggested: the text changed beyond what accepted comments asked for."""

from dataclasses import dataclass

from consultations.models import Consultation, Draft, DraftState
from consultations.models.orphans import beyond_comments
from consultations.text.typography import typo

NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Suggestion:
    """How many provisions changed so, and the first of them."""

    count: int
    places: str


def suggested(draft: Draft, latest: Consultation) -> Suggestion | None:
    """What speaks for consulting again a draft in review; None when nothing does."""
    if draft.state != DraftState.COMMENT_REVIEW or latest.text_version is None:
        return None
    changes = beyond_comments(draft, latest.text_version.number)
    places = dict.fromkeys(one.wording.citation for one in changes)
    if not places:
        return None
    named = ", ".join(typo(one) for one in list(places)[:NAMED_AT_MOST])
    more = ", …" if len(places) > NAMED_AT_MOST else ""
    return Suggestion(len({one.provision for one in changes}), named + more)

"""What the tests of the text share: a draft in review with a working version, and acts on it."""

from typing import Any

from consultations.models import Comment, Consultation, Draft, Provision, TextVersion, Wording
from consultations.services import editing, texts
from consultations.services.causes import Because
from consultations.text.tree import NBSP
from tests.world import World


def in_review(world: World, outcome: str = "accepted") -> tuple[Consultation, Comment]:
    """A closed round with one answered comment on § 2 ust. 1."""
    consultation = world.opened()
    comment = world.answered(world.admitted(consultation), outcome)
    return world.closed(consultation), comment


def wording(draft: Draft, citation: str, number: int | None = None) -> Wording:
    """The wording at a place of the latest version, or of the one of this number."""
    version = draft.versions.last() if number is None else draft.versions.get(number=number)
    assert version is not None
    return next(one for one in version.wordings.all() if plain(one.citation) == citation)


def plain(citation: str) -> str:
    return citation.replace(NBSP, " ")


def place(draft: Draft, citation: str) -> Provision:
    return wording(draft, citation).provision


def edit(world: World, draft: Draft, citation: str, text: str, *because: Because) -> TextVersion:
    """New words for a provision of the latest version."""
    one = wording(draft, citation)
    return editing.edit_provision(
        draft,
        one.provision.key,
        heading=one.heading,
        text=text,
        seen_revision=one.revision,
        because=because,
        by=world.officer,
    )


def begun(world: World, draft: Draft) -> TextVersion:
    return texts.begin_version(draft, by=world.officer)


def published(world: World, draft: Draft) -> TextVersion:
    return texts.publish_version(draft, by=world.officer)


def own(note: str = "Dla jasności.") -> Because:
    return Because("own", note=note)


def comment_led(comment: Comment) -> Because:
    return Because("comment", comment)


def fields(**given: Any) -> dict[str, Any]:
    """What the form of an edit sends beside its words."""
    return {"other_number": "", "kind": "", "opinion": "", "amendment": "", "note": ""} | given

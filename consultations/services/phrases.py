"""Saved phrases of the unit: added, rewritten, archived."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, WrongState
from consultations.models import Actor, Phrase
from consultations.models.clock import now
from consultations.selectors.phrases import FIELDS, outcomes
from consultations.services.door import note, one_action
from consultations.text.fields import in_braces, unknown
from consultations.text.said import says_something


def add_phrase(*, name: str, text: str, outcome: str = "", by: Actor) -> Phrase:
    """Save a phrase for the whole unit. Raises NotYours, Invalid."""
    given = _checked(name, text, outcome)
    with one_action():
        note(None, "office.add_phrase", by=by, facts=_facts(given), words={"text": given["text"]})
        return _saved(Phrase(**given))


def edit_phrase(
    phrase: Phrase, *, name: str, text: str, outcome: str = "", seen_version: int, by: Actor
) -> Phrase:
    """Rewrite it; what stood is sealed in the record. `seen_version` is the version on the page.

    Raises NotYours, Invalid, WrongState.
    """
    given = _checked(name, text, outcome)
    with one_action():
        row = Phrase.objects.select_for_update().get(pk=phrase.pk)
        if row.version != seen_version or row.archived_at is not None:
            raise WrongState
        words = {"text": given["text"], "text_before": row.text}
        note(None, "office.edit_phrase", by=by, facts=_facts(given), words=words)
        row.name, row.text, row.outcome = given["name"], given["text"], given["outcome"]
        row.version += 1
        return _saved(row)


def archive_phrase(phrase: Phrase, *, by: Actor) -> Phrase:
    """Offer it no more; answers given with it stay. Raises NotYours, WrongState."""
    with one_action():
        row = Phrase.objects.select_for_update().get(pk=phrase.pk)
        if row.archived_at is not None:
            raise WrongState
        note(None, "office.archive_phrase", by=by, facts={"phrase": row.name})
        row.archived_at = now()
        row.save()
    return row


def _checked(name: str, text: str, outcome: str) -> dict[str, str]:
    name, text = " ".join(name.split()), text.strip()
    if not says_something(name):
        raise Invalid(_("Give the phrase a name."), "name")
    if not says_something(text):
        raise Invalid(_("Write the text of the phrase."), "text")
    if names := unknown(text, FIELDS):
        raise Invalid(
            _("There is no such field: %(names)s. Fields you may use: %(known)s.")
            % {"names": in_braces(names), "known": in_braces(FIELDS)},
            "text",
        )
    if outcome and outcome not in dict(outcomes()):
        raise Invalid(_("Choose the outcome."), "outcome")
    return {"name": name, "text": text, "outcome": outcome}


def _facts(given: dict[str, str]) -> dict[str, object]:
    return {"phrase": given["name"], "outcome": given["outcome"]}


def _saved(row: Phrase) -> Phrase:
    """Two phrases in use never have the same name."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise Invalid(_("There is a phrase of this name already."), "name") from taken
    return row

"""Views of the queue that a person keeps under a name; nobody else's, and no part of the record."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid
from consultations.models import Actor, Consultation, SavedView
from consultations.services.door import require
from consultations.text.said import says_something

MOST = 20
LONGEST = 1_500  # signs of the filters, as the column holds


def save_view(
    consultation: Consultation, *, name: str, query: str, everywhere: bool, by: Actor
) -> SavedView:
    """Keep the filters under a name. Raises NotYours, Invalid."""
    require(by, "desk.see")
    name = " ".join(name.split())
    if not says_something(name):
        raise Invalid(_("Give the view a name."), "name")
    if len(name) > 60:
        raise Invalid(_("The name of the view is longer than 60 characters."), "name")
    if len(query) > LONGEST:
        raise Invalid(_("The filters are too long to be saved: shorten the search."), "name")
    if SavedView.objects.filter(owner=by).count() >= MOST:
        raise Invalid(_("You have 20 saved views. Delete one first."), "name")
    try:
        with transaction.atomic():
            return SavedView.objects.create(
                owner=by,
                consultation=None if everywhere else consultation,
                name=name,
                query=query,
            )
    except IntegrityError as taken:
        raise Invalid(_("You have a view of this name already."), "name") from taken


def delete_view(view: SavedView) -> None:
    """Forget it; its owner asked."""
    view.delete()

"""How many people an act will notify: counted by the layer that tells them, which is above."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Actor, Draft

Counter = Callable[[str, Draft, Actor | None], int]


def nobody(_kind: str, _draft: Draft, _by: Actor | None) -> int:
    return 0


class _Registered:
    counter: Counter = staticmethod(nobody)


def register(counter: Counter) -> Counter:
    """Let `counter` say how many people hear of an act of this kind on this draft by somebody."""
    _Registered.counter = staticmethod(counter)
    return counter


def people_told(kind: str, draft: Draft, by: Actor | None = None) -> int:
    """How many people would be told if `by` (None: the clock) did it now."""
    return _Registered.counter(kind, draft, by)


def told_in_words(kind: str, draft: Draft, by: Actor | None = None) -> str:
    """The same as a sentence for the page of the act."""
    count = people_told(kind, draft, by)
    if count == 0:
        return _("Nobody is notified of it.")
    return ngettext(
        "This will notify %(count)d person.", "This will notify %(count)d people.", count
    ) % {"count": count}

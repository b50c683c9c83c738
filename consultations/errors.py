"""Refusals: each has a code and a sentence a person can act on.

`Refused` becomes a 4xx page with the sentence; nothing of the act remains.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Refused(Exception):
    """An act that may not happen; `sentence` says why and what to do next."""

    code = "refused"
    status = 409
    words: Any = _("This cannot be done.")

    def __init__(self, sentence: Any = None, **facts: Any) -> None:
        self.sentence = sentence or self.words
        self.facts = facts
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.sentence)


class NotYours(Refused):
    """The person has no role that may do this."""

    code = "not_yours"
    status = 403
    words = _("You do not have the permission to do this. Ask the unit that runs the consultation.")


class WrongState(Refused):
    """The thing is in another state, often because somebody was faster."""

    code = "wrong_state"
    words = _("This has changed in the meantime. Open the page again to see where it stands now.")


class Changed(WrongState):
    """Somebody changed the same words meanwhile: the page shows both."""

    code = "changed"
    words = _("This was corrected while you were writing. Compare both below.")


class TooLate(Refused):
    """The deadline has passed."""

    code = "too_late"
    words = _("The time for comments is over. Your text has not been sent; you can copy it below.")


class NotOpen(Refused):
    """The consultation does not take comments now."""

    code = "not_open"
    words = _("This consultation is not taking comments now.")


class Unmet(Refused):
    """One or more guards do not hold; `guards` names them."""

    code = "unmet"

    def __init__(self, guards: Sequence[Any], obj: Any) -> None:
        self.guards = list(guards)
        super().__init__(" ".join(guard.says(obj) for guard in guards))


class Invalid(Refused):
    """What was sent is incomplete or contradicts itself; `field` names the place."""

    code = "invalid"
    status = 422

    def __init__(self, sentence: Any, field: str | None = None) -> None:
        self.field = field
        super().__init__(sentence)


class SeveralInvalid(Invalid):
    """Several things are wrong at once; `faults` gives the sentence of each field."""

    def __init__(self, faults: Mapping[str, Any]) -> None:
        self.faults = dict(faults)
        field = next(iter(self.faults))
        super().__init__(" ".join(str(one) for one in self.faults.values()), field)


class SameKey(Refused):
    """An idempotency key came back with other content."""

    code = "same_key"
    words = _(
        "This form was already sent with other content. Open the page again and send it anew."
    )


class NotThisWay(Refused):
    """An address was asked for by a method it does not answer to."""

    code = "not_this_way"
    status = 405
    words = _("This address cannot be opened in this way. Begin again from the consultations.")


class Unreadable(Refused):
    """What was sent holds something no text and no number of ours can hold."""

    code = "unreadable"
    status = 400
    words = _("What was sent cannot be read. Open the page again and write it anew.")


class Busy(Refused):
    """Too many people at once: the database did not give the lock in time."""

    code = "busy"
    words = _("Many people are working here at once. Nothing was changed; please try again.")


class TooOften(Refused):
    """More at once than a person needs; `seconds` until the next one is taken."""

    code = "too_often"
    status = 429

    def __init__(self, seconds: int) -> None:
        minutes = -(-seconds // 60)
        words = ngettext(
            "That was a lot at once from one place. Nothing you wrote is lost: try again in"
            " %(count)d minute.",
            "That was a lot at once from one place. Nothing you wrote is lost: try again in"
            " %(count)d minutes.",
            minutes,
        )
        super().__init__(words % {"count": minutes})


class NotThroughTheDoor(RuntimeError):
    """A transition was called outside the door: a mistake in the code, never of a person."""

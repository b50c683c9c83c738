"""The majorities a procedure may ask for, as rules with their words.

Who is absent or did not vote never counts as a vote cast; who abstained did cast one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Majority:
    """A rule over votes for, against, abstained and all seats; `words` say it to people."""

    words: Any
    reached: Callable[[int, int, int, int], bool]


# Values of the rule «majority». Art. 14(1) of the Act on municipal self-government asks for the
# simple one unless an act says otherwise; art. 20(1a) for that of the whole council.
MAJORITIES: dict[str, Majority] = {
    "simple": Majority(
        _("Majority needed: simple, more for than against."),
        lambda in_favour, against, _abstained, _seats: in_favour > against,
    ),
    "absolute": Majority(
        _("Majority needed: absolute, more for than all other votes together."),
        lambda in_favour, against, abstained, _seats: in_favour > against + abstained,
    ),
    "statutory": Majority(
        _("Majority needed: of the whole council, more than half of all its seats for."),
        lambda in_favour, _against, _abstained, seats: 2 * in_favour > seats,
    ),
}

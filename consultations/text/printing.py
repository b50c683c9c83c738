"""Prints a draft that was read as lines for a terminal."""

from django.utils.translation import gettext as _

from consultations.text.reading import Parsed
from consultations.text.tree import NBSP, walk


def print_tree(parsed: Parsed) -> list[str]:
    """A line for each provision (its path and nothing else), then one for each warning."""
    paths = [place.path for place in walk(parsed.nodes)]
    warnings = [
        _("! line {line}: {sentence}")
        .format(line=warning.line, sentence=warning.sentence)
        .replace(NBSP, " ")
        for warning in parsed.warnings
    ]
    return paths + warnings

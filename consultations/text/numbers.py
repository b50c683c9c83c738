"""Numbers as they come in an address or a form."""

LONGEST = 9  # digits: what a column of numbers holds, and what Python reads at once


def number_in(text: str) -> int:
    """The number that was typed; 0, which nothing has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else 0

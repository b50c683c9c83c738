"""Numbers of organisations in public registers: KRS, NIP and REGON, kept without blanks.

A KRS number (ten digits, Krajowy Rejestr Sądowy) has no check digit: only its length can be wrong.
NIP (ten digits) and REGON (nine or fourteen) have one.
"""

from collections.abc import Callable

from stdnum.pl import nip, regon

KRS_DIGITS = 10


def bare(typed: str) -> str:
    """As it is kept: without blanks, dashes and dots."""
    return "".join(sign for sign in typed if sign not in "-–. \u00a0\t")


def _is_krs(number: str) -> bool:
    return len(number) == KRS_DIGITS and number.isascii() and number.isdecimal()


def _is_nip(number: str) -> bool:
    return number.isascii() and number.isdecimal() and bool(nip.is_valid(number))


def _is_regon(number: str) -> bool:
    return number.isascii() and number.isdecimal() and bool(regon.is_valid(number))


KINDS: dict[str, Callable[[str], bool]] = {"krs": _is_krs, "nip": _is_nip, "regon": _is_regon}


def is_right(kind: str, number: str) -> bool:
    """Whether a bare number of this kind can exist: its length, and its check digit if any."""
    return KINDS[kind](number)

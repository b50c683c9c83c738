"""The bytes of a leaf: RFC 8785 (JSON Canonicalization Scheme) over the simplest values."""

import unicodedata
from typing import Any

import rfc8785

from consultations.ledger.verify import DEEPEST, LARGEST


def canonical(value: Any) -> bytes:
    """The one way to write the value; every string in NFC.

    ValueError for what two readers could read differently: fractions, whole numbers beyond
    2^53 - 1, halves of a character, keys that are no strings or alike in NFC, anything but plain
    JSON; and for what is nested deeper than the verifiers follow.
    """
    return rfc8785.dumps(_plain(value))


def _plain(value: Any, depth: int = 0) -> Any:
    if depth > DEEPEST:
        raise ValueError(f"what stands in the record is nested at most {DEEPEST} deep")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return _number(value)
    if isinstance(value, list | tuple):
        return [_plain(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return _object(value, depth)
    raise ValueError(f"a {type(value).__name__} cannot stand in the record")


def _number(value: int) -> int:
    if abs(value) > LARGEST:
        raise ValueError(f"a number of {value.bit_length()} bits is too large for the record")
    return int(value)


def _object(value: dict[Any, Any], depth: int) -> dict[str, Any]:
    named = {_key(name): _plain(one, depth + 1) for name, one in value.items()}
    if len(named) != len(value):
        raise ValueError("two names in the record are the same in NFC")
    return named


def _key(name: Any) -> str:
    if not isinstance(name, str):
        raise ValueError(  # noqa: TRY004 - of the value as a whole
            f"a name in the record is a string, not a {type(name).__name__}"
        )
    return _text(name)


def _text(text: str) -> str:
    normal = unicodedata.normalize("NFC", text)
    try:
        normal.encode()
    except UnicodeEncodeError:
        raise ValueError("half of a character cannot stand in the record") from None
    return normal

"""The bytes of a leaf: RFC 8785 (JSON Canonicalization Scheme) over the simplest values."""

import unicodedata
from typing import Any

import rfc8785

LARGEST = 2**53 - 1  # a whole number every reader of JSON reads alike


def canonical(value: Any) -> bytes:
    """The one way to write the value; every string in NFC.

    ValueError for what two readers could read differently: fractions, whole numbers beyond
    2^53 - 1, halves of a character, keys that are no strings, anything but plain JSON.
    """
    return rfc8785.dumps(_plain(value))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError(f"{value} is too large a number for the record")
        return int(value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {_key(name): _plain(one) for name, one in value.items()}
    raise ValueError(f"a {type(value).__name__} cannot stand in the record")


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

"""The Python verifier as the trials ask it."""

from dataclasses import asdict
from typing import Any

from consultations.ledger.verify import verify_record


def verdict(record: bytes, key: str | None = None) -> dict[str, Any]:
    """The whole verdict."""
    return asdict(verify_record(record, key))


def said(record: bytes, key: str | None = None) -> tuple[bool, str]:
    """Whether the record agrees, and if not, which check says so."""
    found = verify_record(record, key)
    return found.ok, found.what

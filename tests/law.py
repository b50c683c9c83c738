"""Versions of the law written by hand, as no proposal and no second person would let them be."""

from tests.ground.attacks import lift


def by_hand() -> None:
    """For the rest of the test the database takes versions that nobody proposed."""
    lift("procedure_insert", "rule_insert", "outcome_insert", "element_insert")

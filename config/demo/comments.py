"""The demonstration's comments and answers, all from one place."""

from config.demo.answers import (
    ANIMALS_ANSWERS,
    COUNCIL_ANSWERS,
    MULTI_YEAR_ANSWERS,
    PROGRAM_2026_ANSWERS,
)
from config.demo.comments_2027 import PROGRAM_2027
from config.demo.comments_earlier import ANIMALS, COUNCIL, MULTI_YEAR, PROGRAM_2026
from config.demo.shapes import DemoAnswer, DemoComment

__all__ = [
    "ANIMALS",
    "ANIMALS_ANSWERS",
    "COUNCIL",
    "COUNCIL_ANSWERS",
    "MULTI_YEAR",
    "MULTI_YEAR_ANSWERS",
    "PROGRAM_2026",
    "PROGRAM_2026_ANSWERS",
    "PROGRAM_2027",
    "DemoAnswer",
    "DemoComment",
]

"""Filling the demonstration: everybody, and then one stream of time over all drafts."""

from collections.abc import Callable

from django.db import transaction

from config.demo import goals, mandates, sessions, stories, stories_now
from config.demo.enrol import SINCE, enrol
from config.demo.stage import Stage
from consultations.models import User
from consultations.models.clock import move_to
from notifications.outbox import tell_the_past


def fill(*, say: Callable[[str], None]) -> bool:
    """Fill an empty database, in one transaction: killed half-way, it is empty again.

    Gives False, and touches nothing, when anybody is there already.
    """
    if User.objects.exists():
        return False
    say("Filling the demonstration: two years in the life of an invented city ...")
    with transaction.atomic():
        move_to(SINCE)
        _play(Stage())
        say("Telling everybody what happened so far ...")
        tell_the_past()
    return True


def _play(stage: Stage) -> None:
    cast = enrol()
    stage.play(stories.strategy(cast))
    stage.play(stories.multi_year_programme(stage, cast))
    stage.play(stories.programme_2026(stage, cast))
    stage.play(stories.council_of_public_benefit(stage, cast))
    stage.play(stories.animal_care(stage, cast))
    stage.play(stories.open_city(cast))
    stage.play(stories_now.programme_2027(stage, cast))
    stage.play(stories_now.absence(cast))
    stage.play(stories_now.readers(cast))
    stage.play(sessions.calendar(cast))
    stage.play(mandates.coming_and_going(cast))
    stage.play(goals.goals_and_tasks(cast))
    stage.run(until=stories_now.NOW)

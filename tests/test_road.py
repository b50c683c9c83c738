"""The whole road, walked by services alone: from the import to the resolution."""

from consultations.calendar import local_day
from consultations.models import Entry
from consultations.models.clock import now
from consultations.services import council
from tests.world import World


def test_the_road_from_import_to_resolution_leaves_one_record(world: World) -> None:
    consultation = world.opened()
    comment = world.answered(world.admitted(consultation))
    voted = world.voted(world.numbered(world.closed(consultation)))
    draft = council.adopt_draft(
        voted.draft, resolution_number="XXX/1/26", adopted_on=local_day(now()), by=world.clerk
    )
    assert (comment.state, draft.state) == ("published", "adopted")
    assert list(draft.trail.order_by("case_seq").values_list("kind", flat=True)) == [
        "draft.register",
        "consultation.plan",
        "draft.import_text",
        "consultation.plan_way",
        "consultation.plan_way",
        "consultation.plan_way",
        "draft.place_elements",
        "draft.publish_version",
        "consultation.announce",
        "consultation.open",
        "draft.begin_consultation",
        "comment.file",
        "comment.admit",
        "comment.answer",
        "comment.approve",
        "comment.publish",
        "consultation.close",
        "draft.begin_review",
        "report.prepare",
        "report.release",
        "draft.finish_review",
        "council_file.submit",
        "council_file.give_print_number",
        "council_file.hold_reading",
        "council_file.record_vote",
        "draft.adopt",
    ]
    assert Entry.objects.latest("seq").at <= now()

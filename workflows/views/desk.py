"""My tasks and the control room."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.selectors.clashing import conflicts_of
from consultations.selectors.journal import desk_counter, live_words
from consultations.selectors.plan_page import plan_of
from consultations.selectors.stages import adopt_by, stages
from consultations.views.rooms import rooms
from workflows import exceptions, selectors
from workflows.again import suggested
from workflows.duties import duties
from workflows.picture import picture
from workflows.road import latest_round
from workflows.sideways import open_to
from workflows.steps import told_by_the_clock, waits_for_the_clock
from workflows.views.acting import page, round_at
from workflows.views.terms import address_of


@access("tasks.see")
@require_safe
def my_tasks(request: ActingRequest) -> HttpResponse:
    """What waits for this person: steps of drafts, comments, opinions, reports, minutes."""
    actor = person(request)
    names = {
        "todos": selectors.todos(actor),
        "waiting": selectors.waiting(actor),
        "duties": duties(actor),
        "sees_council": policy.can(actor, "council.see"),
        "calendar": address_of(actor),
    }
    return page(request, "my_tasks", names)


@access("desk.see")
@require_safe
def control_room(request: ActingRequest, slug: str) -> HttpResponse:
    """Where a draft stands, what blocks its next step, what happened last; of its latest round."""
    one = round_at(request, slug)
    draft, latest = one.draft, latest_round(one.draft)
    if one != latest:
        return redirect("control_room", slug=latest.slug)
    node = selectors.open_node(draft)
    names = {
        "consultation": one,
        "draft": draft,
        "rooms": rooms(request, one, "control_room"),
        "stages": stages(draft),
        "adopt_by": adopt_by(draft),
        "plan": plan_of(draft),
        "moves_days": policy.can(request.actor, "draft.move_day"),
        "next": selectors.next_step(draft, request.actor),
        "clock": waits_for_the_clock(node, one),
        "clock_told": told_by_the_clock(node, draft),
        "flow": picture(draft, node),
        "again": suggested(draft, one),
        "conflicts": conflicts_of(draft, request.actor),
        "exceptions": exceptions.of_draft(draft),
        "sides": open_to(request.actor, one, draft),
        "earlier": draft.rounds.exclude(pk=one.pk).order_by("-number"),
        "events": selectors.last_events(draft, request.actor),
        "file": draft.council_files.last(),
        "runs_it": policy.can(request.actor, "office.see"),
        "live_topic": f"desk:{slug}",
        "live_seen": desk_counter(draft),
        "live_words": live_words(),
    }
    return page(request, "control_room", names)
